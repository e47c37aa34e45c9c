"""Other worlds: is there another council, the same in all that is published, in which a small count is different?

A world is made from the true one by moving children (some of them in the numerator) between a team's month and another
team's month that the published service totals cannot tell apart, in every KPI of a family at once. A count is safe if
such moves give it enough different values. Taking a band back only allows more moves, so a safe count stays safe.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from improvement_board.protection.bands import Band
from improvement_board.protection.periods import end_of

FARTHEST = 80
Range = tuple[int, int]
EVERYTHING: Range = (-(10**9), 10**9)
Whole = tuple[int, int]
Month = dt.date


@dataclass(frozen=True)
class Figures:
    """The true counts of a family: numerator and denominator by KPI, team and (period, its end)."""

    kpis: tuple[str, ...]
    teams: tuple[str, ...]
    periods: tuple[str, ...]
    counts: Mapping[tuple[str, str, str, Month], Whole]

    def at(self, kpi: str, team: str, period: str, end: Month) -> Whole:
        """Numerator and denominator, (0, 0) without a row."""
        return self.counts.get((kpi, team, period, end), (0, 0))


@dataclass(frozen=True)
class Side:
    """One end of a move, KPI by KPI: counts that must not fall below 0, and bands (with the counts of their period)
    that must still hold. With `parts`, several such ends that share a move in proportion to their size."""

    counts: Mapping[str, Whole]
    bands: Mapping[str, Sequence[tuple[Band, Whole]]]
    is_sink: bool = False
    parts: tuple[Side, ...] = ()
    least: Mapping[str, int] = field(default_factory=dict)
    shares: dict[int, list[int] | None] = field(default_factory=dict, compare=False)

    def allowed(self, kpi: str, more: int) -> Range:
        """By how much the KPI's numerator may change where its denominator changes by `more`."""
        if self.is_sink:
            return EVERYTHING
        if self.parts:
            return self._shared(kpi, more)
        numerator, denominator = self.counts[kpi]
        low, high = -numerator, denominator + more - numerator
        for band, (banded, of) in self.bands.get(kpi, ()):
            if of + more < self.least[kpi]:
                return 1, 0
            first, last = band.numerators(of + more)
            low, high = max(low, first - banded), min(high, last - banded)
        return low, high

    def _shared(self, kpi: str, more: int) -> Range:
        """The sums of what the parts allow, split alike in every KPI."""
        if more not in self.shares:
            self.shares[more] = self._split(more)
        shares = self.shares[more]
        if shares is None:
            return 1, 0
        ranges = [part.allowed(kpi, share) for part, share in zip(self.parts, shares, strict=True)]
        return sum(low for low, _ in ranges), sum(high for _, high in ranges)

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
        low, high = self.allowed(kpi, more)
        return low <= high


def together(sides: Sequence[Side], kpis: Sequence[str], *, is_free: bool) -> Side:
    """Several ends as one; free of bands, their children may come from any of them."""
    counts = {kpi: (sum(one.counts[kpi][0] for one in sides), sum(one.counts[kpi][1] for one in sides)) for kpi in kpis}
    return Side(counts, {}, parts=() if is_free else tuple(sides))


@dataclass
class Changes:
    """The changes of numerator, denominator and complement that moves were found for."""

    numerator: set[int]
    denominator: set[int]
    complement: set[int]

    def enough(self, needed: Sequence[str], candidates: int) -> bool:
        """Whether each count asked about can have so many values."""
        return all(len(getattr(self, name)) >= candidates for name in needed)


def explore(kpi: str, family: Sequence[str], sides: tuple[Side, Side], into: Changes) -> Iterator[None]:
    """Add the changes of `kpi` that moves from the second side to the first allow, the smallest first."""
    target, partner = sides
    lowest = -min(target.counts[kpi][1], FARTHEST)
    highest = FARTHEST if partner.is_sink else min(partner.counts[kpi][1], FARTHEST)
    for more in sorted(range(lowest, highest + 1), key=abs):
        low, high = _both(kpi, more, sides)
        if low > high or not all(_follows(other, kpi, more, sides) for other in family if other != kpi):
            continue
        low, high = max(low, -FARTHEST), min(high, FARTHEST)
        into.denominator.add(more)
        into.numerator.update(range(low, high + 1))
        into.complement.update(more - change for change in range(low, high + 1))
        yield


def _both(kpi: str, more: int, sides: tuple[Side, Side]) -> Range:
    first, second = sides[0].allowed(kpi, more), sides[1].allowed(kpi, -more)
    return max(first[0], -second[1]), min(first[1], -second[0])


def _follows(other: str, kpi: str, more: int, sides: tuple[Side, Side]) -> bool:
    """Whether another KPI of the family can go with a move: of the same children by as many, else by as many or none,
    so long as neither of two denominators overtakes the other."""
    gaps = [side.counts[kpi][1] - side.counts[other][1] for side in sides if not side.is_sink]
    for follow in (more,) if not any(gaps) or sides[1].parts else (more, 0):
        after = [gap + sign * (more - follow) for gap, sign in zip(gaps, (1, -1), strict=False)]
        if any(gap * later < 0 or (gap == 0 and later != 0) for gap, later in zip(gaps, after, strict=True)):
            continue
        low, high = _both(other, follow, sides)
        if low <= high:
            return True
    return False


def small_counts(whole: Whole, threshold: int) -> list[str]:
    """Which of a cell's counts are truly 1 to the threshold."""
    numerator, denominator = whole
    named = {"numerator": numerator, "denominator": denominator, "complement": denominator - numerator}
    return [name for name, count in named.items() if 1 <= count <= threshold]


def period_key(period: str, month: Month) -> tuple[str, Month]:
    """A period and its end, for the month in it."""
    return period, end_of(period, month)
