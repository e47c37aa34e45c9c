"""Which period the parts of a KPI are compared over, and its parts added up over it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from improvement_board.declared.kpis import Definition
from improvement_board.figures.assemble import Window
from improvement_board.figures.series import Grain, Series
from improvement_board.protection.rows import HIDDEN

MONTHS_OF: dict[Grain, int] = {"month": 1, "quarter": 3, "year": 12}
MONTHS_OF_A_FLOW = 12
Span = tuple[dt.date, dt.date]
FigureParts = tuple[float | None, float | None]


def comparison_period(definition: Definition, whole: Sequence[Series], window: Window) -> Span | None:
    """The first and last period end that the parts of a KPI are compared over.

    `whole` is the service's series, or all of its parts. A snapshot takes the latest month with data in it; a flow adds
    up the periods chosen, or the twelve months up to the latest; the latest period alone where figures among those are
    kept back. None where there is no figure.
    """
    latest = [series.period_ends[series.latest] for series in whole if series.latest is not None]
    if not latest:
        return None
    last, grain = max(latest), whole[0].grain
    if definition.timing == "snapshot":
        return last, last
    if grain != "month":
        return whole_period(last, grain) if whole[0].is_protected else (last, last)
    month = last.year * 12 + last.month - MONTHS_OF_A_FLOW
    earliest = window.first or dt.date(month // 12, month % 12 + 1, 1)
    period = min(end for series in whole for end in series.period_ends if end >= earliest), last
    return (last, last) if any(is_hidden_in(series, period) for series in whole) else period


def whole_period(end: dt.date, grain: Grain) -> Span:
    """The ends of the first and the last month of a period."""
    months = end.year * 12 + end.month - MONTHS_OF[grain] + 1
    return dt.date(months // 12, months % 12 + 1, 1) - dt.timedelta(days=1), end


def parts_over(series: Series, period: Span) -> FigureParts:
    """Numerator and denominator of a series added up over a period; None where it has no figure in it, or where one in
    it is kept back: the rest is not the sum."""
    if is_hidden_in(series, period):
        return None, None
    places = _indexes_in(series, period)
    return _sum([series.numerators[at] for at in places]), _sum([series.denominators[at] for at in places])


def is_hidden_in(series: Series, period: Span) -> bool:
    """Whether any figure of a series within a period is kept back."""
    return any(series.symbols[index] == HIDDEN for index in _indexes_in(series, period))


def parts_of_whole(series: Series, grain: Grain, end: dt.date) -> FigureParts:
    """Numerator and denominator of a series over exactly one period of a grain, a snapshot's at its end; None where the
    series is of longer periods or has not the figures of the whole of it."""
    if series.definition.timing == "snapshot":
        return parts_over(series, (end, end))
    period = whole_period(end, grain)
    places = _indexes_in(series, period)
    is_whole = len(places) * MONTHS_OF[series.grain] == MONTHS_OF[grain]
    if not is_whole or any(series.numerators[at] is None or series.denominators[at] is None for at in places):
        return None, None
    return parts_over(series, period)


def _indexes_in(series: Series, period: Span) -> list[int]:
    return [index for index, end in enumerate(series.period_ends) if period[0] <= end <= period[1]]


def _sum(values: Sequence[float | None]) -> float | None:
    there = [value for value in values if value is not None]
    return sum(there) if there else None
