"""The rule of verdicts: the last three months against the twenty-four before the last six.

The difference of the two averages is held against what a series that varies as this one did gives by chance. Months of
a stock (children in care, agency) resemble their neighbours, so that averages of few of them wander further: the
correlation of neighbouring months widens what chance explains. The figures of the rule are chosen by the simulation in
`bench/judgement.py`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
from numpy.typing import NDArray

from improvement_board.verdicts.model import Baseline, Judgeable, Side, Verdict, VerdictWord
from improvement_board.verdicts.season import without_season

RECENT = 3  # months that are the present: one quarter, the time from one board's papers to the next
SET_APART = 6  # months up to the latest that no baseline takes in
BASELINE = 24
LEAST_BASELINE = 12
LEAST_SIZE = 10  # children, workers or events in the recent months together: of fewer, nothing is said
BLOCKS = 3  # of the baseline's length, whose neighbouring months are compared
CHANCE = 2.1  # standard errors that chance explains where neighbouring months do not resemble each other
CHANCE_OF_STOCKS = 0.6  # more of them where they resemble each other wholly, which is hard to estimate
MOST_ALIKE = 0.98
ONE_IN_TWENTY = 1.96
ROUNDING = 1e-9

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class _Window:
    """Where in a series the baseline lies: the index of its first month, and the one after its last."""

    start: int
    stop: int


def judge_present(series: Judgeable) -> Verdict:
    """The verdict on the latest month of a series that has a figure."""
    values = np.array([math.nan if value is None else value for value in series.values], dtype=np.float64)
    known = np.flatnonzero(~np.isnan(values))
    if not known.size:
        return Verdict("too few to say")
    stop = int(known[-1]) + 1
    values, ends = values[:stop], list(series.period_ends[:stop])
    as_counted = values
    window = _baseline_window(series, ends)
    if series.is_seasonal:
        adjusted = without_season(values, ends, stop - SET_APART)
        if adjusted is None:
            return Verdict("too few to say")
        values = adjusted
    recent = values[-RECENT:]
    past = values[window.start : window.stop]
    past = past[~np.isnan(past)]
    if (
        np.isnan(recent).any()
        or len(past) < LEAST_BASELINE
        or _is_small(series, as_counted[-RECENT:], float(past.mean()), stop)
    ):
        return Verdict("too few to say")
    return _verdict(series, values, ends, window)


def _baseline_window(series: Judgeable, ends: list[date]) -> _Window:
    """The months of the baseline: those that the plan fixes; else up to 24 before the last six, not before a rebase."""
    if series.baseline is not None:
        first, last = series.baseline
        inside = [month_index for month_index, end in enumerate(ends) if first <= end <= last]
        return _Window(inside[0], inside[-1] + 1) if inside else _Window(0, 0)
    stop = max(len(ends) - SET_APART, 0)
    rebased = [
        next((month_index for month_index, end in enumerate(ends) if end >= day), len(ends)) for day in series.rebases
    ]
    return _Window(max([stop - BASELINE, 0, *(start for start in rebased if start < len(ends))]), stop)


def _is_small(series: Judgeable, recent: Numbers, usual: float, stop: int) -> bool:
    """Whether the recent months are of too few. A count that was large and is small now is not."""
    if series.sizes is None:
        return max(float(recent.sum()), RECENT * usual) < LEAST_SIZE
    return sum(size or 0.0 for size in series.sizes[stop - RECENT : stop]) < LEAST_SIZE


def _verdict(series: Judgeable, values: Numbers, ends: list[date], window: _Window) -> Verdict:
    past = values[window.start : window.stop]
    mean, spread = float(np.nanmean(past)), float(np.nanstd(past, ddof=1))
    alike = _alikeness(values[: window.stop])
    spread *= _missed_spread(alike, len(past))
    baseline = Baseline(
        ends[window.start],
        ends[window.stop - 1],
        mean,
        mean - ONE_IN_TWENTY * spread,
        mean + ONE_IN_TWENTY * spread,
    )
    recent = values[-RECENT:]
    difference = float(recent.mean()) - mean
    gap = len(values) - RECENT - window.stop
    error = spread * math.sqrt(_variance_of_difference(alike, len(past), max(gap, 0)))
    explained = error * (CHANCE + CHANCE_OF_STOCKS * alike)
    strength = abs(difference) / explained if explained > 0 else math.inf if abs(difference) > ROUNDING else 0.0
    side: Side = 1 if difference > 0 else -1
    is_seen = strength > 1 and bool(((recent - mean) * side > 0).all())
    if not is_seen or abs(difference) < series.least_change:
        return Verdict("no real change", 0, float(recent.mean()), strength, None, baseline)
    since = ends[_start_of_run(values, mean, side)]
    return Verdict(_word(side, series.better), side, float(recent.mean()), strength, since, baseline)


def _word(side: Side, better: str) -> VerdictWord:
    if better == "neither":
        return "moved"
    return "better" if (side == 1) == (better == "higher") else "worse"


def _start_of_run(values: Numbers, mean: float, side: Side) -> int:
    """Where the months in a row begin, up to the latest, that lie on one side of the baseline's average."""
    month_index = len(values) - 1
    while month_index > 0 and (values[month_index - 1] - mean) * side > 0:
        month_index -= 1
    return month_index


def _alikeness(values: Numbers) -> float:
    """How far a month resembles the one before it, 0 to 0.98: the correlation of neighbours within blocks of two years.

    Each block is held against its own average, so that a change years ago is not taken for likeness. A correlation
    within so few months comes out too small: it is corrected by the usual (1 + 3r) / n.
    """
    products = squares = 0.0
    for block in range(BLOCKS):
        stop = len(values) - block * BASELINE
        block_values = values[max(stop - BASELINE, 0) : max(stop, 0)]
        if np.count_nonzero(~np.isnan(block_values)) < LEAST_BASELINE:
            break
        apart = block_values - np.nanmean(block_values)
        products += float(np.nansum(apart[1:] * apart[:-1]))
        squares += float(np.nansum(apart * apart))
    if squares <= 0:
        return 0.0
    correlation = products / squares
    return round(min(max(correlation + (1 + 3 * correlation) / BASELINE, 0.0), MOST_ALIKE), 2)


@cache
def _missed_spread(alike: float, months: int) -> float:
    """By how much the spread of so few months falls short of the whole process's, where neighbours are alike."""
    lags = np.arange(1, months)
    share = 1 - 2 / (months * (months - 1)) * float(((months - lags) * alike**lags).sum())
    return 1 / math.sqrt(max(share, 0.05))


@cache
def _variance_of_difference(alike: float, months: int, gap: int) -> float:
    """The variance of the recent average less the baseline's, for months of variance 1 of which neighbours are so
    alike, and those n apart by its nth power."""
    places = np.concatenate([np.arange(months), np.arange(RECENT) + months + gap])
    weights = np.concatenate([np.full(months, -1 / months), np.full(RECENT, 1 / RECENT)])
    apart = np.abs(places[:, None] - places[None, :])
    return float(weights @ (alike**apart if alike else (apart == 0).astype(float)) @ weights)
