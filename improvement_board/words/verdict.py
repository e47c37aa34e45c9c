"""What the verdict on the present says, in words that can be read out, and what it rests on."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date

from improvement_board.figures.few import is_few_at
from improvement_board.figures.formats import (
    format_apart,
    format_day,
    format_difference,
    format_month,
    format_parts,
    format_period,
    format_value,
    is_same,
)
from improvement_board.figures.series import Series
from improvement_board.figures.sizes import SHARES
from improvement_board.figures.targets import target_state
from improvement_board.verdicts import RECENT, Baseline, Verdict
from improvement_board.words.names import counted, months_between
from improvement_board.words.protection import latest_index

YEAR = 12
SIDE_WORDS = {1: "higher", -1: "lower"}
WHY_NOTHING = {
    "too few to say": "too few to say whether that is a change",
    "not shown": "whether that is a change is not shown, as small numbers are kept back",
}


def verdict_word(verdict: Verdict) -> str:
    """The verdict in a word or two: better, worse, no real change; where neither direction is better, higher or lower.

    Also where a direction is watched, which makes the other one no improvement.
    """
    return SIDE_WORDS[verdict.side] if verdict.word == "moved" else verdict.word


def verdict_sentence(series: Series, index: int) -> tuple[str, str] | None:
    """How the present stands against the recent past, to follow the indicator's name, and the target in force as text.

    "rose to 86.6% (97 of 112) from an average of 83.7% in the 24 months to March 2026: better since June 2026". None
    where there is no verdict to tell, and where the figure is not the one that was judged.
    """
    verdict, value = series.verdict, series.values[index]
    if verdict is None or verdict.baseline is None or value is None or index != series.latest:
        return None
    end, target = series.period_ends[index], series.targets[index]
    usual = usual_figure(series, verdict.baseline, end)
    known = [value, usual] if target is None else [value, usual, target]
    shown, before, *others = format_apart(known, series.unit)
    figure = shown + _parts(series, index)
    against = _against(verdict.baseline, end, before)
    if not verdict.is_change:
        return f"stood at {figure}, no real change from {against}", "".join(others)
    moved, before_that = ("rose to" if verdict.side == 1 else "fell to"), "from"
    if is_same(value, usual):  # at an end of what there can be, which the month's usual figure would lie beyond
        moved, before_that = "stood at", "against"
    since = "" if verdict.since is None else f" since {format_month(verdict.since)}"
    return f"{moved} {figure} {before_that} {against}: {verdict_word(verdict)}{since}", "".join(others)


def _parts(series: Series, index: int) -> str:
    """What a percentage is of, in brackets."""
    if series.unit not in SHARES or series.unit != series.definition.unit:
        return ""
    said = format_parts(series.unit, series.numerators[index], series.denominators[index])
    return f" ({said})" if said and series.denominators[index] is not None else ""


def _against(baseline: Baseline, end: date, before: str) -> str:
    """What the present is held against: the average of the baseline, or what the calendar month usually is."""
    months = baseline_months(baseline)
    if baseline.season:
        return f"the {before} that {format_month(end).split(' ')[0]} would have by {months}"
    return f"an average of {before} in {months}"


def baseline_months(baseline: Baseline) -> str:
    """The months of the baseline: "the 24 months to March 2026"."""
    months = months_between(baseline.first, baseline.last) + 1
    return f"the {counted(months, 'month', 'months')} to {format_month(baseline.last)}"


def baseline_words(series: Series) -> str | None:
    """The average and range that the present is held against: "average 24.1%, single months usually 20.0% to 28.2%"."""
    verdict = series.verdict
    if verdict is None or verdict.baseline is None:
        return None
    baseline = verdict.baseline
    average = f"average of {baseline_months(baseline)} {format_value(baseline.mean, series.unit)}"
    low, high = usual_range(series, baseline)
    if baseline.season or low == high:
        return average
    return f"{average}, single months usually {format_value(low, series.unit)} to {format_value(high, series.unit)}"


def usual_range(series: Series, baseline: Baseline, end: date | None = None) -> tuple[float, float]:
    """The range of single months, in a seasonal series of the month that ends at `end`, no wider than there can be."""
    offset = 0.0 if end is None else baseline.offset(end)
    return _possible(series, baseline.low + offset), _possible(series, baseline.high + offset)


def usual_figure(series: Series, baseline: Baseline, end: date) -> float:
    """The figure that a month would have, had nothing changed."""
    return _possible(series, baseline.usual(end))


def _possible(series: Series, value: float) -> float:
    """A value no farther out than there can be: percentages are 0 to 100, and nothing that never was is below zero."""
    top = 100.0 if series.unit == "percent" else math.inf
    lowest = 0.0 if all(value is None or value >= 0 for value in series.values) else -math.inf
    return min(max(value, lowest), top)


def why_words(series: Series) -> str:
    """Why the verdict is what it is, for those who must defend it; empty without one."""
    verdict = series.verdict
    if verdict is None or verdict.baseline is None or verdict.recent is None:
        return "" if verdict is None else f"{WHY_NOTHING[verdict.word].capitalize()}."
    baseline, unit = verdict.baseline, series.unit
    recent, mean = format_apart([verdict.recent, baseline.mean], unit)
    apart = format_difference(verdict.recent - baseline.mean, unit)
    season = ", both without what the calendar month usually adds or takes" if baseline.season else ""
    said = (
        f"The average of the last three months is {recent}, that of {baseline_months(baseline)} {mean}{season}: "
        f"{apart} apart, {_times_chance(verdict.strength)}."
    )
    return f"{said} {_what_decides(verdict)}"


def rebase_words(series: Series) -> str:
    """What an analyst is asked where a change has outlasted a year: whether it is how things are now; else empty."""
    verdict, latest = series.verdict, series.latest
    if verdict is None or verdict.since is None or latest is None:
        return ""
    if months_between(verdict.since, series.period_ends[latest]) < YEAR:
        return ""
    since = format_day(verdict.since)
    return (
        f"Every month since {format_month(verdict.since)} lies on this side, for more than a year. Rebase at {since}? "
        f"If this is how things are now, an event in events.csv with rebase yes and the scope {series.definition.id} "
        "starts a new baseline there; until then the verdict is held against the months before."
    )


def _times_chance(strength: float) -> str:
    if math.isinf(strength):
        return "where the months before did not vary at all"
    if strength == 1:  # raised to once, as `judge_present` says
        return "no more than chance explains, but all three months lie beyond every month of the baseline"
    return f"which is {strength:.1f} times what chance explains of a series that varies as this one"


def _what_decides(verdict: Verdict) -> str:
    if verdict.is_change:
        return "All three months lie on that side, and the difference is large enough to matter."
    return (
        "A change is said only where that is more than once, or all three months lie beyond every month of the "
        "baseline; where all three lie on one side, and not back from both a year ago and the month before them; and "
        "where the difference is large enough to matter."
    )


def target_clause(series: Series, index: int, target_text: str) -> str | None:
    """How the point stands against the target in force, to follow a comma."""
    value, target = series.values[index], series.targets[index]
    if value is None or target is None:
        return None
    state = target_state(value, target, series.definition.better, series.tolerance)
    if state == "within tolerance":
        tolerance = format_difference(series.tolerance, series.unit)
        return f"missing the target of {target_text} but within its tolerance of {tolerance}"
    return {"met": f"meeting the target of {target_text}", "missed": f"missing the target of {target_text}"}.get(
        state or ""
    )


def earlier_months(series: Series, meeting_end: date | None = None) -> tuple[int | None, int | None]:
    """The places of a monthly series' figures that its latest is told beside: of the month that the last meeting read,
    and of a year before the latest. None where there is no such month before the latest, which may have no figure."""
    index = latest_index(series)
    if index is None or series.grain != "month":
        return None, None
    ends, end = series.period_ends[:index], series.period_ends[index]
    return (
        next((at for at, day in enumerate(ends) if day == meeting_end), None),
        next((at for at, day in enumerate(ends) if months_between(day, end) == YEAR), None),
    )


def _told_months(series: Series, meeting_end: date | None) -> Iterator[tuple[int, float, bool, bool]]:
    """The earlier months that have a figure to tell, the latest first: the place, the figure, whether the last meeting
    read it, whether it is of a year before."""
    of_meeting, of_year = earlier_months(series, meeting_end)
    for at in sorted({at for at in (of_meeting, of_year) if at is not None}, reverse=True):
        value = series.values[at]
        if value is not None and not is_few_at(series, at):
            yield at, value, at == of_meeting, at == of_year


def earlier_words(series: Series, meeting_end: date | None = None, presented: float | None = None) -> str:
    """The figure of the month that the last meeting read, and of a year before the latest: "78.1% in June 2026 (75.1%
    as the last meeting read it), 84.1% in September 2025"; empty where there is neither.

    `presented` is the figure that the last meeting read, where that is known.
    """
    series = series.known
    said = []
    for at, value, is_meeting, _ in _told_months(series, meeting_end):
        known = [value]
        if is_meeting and presented is not None and not is_same(value, presented):
            known.append(presented)
        shown, *read = format_apart(known, series.unit)
        said.append(f"{shown} in {format_period(series.period_ends[at], series.grain, series.definition.timing)}")
        if read:
            said[-1] += f" ({read[0]} as the last meeting read it)"
    return ", ".join(said)


def earlier_figures(series: Series, meeting_end: date | None = None) -> list[tuple[str, str, str]]:
    """The same one by one: what it is called, the figure, its month."""
    series = series.known
    told = []
    for at, value, is_meeting, is_year_before in _told_months(series, meeting_end):
        names = [*(["At the last meeting"] if is_meeting else []), *(["A year before"] if is_year_before else [])]
        month = format_period(series.period_ends[at], series.grain, series.definition.timing)
        told.append((" and ".join(names), format_value(value, series.unit), month))
    return told


def marked_months(series: Series) -> list[int]:
    """The places of the figures that decide a verdict of change: those since it began, or the last three where that is
    not known; none of too few."""
    verdict, latest = series.verdict, series.latest
    if verdict is None or not verdict.is_change or latest is None:
        return []
    there = [at for at in range(latest + 1) if series.values[at] is not None and not is_few_at(series, at)]
    since = verdict.since
    return there[-RECENT:] if since is None else [at for at in there if series.period_ends[at] >= since]
