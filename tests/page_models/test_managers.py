"""What a manager sees beside the own teams: the service where it leaves enough of others, and else nothing."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from markupsafe import escape
from small_council import SEPTEMBER, Council, Row, monthly

from improvement_board.access.viewer import Viewer
from improvement_board.building.protect_managers import read_managers
from improvement_board.cli.main import main
from improvement_board.document.frame import opening
from improvement_board.editions.file_names import PROTECTED_MANAGERS
from improvement_board.editions.open_edition import Store
from improvement_board.editions.scope import Managed
from improvement_board.figures.export_request import ExportRequest
from improvement_board.page_models import Board, Run
from improvement_board.words import NOT_WORKED_OUT

NORTH, MEMBER = Viewer("g", "manager", teams=frozenset({"North"})), Viewer("m", "member")
SOUTH_AND_EAST = Viewer("g", "manager", teams=frozenset({"South", "East"}))
Figures = dict[str, float | None]


def rows(other: float) -> list[Row]:
    """Three teams over 30 months, of which South has so many children a month, half of them in the numerator."""
    sizes = {"North": 60.0, "South": other, "East": 40.0}
    return [month_row for team, size in sizes.items() for month_row in monthly([(size / 2, size)] * 30, team=team)]


@pytest.fixture
def managed(council: Council) -> Council:
    """`large` has enough of every team, `small` two teams of which South is small; `staff` is of workers."""
    for kpi in ("large", "small"):
        council.define(kpi)
    council.define("staff", counts="workers")
    small = [month_row for month_row in rows(4.0) if month_row["team"] != "East"]
    figures = {"large": rows(30.0), "small": small, "staff": rows(2.0)}
    council.publish(SEPTEMBER, figures, services={"North": "Help", "South": "Help", "East": "Care"})
    return council


def store(council: Council, viewer: Viewer) -> Store:
    return Run(Board(council.home)).look(viewer).desk.store


def figures(council: Council, viewer: Viewer, kpi: str, team: str | None = None, by: str | None = None) -> Figures:
    level = "team" if team else "service"
    asked = {"kpis": [kpi], "team": team, "level": level, "by_category": False, "by": by, "last": SEPTEMBER}
    exported_rows = store(council, viewer).rows("export_series", **asked)
    return {row["period_end"].isoformat(): row["numerator"] for row in exported_rows}


def test_a_manager_sees_the_service_where_enough_of_others_is_left(managed: Council) -> None:
    assert set(figures(managed, NORTH, "large", by="month").values()) == {65.0}
    assert set(figures(managed, NORTH, "large", "North").values()) == {30.0}
    assert set(figures(managed, MEMBER, "small", by="month").values()) == {32.0}
    assert set(figures(managed, NORTH, "small", by="month").values()) == {None}
    assert set(figures(managed, NORTH, "small", by="quarter").values()) == {None}
    assert figures(managed, NORTH, "small", by="year")["2026-03-31"] == 12 * 32.0
    assert set(figures(managed, NORTH, "small", "North").values()) == {30.0}
    assert set(figures(managed, NORTH, "staff").values()) == {51.0}


def test_a_manager_sees_no_band_of_other_teams_where_their_own_have_children(managed: Council) -> None:
    def bands(viewer: Viewer, kpi: str) -> set[str]:
        banded_teams = store(managed, viewer).connection.cursor().execute(
            "select distinct team from extracts where kpi = $kpi and value_low is not null", {"kpi": kpi}
        )  # fmt: skip
        return {team for (team,) in banded_teams.fetchall()}

    assert bands(MEMBER, "large") == {"North", "South", "East"}
    assert bands(NORTH, "large") == set()
    east = Viewer("g", "manager", teams=frozenset({"East"}))
    assert bands(east, "small") == bands(MEMBER, "small") == {"North", "South"}


def test_teams_that_were_not_worked_out_see_their_own_alone_and_are_told_so(managed: Council) -> None:
    assert set(figures(managed, SOUTH_AND_EAST, "large", by="month").values()) == {None}
    assert set(figures(managed, SOUTH_AND_EAST, "large", "East").values()) == {20.0}
    assert set(figures(managed, SOUTH_AND_EAST, "staff").values()) == {51.0}
    board = Board(managed.home)
    assert escape(NOT_WORKED_OUT) in opening(Run(board).look(SOUTH_AND_EAST).plan().frame)
    for viewer in (NORTH, MEMBER, Viewer("a", "analyst")):
        assert "build the edition again" not in opening(Run(board).look(viewer).plan().frame)
    own = ["--own-team", "South", "--own-team", "East"]
    asked = ["export", "--data", str(managed.home.folder), "--as", "manager", *own, "-o", str(managed.folder / "o.csv")]
    assert NOT_WORKED_OUT in CliRunner().invoke(main, asked).stderr


def test_teams_that_access_gives_together_are_worked_out_together(managed: Council) -> None:
    both = Managed(frozenset({"South"}), frozenset({"Care"}))
    figures_again = {"large": rows(30.0), "small": rows(4.0)}
    services = {"North": "Help", "South": "Help", "East": "Care"}
    name = managed.publish(SEPTEMBER, figures_again, services=services, managed=(both,))
    assert set(figures(managed, SOUTH_AND_EAST, "large", by="month").values()) == {65.0}
    worked_out = read_managers(managed.home.editions / str(name))
    assert worked_out is not None
    assert worked_out.keys() == {frozenset({"South", "East"})}


def test_an_edition_without_the_file_gives_managers_their_own_teams_alone(managed: Council) -> None:
    folder = managed.home.editions / "2026-09-30"
    (folder / PROTECTED_MANAGERS).unlink()
    manifest = folder / "manifest.json"
    lines = manifest.read_text(encoding="utf-8").splitlines()
    manifest.write_text("\n".join(line for line in lines if PROTECTED_MANAGERS not in line), encoding="utf-8")
    assert set(figures(managed, NORTH, "large", by="month").values()) == {None}
    assert set(figures(managed, NORTH, "large", "North").values()) == {30.0}
    assert set(figures(managed, MEMBER, "large", by="month").values()) == {65.0}


def test_what_changed_is_told_a_manager_where_no_figure_is_kept_back_from_them(council: Council) -> None:
    """Both indicators are restated; of `small` the others are few."""
    for kpi in ("large", "small"):
        council.define(kpi)
    for last, more in ((SEPTEMBER.replace(month=6), 0.0), (SEPTEMBER, 12.0)):
        changed = [
            {**month_row, "numerator": month_row["numerator"] + (more if month_row["team"] == "North" else 0.0)}
            for month_row in rows(30.0)
            if month_row["period_end"] <= last
        ]
        small = [month_row for month_row in changed if month_row["team"] == "North"]
        small += [
            month_row for month_row in rows(4.0) if month_row["team"] == "South" and month_row["period_end"] <= last
        ]
        council.publish(last, {"large": changed, "small": small})
    told = {viewer: {row["kpi"] for row in store(council, viewer).rows("changes") if row["kind"] == "restated"}
            for viewer in (MEMBER, NORTH)}  # fmt: skip
    assert told == {MEMBER: {"large", "small"}, NORTH: {"large"}}


def test_the_csv_of_a_manager_is_what_the_pages_show(managed: Council) -> None:
    board = Board(managed.home)
    text = Run(board).look(NORTH).export(ExportRequest(kpis=("small",), by="month")).text
    assert all(",c," in line or line.endswith(",c") for line in text.splitlines()[1:])
