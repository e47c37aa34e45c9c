"""The last three years of a series: what a page of many charts draws."""

from __future__ import annotations

from improvement_board.figures.assemble import Window, cut
from improvement_board.figures.series import Series

YEARS = 3


def recent(series: Series) -> Series:
    """The last 36 months of a series by month or quarter; one by year, or without a figure in them, as it is."""
    ends = series.period_ends
    if series.grain == "year" or not ends:
        return series
    last = ends[-1]
    first = next(end for end in ends if (end.year + YEARS, end.month) > (last.year, last.month))
    shown = cut(series, Window(first, last))
    return shown if shown.latest is not None or shown.latest_band is not None else series
