"""Sentences about a team's figures where only ranges of them are given: none says more than the ranges do."""

from __future__ import annotations

from improvement_board.figures.formats import format_band_words, format_period, format_value, is_same
from improvement_board.figures.series import Series
from improvement_board.words.names import MONTHS_OF, PERIOD_NAMES, counted, months_between, subject
from improvement_board.words.protection import band_width, is_hidden, latest_index, missing_words, side_of_line

ADJECTIVES = {"month": "monthly", "quarter": "quarterly", "year": "yearly"}
BandEnds = tuple[float, float]


def band_headline(series: Series) -> str:
    """The latest range: "North: Visits in time was between 40% and 50% in July to September 2026, below the target of
    80.0%".

    A movement is told only from the period just before and between ranges that do not touch, a side of the target only
    where the whole range lies on it.
    """
    index = latest_index(series)
    if index is None:
        return f"{subject(series)}: {_why_nothing(series)}"
    said = f"{format_band_words(*band_at(series, index), series.unit)} {_in_period(series, index)}"
    clauses = " and ".join(clause for clause in (_moved(series, index), _against_target(series, index)) if clause)
    sentence = f"{subject(series)} was {said}, {clauses}" if clauses else f"{subject(series)} was {said}"
    last = len(series.period_ends) - 1
    if index == last:
        return sentence
    return f"{sentence}; {_period(series, last)}: {missing_words(series, last)}"


def bands_drawn(series: Series) -> str:
    """What the chart of ranges draws: "Chart of 12 quarterly ranges of ten percentage points, …"."""
    shown = sum(low is not None for low in series.lows)
    adjective = ADJECTIVES[series.grain]
    first, last = _period(series, 0), _period(series, len(series.period_ends) - 1)
    width = band_width(series.unit).removeprefix("ranges")
    drawn = f"Chart of {counted(shown, f'{adjective} range', f'{adjective} ranges')}{width}, {first}"
    drawn += "" if first == last else f" to {last}"
    hidden = sum(is_hidden(series, index) for index in range(len(series.period_ends)))
    return f"{drawn} ({counted(hidden, *PERIOD_NAMES[series.grain])} kept back)" if hidden else drawn


def band_at(series: Series, index: int) -> BandEnds:
    """The range of a period that has one. Raises ValueError where it is kept back."""
    low, high = series.lows[index], series.highs[index]
    if low is None or high is None:
        raise ValueError(f"{series.definition.id} has no range for {series.period_ends[index]}")
    return low, high


def _moved(series: Series, index: int) -> str:
    """A move from the period just before that is certain: "up from under 10% the quarter before"; else nothing."""
    band, before = band_at(series, index), _band_before(series, index)
    if before is None or _touch(before, band):
        return ""
    way = "up" if band[0] > before[0] else "down"
    return f"{way} from {format_band_words(*before, series.unit)} the {PERIOD_NAMES[series.grain][0]} before"


def _band_before(series: Series, index: int) -> BandEnds | None:
    """The range of the period just before, if that is given."""
    if index == 0 or months_between(*series.period_ends[index - 1 : index + 1]) > MONTHS_OF[series.grain]:
        return None
    return None if series.lows[index - 1] is None else band_at(series, index - 1)


def _touch(band: BandEnds, other: BandEnds) -> bool:
    return band[0] <= other[1] and other[0] <= band[1]


def _against_target(series: Series, index: int) -> str:
    target = series.targets[index]
    if target is None:
        return ""
    low, high = band_at(series, index)
    side = side_of_line(low, high, target, series.unit) or ("at or above" if is_same(low, target) else "around")
    return f"{side} the target of {format_value(target, series.unit)}"


def _why_nothing(series: Series) -> str:
    hidden = any(is_hidden(series, index) for index in range(len(series.period_ends)))
    return "every figure is kept back" if hidden else "no figures"


def _period(series: Series, index: int) -> str:
    return format_period(series.period_ends[index], series.grain, series.definition.timing)


def _in_period(series: Series, index: int) -> str:
    said = _period(series, index)
    if series.grain != "year":
        return f"in {said}"
    return f"on {said}" if series.definition.timing == "snapshot" else f"in the {said}"
