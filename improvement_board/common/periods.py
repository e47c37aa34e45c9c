"""Fixed periods: quarters and April–March years, by the last day of each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from improvement_board.common import months

QUARTER_MONTHS = 3
YEAR_END_MONTH = 3
LENGTHS = {"month": 1, "quarter": 3, "year": 12}


@cache
def quarter_end(month_end: dt.date) -> dt.date:
    """The last day of the quarter that a month lies in."""
    month = -(-month_end.month // QUARTER_MONTHS) * QUARTER_MONTHS
    return _last_day(month_end.year, month)


@cache
def year_end(month_end: dt.date) -> dt.date:
    """31 March of the April–March year that a month lies in."""
    return _last_day(month_end.year + (month_end.month > YEAR_END_MONTH), YEAR_END_MONTH)


@cache
def end_of(period: str, month_end: dt.date) -> dt.date:
    """The end of the month, quarter or year that a month lies in."""
    if period == "month":
        return month_end
    return quarter_end(month_end) if period == "quarter" else year_end(month_end)


@cache
def months_of(period: str, end: dt.date) -> tuple[dt.date, ...]:
    """The month ends of a period, oldest first."""
    first = end.year * 12 + end.month - LENGTHS[period]
    return tuple(_last_day(number // 12, number % 12 + 1) for number in range(first, first + LENGTHS[period]))


def complete_periods(period: str, months: Iterable[dt.date]) -> dict[dt.date, tuple[dt.date, ...]]:
    """The periods that a run of months covers whole, from its first month to its last: end and month ends.

    A month inside the run without figures does not make a period incomplete.
    """
    there = sorted(months)
    periods = {}
    for month in there:
        end = end_of(period, month)
        inside = months_of(period, end)
        if there[0] <= inside[0] and inside[-1] <= there[-1]:
            periods[end] = inside
    return periods


@lru_cache(maxsize=1024)
def periods_in(grain: str, year: dt.date, run: tuple[dt.date, ...]) -> Mapping[dt.date, tuple[dt.date, ...]]:
    """The complete periods of a grain that lie in a year, by their end."""
    return {end: inside for end, inside in complete_periods(grain, run).items() if year_end(end) == year}


def _last_day(year: int, month: int) -> dt.date:
    return months.month_end(dt.date(year, month, 1))
