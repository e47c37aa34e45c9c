"""Team level: a rate as the ten-point band it lies in, an average as the band two units wide."""

from __future__ import annotations

from dataclasses import dataclass

WIDTH = 10
AVERAGE_WIDTH = 2
TOP = 100


@dataclass(frozen=True)
class Band:
    """Percent: from `low` up to, not including, `high`; the topmost band takes in 100."""

    low: int
    high: int

    def numerators(self, denominator: int) -> tuple[int, int]:
        """The least and the greatest whole numerator that lie in the band over a denominator (none if least > most)."""
        most = denominator if self.high >= TOP else -(-self.high * denominator // TOP) - 1
        return -(-self.low * denominator // TOP), most


def band_of(numerator: float, denominator: float) -> Band:
    """The band of a rate; a rate over 100 (which no count of children has) falls into the topmost."""
    low = int(min(TOP * numerator // denominator // WIDTH * WIDTH, TOP - WIDTH))
    return Band(low, low + WIDTH)


@dataclass(frozen=True)
class AverageBand:
    """From `low` up to, not including, `high` children for each of `units`, which anybody may know and no other world
    changes. The children stand where a rate has its denominator: all of them move, none is in a numerator."""

    low: int
    high: int
    units: float

    def numerators(self, denominator: int) -> tuple[int, int]:
        """Any, if so many children lie in the band; none (least > most) otherwise."""
        is_inside = self.low * self.units <= denominator < self.high * self.units
        return (0, denominator) if is_inside else (1, 0)


def average_band_of(children: int, units: float) -> AverageBand:
    """The band of an average of children over units above 0."""
    low = int(children // (AVERAGE_WIDTH * units)) * AVERAGE_WIDTH
    return AverageBand(low, low + AVERAGE_WIDTH, units)
