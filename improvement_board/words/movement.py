"""How a figure moved: "fell to 18.2%", compared with the figure that comparison is fair to."""

from __future__ import annotations

from improvement_board.figures.formats import format_apart, format_difference, format_period, format_value, is_same
from improvement_board.figures.series import Series
from improvement_board.words.names import MONTHS_OF, PERIOD_NAMES, months_between


def movement(series: Series, index: int, shown: str) -> str:
    """The movement from the period before, for a figure formatted as `shown`; "stood at" where none is known."""
    value, before = series.values[index], previous_value(series, index)
    if value is None or before is None:
        return f"stood at {shown}"
    if is_same(value, before):
        return f"stayed at {shown}"
    if format_value(value, series.unit) == format_value(before, series.unit):
        return f"edged {'up' if value > before else 'down'} to {shown}"
    return f"{'rose' if value > before else 'fell'} to {shown}"


def previous_value(series: Series, index: int) -> float | None:
    """The figure of the period just before; None where that period is missing or left out."""
    if index == 0 or months_between(series.period_ends[index - 1], series.period_ends[index]) > MONTHS_OF[series.grain]:
        return None
    return series.values[index - 1]


def plain_movement(series: Series, index: int, target: float | None) -> tuple[str, str]:
    """The movement of a series without a control chart, and the target as text.

    Compared with the same period a year before where there is one (rolling and year-to-date figures change too little
    from month to month, and follow the school year), else with the period before.
    """
    value = series.values[index]
    if value is None:
        return "has no figure", ""
    before, when = _fair_comparison(series, index)
    known = [value] + [other for other in (before, target) if other is not None]
    texts = dict(zip(known[1:], format_apart(known, series.unit)[1:], strict=True))
    shown = format_apart(known, series.unit)[0]
    target_text = "" if target is None else texts[target]
    if before is None:
        return f"stood at {shown}", target_text
    if is_same(value, before):
        return f"stood at {shown}, the same as {when}", target_text
    return f"{'rose' if value > before else 'fell'} to {shown} from {texts[before]} {when}", target_text


def yearly_movement(series: Series, index: int, shown: str) -> str:
    """The movement of a yearly figure, with its year: "fell to 16.2% on 30 September 2024, down 1.6 … on …"."""
    value, before = series.values[index], previous_value(series, index)
    period = format_period(series.period_ends[index], "year", series.definition.timing)
    when = f"on {period}" if series.definition.timing == "snapshot" else f"in the {period}"
    moved = f"{movement(series, index, shown)} {when}"
    if value is None or before is None:
        return moved
    if is_same(value, before):
        return f"{moved}, the same as the year before"
    change = format_difference(value - before, series.unit)
    return f"{moved}, {'up' if value > before else 'down'} {change} on the year before"


def _fair_comparison(series: Series, index: int) -> tuple[float | None, str]:
    period_end = series.period_ends[index]
    for at in range(index - 1, -1, -1):
        if months_between(series.period_ends[at], period_end) == 12 and series.values[at] is not None:
            return series.values[at], "a year before"
    return previous_value(series, index), f"the {PERIOD_NAMES[series.grain][0]} before"
