"""What is said where figures may be wrong: data caveats, late figures, how many indicators can be relied on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from improvement_board.declared.kpis import Timing
from improvement_board.declared.ripening import Unripe
from improvement_board.figures.formats import format_apart, format_day, format_period
from improvement_board.figures.series import Grain
from improvement_board.words.names import PERIOD_NAMES, counted, on_one_line, shortened

CAVEAT = "Data caveat"
NO_FIGURES = "There is no figure in this edition."
UNNAMED_CAVEAT = "Its records are incomplete, or failed checks: the council's analysts can say how."


def sentence(text: str) -> str:
    """A caveat as a whole sentence on one line, whoever wrote it."""
    said = on_one_line(text)
    return said if said.endswith((".", "!", "?")) else f"{said}."


def latest_period_words(latest: date, grain: Grain, timing: Timing) -> str:
    """Which period the latest figure is of: "The latest figure is of July 2026."."""
    return f"The latest figure is of {_of_period(latest, grain, timing)}."


def late_words(latest: date, grain: Grain, timing: Timing, late: int) -> str:
    """Likewise, with how late it is: "The latest figure is of July 2026: late by 2 months."."""
    return f"{latest_period_words(latest, grain, timing).removesuffix('.')}: {late_by(late, grain)}."


def late_by(late: int, grain: Grain) -> str:
    """late by 2 months."""
    return f"late by {counted(late, *PERIOD_NAMES[grain])}"


def unripe_words(unripe: Unripe) -> str:
    """Why a month is missing: "September 2026 is not given yet: joint assessments have until 14 October 2026."."""
    month = format_period(unripe.period_end, "month", "flow")
    return f"{month} is not given yet: {on_one_line(unripe.duty)} have until {format_day(unripe.until)}."


def _of_period(latest: date, grain: Grain, timing: Timing) -> str:
    period = format_period(latest, grain, timing)
    return f"the {period}" if period.startswith("year") else period


def no_population_words(first: int, last: int) -> str:
    """Why there is no rate: "No rate from 2021 to 2025: the plan gives no population for these years."."""
    if first == last:
        return f"No rate in {first}: the plan gives no population for this year."
    return f"No rate from {first} to {last}: the plan gives no population for these years."


def with_caveats(said: str, caveats: Sequence[str]) -> str:
    """A text alternative with the caveats of its KPI after it."""
    return f"{sentence(said)} {CAVEAT}: {' '.join(caveats)}" if caveats else said


def caveats_sentence(titles: Sequence[str]) -> str:
    """How many indicators carry a caveat, and the first of them by name, without a full stop."""
    names = shortened([on_one_line(title) for title in titles])
    return f"{counted(len(titles), 'indicator carries', 'indicators carry')} a data caveat: {names}"


def reliance_words(indicators: int, with_caveat: int) -> str:
    """How many indicators can be relied on: "61 of 68 indicators rest on current data without a known fault; 7 carry a
    data caveat."."""
    if not with_caveat:
        return f"{_all_of(indicators, 'rests', 'rest')} on current data without a known fault."
    if with_caveat == indicators:
        return f"{_all_of(indicators, 'carries', 'carry')} a data caveat."
    sound = indicators - with_caveat
    whole = counted(indicators, "indicator rests", "indicators rest")
    rest = f"{with_caveat:,} {'carries' if with_caveat == 1 else 'carry'} a data caveat"
    return f"{sound:,} of {whole} on current data without a known fault; {rest}."


def by_team_words(indicators: int) -> str:
    """How many indicators have figures by team that show a part only."""
    subject = counted(indicators, "indicator has", "indicators have")
    whose = "its" if indicators == 1 else "their"
    return f"{subject} a team recorded for less than 90% of {whose} cases: figures by team show only those."


def _all_of(indicators: int, does: str, do: str) -> str:
    return f"The one indicator {does}" if indicators == 1 else f"All {indicators:,} indicators {do}"


def share_words(percentage: float) -> str:
    """A percentage recorded, never rounded up to all of it nor down to none: 97.0%, 99.98%."""
    if percentage in (0.0, 100.0):
        return f"{percentage:.0f}%"
    nearest = 100.0 if percentage > 50.0 else 0.0
    return format_apart([percentage, nearest], "percent")[0]
