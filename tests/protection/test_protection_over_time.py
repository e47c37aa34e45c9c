"""What can be worked out over several editions, of one series, of its family and of its categories."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from improvement_board.common.periods import months_of
from improvement_board.protection import CountRow, MeasuredKpi, Protected, Settings, protect
from improvement_board.protection.boundaries import TangledError, YearTotals, blocks_of

YEAR = months_of("year", dt.date(2026, 3, 31))
COUNT, OTHER = MeasuredKpi("count", "count", "flow"), MeasuredKpi("other", "count", "flow")
RATE = MeasuredKpi("rate", "percent", "flow")
PAIR = Settings(families=(("count", "other", "rate"),), least_denominator=1000)
PERIODS = [(month, month + 1) for month in range(12)] + [(first, first + 3) for first in range(0, 12, 3)] + [(0, 12)]
EDGES = st.frozensets(st.sampled_from(PERIODS))


def counts(values: Sequence[float], kpi: str = "count", category: str | None = None) -> list[CountRow]:
    """A count month by month from April; 0 has no row."""
    return [CountRow(kpi, month, "A", category, value, None)
            for month, value in zip(YEAR, values, strict=False) if value]  # fmt: skip


def shown(edition: Protected, period: str, category: str | None = None, kpi: str = "count") -> list[float | None]:
    row_key = ("service", period, category, kpi)
    return [row.numerator for row in edition.rows if (row.level, row.period, row.category, row.kpi) == row_key]


def publish(*editions: Sequence[float]) -> list[Protected]:
    """Editions of one count, each as long as its values."""
    published: list[Protected] = []
    for values in editions:
        published.append(protect([COUNT], counts(values), YEAR[len(values) - 1], tuple(published)))
    return published


def test_a_year_less_what_two_earlier_editions_gave_is_not_given_where_it_leaves_few() -> None:
    months, quarters = [9] * 5, [9] * 6 + [3, 9, 9]
    first, second, third = publish(months, quarters, [*quarters, 1, 1, 1])
    assert shown(first, "month") == months
    assert shown(second, "quarter") == [27, 27, 21]
    assert shown(third, "year") == [None]
    assert shown(publish(months, quarters, [*quarters, 4, 4, 4])[-1], "year") == [87]
    assert shown(publish([*quarters, 1, 1, 1])[-1], "year") == [None]
    assert shown(publish([3, 3, 3] * 3 + [1, 1, 1])[-1], "year") == [30]


@pytest.mark.parametrize(("april", "june", "is_given"), [(2, 4, False), (2, 5, True)])
def test_what_a_quarter_leaves_around_a_month_given_before_is_held_to_the_rule(
    april: int, june: int, is_given: bool
) -> None:
    before = protect([COUNT], counts([0, 15]), YEAR[1])
    assert shown(before, "month") == [15]
    after = protect([COUNT], counts([april, 15, june, *[3] * 9]), YEAR[-1], (before,))
    assert shown(after, "quarter") == [15 + april + june if is_given else None, 9, 9, 9]


def test_what_was_given_and_is_small_by_now_takes_nothing_else_with_it() -> None:
    """A threshold that was lower before: what it gave is known, what it did not give is held to the new one."""
    low = Settings(threshold=2)
    before = protect([COUNT], counts([8, 8, 4, 8, 8, 8]), YEAR[5], (), low)
    assert shown(before, "month") == [8, 8, 4, 8, 8, 8]
    after = protect([COUNT], counts([8, 8, 4, 8, 8, 8, 9, 9, 9]), YEAR[8], (before,))
    assert shown(after, "month") == [8, None, None, 8, 8, 8, 9, 9, 9]
    assert shown(after, "quarter") == [20, 24, 27]


def test_a_quarter_beside_a_month_that_was_restated_is_asked_by_both_values() -> None:
    """April fell from 12 to 9 after an edition gave it; the quarter of 28 less 12 and 8 is 8, by today's records 11."""
    given_before, later = [12.0, 8.0], [9.0, 8.0, 11.0, 3.0, 9.0, 9.0]
    assert shown(publish(given_before, later)[-1], "quarter") == [28, 21]
    assert shown(publish(given_before, [15.0, 8.0, 5.0, 9.0, 9.0, 9.0])[-1], "quarter") == [None, 27]


