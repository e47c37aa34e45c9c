"""The rule of verdicts: the last three months against the twenty-four before the last six.

The difference of the two averages is held against what a series that varies as this one did gives by chance. Months of
a stock (children in care, agency) resemble their neighbours, so that averages of few of them wander further: the
correlation of neighbouring months widens what chance explains. But three months that all lie beyond every month of the
baseline are a change whatever explains it, since anybody sees it. The figures of the rule are chosen by the simulation
in `bench/judgement.py`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from improvement_board.common.months import month_ends_between
from improvement_board.verdicts.chance import (
    BLOCK,
    BLOCKS,
    LIKENESSES,
    alikeness,
    missed_spread,
    variance_of_difference,
)
from improvement_board.verdicts.model import Baseline, Judgeable, Side, Verdict, VerdictWord
from improvement_board.verdicts.season import REACH, without_season

RECENT = 3  # months that are the present: one quarter, the time from one board's papers to the next
SET_APART = 6  # months up to the latest that no baseline takes in
BASELINE = 24
LEAST_BASELINE = 12
LEAST_SIZE = 10  # children, workers or events in the recent months together: of fewer, nothing is said
LEAST_CALENDAR = 9  # months of the year that have figures, for the others to be no gaps
YEAR = 12
CHANCE = 2.1  # standard errors that chance explains where neighbouring months do not resemble each other
CHANCE_OF_STOCKS = 0.6  # more of them where they resemble each other wholly, which is hard to estimate
ONE_IN_TWENTY = 1.96
ROUNDING = 1e-9

NOT_SHOWN, TOO_FEW = Verdict("not shown"), Verdict("too few to say")
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class _Months:
    """The months that are judged: their figures, in a seasonal series without the season, and as they were counted."""

    ends: list[date]
    values: Numbers
    as_counted: Numbers
    sizes: Numbers | None
    hidden: NDArray[np.bool_]

    def __getitem__(self, part: slice | NDArray[np.bool_]) -> _Months:
        kept = np.arange(len(self.ends))[part]
        return _Months(
            [self.ends[index] for index in kept],
            self.values[kept],
            self.as_counted[kept],
            None if self.sizes is None else self.sizes[kept],
            self.hidden[kept],
        )


@dataclass(frozen=True)
class _Window:
    """Where in a series the baseline lies: the index of its first month, and the one after its last."""

    start: int
    stop: int


def judge_present(series: Judgeable) -> Verdict:
    """The verdict on the latest month of a series that has a figure.

    "not shown" where months that are kept back could make it another: of those of the present, the baseline and a year
    ago no value is assumed, and of those before them any likeness of neighbours. So the word says nothing of what is
    hidden, and is the same that the whole of the figures give.
    """
    months = _months_of(series)
    there = np.flatnonzero(~np.isnan(months.values) | months.hidden)
    if not there.size:
        return TOO_FEW
    months = months[: int(there[-1]) + 1]
    if series.is_seasonal:
        if months.hidden[-REACH:].any():
            return NOT_SHOWN
        adjusted = without_season(months.values, months.ends, len(months.ends) - SET_APART)
        if adjusted is None:
            return TOO_FEW
        months = replace(months, values=adjusted)
    months = _without_empty_months(months)
    window = _baseline_window(series, months.ends)
    if months.hidden[max(min(window.start, len(months.ends) - YEAR - RECENT), 0) :].any():
        return NOT_SHOWN
    past = months.values[window.start : window.stop]
    past = past[~np.isnan(past)]
    if len(past) < LEAST_BASELINE or np.isnan(months.values[-RECENT:]).any():
        return TOO_FEW
    return TOO_FEW if _is_small(series, months, float(past.mean())) else _verdict(series, months, window)


def _months_of(series: Judgeable) -> _Months:
    """Every month from the first to the last, also those that the series does not list."""
    ends = month_ends_between(series.period_ends[0], series.period_ends[-1]) if series.period_ends else []
    place_of = {end: index for index, end in enumerate(ends)}
    places = [place_of[end] for end in series.period_ends]
    hidden = np.zeros(len(ends), dtype=np.bool_)
    hidden[[places[index] for index in series.hidden]] = True

    def spread_out(given: Sequence[float | None]) -> Numbers:
        every = np.full(len(ends), math.nan)
        every[places] = np.array(given, dtype=np.float64)  # None becomes a number that is none
        return every

    values = spread_out(series.values)
    return _Months(ends, values, values, None if series.sizes is None else spread_out(series.sizes), hidden)


def _without_empty_months(months: _Months) -> _Months:
    """Without up to three calendar months that never have a figure, such as August of schools: they are no gap."""
    there = {end.month for end, empty in zip(months.ends, np.isnan(months.values), strict=True) if not empty}
    there |= {end.month for end, is_hidden in zip(months.ends, months.hidden, strict=True) if is_hidden}
    if len(there) < LEAST_CALENDAR:
        return months
    return months[np.array([end.month in there for end in months.ends])]


def _baseline_window(series: Judgeable, ends: list[date]) -> _Window:
    """The months of the baseline: those that the plan fixes; else up to 24 before the last six, not before a rebase."""
    if series.rule.baseline is not None:
        first, last = series.rule.baseline
        inside = [month_index for month_index, end in enumerate(ends) if first <= end <= last]
        return _Window(inside[0], inside[-1] + 1) if inside else _Window(0, 0)
    stop = max(len(ends) - SET_APART, 0)
    rebased = [
        next((month_index for month_index, end in enumerate(ends) if end >= day), len(ends)) for day in series.rebases
    ]
    return _Window(max([stop - BASELINE, 0, *(start for start in rebased if start < len(ends))]), stop)


def _is_small(series: Judgeable, months: _Months, usual: float) -> bool:
    """Whether the recent months are of too few. A count that was large and is small now is not, nor what is of a size
    that nobody knows."""
    if months.sizes is not None and np.isnan(months.sizes[-RECENT:]).all():
        return False
    if months.sizes is None:
        size = max(float(months.as_counted[-RECENT:].sum()), RECENT * usual)
    else:
        size = float(np.nansum(months.sizes[-RECENT:]))
    return (size / RECENT if series.is_stock else size) < LEAST_SIZE


def _verdict(series: Judgeable, months: _Months, window: _Window) -> Verdict:
    values, ends = months.values, months.ends
    past = values[window.start : window.stop]
    mean, spread = float(np.nanmean(past)), float(np.nanstd(past, ddof=1))
    low, high = mean - ONE_IN_TWENTY * spread, mean + ONE_IN_TWENTY * spread
    baseline = Baseline(ends[window.start], ends[window.stop - 1], mean, low, high, _season_of(series, months))
    recent = values[-RECENT:]
    difference = float(recent.mean()) - mean
    side: Side = 1 if difference > 0 else -1
    gap = max(len(values) - RECENT - window.stop, 0)
    strengths = [
        _strength(abs(difference), spread, alike, len(past), gap) for alike in _likenesses(months, window.stop)
    ]
    strength = max(min(strengths), 1.0) if _is_beyond(recent, past, side) else min(strengths)
    if strength < 1 <= max(strengths):
        return NOT_SHOWN
    is_seen = strength >= 1 and bool(((recent - mean) * side > 0).all()) and not _goes_back(months, side)
    least = max(series.rule.least_change, series.rule.least_share * abs(mean))
    if not is_seen or abs(difference) < least - ROUNDING:
        return Verdict("no real change", 0, float(recent.mean()), strength, None, baseline)
    since = _start_of_run(months, mean, side)
    return Verdict(_word(series, side), side, float(recent.mean()), strength, since, baseline)


def _likenesses(months: _Months, stop: int) -> Sequence[float]:
    """How far neighbouring months are alike before `stop`: every likeness there could be, where one is kept back."""
    is_known = not months.hidden[max(stop - BLOCKS * BLOCK, 0) : stop].any()
    return [alikeness(months.values[:stop])] if is_known else LIKENESSES


def _strength(difference: float, spread: float, alike: float, months: int, gap: int) -> float:
    """A difference in multiples of what chance explains."""
    error = spread * missed_spread(alike, months) * math.sqrt(variance_of_difference(alike, months, RECENT, gap))
    explained = error * (CHANCE + CHANCE_OF_STOCKS * alike)
    if explained > 0:
        return difference / explained
    return math.inf if difference > ROUNDING else 0.0


def _is_beyond(recent: Numbers, past: Numbers, side: Side) -> bool:
    """Whether every recent month lies beyond every month of the baseline."""
    return float((recent * side).min()) > float(np.nanmax(past * side))


def _season_of(series: Judgeable, months: _Months) -> tuple[float, ...]:
    """By how much each calendar month lies above the figures without the season."""
    if not series.is_seasonal:
        return ()
    apart = zip(months.ends, months.as_counted, months.values, strict=True)
    offsets = {end.month: float(counted - value) for end, counted, value in apart if not math.isnan(value)}
    return tuple(offsets.get(month, 0.0) for month in range(1, YEAR + 1))


def _goes_back(months: _Months, side: Side) -> bool:
    """Whether every recent month lies on the other side of both the same month a year before, and the month before all
    of them, which the last meeting saw: then nobody would call it a change to this side."""
    counted = dict(zip(((end.year, end.month) for end in months.ends), months.as_counted, strict=True))
    recent = months.as_counted[-RECENT:]
    year_before = np.array([counted.get((end.year - 1, end.month), math.nan) for end in months.ends[-RECENT:]])
    before = months.as_counted[-RECENT - 1]
    return bool((((recent - year_before) * side < 0) & ((recent - before) * side < 0)).all())


def _word(series: Judgeable, side: Side) -> VerdictWord:
    if series.better != "neither":
        return "better" if (side == 1) == (series.better == "higher") else "worse"
    return "worse" if series.rule.watch == ("high" if side == 1 else "low") else "moved"


def _start_of_run(months: _Months, mean: float, side: Side) -> date | None:
    """Where the months in a row begin, up to the latest, that lie on one side of the baseline's average; None where the
    month before them is kept back."""
    month_index = len(months.ends) - 1
    while month_index > 0 and (months.values[month_index - 1] - mean) * side > 0:
        month_index -= 1
    return None if month_index > 0 and months.hidden[month_index - 1] else months.ends[month_index]
