"""What is left of all children without those that another indicator counts: over editions, and in each category."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest

from improvement_board.common.periods import months_of
from improvement_board.protection import ChildRow, CountRow, MeasuredKpi, Protected, Settings, protect
from improvement_board.protection.boundaries import list_differences

YEAR = months_of("year", dt.date(2026, 3, 31))
WHOLE = MeasuredKpi("whole", "count", "flow")
PART = MeasuredKpi("part", "count", "flow", part_of="whole")
BOTH = Settings(families=(("whole", "part"),), averages=("held",))
FIRST = ([20.0, 20.0], [10.0, 10.0])


def rows(kpi: str, values: Sequence[float]) -> list[CountRow]:
    return [CountRow(kpi, month, "A", None, value, None) for month, value in zip(YEAR, values, strict=False) if value]


def edition(whole: Sequence[float], part: Sequence[float], earlier: Sequence[Protected] = ()) -> Protected:
    return protect([WHOLE, PART], [*rows("whole", whole), *rows("part", part)], YEAR[len(whole) - 1], earlier, BOTH)


def shown(protected_edition: Protected, kpi: str, period: str, category: str | None = None) -> list[float | None]:
    row_key = (kpi, "service", period, category)
    return [
        row.numerator for row in protected_edition.rows if (row.kpi, row.level, row.period, row.category) == row_key
    ]


@pytest.mark.parametrize(("june", "is_given"), [(10, False), (6, True)])
def test_a_quarter_less_months_given_before_leaves_no_few_of_june(june: float, is_given: bool) -> None:
    """August makes both step to quarters: June is 12 and 10, or 12 and 6, so that 2 or 6 are left."""
    before = edition(*FIRST)
    assert shown(before, "part", "month") == FIRST[1]
    after = edition([20, 20, 12, 12, 3, 12], [10, 10, june, 6, 3, 6], (before,))
    assert shown(after, "whole", "quarter") == [52, 27]
    assert shown(after, "part", "quarter") == [20 + june if is_given else None, 15]


def test_a_category_of_both_leaves_enough() -> None:
    """30 and 28 of x, 40 and 30 of y: 12 are left of all, 2 of x."""

    def protected_counts(part_of_x: float) -> Protected:
        whole = MeasuredKpi("whole", "percent", "snapshot")
        kpis = [whole, MeasuredKpi("part", "percent", "snapshot", part_of="whole")]
        sizes = {"whole": {"x": 30.0, "y": 40.0}, "part": {"x": part_of_x, "y": 30.0}}
        counts = [
            CountRow(kpi, month, "A", category, size / 2, size)
            for kpi, split in sizes.items()
            for category, size in split.items()
            for month in YEAR[:3]
        ]
        return protect(kpis, counts, YEAR[2], (), BOTH)

    assert shown(protected_counts(24), "part", "month", "x") == [12] * 3
    assert shown(protected_counts(30), "part", "month", "x") == [15] * 3, (
        "nobody of x is ever left: both count the same children"
    )
    few = protected_counts(28)
    assert shown(few, "part", "month", "x") == shown(few, "part", "month", "y") == []
    assert shown(few, "whole", "month", "x") == [15] * 3
    assert shown(few, "part", "month") == [29] * 3


@pytest.mark.parametrize(("children", "is_given"), [(23, False), (22, True)])
def test_those_left_over_are_different_children(children: int, is_given: bool) -> None:
    """40 visits to 28 children, 30 of them to these many: the 10 left over may be to 5 children alone."""
    behind = [
        ChildRow(kpi, None, None, part, YEAR[0], None, many)
        for kpi, many in (("whole", 28), ("part", children))
        for part in ("total", "numerator")
    ]
    counts = [*rows("whole", [40]), *rows("part", [30])]
    protected_edition = protect([WHOLE, PART], counts, YEAR[0], (), BOTH, behind)
    assert shown(protected_edition, "part", "month") == ([30] if is_given else [None])
    assert shown(protected_edition, "whole", "month") == [40]


@pytest.mark.parametrize(("year_long", "is_given"), [(27, False), (20, True), (31, True)])
def test_two_parts_of_a_whole_leave_enough_where_one_is_within_the_other(year_long: float, is_given: bool) -> None:
    """In care 40, for six weeks 30: for a year 27 leaves 3 between, 20 leaves 10, and 31 are no part of 30."""
    kpis = [MeasuredKpi("care", "count", "snapshot"), *(MeasuredKpi(kpi, "percent", "snapshot", part_of="care")
                                                       for kpi in ("weeks", "long"))]  # fmt: skip
    sizes = {"care": [40.0] * 2, "weeks": [30.0] * 2, "long": [year_long, min(year_long, 22.0)]}
    counts = [
        CountRow(kpi, month, "A", None, size if kpi == "care" else size / 2, None if kpi == "care" else size)
        for kpi, values in sizes.items()
        for month, size in zip(YEAR, values, strict=False)
    ]
    protected_edition = protect(kpis, counts, YEAR[1], (), BOTH)
    assert shown(protected_edition, "weeks", "month") == [15, 15]
    assert shown(protected_edition, "long", "month") == ([year_long / 2 if is_given else None, min(year_long, 22) / 2])


def test_what_is_left_is_known_between_boundaries_that_both_connect() -> None:
    def only(*totals: tuple[int, int, float]) -> dict[tuple[int, int], frozenset[float]]:
        return {(first, last): frozenset({value}) for first, last, value in totals}

    whole, part = only((0, 1, 9), (1, 2, 8), (2, 3, 7)), only((0, 2, 10), (2, 3, 4))
    assert list_differences(whole, part) == only((0, 2, 7), (2, 3, 3))
    assert list_differences(only((0, 2, 17), (2, 3, 7)), only((0, 1, 5), (1, 3, 9))) == only((0, 3, 10))


def test_a_part_is_given_by_no_month_that_its_whole_is_not_known_by() -> None:
    """In May few are in the whole's numerator, so its May and June are withheld; the part's own are large."""
    kpis = [MeasuredKpi("whole", "percent", "flow"), MeasuredKpi("part", "percent", "flow", part_of="whole")]
    tops = {"whole": [40.0, 3.0, 30.0], "part": [10.0, 10.0, 10.0]}
    counts = [
        CountRow(kpi, month, "A", None, top, 80.0 if kpi == "whole" else 20.0)
        for kpi, values in tops.items()
        for month, top in zip(YEAR, values, strict=False)
    ]
    protected_edition = protect(kpis, counts, YEAR[2], (), Settings(families=(), least_denominator=1000))
    assert shown(protected_edition, "whole", "month") == [40, None, None]
    assert shown(protected_edition, "part", "month") == [10, None, None]
    assert shown(protected_edition, "part", "quarter") == [30]
