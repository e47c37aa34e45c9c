"""Other worlds: is there another council, the same in all that is published, in which a small count is different?

A world is made from the true one by moving children (some of them in the numerator) between a team's month and another
team's month that the published service totals cannot tell apart, in every KPI of a family at once. A count is safe if
such moves give it enough different values. Taking a band back only allows more moves, so a safe count stays safe.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from improvement_board.protection.bands import AverageBand, Band
from improvement_board.protection.periods import end_of

FARTHEST = 80
Range = tuple[int, int]
EVERYTHING: Range = (-(10**9), 10**9)
Whole = tuple[int, int]
Month = dt.date


@dataclass(frozen=True)
class Figures:
    """The true counts of a family: numerator and denominator by KPI, team and (period, its end); of an average 0 and
    its children. `within`: pairs of KPIs, the numerator of the first in that of the second."""

    kpis: tuple[str, ...]
    teams: tuple[str, ...]
    periods: tuple[str, ...]
    counts: Mapping[tuple[str, str, str, Month], Whole]
    within: tuple[tuple[str, ...], ...] = ()

    def at(self, kpi: str, team: str, period: str, end: Month) -> Whole:
        """Numerator and denominator, (0, 0) without a row."""
        return self.counts.get((kpi, team, period, end), (0, 0))


@dataclass(frozen=True)
class Side:
    """One end of a move, KPI by KPI: counts that must not fall below 0, and bands (with the counts of their period)
    that must still hold. With `parts`, several such ends that share a move in proportion to their size."""

    counts: Mapping[str, Whole]
    bands: Mapping[str, Sequence[tuple[Band | AverageBand, Whole]]]
    is_sink: bool = False
    parts: tuple[Side, ...] = ()
    least: Mapping[str, int] = field(default_factory=dict)
    shares: dict[int, list[int] | None] = field(default_factory=dict, compare=False)
    known: dict[str, Ranges] = field(default_factory=dict, compare=False)

    def ranges(self, kpi: str) -> Ranges:
        """What `allowed` says of a KPI, by the change of its denominator, each worked out once."""
        found = self.known.get(kpi)
        if found is None:
            found = self.known[kpi] = Ranges(self, kpi)
        return found

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
            if first - banded > low:
                low = first - banded
            if last - banded < high:
                high = last - banded
        return low, high

    def _shared(self, kpi: str, more: int) -> Range:
        """The sums of what the parts allow, split alike in every KPI."""
        if more not in self.shares:
            self.shares[more] = self._split(more)
        shares = self.shares[more]
        if shares is None:
            return 1, 0
        ranges = [part.ranges(kpi)[share] for part, share in zip(self.parts, shares, strict=True)]
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
        low, high = self.ranges(kpi)[more]
        return low <= high


class Ranges(dict[int, Range]):
    """The changes of a numerator that a side allows, by the change of the denominator, worked out when asked for."""

    def __init__(self, side: Side, kpi: str) -> None:
        self.side, self.kpi = side, kpi

    def __missing__(self, more: int) -> Range:
        found = self[more] = self.side.allowed(self.kpi, more)
        return found


def together(sides: Sequence[Side], kpis: Sequence[str], *, is_free: bool) -> Side:
    """Several ends as one; free of bands, their children may come from any of them."""
    counts = {kpi: (sum(one.counts[kpi][0] for one in sides), sum(one.counts[kpi][1] for one in sides)) for kpi in kpis}
    return Side(counts, {}, parts=() if is_free else tuple(sides))


@dataclass
class Changes:
    """The changes of numerator, denominator and complement that moves were found for, each as a bit of a number."""

    numerator: int = 0
    denominator: int = 0
    complement: int = 0

    def add(self, more: int, low: int, high: int) -> None:
        """A denominator's change and the least and greatest change of the numerator that go with it."""
        run = (1 << (high - low + 1)) - 1
        self.denominator |= 1 << (FARTHEST + more)
        self.numerator |= run << (FARTHEST + low)
        self.complement |= run << (2 * FARTHEST + more - high)

    def enough(self, needed: Sequence[str], candidates: int) -> bool:
        """Whether each count asked about can have so many values."""
        return all(getattr(self, name).bit_count() >= candidates for name in needed)


