"""Figures from their parts, series with zeros, rates and targets, and windows that never change what is said."""

from __future__ import annotations

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from series_maker import series
from small_council import JUNE, SEPTEMBER, Council, month_ends, monthly, row
from small_desk import MARCH

from improvement_board.access.viewer import EVERYONE
from improvement_board.common.months import month_ends_between
from improvement_board.figures.assemble import Window, cut, judged, series_from, value_of
from improvement_board.figures.export_request import ExportRequest
from improvement_board.figures.overview import overview
from improvement_board.figures.series import Level, Series
from improvement_board.page_models import Run
from improvement_board.page_models.desk import Desk
from improvement_board.page_models.export import export_series

UNITS = ["percent", "count", "average", "rate_per_10000", "days"]


@pytest.mark.parametrize(
    ("unit", "numerator", "denominator", "value"),
    [
        ("percent", 1.0, 8.0, 12.5),
        ("percent", 0.0, 8.0, 0.0),
        ("average", 30.0, 1.5, 20.0),
        ("days", 30.0, 4.0, 7.5),
        ("rate_per_10000", 5.0, 20_000.0, 2.5),
        ("count", 7.0, None, 7.0),
        ("count", 7.0, 0.0, 7.0),
        ("percent", None, 8.0, None),
        ("percent", 1.0, None, None),
        ("count", None, None, None),
        *((unit, numerator, 0.0, None) for unit in UNITS if unit != "count" for numerator in (0.0, 3.0)),
    ],
)
def test_a_figure_from_its_parts(
    unit: str, numerator: float | None, denominator: float | None, value: float | None
) -> None:
    assert value_of(unit, numerator, denominator) == value


@given(st.sampled_from(UNITS), st.floats(0, 1e12), st.just(0.0) | st.floats(1e-6, 1e12))
def test_a_figure_is_a_finite_number_or_none(unit: str, numerator: float, denominator: float) -> None:
    value = value_of(unit, numerator, denominator)
    assert value is None or (value >= 0 and math.isfinite(value))
    assert (value is None) == (unit != "count" and denominator == 0)


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.integers(0, 60))
def test_months_between_are_every_month_end(day: date, how_many: int) -> None:
    ends = month_ends(how_many + 1, day)
    assert month_ends_between(ends[0], ends[-1]) == ends


@pytest.fixture(scope="module")
def desk(desk_council: Council) -> Desk:
    return Run(desk_council.board).look(EVERYONE).desk


def made(desk: Desk, kpi: str, rows: list, level: str = "service", **row_place: str | None) -> Series:
    full_rows = [{"value": None, "symbol": None, "category": None, **month_row} for month_row in rows]
    return series_from(desk.store, desk.comparators, desk.store.definitions[kpi], level, full_rows, **row_place)  # type: ignore[arg-type]


def test_a_count_of_events_is_zero_between_its_first_and_last_month_and_nothing_beyond(desk: Desk) -> None:
    made_series = made(desk, "missing", monthly([None, 3.0, None, None, 2.0, None]))
    assert made_series.period_ends == tuple(month_ends(5)[:-1])
    assert made_series.values == (3.0, 0.0, 0.0, 2.0)
    assert made_series.numerators == made_series.values
    assert made_series.denominators == (None,) * 4


@pytest.mark.parametrize(
    ("kpi", "rows"),
    [
        ("seen", monthly([(1.0, 2.0), None, (1.0, 2.0)])),
        ("children", monthly([3.0, None, 2.0])),
        ("missing", [row(end, 1.0, period="quarter") for end in (MARCH, SEPTEMBER)]),
    ],
)
def test_nothing_else_is_taken_for_zero(desk: Desk, kpi: str, rows: list) -> None:
    assert made(desk, kpi, rows).period_ends == tuple(month_row["period_end"] for month_row in rows)


def test_no_rows_make_an_empty_series(desk: Desk) -> None:
    made_series = made(desk, "missing", [])
    assert (made_series.period_ends, made_series.latest, made_series.latest_value, made_series.latest_target) == (
        (),
        None,
        None,
        None,
    )


def test_a_count_of_children_is_shown_per_10000_of_the_years_population(desk: Desk) -> None:
    rows = [row(date(2024, 12, 31), 100.0), row(date(2025, 12, 31), 100.0), row(date(2026, 1, 31), 100.0)]
    made_series = made(desk, "children", rows)
    assert made_series.unit == "rate_per_10000"
    assert made_series.denominators == (None, 20_000.0, 25_000.0)
    assert made_series.values == (None, 50.0, 40.0)
    assert [comparator.name for comparator in made_series.comparators] == ["England"]


