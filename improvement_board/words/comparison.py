"""What comparators say: published figures of England, the region and the statistical neighbours, each with its year."""

from __future__ import annotations

from datetime import date

from improvement_board.figures.formats import format_span, format_value
from improvement_board.figures.series import Comparator, ComparatorPoint, Series
from improvement_board.words.names import listing, on_one_line
from improvement_board.words.protection import latest_index


def shown_comparators(series: Series) -> tuple[Comparator, ...]:
    """The comparators that may stand beside a series: none for counts, since areas differ in size."""
    return () if series.unit == "count" else series.comparators


def comparison_words(series: Series) -> str:
    """One sentence, such as "England 17.8% (30 September 2024) and North West 19.1% (30 September 2024)".

    Each comparator's latest published point at the series' latest figure; without a full stop; empty where there is
    none. A neighbours' figure is said to be the mean of those published.
    """
    day = comparison_day(series)
    if day is None:
        return ""
    points = [(comparator, comparator.at(day)) for comparator in shown_comparators(series)]
    return listing([comparator_words(series, comparator, point) for comparator, point in points if point is not None])


def comparison_day(series: Series) -> date | None:
    """The day comparators are read at: the end of the latest period with a figure, else of the last period."""
    if not series.period_ends:
        return None
    index = latest_index(series)
    return series.period_ends[-1 if index is None else index]


def comparator_words(series: Series, comparator: Comparator, point: ComparatorPoint) -> str:
    """One comparator's figure with its own period: "England 17.8% (year to March 2025)"."""
    name, period = (
        on_one_line(comparator.name),
        format_span(point.period_start, point.period_end, series.definition.timing),
    )
    value = format_value(point.value, series.unit, point.symbol)
    period = f"{period}, {on_one_line(comparator.differs)}" if comparator.differs else period
    if point.value is None:
        return f"{name} ({value}, {period})"
    if comparator.area_type == "Statistical neighbours":
        period = f"mean of those published, {period}"
    return f"{name} {value} ({period})"
