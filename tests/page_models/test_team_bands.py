"""Protected teams are compared over one whole period, ordered by nothing finer than their ranges."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from band_series import AVERAGE, SEPTEMBER, VISITS, protected, ranges
from series_maker import definition, series
from small_council import Council

from improvement_board.access.viewer import EVERYONE
from improvement_board.figures.assemble import Window
from improvement_board.figures.parts import comparison_period, parts_of_whole, parts_over, whole_period
from improvement_board.figures.series import Series, TeamComparison
from improvement_board.page_models import Run
from improvement_board.page_models.breakdown import breakdown_of
from improvement_board.page_models.team_bands import compare_bands
from improvement_board.page_models.teams import compare_teams

JUNE = date(2026, 6, 30)
JULY = date(2026, 7, 31)
MARCH = date(2026, 3, 31)
ALL = Window(None, SEPTEMBER)
SNAPSHOT: dict[str, Any] = {"timing": "snapshot"}
SERVICES = {"A": "Help", "B": "Court"}


def team(name: str, lows: list[int | None], **more: Any) -> Series:
    return ranges(lows, team=name, **more)


def exact(name: str | None, parts: list[tuple[float, float]], **more: Any) -> Series:
    """A series with its parts: of the service, or a manager's own team."""
    values = [100 * part / of for part, of in parts]
    made = series(values, control_chart=False, team=name, level="team" if name else "service", **{"of": VISITS} | more)
    return replace(made, numerators=tuple(p for p, _ in parts), denominators=tuple(float(of) for _, of in parts))


def compared(teams: list[Series], service: Series | None = None, window: Window = ALL, **of: Any) -> TeamComparison:
    whole = service or exact(None, [(6, 10)] * 24)
    comparison = compare_bands(definition(**VISITS | of), whole, teams, window, SERVICES)
    assert comparison is not None
    return comparison


def shown(comparison: TeamComparison) -> list[tuple[str, float | None, float | None]]:
    return [(dot.team, dot.low, dot.value) for dot in comparison.dots]


def test_teams_are_compared_in_the_latest_quarter_that_any_has_a_range_of() -> None:
    comparison = compared([team("A", [20, 40, None]), team("B", [20, 30, None])])
    assert (comparison.period_start, comparison.period_end) == (date(2026, 4, 30), JUNE)
    assert shown(comparison) == [("B", 30.0, None), ("A", 40.0, None)]
    assert (comparison.is_banded, comparison.not_recorded) == (True, None)
    assert [(dot.service, dot.high) for dot in comparison.dots] == [("Court", 40.0), ("Help", 50.0)]
    parts = [(dot.numerator, dot.denominator, dot.lower_limit, dot.upper_limit, dot.outside) for dot in comparison.dots]
    assert parts == [(None,) * 5] * 2


def test_not_after_the_window() -> None:
    assert compared([team("A", [20, 40, 50])], window=Window(None, JUNE)).period_end == JUNE


@pytest.mark.parametrize(
    ("grain", "of", "last", "period"),
    [
        ("quarter", {}, SEPTEMBER, (JULY, SEPTEMBER)),
        ("year", {}, MARCH, (date(2025, 4, 30), MARCH)),
        ("month", SNAPSHOT, SEPTEMBER, (SEPTEMBER, SEPTEMBER)),
    ],
)
def test_the_period_is_a_whole_one(grain: Any, of: dict[str, Any], last: date, period: tuple[date, date]) -> None:
    comparison = compared(
        [team("A", [40], grain=grain, of=of, last=last)], exact(None, [(6, 10)] * 24, of=VISITS | of), **of
    )
    assert (comparison.period_start, comparison.period_end) == period


def test_where_all_is_kept_back_the_latest_period_says_so_and_a_closed_team_is_left_out() -> None:
    comparison = compared([team("A", [None, None]), team("B", [20], last=MARCH), team("C", [None])])
    assert comparison.period_end == MARCH
    assert shown(comparison) == [("B", 20.0, None)]
    hidden = compared([team("A", [None, None]), team("C", [None])])
    assert (hidden.period_end, shown(hidden)) == (SEPTEMBER, [("A", None, None), ("C", None, None)])


@pytest.mark.parametrize(("better", "order"), [("higher", "ACBDE"), ("lower", "BDACE"), ("neither", "BDACE")])
def test_the_order_is_by_range_then_name_with_those_kept_back_last(better: str, order: str) -> None:
    teams = [team("D", [50]), team("E", [None]), team("C", [20]), team("B", [50]), team("A", [20])]
    assert "".join(dot.team for dot in compared(teams, better=better).dots) == order