@pytest.mark.parametrize(
    ("level", "row_place"),
    [("team", {"team": "North"}), ("worker", {"worker": "w1"}), ("service", {"category": "boys"})],
)
def test_a_part_of_the_children_stays_a_count_without_comparators(
    desk: Desk, level: str, row_place: dict[str, str]
) -> None:
    made_series = made(desk, "children", monthly([60.0]), level, **row_place)
    assert (made_series.unit, made_series.values, made_series.denominators, made_series.comparators) == (
        "count",
        (60.0,),
        (None,),
        (),
    )


def test_a_count_of_events_is_never_a_rate_and_has_no_comparators(desk: Desk) -> None:
    made_series = made(desk, "missing", monthly([5.0]))
    assert (made_series.unit, made_series.values, made_series.comparators) == ("count", (5.0,), ())


def test_figures_published_in_another_unit_are_no_comparators(desk: Desk) -> None:
    definition = desk.store.definitions["seen"].model_copy(update={"benchmarks": {"unit": "rate_per_10000"}})
    rows = [{"value": None, "symbol": None, **published_row} for published_row in monthly([(1.0, 2.0)])]
    assert series_from(desk.store, desk.comparators, definition, "service", rows).comparators == ()
    assert len(made(desk, "seen", monthly([(1.0, 2.0)])).comparators) == 3


def test_targets_are_the_plans_for_service_and_team_and_not_for_a_part(desk: Desk) -> None:
    rows = [row(date(2023, 12, 31), 1.0, 2.0), row(MARCH, 1.0, 2.0), row(JUNE, 1.0, 2.0)]
    service, team = made(desk, "seen", rows), made(desk, "seen", rows, "team", team="North")
    assert service.targets == team.targets == (None, 50.0, 60.0)
    assert service.tolerance == 1.0
    assert made(desk, "seen", rows, category="in need").targets == (None,) * 3
    assert made(desk, "seen", rows, "worker", worker="w1").targets == (None,) * 3


@pytest.mark.parametrize(
    ("timing", "level", "period", "has_target"),
    [
        ("flow", "service", "month", True),
        ("flow", "service", "quarter", False),
        ("snapshot", "service", "quarter", True),
        ("flow", "team", "month", False),
        ("snapshot", "team", "month", False),
    ],
)
def test_the_target_of_a_count_is_the_whole_services_and_of_a_month(
    desk: Desk, timing: str, level: Level, period: str, has_target: bool
) -> None:
    count = {"unit": "count", "timing": timing, "denominator": None}
    definition = desk.store.definitions["seen"].model_copy(update=count)
    rows = [{"value": None, "symbol": None, **row(JUNE, 9.0, None, period=period)}]
    team = "North" if level == "team" else None
    made_series = series_from(desk.store, desk.comparators, definition, level, rows, team=team)
    assert made_series.targets == ((60.0,) if has_target else (None,))


def test_a_team_gets_its_own_events_too(desk: Desk) -> None:
    titles = [[event.title for event in made(desk, "seen", [], team=team).events] for team in (None, "North")]
    assert titles == [["Redesign", "New leader"], ["Redesign", "New leader", "Move"]]


def test_a_figure_published_without_its_parts_is_passed_on(desk: Desk) -> None:
    made_series = made(desk, "seen", [row(JUNE, None, value=33.3), row(SEPTEMBER, None, symbol="c")])
    assert (made_series.values, made_series.symbols) == ((33.3, None), (None, "c"))


def test_a_source_is_named_with_whether_it_is_made_up(desk: Desk) -> None:
    assert made(desk, "seen", []).source == "Northbridge (synthetic): ssd_person"


VALUES = [50.0, 52.0, 49.0, 51.0, 50.0, 48.0, 52.0, 50.0, 49.0, 51.0, 50.0, 52.0, 49.0, 51.0, 80.0]


