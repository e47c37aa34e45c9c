"""Comparators step from year to year and are the council's own; standings rank ties fairly."""

from __future__ import annotations

from datetime import date

import pytest
from series_maker import comparator
from small_council import AUTHORITY, SEPTEMBER, Council, monthly, row
from small_desk import benchmark, write_benchmarks

from improvement_board.access.viewer import EVERYONE
from improvement_board.figures.assemble import Window
from improvement_board.figures.comparators import Standing, comparators_of, standings_of
from improvement_board.figures.csv import comparator_values
from improvement_board.figures.overview import overview
from improvement_board.page_models import Run
from improvement_board.words import comparison_words

STEPS = comparator({2024: 30.0, 2025: "c", 2026: 20.0})


@pytest.mark.parametrize(
    ("day", "year", "value", "symbol"),
    [
        (date(2023, 3, 31), None, None, None),
        (date(2023, 4, 1), 2024, 30.0, None),
        (date(2024, 3, 31), 2024, 30.0, None),
        (date(2024, 4, 30), 2025, None, "c"),
        (date(2026, 3, 31), 2026, 20.0, None),
        (date(2029, 1, 31), 2026, 20.0, None),
    ],
)
def test_a_comparator_is_a_step_over_its_own_year_and_later_months_show_the_last(
    day: date, year: int | None, value: float | None, symbol: str | None
) -> None:
    point = STEPS.at(day)
    if year is None:
        assert point is None
    else:
        assert point is not None
        assert (point.period_end.year, point.value, point.symbol) == (year, value, symbol)


def test_a_council_is_compared_with_england_its_region_and_its_neighbours(desk_council: Council) -> None:
    store = desk_council.store("2026-09-30")
    comparators = comparators_of(store)
    assert [(each_comparator.area_type, each_comparator.name) for each_comparator in comparators["seen", None]] == [
        ("England", "England"),
        ("Region", "North West"),
        ("Statistical neighbours", "Statistical neighbours"),
    ]
    assert [[point.value for point in each_comparator.points] for each_comparator in comparators["seen", None]] == [
        [70.0, None],
        [65.0],
        [61.0],
    ]
    assert comparators["seen", None][0].points[1].symbol == "c"
    assert [
        point.value for each_comparator in comparators["seen", "protection"] for point in each_comparator.points
    ] == [50.0]


def test_what_comparators_said_at_a_period(desk_council: Council) -> None:
    desk = Run(desk_council.board).look(EVERYONE).desk
    service, _ = overview(desk.store, desk.comparators, ["seen"], Window(None, SEPTEMBER))
    month_number = service["seen"].period_ends.index(date(2025, 3, 31))
    values, period = comparator_values(service["seen"], month_number)
    assert values == {"England": 70.0, "Region": 65.0, "Statistical neighbours": 61.0}
    assert period == date(2025, 3, 31)
    values, period = comparator_values(service["seen"], month_number + 1)
    assert values == {"England": None, "Region": 65.0, "Statistical neighbours": 61.0}
    assert period == date(2026, 3, 31)


def test_without_published_figures_there_is_nothing_to_compare(council: Council) -> None:
    council.publish(SEPTEMBER, {"seen": monthly([(1, 2)])})
    desk = Run(council.board).look(EVERYONE).desk
    assert desk.comparators == {}
    assert desk.standings == {}
    service, _ = overview(desk.store, desk.comparators, ["seen"], Window(None, SEPTEMBER))
    assert comparator_values(service["seen"], 0) == ({}, None)


def test_a_council_stands_among_all_authorities_and_its_neighbours(desk_council: Council) -> None:
    standing = Standing(date(2026, 3, 31), rank=2, of_all=4, neighbour_rank=2, of_neighbours=3)
    assert standings_of(desk_council.store("2026-09-30")) == {("yearly", None): standing}


def test_rank_one_is_the_best_or_the_lowest_in_the_last_year_with_a_figure(council: Council) -> None:
    figures = {AUTHORITY: 30.0, "E08000002": 20.0, "E08000003": 40.0, "E08000004": 10.0, "E08000005": None}
    ranks = {"higher": (2, 1), "lower": (3, 2), "neither": (3, 2)}
    definitions = [council.define(better, better=better) for better in ranks]
    rows = [
        benchmark(kpi, "Local authority", value, area_code=code)
        for kpi in (*ranks, "elsewhere")
        for code, value in figures.items()
    ]
    earlier = [benchmark("higher", "Local authority", 1.0, 2024, area_code=code) for code in figures]
    own_gap = benchmark("higher", "Local authority", None, 2026, symbol="c")
    plan = council.plan(definitions, more='[benchmarks]\nneighbours = ["E08000002"]\n')
    write_benchmarks(council.home.benchmarks, [*rows, *earlier, own_gap])
    council.publish(SEPTEMBER, {kpi: [row(SEPTEMBER, 1.0, 2.0)] for kpi in ranks}, plan)
    assert standings_of(council.store("2026-09-30")) == {
        (kpi, None): Standing(date(2025, 3, 31), rank, 4, near, 2) for kpi, (rank, near) in ranks.items()
    }


def test_without_neighbours_there_is_no_standing_among_them(council: Council) -> None:
    rows = [
        benchmark("seen", "Local authority", value, area_code=code) for code, value in ((AUTHORITY, 1.0), ("E1", 2.0))
    ]
    council.define("seen")
    write_benchmarks(council.home.benchmarks, rows)
    council.publish(SEPTEMBER, {"seen": [row(SEPTEMBER, 1.0, 2.0)]})
    (standing,) = standings_of(council.store("2026-09-30")).values()
    assert (standing.rank, standing.of_all) == (2, 2)
    assert (standing.neighbour_rank, standing.of_neighbours) == (None, None)


@pytest.mark.parametrize(("clock", "is_alike"), [("referral", False), ("start", True)])
def test_published_figures_are_beside_only_with_the_parameters_that_measure_the_same(
    council: Council, clock: str, is_alike: bool
) -> None:
    only_with = {"only_with": {"clock": ["start"]}, "differs": "cases too"}
    council.define("seen", parameters={"clock": clock}, benchmarks=only_with)
    rows = [benchmark("seen", kind, 7.0) for kind in ("England", "Local authority")]
    write_benchmarks(council.home.benchmarks, [*rows, benchmark("seen", "Local authority", 1.0, area_code="E1")])
    council.publish(SEPTEMBER, {"seen": [row(SEPTEMBER, 1.0, 2.0)]})
    store = council.store("2026-09-30")
    assert (("seen", None) in comparators_of(store), ("seen", None) in standings_of(store)) == (is_alike, is_alike)
    service, _ = overview(store, comparators_of(store), ["seen"], Window(None, SEPTEMBER))
    said = "England 7.0% (year to March 2025, cases too)" if is_alike else ""
    assert comparison_words(service["seen"]) == said


def test_published_figures_count_as_those_beside_them_do(council: Council) -> None:
    council.define("seen", benchmarks={"differs": "cases too"})
    write_benchmarks(council.home.benchmarks, [benchmark("seen", "England", 7.0)])
    council.publish(SEPTEMBER, {"seen": [row(SEPTEMBER, 1.0, 2.0)]}, made_from="published")
    (england,) = comparators_of(council.store("2026-09-30"))["seen", None]
    assert england.differs == ""
