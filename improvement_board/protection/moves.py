"""The moves of children between two sides that every KPI of a family allows, and how many values they give a count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from improvement_board.protection.worlds import Figures, Interval, MoveSide

FARTHEST = 80


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


def explore(kpi: str, figures: Figures, sides: tuple[MoveSide, MoveSide], into: Changes) -> Iterator[None]:
    """Add the changes of `kpi` that moves from the second side to the first allow."""
    target, partner = sides
    if _is_entangled(kpi, figures, partner):
        return
    lowest = min(target.counts[kpi][1], FARTHEST)
    highest = FARTHEST if partner.is_sink else min(partner.counts[kpi][1], FARTHEST)
    ours, theirs = target.intervals(kpi), partner.intervals(kpi)
    follow = [Follower(kpi, other, sides, figures.within) for other in figures.kpis if other != kpi]
    for more in _coarse_first(lowest, highest):
        low, high = _both(ours[more], theirs[-more])
        low, high = max(low, -FARTHEST), min(high, FARTHEST)
        for follower in follow:
            if low > high:
                break
            low, high = follower.narrowed(more, low, high)
        if low <= high:
            into.add(more, low, high)
            yield


def _is_entangled(kpi: str, figures: Figures, partner: MoveSide) -> bool:
    """Whether a pair of numerators, one in the other, is more than moves here can be sure to keep: where several ends
    share a move, or the pair itself only follows one."""
    pairs = [pair for pair in figures.within if set(pair) <= set(figures.kpis)]
    return any(partner.parts or kpi not in pair for pair in pairs)


@cache
def _coarse_first(down: int, up: int) -> tuple[int, ...]:
    """The whole numbers of a range around 0, coarse steps before fine ones: six values are soonest found far apart."""
    return tuple(sorted(range(-down, up + 1), key=lambda more: (-(more & -more) if more else -FARTHEST, abs(more))))


def _both(ours: Interval, theirs: Interval) -> Interval:
    low, high = -theirs[1], -theirs[0]
    return (ours[0] if ours[0] > low else low), (ours[1] if ours[1] < high else high)


class Follower:
    """Whether another KPI of the family can go with a move: of the same children by as many, else by as many or none,
    so long as neither of two denominators overtakes the other; and one numerator stays within the other where it is."""

    def __init__(self, kpi: str, other: str, sides: tuple[MoveSide, MoveSide], within: Sequence[Sequence[str]]) -> None:
        ends = [(side, sign) for side, sign in zip(sides, (1, -1), strict=True) if not side.is_sink]
        self.gaps = [(side.counts[kpi][1] - side.counts[other][1], sign) for side, sign in ends]
        self.must_follow = bool(sides[1].parts) or not any(gap for gap, _ in self.gaps)
        self.ours, self.theirs = sides[0].intervals(other), sides[1].intervals(other)
        self.room: Interval | None = None
        if (kpi, other) in within or (other, kpi) in within:
            sign = 1 if (kpi, other) in within else -1
            target, partner = (
                10**9 if side.is_sink else sign * (side.counts[other][0] - side.counts[kpi][0]) for side in sides
            )
            self.room = (partner, target) if sign > 0 else (target, partner)

    def narrowed(self, more: int, low: int, high: int) -> Interval:
        """What is left of the changes of the KPI's numerator where its denominator changes by so many."""
        narrowed = self._with(more, low, high)
        if narrowed[0] <= narrowed[1] or self.must_follow:
            return narrowed
        if all(self._stays(gap, sign * more) for gap, sign in self.gaps):
            return self._with(0, low, high)
        return narrowed

    def _with(self, follow: int, low: int, high: int) -> Interval:
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