@pytest.mark.parametrize(("part", "order"), [(50, "AMZ"), (59, "AMZ"), (60, "AZM"), (49, "MAZ"), (100, "AZM")])
def test_an_own_team_has_its_figure_and_stands_among_those_of_its_range(part: int, order: str) -> None:
    own = exact("M", [(1, 100), (part, 100)], grain="quarter")
    comparison = compared([team("Z", [50]), own, team("A", [50])])
    assert "".join(dot.team for dot in comparison.dots) == order
    mine = next(dot for dot in comparison.dots if dot.team == "M")
    assert (mine.value, mine.numerator, mine.denominator) == (part, part, 100.0)
    assert (mine.low, mine.high, mine.lower_limit, mine.outside) == (None, None, None, None)


def test_an_own_team_of_nothing_has_no_figure_and_no_range() -> None:
    nothing = replace(exact("M", [(1, 100)], grain="quarter"), values=(None,), numerators=(12.0,), denominators=(0.0,))
    comparison = compared([team("Z", [50]), nothing])
    assert [dot.value for dot in comparison.dots if dot.team == "M"] in ([], [None])


def test_an_own_average_stands_among_those_of_its_range() -> None:
    of = VISITS | AVERAGE
    own = replace(exact("M", [(150, 10)], of=of), values=(15.0,))
    banded = [
        team(name, [low], grain="month", of=AVERAGE) for name, low in (("Z", 14), ("A", 14), ("B", 16), ("C", 12))
    ]
    comparison = compared([own, *banded], replace(exact(None, [(40, 3)], of=of), values=(40 / 3,)), **AVERAGE)
    assert "".join(dot.team for dot in comparison.dots) == "BAMZC"
    assert comparison.service_value == 40 / 3


def test_an_own_team_of_too_few_stands_after_those_of_ranges() -> None:
    comparison = compared([team("Z", [50]), exact("M", [(1, 1)], grain="quarter"), team("H", [None])])
    assert "".join(dot.team for dot in comparison.dots) == "ZMH"


def test_an_own_team_by_month_is_added_up_over_the_quarter_and_only_if_whole() -> None:
    months = [(0.0, 50.0), (1.0, 10.0), (2.0, 10.0), (6.0, 10.0)]
    assert shown(compared([team("Z", [50]), exact("M", months)]))[0] == ("M", None, 30.0)
    assert shown(compared([team("Z", [50]), exact("M", months[:2])])) == [("Z", 50.0, None)]


def test_an_own_team_at_a_month_end_is_that_of_the_month() -> None:
    comparison = compared(
        [team("Z", [50], grain="month", of=SNAPSHOT), exact("M", [(1.0, 10.0), (6.0, 10.0)], of=VISITS | SNAPSHOT)],
        exact(None, [(5.0, 10.0), (7.0, 10.0)], of=VISITS | SNAPSHOT),
        timing="snapshot",
    )
    assert shown(comparison) == [("Z", 50.0, None), ("M", None, 60.0)]
    assert comparison.service_value == 70.0


@pytest.mark.parametrize(
    ("service", "value"),
    [
        (exact(None, [(9, 9), (1, 10), (2, 10), (6, 10)]), 30.0),
        (exact(None, [(2, 10), (6, 10)]), None),
        (exact(None, [(9, 9), (4, 10)], grain="quarter"), 40.0),
        (exact(None, [(4, 10)], grain="year", last=MARCH), None),
        (replace(exact(None, [(1, 10)] * 3), numerators=(1.0, None, 1.0)), None),
        (replace(exact(None, [(1, 10)] * 3), symbols=(None, "c", None)), None),
        (replace(exact(None, [(1, 10)] * 3), denominators=(0.0, 0.0, 0.0)), None),
    ],
)
def test_the_service_is_that_of_exactly_the_period_or_none(service: Series, value: float | None) -> None:
    assert compared([team("A", [40])], service).service_value == value


def test_a_year_of_teams_takes_all_twelve_months_or_four_quarters_of_the_service() -> None:
    months = exact(None, [(1, 10)] * 11 + [(7, 10)], last=MARCH)
    assert compared([team("A", [40], grain="year", last=MARCH)], months).service_value == 15.0
    quarters = exact(None, [(1, 10)] * 3 + [(7, 10)], grain="quarter", last=MARCH)
    assert compared([team("A", [40], grain="year", last=MARCH)], quarters).service_value == 25.0
    assert parts_of_whole(exact(None, [(1, 10)] * 11, last=MARCH), "year", MARCH) == (None, None)


