"""What goes into a verdict and what comes out of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

VerdictWord = Literal["better", "worse", "moved", "no real change", "too few to say", "not shown"]
Side = Literal[-1, 0, 1]


@dataclass(frozen=True)
class VerdictRule:
    """What the plan says of how an indicator is judged.

    `watch` names the direction that worries a board, where neither is better. `baseline` fixes the first and last month
    of the baseline. `least_change` is the least that matters, in the unit of the figures, and `least_share` the same as
    a part of the baseline's average: the larger of the two.
    """

    watch: str | None = None
    baseline: tuple[date, date] | None = None
    least_change: float = 0.0
    least_share: float = 0.0


@dataclass(frozen=True)
class Judgeable:
    """The monthly figures of one indicator, in date order, one entry a month (None: no figure).

    `sizes` says how many each figure is of, the denominators; None for counts, whose figures say it. `better` is the
    definition's higher, lower or neither. `rebases` are the days from which the process is another, as the events file
    approves them. `is_seasonal`: the calendar drives it, September is held against Septembers. `is_stock`: the months
    of one are the same children, workers or cases again, so that their sizes do not add up. `hidden` are the places of
    the months whose figure is kept back.
    """

    period_ends: Sequence[date]
    values: Sequence[float | None]
    sizes: Sequence[float | None] | None
    better: str
    rebases: Sequence[date] = ()
    is_seasonal: bool = False
    is_stock: bool = False
    hidden: frozenset[int] = frozenset()
    rule: VerdictRule = VerdictRule()


@dataclass(frozen=True)
class Baseline:
    """The recent past that the present is held against: its months, its average, and the range in which all but one of
    twenty of its single months would lie.

    `season` is by how much each calendar month, January first, usually lies above (or below) the average; empty where
    the calendar does not drive the figures.
    """

    first: date
    last: date
    mean: float
    low: float
    high: float
    season: tuple[float, ...] = ()

    def usual(self, end: date) -> float:
        """The figure that a month would have, had nothing changed."""
        return self.mean + self.offset(end)

    def offset(self, end: date) -> float:
        """By how much a calendar month usually lies above the average."""
        return self.season[end.month - 1] if self.season else 0.0


@dataclass(frozen=True)
class Verdict:
    """What is said of the present. `side`: 1 above the baseline, -1 below it, 0 where nothing is said.

    The word is "not shown" where a figure that is kept back could make it another.

    `recent` is the average of the last three months, in a seasonal series without the season. `strength` is how far
    it lies from the baseline's, in multiples of what chance explains: from 1 on it is seen, and 1 at least
    where every recent month lies beyond every month of the baseline. `since` is the first of the months in a row on
    that side, up to the latest; None where nothing is said, and where a month before them is kept back.
    """

    word: VerdictWord
    side: Side = 0
    recent: float | None = None
    strength: float = 0.0
    since: date | None = None
    baseline: Baseline | None = None

    @property
    def is_change(self) -> bool:
        """Whether the present differs from the baseline."""
        return self.side != 0