def test_where_figures_of_different_times_lead_to_a_total_along_very_many_ways_nothing_more_is_given(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    twice = YearTotals({(month, month + 1): frozenset({8.0, 8.0 + 2.0**month}) for month in range(9)})
    with pytest.raises(TangledError):
        twice.between(0, 9)

    def quarters(may: float) -> list[float | None]:
        before = protect([OTHER], counts([8, 8], "other"), YEAR[1], (), PAIR)
        return shown(protect([COUNT], counts([8, may, 9, 3, 9, 9]), YEAR[5], (before,), PAIR), "quarter")

    assert quarters(12) == [29, 21]
    monkeypatch.setattr("improvement_board.protection.boundaries.MOST_WAYS", 0)
    assert quarters(13) == [None, None]


def test_a_month_given_again_counts_as_it_is_now() -> None:
    first, second, third = publish([12, 8], [9, 8, 9], [9, 8, 9, 3, 9, 9])
    assert shown(second, "month") == [9, 8, 9]
    assert shown(third, "quarter") == [26, 21]
    assert shown(first, "month") == [12, 8]


def test_months_of_a_relative_that_is_missing_now_leave_no_month_over() -> None:
    before = protect([OTHER], counts([8, 8], "other"), YEAR[1], (), PAIR)
    after = protect([COUNT], counts([8, 8, 4]), YEAR[2], (before,), PAIR)
    assert shown(after, "quarter") == [None]
    restated = protect([COUNT], counts([8, 11, 5]), YEAR[2], (before,), PAIR)
    assert shown(restated, "quarter") == [None]
    assert shown(protect([COUNT], counts([8, 11, 9, 3, 9, 9]), YEAR[5], (before,), PAIR), "quarter") == [28, 21]


def test_a_quarter_and_a_missing_relatives_months_keep_parts_apart() -> None:
    """Months of all children are known from a relative: how many of a month are in the numerator and how many are not
    is hidden in each, so each month must have enough for both."""

    def quarter(april: float) -> list[float | None]:
        rows = [CountRow("rate", month, "A", None, part, whole)
                for month, part, whole in zip(YEAR, (3.0, 6.0, 6.0), (april, 12.0, 12.0), strict=False)]  # fmt: skip
        earlier = protect([OTHER], counts([april, 12, 12], "other"), YEAR[2], (), PAIR)
        return shown(protect([RATE], rows, YEAR[2], (earlier,), PAIR), "quarter", kpi="rate")

    assert quarter(6.0) == [None]
    assert quarter(7.0) == [15]


def test_a_relative_that_begins_later_takes_nothing_from_what_was_before() -> None:
    rows = [*counts([9] * 12), *counts([0, 0, 0, 0, 0, *[9] * 7], "other")]
    assert shown(protect([COUNT, OTHER], rows, YEAR[-1], (), PAIR), "month", kpi="other") == [9] * 7


@pytest.mark.parametrize(("quarter", "is_given"), [(7, False), (8, True)])
def test_a_total_has_one_more_for_each_figure_hidden_in_it(quarter: int, is_given: bool) -> None:
    """None of three hidden months being 0, each of them may still be 1 to 6."""
    edition = publish([quarter - 4, 2, 2, *[9] * 9])[-1]
    assert shown(edition, "quarter") == [quarter if is_given else None, 27, 27, 27]


@pytest.mark.parametrize(("least", "is_given"), [(6, False), (7, True)])
def test_a_month_beside_categories_by_quarter_has_one_more_for_each_category(least: int, is_given: bool) -> None:
    first, second = [least - 3.0, 9.0, 9.0], [3.0, 9.0, 9.0]
    edition = protect([COUNT], [*counts(first, category="x"), *counts(second, category="y")], YEAR[2])
    assert shown(edition, "month") == [least, 18, 18]
    assert shown(edition, "quarter", "y") == [21 if is_given else None]


def test_a_category_that_an_edition_did_not_name_had_no_children_then() -> None:
    """A kind of record is split in two between editions: what the new one has in the year less what it had before."""
    whole = [*counts([9] * 12, category="x"), *counts([9] * 12, category="y")]
    first = protect([COUNT], [row for row in whole if row.period_end <= YEAR[5]], YEAR[5])
    rows = [*whole, *counts([2] * 6 + [1] * 6, category="z")]
    assert shown(protect([COUNT], rows, YEAR[-1]), "year", "z") == [18]
    assert shown(protect([COUNT], rows, YEAR[-1], (first,)), "year", "z") == []


@given(EDGES)
def test_blocks_are_the_finest_totals_that_published_ones_give(edges: frozenset[tuple[int, int]]) -> None:
    """Each block's total is a combination of the published ones, no part of one is, and others' are not."""
    matrix = np.array([[first <= month < last for month in range(12)] for first, last in sorted(edges)], dtype=float)
    matrix = matrix.reshape(-1, 12)

    def is_known(months: Sequence[int]) -> bool:
        beside = np.vstack([matrix, np.isin(np.arange(12), months)])
        return bool(np.linalg.matrix_rank(beside) == np.linalg.matrix_rank(np.vstack([matrix, np.zeros(12)])))

    blocks = blocks_of(edges)
    assert len(blocks) == np.linalg.matrix_rank(matrix) if edges else not blocks
    assert all(is_known(sorted(block)) for block in blocks)
    small = [block for block in blocks if len(block) <= 4]
    assert not any(is_known(part) for block in small for size in range(1, len(block))
                   for part in combinations(sorted(block), size))  # fmt: skip
    assert sum(len(block) for block in blocks) == len(frozenset().union(*blocks))


@given(EDGES, st.lists(st.integers(0, 30), min_size=12, max_size=12))
def test_totals_of_figures_that_agree_are_the_sums(edges: frozenset[tuple[int, int]], months: list[int]) -> None:
    totals = YearTotals({edge: frozenset({float(sum(months[slice(*edge)]))}) for edge in edges})
    assert all(totals.of(block) == {sum(months[month] for month in block)} for block in totals.blocks)


def test_totals_of_figures_that_do_not_agree_are_all_of_them() -> None:
    """Two months and their quarter were given, then another value of the first month with the quarter as it was."""
    edges = {(0, 1): {9.0, 11.0}, (1, 2): {8.0}, (0, 3): {30.0}}
    totals = YearTotals({edge: frozenset(values) for edge, values in edges.items()})
    assert totals.of(frozenset({2})) == {11.0, 13.0}
    totals = YearTotals({**totals.edges, (2, 3): frozenset({7.0})})
    assert totals.of(frozenset({2})) == {7.0, 11.0, 13.0}
    assert totals.of(frozenset({0})) == {9.0, 11.0, 15.0}


@given(
    EDGES, st.lists(st.integers(0, 9), min_size=12, max_size=12), st.frozensets(st.sampled_from(PERIODS), max_size=2)
)
def test_the_total_between_boundaries_is_what_the_ways_between_them_add_up_to(
    edges: frozenset[tuple[int, int]], months: list[int], restated: frozenset[tuple[int, int]]
) -> None:
    """Whether all totals agree, or some do not since they were restated."""
    values = {edge: float(sum(months[slice(*edge)]) + (edge in restated)) for edge in edges}
    totals = YearTotals({edge: frozenset({value}) for edge, value in values.items()})
    for edge in combinations(range(13), 2):
        assert totals.between(*edge) == set(totals.along(*edge))
