"""What small-number protection keeps back, and how it is given instead: of a series, of a table, of teams.

A range runs from its low end up to, not including, its high end; the topmost of percentages takes in 100. Nothing said
of a range may say more than that.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from improvement_board.figures.formats import (
    HIDDEN_WORDS,
    format_band,
    format_value,
    is_same,
    symbol_meaning,
    takes_in_top,
)
from improvement_board.figures.series import CategoryBreakdown, Series, TeamComparison, TeamDot
from improvement_board.protection.rows import HIDDEN

WHY = "so that no small number of children can be worked out"
WIDTHS = {"percent": "ranges of ten percentage points", "average": "ranges two wide"}
MARKED = f"{HIDDEN} marks a figure that is {HIDDEN_WORDS}, as it or a figure beside it counts too few children."
STEPPED = {
    "quarter": "Given by quarter, as single months are too small to show.",
    "year": "Given by year, as single months and quarters are too small to show.",
}
NOT_WORKED_OUT = (
    "Of indicators that count children you see your own teams alone: what else a manager of these teams may see is "
    "worked out when an edition is built, and was not. Ask the council's analysts to build the edition again."
)
BY_PERIOD = {"month": "", "quarter": "by quarter, ", "year": "by year, "}


def protection_words(series: Series) -> str:
    """What of a series is kept back and how it is given instead, in whole sentences; empty where nothing is."""
    if series.is_banded:
        sentences = [f"Shown {BY_PERIOD[series.grain]}as {band_width(series.unit)}, {WHY}."]
    elif series.is_protected:
        sentences = [STEPPED[series.grain]] if series.grain in STEPPED else []
    else:
        return ""
    return " ".join([*sentences, *([MARKED] if has_hidden(series) else [])])


def band_width(unit: str) -> str:
    """How wide the ranges of a unit are: "ranges of ten percentage points"."""
    return WIDTHS.get(unit, "ranges")


def protection_notes(shown: Iterable[Series]) -> str:
    """The same for all series of a table, each thing said once; empty where nothing is kept back."""
    protected = [series for series in shown if protection_words(series)]
    sentences = []
    widths = list(dict.fromkeys(band_width(series.unit) for series in protected if series.is_banded))
    if widths:
        sentences.append(f"Figures of teams are shown as {' or '.join(widths)}, {WHY}.")
    if any(not series.is_banded and series.grain in STEPPED for series in protected):
        sentences.append("Some figures are given by quarter or by year, as shorter periods are too small to show.")
    if any(has_hidden(series) for series in protected):
        sentences.append(MARKED)
    return " ".join(sentences)


def teams_protection_words(comparison: TeamComparison) -> str:
    """The same for teams beside each other."""
    if not comparison.is_banded:
        return ""
    sentences = [f"Shown as {band_width(comparison.unit)}, {WHY}."]
    if any(is_hidden_team(dot) for dot in comparison.dots):
        sentences.append(MARKED)
    if any(dot.value is not None for dot in comparison.dots):
        sentences.append("Your own teams are shown with their figures.")
    return " ".join(sentences)


def category_protection_words(breakdown: CategoryBreakdown) -> str:
    """The same for categories: one without a figure is kept back."""
    return MARKED if any(figure.value is None for figure in breakdown.figures) else ""


def not_by_team_words(titles: Iterable[str]) -> str:
    """Which indicators have no figures by team because they are protected; without a full stop."""
    return f"Not shown by team, as small numbers of children are protected: {', '.join(titles)}"


def is_hidden(series: Series, index: int) -> bool:
    """Whether protection keeps a period's figure back."""
    if not (series.is_protected or series.is_banded) or series.symbols[index] != HIDDEN:
        return False
    return series.values[index] is None and (not series.is_banded or series.lows[index] is None)


def has_hidden(series: Series) -> bool:
    """Whether any period of a series is kept back."""
    return any(is_hidden(series, index) for index in range(len(series.symbols)))


def is_hidden_team(dot: TeamDot) -> bool:
    """Whether a team of a comparison by ranges is kept back."""
    return dot.value is None and (dot.low is None or dot.high is None)


def missing_words(series: Series, index: int) -> str:
    """Why a period has no figure: kept back by protection, or what the publisher's symbol says."""
    return HIDDEN_WORDS if is_hidden(series, index) else symbol_meaning(series.symbols[index])


def missing_cell(series: Series, index: int) -> str:
    """The same in a table, where the mark is explained beside it: "c: kept back"."""
    said = missing_words(series, index)
    return f"{HIDDEN}: {said}" if said == HIDDEN_WORDS else said


def figure_or_why(series: Series, index: int) -> str:
    """A period's figure or range in a table, else why there is none."""
    value = series.values[index]
    if value is not None:
        return format_value(value, series.unit)
    low, high = (series.lows[index], series.highs[index]) if series.is_banded else (None, None)
    return missing_cell(series, index) if low is None or high is None else format_band(low, high, series.unit)


def latest_index(series: Series) -> int | None:
    """The place of the last period with a figure, or with a range where ranges are given; None without any."""
    band = series.latest_band
    return series.period_ends.index(band[0]) if band else series.latest


def latest_target(series: Series) -> float | None:
    """The target in force at that period."""
    index = latest_index(series)
    return None if index is None else series.targets[index]


def side_of_line(low: float, high: float, line: float, unit: str) -> Literal["above", "below"] | None:
    """On which side of a line a whole range lies, for certain; None where the line may be in it."""
    if is_same(high, line):
        return None if takes_in_top(high, unit) else "below"
    if high < line:
        return "below"
    return "above" if low > line and not is_same(low, line) else None
