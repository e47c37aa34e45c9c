"""Numbers, periods and missing-figure symbols in the words people read; what is kept stays unrounded."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from improvement_board.declared.kpis import Timing
from improvement_board.figures.series import Grain
from improvement_board.figures.sizes import SHARES, is_share_of_few

DECIMALS: dict[str, int] = {"percent": 1, "count": 0, "average": 1, "rate_per_10000": 1, "days": 1}
ENDINGS: dict[str, str] = {
    "percent": "%",
    "count": "",
    "average": "",
    "rate_per_10000": " per 10,000",
    "days": " days",
}
UNIT_WORDS: dict[str, str] = {
    "percent": "percentage",
    "count": "number",
    "average": "average",
    "rate_per_10000": "rate per 10,000 children",
    "days": "days",
}
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
SYMBOL_MEANINGS = {
    "c": "suppressed by the publisher",
    "k": "above zero but rounds to zero",
    "low": "above zero but rounds to zero",
    "u": "too unreliable to publish",
    "x": "not available",
    "z": "not applicable",
    "-": "missing in the publication",
    "..": "missing in the publication",
}
NO_FIGURE = "no figure"
HIDDEN_WORDS = "kept back"
MEANINGFUL_DIGITS = 12
MOST_DECIMALS = 12
NO_CHANGE = 1e-9
SAME_SHARE = 1e-11
WIDEST_DECIMAL = 1e15
DAYS_OF_A_YEAR = range(360, 372)
TOP = 100


def is_same(value: float, other: float) -> bool:
    """Whether two numbers are equal but for what binary arithmetic leaves in the last digits (below 1e-9 always)."""
    return math.isclose(value, other, rel_tol=SAME_SHARE, abs_tol=NO_CHANGE)


def format_value(value: float | None, unit: str, symbol: str | None = None) -> str:
    """A figure with its unit, rounded half up: 18.2%, 1,204, 16.3, 72.4 per 10,000, 12.0 days.

    A count that is not whole (full-time equivalents) shows one decimal. Without a finite value, what `symbol` means.
    `unit` here and below is a KPI definition's unit; any other raises KeyError.
    """
    if value is None or not math.isfinite(value):
        return symbol_meaning(symbol)
    return _number(value, _decimals(value, unit)) + ENDINGS[unit]


def format_share(value: float | None, unit: str, numerator: float | None, denominator: float | None) -> str:
    """A figure as it is compared: a share of fewer than ten as its count, "1 of 1", any other with its unit."""
    if is_share_of_few(unit, numerator, denominator):
        return format_parts(unit, numerator, denominator)
    return format_value(value, unit)


def format_apart(values: Sequence[float], unit: str) -> tuple[str, ...]:
    """Figures with decimals enough to tell the first from each other one: 20.04% never reads as its target of 20.0%."""
    first, *others = values
    different = [other for other in others if not is_same(first, other)]
    decimals = [_decimals(value, unit) for value in values]
    most = max(decimals)
    while any(_number(first, most) == _number(other, most) for other in different) and most < MOST_DECIMALS:
        most += 1
    if most > max(decimals):
        decimals = [most] * len(values)
    return tuple(_number(value, places) + ENDINGS[unit] for value, places in zip(values, decimals, strict=True))


def format_difference(difference: float, unit: str) -> str:
    """The size of a difference between two figures, without its sign: "1.2 percentage points", "0.04 days"."""
    size = abs(difference)
    decimals = _decimals(size, unit)
    while size and Decimal(_number(size, decimals).replace(",", "")) == 0 and decimals < MOST_DECIMALS:
        decimals += 1
    return _number(size, decimals) + (" percentage points" if unit == "percent" else ENDINGS[unit])


def format_change(change: float | None, unit: str) -> str:
    """A change with its sign: "+1.2 percentage points", "−3"; "no change" for zero, "no figure" where unknown."""
    if change is None or not math.isfinite(change):
        return NO_FIGURE
    if is_same(change, 0):
        return "no change"
    return ("+" if change > 0 else "−") + format_difference(change, unit)


def format_day(day: date) -> str:
    """A day in full: 30 September 2026."""
    return f"{day.day} {format_month(day)}"


def format_month(day: date) -> str:
    """The month of a day: September 2026."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def format_period(period_end: date, grain: Grain, timing: Timing = "flow") -> str:
    """A period by its last day: "September 2026", "July to September 2026", "year to March 2025".

    A snapshot is of one day, so its quarter reads as the month it ends in and its year as the day: 30 September 2024.
    """
    if grain == "month" or (grain == "quarter" and timing == "snapshot"):
        return format_month(period_end)
    if grain == "quarter":
        first = _first_month_of_quarter(period_end)
        year = "" if first.year == period_end.year else f" {first.year}"
        return f"{MONTHS[first.month - 1]}{year} to {format_month(period_end)}"
    if timing == "snapshot":
        return format_day(period_end)
    return f"year to {format_month(period_end) if _ends_month(period_end) else format_day(period_end)}"


