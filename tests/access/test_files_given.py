"""A file that was made for a download is given only while the sign-in holds for which it was made."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from raw import COOKIE_SECRET
from starlette.types import Scope
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from improvement_board.access.handed import Handed
from improvement_board.access.serving import Serving
from improvement_board.access.session import sign_in_key
from improvement_board.dashboard import cookie, files, sign_in, streamlit_private
from improvement_board.declared.home import HOME_VARIABLE, Home

NOW = 1_800_000_000.0
FILE = "/media/0123456789abcdef.csv"
CLAIMS = {"sub": "1", "groups": ["board"], "exp": NOW + 60, "is_logged_in": True, "provider": "default"}
ACCESS = 'contact = "the help desk"\n[[grant]]\nrole = "member"\ngroups = ["board"]\n'


def asked(value: bytes) -> Scope:
    return {"type": "http", "path": FILE, "headers": [(b"cookie", b"_streamlit_user=" + value)]}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home with sign-in, where a file was made for the person of the claims."""
    home = Home(tmp_path)
    home.access.write_text(ACCESS, encoding="utf-8")
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    monkeypatch.setattr(streamlit_private, "get_cookie_secret", lambda: COOKIE_SECRET)
    monkeypatch.setattr(files, "how_served", lambda home: Serving("sign-in"))
    monkeypatch.setattr(files, "HANDED", Handed(3))
    monkeypatch.setattr(sign_in, "clock", lambda: NOW)
    files.HANDED.note(FILE, sign_in_key(CLAIMS))
    return home


@pytest.fixture
def own(home: Home) -> Scope:
    """The file, asked for by the person for whom it was made."""
    said = json.dumps({**CLAIMS, "origin": "https://board.council.example"})
    return asked(create_signed_value(COOKIE_SECRET, "_streamlit_user", said))


def test_it_is_given_until_the_sign_in_expires(own: Scope, monkeypatch: pytest.MonkeyPatch) -> None:
    assert files._is_given(own)
    monkeypatch.setattr(sign_in, "clock", lambda: NOW + 60)
    assert not files._is_given(own)


def unread(home: Home) -> None:
    home.access.write_text("contact =", encoding="utf-8")


def not_granted(home: Home) -> None:
    home.access.write_text(ACCESS.replace("board", "others"), encoding="utf-8")


def ended(home: Home) -> None:
    sign_in.end_sign_in(CLAIMS)


def not_told(home: Home) -> None:
    home.signed_out.mkdir()


def forgotten(home: Home) -> None:
    for number in range(3):
        files.HANDED.note(f"/media/{number}.csv", "somebody")


@pytest.mark.parametrize("change", [unread, not_granted, ended, not_told, forgotten])
def test_it_is_not_given_once_anything_that_let_the_person_in_has_changed(
    home: Home, own: Scope, change: Callable[[Home], None]
) -> None:
    change(home)
    assert not files._is_given(own)


@pytest.mark.parametrize("name", ["_streamlit_user_tokens", "another"])
def test_a_cookie_that_was_signed_for_something_else_names_nobody(home: Home, name: str) -> None:
    said = json.dumps({**CLAIMS, "origin": "https://board.council.example"})
    assert not files._is_given(asked(create_signed_value(COOKIE_SECRET, name, said)))


@pytest.mark.parametrize("said", ["null", "[]", "words", '{"is_logged_in": false}', '{"is_logged_in": "true"}'])
def test_a_cookie_that_says_nothing_names_nobody(home: Home, said: str) -> None:
    assert cookie.cookie_claims(asked(create_signed_value(COOKIE_SECRET, "_streamlit_user", said))) is None


@pytest.mark.parametrize("value", [b"", b"\xff\xfe", b"a.b.c", b'"', b"chunks-2"])
def test_a_cookie_that_nobody_signed_names_nobody(home: Home, value: bytes) -> None:
    assert cookie.cookie_claims(asked(value)) is None


def test_without_sign_in_files_are_given_where_pages_are(
    home: Home, own: Scope, monkeypatch: pytest.MonkeyPatch
) -> None:
    for way, given in (("open", True), ("insecure-local", True), ("refused", False)):
        monkeypatch.setattr(files, "how_served", lambda home, way=way: Serving(way))
        assert files._is_given(asked(b"")) is given
