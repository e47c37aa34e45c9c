"""What a figure is of, and when that is too few to say anything by it."""

from __future__ import annotations

LEAST = 10
SHARES = ("percent", "rate_per_10000")


def size_of(unit: str, numerator: float | None, denominator: float | None) -> float | None:
    """What a figure is of: the denominator, for a count the count itself; None where it is not known."""
    return numerator if unit == "count" else denominator


def is_few(unit: str, numerator: float | None, denominator: float | None) -> bool:
    """Whether a figure is of fewer than ten; not where nothing is known of its size, as of one given as a range."""
    size = size_of(unit, numerator, denominator)
    return size is not None and size < LEAST


def is_share_of_few(unit: str, numerator: float | None, denominator: float | None) -> bool:
    """Whether a figure is a share of fewer than ten: one of one is no hundred per cent, and is given as its count."""
    return unit in SHARES and numerator is not None and is_few(unit, numerator, denominator)