def format_period_short(period_end: date, grain: Grain, timing: Timing = "flow") -> str:
    """A period for an axis: "Sep 2026", "Jul–Sep 2026", and years as they are cited.

    A year to March is 2024-25, to July or August (school years) 2024/25, to December 2025; any other by its last month.
    """
    month = f"{MONTHS[period_end.month - 1][:3]} {period_end.year}"
    if grain == "month" or timing == "snapshot":
        return month
    if grain == "quarter":
        return f"{MONTHS[_first_month_of_quarter(period_end).month - 1][:3]}–{month}"
    if not _ends_month(period_end):
        return month
    both_years = f"{period_end.year - 1}{{}}{period_end.year % 100:02d}"
    names = {3: both_years.format("-"), 7: both_years.format("/"), 8: both_years.format("/"), 12: str(period_end.year)}
    return names.get(period_end.month, month)


def format_span(period_start: date, period_end: date, timing: Timing = "flow") -> str:
    """A published figure's own period: "30 September 2024", "year to March 2025", "April 2022 to March 2025"."""
    days = (period_end - period_start).days + 1
    if days in DAYS_OF_A_YEAR or days <= 1:
        return format_period(period_end, "year", "snapshot" if days <= 1 else timing)
    if format_month(period_start) == format_month(period_end):
        return format_month(period_end)
    return f"{format_month(period_start)} to {format_month(period_end)}"


def format_months(first_end: date, last_end: date) -> str:
    """The months that a comparison is of, by their ends: "12 months to September 2026"; of one, its name."""
    months = (last_end.year - first_end.year) * 12 + last_end.month - first_end.month + 1
    return format_month(last_end) if months <= 1 else f"{months} months to {format_month(last_end)}"


def format_parts(unit: str, numerator: float | None, denominator: float | None) -> str:
    """What a figure is made of: "816 of 1,130", of an average "241 over 13.8", of a count itself; empty where it is
    not known."""
    shown = [format_value(part, "count") for part in (numerator, denominator) if part is not None]
    return "" if numerator is None else f" {'of' if unit in SHARES else 'over'} ".join(shown)


def format_band(low: float, high: float, unit: str) -> str:
    """A figure that is only given as a range: 40% to under 50%; a percentage's topmost takes in 100: 90% to 100%."""
    return f"{_edge(low, unit)} to {'' if takes_in_top(high, unit) else 'under '}{_edge(high, unit)}"


def format_band_short(low: float, high: float, unit: str) -> str:
    """Such a range where there is little room: 40–50%."""
    return f"{_edge(low, unit).removesuffix(ENDINGS[unit])}–{_edge(high, unit)}"


def format_band_words(low: float, high: float, unit: str) -> str:
    """Such a range inside a sentence: "between 40% and 50%", "under 10%", "90% or more"."""
    if takes_in_top(high, unit):
        return f"{_edge(low, unit)} or more"
    return f"under {_edge(high, unit)}" if low <= 0 else f"between {_edge(low, unit)} and {_edge(high, unit)}"


def takes_in_top(high: float, unit: str) -> bool:
    """Whether a range that ends here takes its end in: that of percentages which ends at 100."""
    return unit == "percent" and high >= TOP


def symbol_meaning(symbol: str | None) -> str:
    """What a publication's symbol says about a missing figure; "no figure" where there is no symbol."""
    if symbol is None or not symbol.strip():
        return NO_FIGURE
    return SYMBOL_MEANINGS.get(symbol.strip().lower(), f"{NO_FIGURE} (marked {symbol.strip()})")


def unit_words(unit: str) -> str:
    """What a unit is called: percentage, number, average, rate per 10,000 children, days."""
    return UNIT_WORDS[unit]


def _decimal(value: float) -> Decimal:
    return Decimal(f"{float(value):.{MEANINGFUL_DIGITS}g}")


def _decimals(value: float, unit: str) -> int:
    return 1 if unit == "count" and not is_same(value, round(value)) else DECIMALS[unit]


def _number(value: float, decimals: int) -> str:
    if abs(value) >= WIDEST_DECIMAL:
        return f"{value:,.{decimals}f}".replace("-", "−")
    rounded = _decimal(value).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return f"{rounded if rounded else abs(rounded):,f}".replace("-", "−")


def _edge(value: float, unit: str) -> str:
    return _number(value, 0 if is_same(value, round(value)) else DECIMALS[unit]) + ENDINGS[unit]


def _ends_month(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1


def _first_month_of_quarter(period_end: date) -> date:
    months = period_end.year * 12 + period_end.month - 1 - 2
    return date(months // 12, months % 12 + 1, 1)