def test_a_later_start_never_changes_what_is_said_of_a_point() -> None:
    whole = series(VALUES, target=50.0, control_chart=False, of={"control_chart": True})
    (full,) = judged([whole], Window(None, SEPTEMBER))
    (part,) = judged([whole], Window(month_ends(3)[0], SEPTEMBER))
    assert full.presented is not None
    assert part.presented is not None
    assert part.period_ends == part.presented.period_ends == tuple(month_ends(3))
    for name in ("values", "mean", "lower_limit", "upper_limit", "point_types", "rules", "rebase_groups"):
        assert getattr(part.presented, name) == getattr(full.presented, name)[-3:]
    assert part.values == full.values[-3:]
    assert part.targets == (50.0,) * 3
    for name in ("enough_points", "variation", "assurance", "target"):
        assert getattr(part.presented, name) == getattr(full.presented, name)
    assert full.presented.variation == "special_cause_concern"


@given(st.integers(0, 14), st.integers(0, 14))
def test_a_cut_keeps_every_column_together(first_bound: int, other: int) -> None:
    first, last = sorted((first_bound, other))
    ends = month_ends(15)
    (full,) = judged([series(VALUES)], Window(None, SEPTEMBER))
    part = cut(full, Window(ends[first], ends[last]))
    assert part.period_ends == tuple(ends[first : last + 1])
    assert part.values == tuple(VALUES[first : last + 1])
    assert part.presented is not None
    assert part.presented.values == part.values


def test_a_window_without_a_period_is_empty() -> None:
    part = cut(series(VALUES), Window(date(2030, 1, 31), date(2030, 3, 31)))
    assert (part.period_ends, part.values, part.latest) == ((), (), None)
    assert part.presented is not None
    assert part.presented.mean == ()


def test_what_lies_after_the_end_is_not_judged(desk: Desk) -> None:
    ends = month_ends(24)
    service, _ = overview(desk.store, {}, ["seen"], Window(None, ends[17]))
    assert service["seen"].period_ends == tuple(ends[:18])
    presented = service["seen"].presented
    assert presented is not None
    assert set(presented.point_types) == {None}  # seven points since the redesign are too few to judge
    to_june, _ = overview(desk.store, {}, ["seen"], Window(None, JUNE))
    to_september, _ = overview(desk.store, {}, ["seen"], Window(None, SEPTEMBER))
    assert to_june["seen"].presented != to_september["seen"].presented


def test_the_target_in_force_at_the_end_is_the_one_judged(desk: Desk) -> None:
    for last, target in ((MARCH, 50.0), (SEPTEMBER, 60.0)):
        service, _ = overview(desk.store, {}, ["seen"], Window(None, last))
        presented = service["seen"].presented
        assert presented is not None
        assert presented.target == target


def test_yearly_figures_and_rolling_ones_bear_no_control_chart(desk: Desk) -> None:
    yearly = series(VALUES, grain="year", control_chart=False, of={"control_chart": True})
    rolling = series(VALUES, control_chart=False)
    monthly_one = series(VALUES, control_chart=False, of={"control_chart": True})
    kept_series = judged([yearly, monthly_one, rolling], Window(None, SEPTEMBER))
    assert [each_series.presented is not None for each_series in kept_series] == [False, True, False]
    assert kept_series[1].presented == series(VALUES).presented


def test_a_teams_events_are_zero_up_to_the_last_month_that_the_service_and_the_team_are_known_in(
    council: Council,
) -> None:
    """South had its only event in July; East was last seen in August, by another KPI."""
    council.define("missing", unit="count", denominator=None, better="neither")
    council.define("seen")
    months_by_team = {"North": month_ends(4), "South": month_ends(4)[1:2], "East": month_ends(4)[1:2]}
    missing = [row(end, 1.0, team=team) for team, ends in months_by_team.items() for end in ends]
    seen = [row(end, 1.0, 2.0, team="East") for end in month_ends(4)[:3]]
    seen += [row(end, 1.0, 2.0, team="South") for end in month_ends(4)]
    council.publish(SEPTEMBER, {"missing": missing, "seen": seen})
    desk = Run(council.board).look(EVERYONE).desk
    series_by_team = {
        team_series.team: team_series for team_series in export_series(desk, ExportRequest(("missing",), level="team"))
    }
    assert {team: series.values for team, series in series_by_team.items()} == {
        "North": (1.0, 1.0, 1.0, 1.0),
        "South": (1.0, 0.0, 0.0),
        "East": (1.0, 0.0),
    }
    for team, one_team in series_by_team.items():
        _, of_team = overview(desk.store, {}, ["missing"], Window(None, SEPTEMBER), team)
        assert of_team["missing"].values == one_team.values