def explore(kpi: str, figures: Figures, sides: tuple[Side, Side], into: Changes) -> Iterator[None]:
    """Add the changes of `kpi` that moves from the second side to the first allow."""
    target, partner = sides
    if _is_entangled(kpi, figures, partner):
        return
    lowest = min(target.counts[kpi][1], FARTHEST)
    highest = FARTHEST if partner.is_sink else min(partner.counts[kpi][1], FARTHEST)
    ours, theirs = target.ranges(kpi), partner.ranges(kpi)
    follow = [Follower(kpi, other, sides, figures.within) for other in figures.kpis if other != kpi]
    for more in _coarse_first(lowest, highest):
        low, high = _both(ours[more], theirs[-more])
        low, high = max(low, -FARTHEST), min(high, FARTHEST)
        for one in follow:
            if low > high:
                break
            low, high = one.narrowed(more, low, high)
        if low <= high:
            into.add(more, low, high)
            yield


def _is_entangled(kpi: str, figures: Figures, partner: Side) -> bool:
    """Whether a pair of numerators, one in the other, is more than moves here can be sure to keep: where several ends
    share a move, or the pair itself only follows one."""
    pairs = [pair for pair in figures.within if set(pair) <= set(figures.kpis)]
    return any(partner.parts or kpi not in pair for pair in pairs)


@cache
def _coarse_first(down: int, up: int) -> tuple[int, ...]:
    """The whole numbers of a range around 0, coarse steps before fine ones: six values are soonest found far apart."""
    return tuple(sorted(range(-down, up + 1), key=lambda more: (-(more & -more) if more else -FARTHEST, abs(more))))


def _both(ours: Range, theirs: Range) -> Range:
    low, high = -theirs[1], -theirs[0]
    return (ours[0] if ours[0] > low else low), (ours[1] if ours[1] < high else high)


class Follower:
    """Whether another KPI of the family can go with a move: of the same children by as many, else by as many or none,
    so long as neither of two denominators overtakes the other; and one numerator stays within the other where it is."""

    def __init__(self, kpi: str, other: str, sides: tuple[Side, Side], within: Sequence[Sequence[str]]) -> None:
        ends = [(side, sign) for side, sign in zip(sides, (1, -1), strict=True) if not side.is_sink]
        self.gaps = [(side.counts[kpi][1] - side.counts[other][1], sign) for side, sign in ends]
        self.must_follow = bool(sides[1].parts) or not any(gap for gap, _ in self.gaps)
        self.ours, self.theirs = sides[0].ranges(other), sides[1].ranges(other)
        self.room: Range | None = None
        if (kpi, other) in within or (other, kpi) in within:
            sign = 1 if (kpi, other) in within else -1
            target, partner = (
                10**9 if side.is_sink else sign * (side.counts[other][0] - side.counts[kpi][0]) for side in sides
            )
            self.room = (partner, target) if sign > 0 else (target, partner)

    def narrowed(self, more: int, low: int, high: int) -> Range:
        """What is left of the changes of the KPI's numerator where its denominator changes by so many."""
        found = self._with(more, low, high)
        if found[0] <= found[1] or self.must_follow:
            return found
        if all(self._stays(gap, sign * more) for gap, sign in self.gaps):
            return self._with(0, low, high)
        return found

    def _with(self, follow: int, low: int, high: int) -> Range:
        least, most = _both(self.ours[follow], self.theirs[-follow])
        if least > most:
            return 1, 0
        if self.room is None:
            return low, high
        return max(low, least - self.room[0]), min(high, most + self.room[1])

    @staticmethod
    def _stays(gap: int, more: int) -> bool:
        later = gap + more
        return gap * later >= 0 if gap else later == 0


def small_counts(whole: Whole, threshold: int) -> list[str]:
    """Which of a cell's counts are truly 1 to the threshold."""
    numerator, denominator = whole
    named = {"numerator": numerator, "denominator": denominator, "complement": denominator - numerator}
    return [name for name, count in named.items() if 1 <= count <= threshold]


def period_key(period: str, month: Month) -> tuple[str, Month]:
    """A period and its end, for the month in it."""
    return period, end_of(period, month)
