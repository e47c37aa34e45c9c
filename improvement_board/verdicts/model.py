"""What goes into a verdict and what comes out of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

VerdictWord = Literal["better", "worse", "moved", "no real change", "too few to say"]
Side = Literal[-1, 0, 1]


@dataclass(frozen=True)
class Judgeable:
    """The monthly figures of one indicator, in date order, one entry a month (None: no figure).

    `sizes` says how many each figure is of, the denominators; None for counts, whose figures say it. `better` is the
    definition's higher, lower or neither. `rebases` are the days from which the process is another, as the events file
    approves them. `baseline` fixes the first and last month of the baseline. `is_seasonal`: the calendar drives it,
    September is held against Septembers. `least_change` is the least that matters, in the unit of the figures.
    """

    period_ends: Sequence[date]
    values: Sequence[float | None]
    sizes: Sequence[float | None] | None
    better: str
    rebases: Sequence[date] = ()
    baseline: tuple[date, date] | None = None
    is_seasonal: bool = False
    least_change: float = 0.0


@dataclass(frozen=True)
class Baseline:
    """The recent past that the present is held against: its months, its average, and the range in which all but one of
    twenty of its single months would lie."""

    first: date
    last: date
    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class Verdict:
    """What is said of the present. `side`: 1 above the baseline, -1 below it, 0 where nothing is said.

    `recent` is the average of the last three months, in a seasonal series without the season. `strength` is how far
    it lies from the baseline's, in multiples of what chance explains: above 1 it is seen. `since` is the first of the
    months in a row on that side, up to the latest; None where nothing is said.
    """

    word: VerdictWord
    side: Side = 0
    recent: float | None = None
    strength: float = 0.0
    since: date | None = None
    baseline: Baseline | None = None
