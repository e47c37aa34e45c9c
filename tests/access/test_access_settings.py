"""access.toml: what may stand in it, and what is said of what may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from improvement_board.access.settings import ClaimNames, read_access
from improvement_board.declared.home import Home
from improvement_board.errors import InputError

LEAST = 'contact = "IT"\n[[grant]]\nrole = "analyst"\ngroups = ["performance"]\n'


def home_with(folder: Path, text: str) -> Home:
    home = Home(folder)
    home.access.write_text(text, encoding="utf-8")
    return home


def said(home: Home) -> str:
    with pytest.raises(InputError) as caught:
        read_access(home)
    return str(caught.value)


def test_without_the_file_there_is_no_access(tmp_path: Path) -> None:
    assert read_access(Home(tmp_path)) is None


def test_the_least_file_protects_the_board_and_keeps_the_record_400_days(tmp_path: Path) -> None:
    access = read_access(home_with(tmp_path, LEAST))
    assert access is not None
    assert (access.contact, access.board_sees_exact, access.record_days) == ("IT", False, 400)
    assert access.claims == ClaimNames()
    assert access.claims.address == ("email", "preferred_username", "upn")


def test_a_whole_file_is_read(tmp_path: Path) -> None:
    text = """
contact = "governance@council.gov.uk"
board_sees_exact = true
record_days = 90
[claims]
groups = "cognito:groups"
app_roles = "app"
address = ["mail"]
[[grant]]
role = "manager"
app_roles = ["Manager"]
addresses = ["head@council.gov.uk"]
teams = ["North"]
services = ["Care"]
[[grant]]
role = "committee"
addresses = ["@council.gov.uk"]
"""
    access = read_access(home_with(tmp_path, text))
    assert access is not None
    assert (access.board_sees_exact, access.record_days) == (True, 90)
    assert (access.claims.groups, access.claims.app_roles, access.claims.address) == (
        "cognito:groups",
        "app",
        ("mail",),
    )
    assert [grant.role for grant in access.grant] == ["manager", "committee"]
    assert (access.grant[0].teams, access.grant[0].services) == (("North",), ("Care",))


def test_the_file_is_read_again_when_it_changes(tmp_path: Path) -> None:
    home = home_with(tmp_path, LEAST)
    assert read_access(home) is read_access(home)
    home_with(tmp_path, LEAST.replace("IT", "the help desk"))
    changed = read_access(home)
    assert changed is not None
    assert changed.contact == "the help desk"


GRANT = '[[grant]]\nrole = "analyst"\ngroups = ["a"]\n'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("contact = ", "is not valid TOML"),
        (GRANT, "contact: Field required"),
        ('contact = "IT"\n', "grant: Field required"),
        ('contact = "IT"\ngrant = []\n', "grant"),
        ('contact = ""\n' + GRANT, "contact"),
        ('contact = "IT"\ncontacts = "x"\n' + GRANT, "contacts: is not a known key"),
        ('contact = "IT"\nboard_sees_exact = "yes"\n' + GRANT, "board_sees_exact = 'yes'"),
        ('contact = "IT"\nboard_sees_exact = 1\n' + GRANT, "board_sees_exact = 1"),
        ('contact = "IT"\nrecord_days = 0\n' + GRANT, "record_days = 0"),
        ('contact = "IT"\nrecord_days = 400.0\n' + GRANT, "record_days = 400.0"),
        ('contact = "IT"\n[claims]\ngroup = "g"\n' + GRANT, "claims.group: is not a known key"),
        ('contact = "IT"\n[claims]\naddress = []\n' + GRANT, "claims.address"),
        ('contact = "IT"\n[[grant]]\nrole = "admin"\ngroups = ["a"]\n', "grant.1.role = 'admin'"),
        ('contact = "IT"\n[[grant]]\nrole = "analyst"\n', "names nobody"),
        ('contact = "IT"\n[[grant]]\nrole = "analyst"\ngroups = [""]\n', "grant.1.groups.1"),
        ('contact = "IT"\n[[grant]]\nrole = "analyst"\ngroups = [" a"]\n', "no space at either end"),
        ('contact = "IT"\n[[grant]]\nrole = "analyst"\ngroups = "a"\n', "grant.1.groups = 'a'"),
        ('contact = "IT"\n[[grant]]\nrole = "analyst"\naddresses = ["chair"]\n', "must be an e-mail address"),
        ('contact = "IT"\n[[grant]]\nrole = "analyst"\naddresses = ["a@b@c"]\n', "must be an e-mail address"),
        ('contact = "IT"\n[[grant]]\nrole = "member"\naddresses = ["@c.gov.uk"]\n', "everyone at @c.gov.uk"),
        ('contact = "IT"\n[[grant]]\nrole = "manager"\ngroups = ["a"]\n', "does not say what the manager manages"),
        (
            'contact = "IT"\n[[grant]]\nrole = "member"\ngroups = ["a"]\nteams = ["N"]\n',
            "only a grant of the role manager",
        ),
    ],
)
def test_what_is_wrong_is_said_with_file_and_key(tmp_path: Path, text: str, expected: str) -> None:
    message = said(home_with(tmp_path, text))
    assert "access.toml" in message
    assert expected in message


def test_a_file_that_is_no_text_or_a_folder_is_said(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.access.write_bytes(b"contact = '\xff'")
    assert "is not UTF-8 text" in said(home)
    home.access.unlink()
    home.access.mkdir()
    assert "cannot be read" in said(home)
