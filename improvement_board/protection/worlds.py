"""Other worlds: is there another council, the same in all that is published, in which a small count is different?

A world is made from the true one by moving children (some of them in the numerator) between a team's month and another
team's month that the published service totals cannot tell apart, in every KPI of a family at once. A count is safe if
such moves give it enough different values. Taking a band back only allows more moves, so a safe count stays safe.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from improvement_board.common.periods import end_of
from improvement_board.protection.bands import AverageBand, Band

Interval = tuple[int, int]
EVERYTHING: Interval = (-(10**9), 10**9)
Whole = tuple[int, int]
Month = dt.date


@dataclass(frozen=True)
class Figures:
    """The true counts of a family: numerator and denominator by KPI, team and (period, its end); of an average 0 and
    its children. `within`: pairs of KPIs, the numerator of the first in that of the second. `different`: how many
    different children are in the numerator, in all, and in the complement; without it each is another child."""

    kpis: tuple[str, ...]
    teams: tuple[str, ...]
    periods: tuple[str, ...]
    counts: Mapping[tuple[str, str, str, Month], Whole]
    within: tuple[tuple[str, ...], ...] = ()
    different: Mapping[tuple[str, str, str, Month], tuple[int, ...]] = field(default_factory=dict)

    def at(self, kpi: str, team: str, period: str, end: Month) -> Whole:
        """Numerator and denominator, (0, 0) without a row."""
        return self.counts.get((kpi, team, period, end), (0, 0))

    def children(self, kpi: str, team: str, period: str, end: Month) -> int:
        """How many different children."""
        different = self.different.get((kpi, team, period, end))
        return self.at(kpi, team, period, end)[1] if different is None else different[1]

    def small_counts(self, kpi: str, team: str, period: str, end: Month, threshold: int) -> list[str]:
        """Which of a cell's counts are truly of 1 to the threshold different children."""
        numerator, denominator = self.at(kpi, team, period, end)
        counts = (numerator, denominator, denominator - numerator)
        different = self.different.get((kpi, team, period, end), counts)
        names = ("numerator", "denominator", "complement")
        return [
            name
            for name, count, children in zip(names, counts, different, strict=True)
            if count >= 1 and children <= threshold
        ]


@dataclass(frozen=True)
class MoveSide:
    """One end of a move, KPI by KPI: counts that must not fall below 0, and bands (with the counts of their period)
    that must still hold. With `parts`, several such ends that share a move in proportion to their size.

    `each`: how many of what a KPI counts a child has, where not 1; changes are of so many."""

    counts: Mapping[str, Whole]
    bands: Mapping[str, Sequence[tuple[Band | AverageBand, Whole]]]
    is_sink: bool = False
    parts: tuple[MoveSide, ...] = ()
    least: Mapping[str, int] = field(default_factory=dict)
    each: Mapping[str, int] = field(default_factory=dict)
    shares: dict[int, list[int] | None] = field(default_factory=dict, compare=False)
    known: dict[str, Intervals] = field(default_factory=dict, compare=False)

    @cached_property
    def size(self) -> int:
        """The denominators of all KPIs."""
        return sum(denominator for _, denominator in self.counts.values())

    def intervals(self, kpi: str) -> Intervals:
        """What `allowed` says of a KPI, by the change of its denominator, each worked out once."""
        intervals = self.known.get(kpi)
        if intervals is None:
            intervals = self.known[kpi] = Intervals(self, kpi)
        return intervals

    def allowed(self, kpi: str, more: int) -> Interval:
        """By how much the KPI's numerator may change where its denominator changes by `more`."""
        if self.is_sink:
            return EVERYTHING
        if self.parts:
            return self._shared(kpi, more)
        numerator, denominator = self.counts[kpi]
        each = self.each.get(kpi, 1)
        more *= each
        low, high = -numerator, denominator + more - numerator
        for band, (banded, of) in self.bands.get(kpi, ()):
            if of + more < self.least[kpi]:
                return 1, 0
            first, last = band.numerators(of + more)
            if first - banded > low:
                low = first - banded
            if last - banded < high:
                high = last - banded
        return (low, high) if each == 1 else (-(-low // each), high // each)

    def _shared(self, kpi: str, more: int) -> Interval:
        """The sums of what the parts allow, split alike in every KPI."""
        if more not in self.shares:
            self.shares[more] = self._split(more)
        shares = self.shares[more]
        if shares is None:
            return 1, 0
        intervals = [part.intervals(kpi)[share] for part, share in zip(self.parts, shares, strict=True)]
        return sum(low for low, _ in intervals), sum(high for _, high in intervals)

    def _split(self, more: int) -> list[int] | None:
        """A change split by the parts' sizes; a part that cannot take its share leaves some of it to the next."""
        sizes = [max(count[1] for count in part.counts.values()) for part in self.parts]
        total, sign, before, done, shares = sum(sizes), 1 if more > 0 else -1, 0, 0, []
        for part, size in zip(self.parts, sizes, strict=True):
            before += size
            share = (abs(more) * before // total if total else 0) - done
            while share and not all(part.can(kpi, sign * share) for kpi in self.counts):
                share //= 2
            done += share
            shares.append(sign * share)
        return shares if done == abs(more) else None

    def can(self, kpi: str, more: int) -> bool:
        """Whether the KPI's denominator may change so."""
        low, high = self.intervals(kpi)[more]
        return low <= high


class Intervals(dict[int, Interval]):
    """The changes of a numerator that a side allows, by the change of the denominator, worked out when asked for."""

    def __init__(self, side: MoveSide, kpi: str) -> None:
        self.side, self.kpi = side, kpi

    def __missing__(self, more: int) -> Interval:
        interval = self[more] = self.side.allowed(self.kpi, more)
        return interval


def join_ends(sides: Sequence[MoveSide], kpis: Sequence[str], *, is_free: bool) -> MoveSide:
    """Several ends as one; free of bands, their children may come from any of them."""
    counts = {
        kpi: (sum(side.counts[kpi][0] for side in sides), sum(side.counts[kpi][1] for side in sides)) for kpi in kpis
    }
    return MoveSide(counts, {}, parts=() if is_free else tuple(sides), each=sides[0].each)


def period_key(period: str, month: Month) -> tuple[str, Month]:
    """A period and its end, for the month in it."""
    return period, end_of(period, month)
