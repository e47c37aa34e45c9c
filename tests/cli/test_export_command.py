"""`export` as a role: exactly what that role can download, by the kind of period asked for."""

from __future__ import annotations

import csv
import shutil
from itertools import product
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from examples import every_night
from small_council import SEPTEMBER, Council, monthly

from improvement_board.access.viewer import Viewer
from improvement_board.cli.main import main
from improvement_board.figures.export_request import ExportRequest
from improvement_board.figures.series import Grain
from improvement_board.page_models import Board, Run


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Council:
    """A percentage of children over two teams and a count of cases, two years and a half of them. Read only."""
    council = Council(tmp_path_factory.mktemp("served"))
    council.define("seen")
    council.define("held", counts="cases", unit="count", denominator=None, timing="snapshot")
    rows = [
        *monthly([(30.0, 40.0)] * 30, team="North", worker="w1"),
        *monthly([(2.0, 12.0)] * 30, team="South", worker="w2"),
    ]
    cases = [*monthly([3.0] * 30, team="North", worker="w1"), *monthly([1.0] * 29 + [None], team="South")]
    council.publish(SEPTEMBER, {"seen": rows, "held": cases})
    return council


ROLES, PERIODS = ("committee", "member", "manager", "analyst"), (None, "month", "quarter", "year")
# Each role, and each kind of period.
OF_A_DAY = {
    *zip(ROLES, PERIODS, strict=True),
    *zip(ROLES, PERIODS[1:], strict=False),
}


def run(council: Council, out: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["export", "--data", str(council.home.folder), "-o", str(out), *arguments])


def rows_of(out: Path) -> list[dict[str, str]]:
    with out.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))


@pytest.mark.parametrize(("role", "by"), every_night(product(ROLES, PERIODS), OF_A_DAY, several=True))
def test_it_is_what_the_role_downloads(served: Council, tmp_path: Path, role: str, by: Grain | None) -> None:
    out = tmp_path / "out.csv"
    own = ["--own-team", "North"] if role == "manager" else []
    done = run(served, out, "--as", role, *(["--by", by] if by else []), *own)
    assert (done.exit_code, done.stderr) == (0, "")
    viewer = Viewer("somebody", role, frozenset(own[1:]))  # type: ignore[arg-type]
    download = Run(Board(served.home)).look(viewer).export(ExportRequest(by=by))
    assert out.read_bytes().decode() == download.text
    usual = {"month", "year"} if role == "manager" else {"month"}  # months leave too few of South
    assert {row["period"] for row in rows_of(out)} == ({by} if by else usual)


def test_a_member_gets_ranges_and_a_manager_their_own_figures(served: Council, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    asked = ["--kpi", "seen", "--level", "team", "--by", "quarter"]
    assert run(served, out, "--as", "member", *asked).exit_code == 0
    north = next(row for row in rows_of(out) if row["team"] == "North" and row["period_end"] == "2026-09-30")
    assert (north["value_low"], north["value_high"]) == ("70", "80")
    assert (north["numerator"], north["denominator"], north["value"], north["mean"]) == ("", "", "", "")
    assert run(served, out, "--as", "manager", "--own-team", "North", *asked).exit_code == 0
    north, south = (
        next(row for row in rows_of(out) if row["team"] == team and row["period_end"] == "2026-09-30")
        for team in ("North", "South")
    )
    assert (north["numerator"], north["denominator"], north["value"]) == ("90", "120", "75")
    assert south["numerator"] == ""


def test_a_board_under_agreement_gets_exact_figures_and_the_committee_never(served: Council, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    text = 'contact = "us"\nboard_sees_exact = true\n[[grant]]\nrole = "member"\ngroups = ["board"]\n'
    agreed = Council(shutil.copytree(served.folder, tmp_path / "agreed"))
    agreed.home.access.write_text(text, encoding="utf-8")
    assert run(agreed, out, "--as", "member", "--level", "team", "--kpi", "seen").exit_code == 0
    assert {row["numerator"] for row in rows_of(out)} == {"30", "2"}
    assert run(agreed, out, "--as", "committee", "--kpi", "seen").exit_code == 0
    assert {row["numerator"] for row in rows_of(out) if row["period"] == "month"} == {"32"}
    assert run(agreed, out, "--as", "committee", "--level", "team").exit_code == 1


def test_exact_figures_add_up_to_whole_quarters_and_years(served: Council, tmp_path: Path) -> None:
    """A snapshot takes the service's latest month, every team at that same month."""
    out = tmp_path / "out.csv"
    assert run(served, out, "--kpi", "seen", "--by", "year").exit_code == 0
    assert [(row["period_end"], row["numerator"], row["denominator"]) for row in rows_of(out)] == [
        ("2025-03-31", "384", "624"),
        ("2026-03-31", "384", "624"),
    ]
    assert run(served, out, "--kpi", "held", "--by", "quarter", "--level", "team").exit_code == 0
    last = [(row["team"], row["numerator"]) for row in rows_of(out) if row["period_end"] == "2026-09-30"]
    assert last == [("North", "3")]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--by", "month", "--by", "year"], "one kind of period"),
        (["--own-team", "North"], "for --as manager"),
        (["--as", "auditor"], "Invalid value for '--as'"),
        (["--as", "nobody"], "Invalid value for '--as'"),
    ],
)
def test_wrong_usage_is_said(served: Council, tmp_path: Path, arguments: list[str], said: str) -> None:
    done = run(served, tmp_path / "out.csv", *arguments)
    assert done.exit_code == 2
    assert said in done.stderr


@pytest.mark.parametrize("role", ["committee", "member"])
def test_workers_are_not_for_every_role(served: Council, tmp_path: Path, role: str) -> None:
    done = run(served, tmp_path / "out.csv", "--as", role, "--level", "worker")
    assert done.exit_code == 1
    assert "not for this role" in done.stderr
    assert not (tmp_path / "out.csv").exists()
