"""Team level: a rate as the ten-point band it lies in."""

from __future__ import annotations

from dataclasses import dataclass

WIDTH = 10
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
