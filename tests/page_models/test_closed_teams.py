"""When a team has closed: rows recorded late keep it no longer at work, and its later months are absent, never zero."""

from __future__ import annotations

from datetime import date

import pytest
from small_council import JUNE, SEPTEMBER, Council, Row, month_ends, monthly, row

from improvement_board.access.viewer import EVERYONE
from improvement_board.document.team import lede
from improvement_board.figures.assemble import Window
from improvement_board.figures.export_request import ExportRequest
from improvement_board.figures.overview import overview
from improvement_board.figures.series import Series
from improvement_board.page_models import Address, IndicatorChoice, Run
from improvement_board.page_models.desk import Desk
from improvement_board.page_models.export import export_series

ENDS = month_ends(9)  # January to September 2026
EAST = {"team": "East", "worker": "w1", "category": "night"}
OF_EAST = {date(2026, 3, 31): 1.0, date(2026, 4, 30): 0.0, date(2026, 5, 31): 2.0, JUNE: 0.0, date(2026, 8, 31): 1.0}
FLOWS = ("seen", "visited", "reviewed", "planned", "heard")


def rows_of_council() -> dict[str, list[Row]]:
    """East holds cases until June; its events are of March and May, and one of August that was recorded late."""
    return {
        "held": [*monthly([3.0] * 9, team="North"), *monthly([2.0] * 6, JUNE, team="East")],
        "missing": [
            *monthly([1.0] * 9, team="North", worker="w2", category="day"),
            *(row(ENDS[at], numerator, **EAST) for at, numerator in ((2, 1.0), (4, 2.0), (7, 1.0))),
        ],
    }


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Council:
    council = Council(tmp_path_factory.mktemp("closed"))
    council.define("held", unit="count", denominator=None, better="neither", timing="snapshot", counts="workers")
    council.define("missing", unit="count", denominator=None, better="neither", counts="workers", category="Hour")
    council.publish(SEPTEMBER, rows_of_council())
    return council


def figures(series: Series) -> dict[date, float | None]:
    return dict(zip(series.period_ends, series.values, strict=True))


def of_desk(council: Council) -> Desk:
    return Run(council.board).look(EVERYONE).desk


def test_a_closed_teams_events_are_none_no_later_than_its_last_month_on_every_page(council: Council) -> None:
    desk = of_desk(council)
    _, of_team = overview(desk.store, {}, ["missing"], Window(None, SEPTEMBER), "East")
    page = Run(council.board).look(EVERYONE, Address(team="East")).indicator(IndicatorChoice("missing"))
    of_category = (
        Run(council.board).look(EVERYONE, Address(team="East")).indicator(IndicatorChoice("missing", None, "night"))
    )
    assert figures(of_team["missing"]) == OF_EAST
    assert figures(page.outline.series) == figures(of_category.outline.series) == OF_EAST


@pytest.mark.parametrize("asked", [ExportRequest(("missing",), "East"), ExportRequest(("missing",), level="worker")])
def test_a_download_has_the_same(council: Council, asked: ExportRequest) -> None:
    (of_east,) = [series for series in export_series(of_desk(council), asked) if series.team == "East"]
    assert figures(of_east) == OF_EAST


def test_the_month_before_a_team_closed_is_one_of_none_while_it_worked(council: Council) -> None:
    _, of_team = overview(of_desk(council).store, {}, ["missing"], Window(None, date(2026, 4, 30)), "East")
    assert list(figures(of_team["missing"]).values()) == [1.0, 0.0]


def test_a_row_recorded_late_keeps_no_team_open(council: Council) -> None:
    page = Run(council.board).look(EVERYONE, Address(team="East")).team()
    assert (page.is_closed, page.last_period_end, page.closed) == (True, JUNE, (("East", JUNE),))
    assert lede(page) == "This team has closed: it was at work from January 2026 to June 2026."
    store = of_desk(council).store
    assert [store.closed_teams(day) for day in (date(2026, 5, 31), JUNE, SEPTEMBER)] == [set(), set(), {"East"}]


def test_a_team_known_by_its_events_alone_closes_when_few_of_its_indicators_are_left(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """West has figures of five indicators until May, then of one that looks back."""
    council = Council(tmp_path_factory.mktemp("events"))
    rows = {
        kpi: [*monthly([(1.0, 2.0)] * 9, team="North"), *monthly([(1.0, 2.0)] * 5, ENDS[4], team="West")]
        for kpi in FLOWS
    }
    rows["turnover"] = [*monthly([(1.0, 2.0)] * 9, team="North"), *monthly([(1.0, 2.0)] * 8, ENDS[7], team="West")]
    council.define("turnover", counts="workers", control_chart=False)
    council.publish(SEPTEMBER, rows)
    (west,) = [record for record in of_desk(council).store.teams if record.team == "West"]
    assert (west.last_period_end, west.at_work_until, west.is_closed(SEPTEMBER)) == (ENDS[7], ENDS[4], True)


def test_figures_of_month_ends_that_are_not_supplied_yet_close_no_team(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Cases are known up to August, events up to September: North works on, with no event in its last month."""
    council = Council(tmp_path_factory.mktemp("late"))
    council.define("held", unit="count", denominator=None, better="neither", timing="snapshot", counts="workers")
    council.define("missing", unit="count", denominator=None, better="neither", counts="workers")
    council.publish(
        SEPTEMBER,
        {
            "held": [*monthly([3.0] * 8, ENDS[7], team="North"), *monthly([3.0] * 8, ENDS[7], team="South")],
            "missing": [*monthly([1.0] * 9, team="South"), *monthly([1.0, 2.0], ENDS[7], team="North")],
        },
    )
    assert of_desk(council).store.closed_teams(SEPTEMBER) == set()