def test_nothing_that_has_no_team_is_compared() -> None:
    what = definition(**VISITS)
    assert compare_bands(what, exact(None, [(1, 2)]), [ranges([40], team=None)], ALL, {}) is None
    assert compare_bands(what, exact(None, [(1, 2)]), [], ALL, {}) is None


def test_any_range_makes_it_a_comparison_by_ranges(desk_council: Council) -> None:
    store = Run(desk_council.board).look(EVERYONE).desk.store
    service = exact(None, [(6, 10)] * 24)
    comparison = compare_teams(store, definition(**VISITS), service, [team("North", [40]), team("South", [None])], ALL)
    assert comparison is not None
    assert comparison.is_banded
    assert [(dot.team, dot.service) for dot in comparison.dots] == [("North", "Help"), ("South", "Help")]


def test_own_teams_alone_are_not_held_against_what_chance_gives_them(desk_council: Council) -> None:
    store = Run(desk_council.board).look(EVERYONE).desk.store
    what = definition(**VISITS)
    teams = [exact("North", [(6, 10)] * 12), exact("South", [(9, 10)] * 12)]
    service = exact(None, [(6, 10)] * 12)
    free = compare_teams(store, what, service, teams, ALL)
    kept = compare_teams(store, what, replace(service, is_protected=True), teams, ALL)
    assert free is not None
    assert kept is not None
    assert all(dot.lower_limit is not None for dot in free.dots)
    assert [(dot.value, dot.lower_limit, dot.outside) for dot in kept.dots] == [(60.0, None, None), (90.0, None, None)]


def test_a_sum_with_a_part_kept_back_is_not_the_sum() -> None:
    made = exact(None, [(1, 10), (2, 10), (3, 10), (4, 10)])
    hidden = replace(made, symbols=(None, "c", None, None))
    ends = made.period_ends
    assert parts_over(hidden, (ends[2], ends[3])) == (7.0, 20.0)
    assert parts_over(hidden, (ends[1], ends[3])) == (None, None)
    what = definition(**VISITS)
    assert comparison_period(what, [made], ALL) == (ends[0], ends[3])
    assert comparison_period(what, [hidden], ALL) == (ends[3], ends[3])
    assert comparison_period(what, [hidden], Window(ends[2], SEPTEMBER)) == (ends[2], ends[3])
    assert comparison_period(what, [made, hidden], ALL) == (ends[3], ends[3])


def test_a_protected_quarter_or_year_is_all_of_its_months() -> None:
    what = definition(**VISITS)
    assert comparison_period(what, [protected([1.0], grain="quarter")], ALL) == (JULY, SEPTEMBER)
    assert comparison_period(what, [series([1.0], grain="quarter", of=VISITS)], ALL) == (SEPTEMBER, SEPTEMBER)
    snapshot = definition(**VISITS | SNAPSHOT)
    assert comparison_period(snapshot, [protected([1.0], grain="quarter")], ALL) == (SEPTEMBER, SEPTEMBER)
    assert whole_period(date(2026, 2, 28), "month") == (date(2026, 2, 28), date(2026, 2, 28))
    assert whole_period(date(2026, 3, 31), "year") == (date(2025, 4, 30), date(2026, 3, 31))


def test_categories_kept_back_stand_last_and_leave_no_share() -> None:
    counted = {"of": {"unit": "count", "category": "Source"}, "unit": "count", "grain": "quarter"}
    given = [protected([5.0, 7.0], category="Police", **counted), protected([1.0, 9.0], category="School", **counted)]
    given = [replace(category_series, numerators=category_series.values) for category_series in given]
    hidden = protected([8.0, None], category="Housing", **counted)
    breakdown = breakdown_of(given[0].definition, [hidden, *given], ALL)
    assert breakdown is not None
    assert (breakdown.period_start, breakdown.period_end) == (JULY, SEPTEMBER)
    assert [(figure.category, figure.value, figure.share) for figure in breakdown.figures] == [
        ("School", 9.0, None),
        ("Police", 7.0, None),
        ("Housing", None, None),
    ]
    whole = breakdown_of(given[0].definition, given, ALL)
    assert whole is not None
    assert [figure.share for figure in whole.figures] == [100 * 9 / 16, 100 * 7 / 16]


def test_a_publishers_gap_in_a_category_is_left_out() -> None:
    counted = {"unit": "count", "of": {"unit": "count", "category": "Source"}, "control_chart": False}
    there = series([7.0], category="Police", **counted)
    gap = series([4.0, None], category="School", symbols=[None, "c"], **counted)
    breakdown = breakdown_of(there.definition, [there, gap], ALL)
    assert breakdown is not None
    assert [(figure.category, figure.share) for figure in breakdown.figures] == [("Police", 100.0)]
