"""Who a person would be, and whom the grants reach."""

from __future__ import annotations

from datetime import date

import pytest
from click.testing import CliRunner, Result
from small_council import Council, monthly

from improvement_board.access.reach import out_of_reach, services_of_teams
from improvement_board.access.settings import read_access
from improvement_board.cli.main import main
from improvement_board.editions.shelf import read_shelf

ACCESS = """contact = "IT"

[[grant]]
role = "member"
app_roles = ["Board"]
addresses = ["chair@partner.example", "Both@x.example"]

[[grant]]
role = "manager"
addresses = ["lead@council.example"]
teams = ["Nort"]
services = ["Help"]

[[grant]]
role = "analyst"
addresses = ["both@X.example"]

[[grant]]
role = "member"
addresses = ["both@x.example"]

[[grant]]
role = "committee"
addresses = ["@council.example"]

[[grant]]
role = "auditor"
addresses = ["lead@council.example"]
"""


@pytest.fixture
def granting(council: Council) -> Council:
    """A home whose teams are North and South, of the service Help, and whose manager's team is misspelt."""
    rows = {"seen": [*monthly([(3, 4)], team="North"), *monthly([(3, 4)], team="South")]}
    council.publish(date(2026, 9, 30), rows, services={"North": "Help", "South": "Help"})
    council.home.access.write_text(ACCESS, encoding="utf-8")
    return council


def said(council: Council, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["access", *arguments, "--data", str(council.home.folder)])


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("Chair@partner.example",), ["role member: sees figures of the service and of teams", "grant 1", "(line 6)"]),
        (("both@x.example",), ["role analyst: sees everything", "grant 3 gives the role analyst", "(line 16)"]),
        (("new@council.example",), ["role committee:", "to the address @council.example (line 24)"]),
        (
            ("lead@council.example",),
            ["role manager:", "own teams: North, South", "in no edition: Nort", "and auditor: sees", "(line 10)"],
        ),
        (("x@y.example", "--app-role", "Board"), ["role member:", "to the app role Board (line 5)"]),
        (("x@y.example",), ["may see nothing", "ask IT", "by app role Board: only the identity provider knows"]),
    ],
)
def test_a_person_is_told_with_role_teams_and_the_line(
    granting: Council, arguments: tuple[str, ...], expected: list[str]
) -> None:
    result = said(granting, *arguments)
    assert result.exit_code == 0
    assert [expected_words for expected_words in expected if expected_words not in result.stdout] == []


def test_without_a_file_of_grants_it_says_so(council: Council) -> None:
    result = said(council, "x@y.example")
    assert result.exit_code == 1
    assert "access.toml: is missing" in result.stderr


def test_what_reaches_nobody_is_told(granting: Council) -> None:
    access = read_access(granting.home)
    assert access is not None
    out_of_reach_values = [
        (problem.column, problem.value)
        for problem in out_of_reach(access, granting.home, services_of_teams(read_shelf(granting.home)))
    ]
    assert out_of_reach_values == [("grant.2.teams", "Nort"), ("grant.4.role", "member")]
    assert services_of_teams(read_shelf(granting.home)) == {"North": "Help", "South": "Help"}


def test_no_team_is_missed_before_there_is_an_edition(council: Council) -> None:
    council.home.folder.mkdir()
    council.home.access.write_text(ACCESS, encoding="utf-8")
    access = read_access(council.home)
    assert access is not None
    assert [
        problem.column for problem in out_of_reach(access, council.home, services_of_teams(read_shelf(council.home)))
    ] == ["grant.4.role"]
