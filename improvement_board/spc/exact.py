"""The same lines and sides in whole-number arithmetic, for groups where floating point leaves a comparison in doubt.

A value on the mean ends a run and a value on a limit is inside it, so a last binary digit decides what a board is told:
ten times 0.1 must lie on its mean. Values are taken as the decimals they print as. Where they print with more than
fifteen digits they are rounded quotients (a third of 100), and a difference that rounding explains counts as none.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

EXACT_DIGITS = 15
ROUNDING_BITS = 49
NAN = float("nan")


@dataclass(frozen=True)
class ExactLines:
    """One group's lines, and for each compared value its side (1 above, -1 below, 0 between, on or undefined)."""

    mean: float
    lower: float
    upper: float
    near_lower: float
    near_upper: float
    average_moving_range: float
    side: list[int]
    outside: list[int]
    beyond_near: list[int]


def exact_lines(compared: list[float], baseline: int, screen: bool) -> ExactLines:
    """Lines of the first `baseline` of the compared values (NaN = missing); the last one compared is the target.

    2.66 and 3.267 are taken as 266/100 and 3267/1000; all comparisons are of whole numbers, without any division.
    """
    numbers, unit, is_rounded = _whole_numbers(compared)
    rows = numbers[:-1][:baseline]
    known = [number for number in rows if number is not None]
    total, count = sum(known), len(known)
    if not count:
        nothing = [0] * len(compared)
        return ExactLines(NAN, NAN, NAN, NAN, NAN, NAN, nothing, nothing, nothing)
    mean = Fraction(total, count)
    slack = max(abs(number) for number in known) >> ROUNDING_BITS if is_rounded else 0
    ranges = _kept_ranges(rows, screen, slack)
    away = [None if number is None else number * count - total for number in numbers]
    side = [_sign(distance, 0, slack * count) for distance in away]
    if not ranges:
        nothing = [0] * len(compared)
        return ExactLines(float(mean * unit), NAN, NAN, NAN, NAN, NAN, side, nothing, nothing)

    reach = 266 * sum(ranges) * count
    share = 100 * len(ranges)
    spread = Fraction(sum(ranges), len(ranges))
    limit = Fraction(266, 100) * spread
    allowance = slack * count * share
    return ExactLines(
        mean=float(mean * unit),
        lower=float((mean - limit) * unit),
        upper=float((mean + limit) * unit),
        near_lower=float((mean - limit * 2 / 3) * unit),
        near_upper=float((mean + limit * 2 / 3) * unit),
        average_moving_range=float(spread * unit),
        side=side,
        outside=[_sign(None if d is None else d * share, reach, allowance) for d in away],
        beyond_near=[_sign(None if d is None else d * share * 3, reach * 2, allowance * 3) for d in away],
    )


def _whole_numbers(values: list[float]) -> tuple[list[int | None], Fraction, bool]:
    """The values as whole numbers of one decimal unit, that unit, and whether any value is a rounded quotient."""
    decimals = [None if math.isnan(value) else Decimal(repr(value)) for value in values]
    parts = [decimal.as_tuple() for decimal in decimals if decimal is not None]
    places = max(0, *(-int(part.exponent) for part in parts))
    numbers = [None if decimal is None else int(decimal.scaleb(places)) for decimal in decimals]
    return numbers, Fraction(1, 10**places), any(len(part.digits) > EXACT_DIGITS for part in parts)


def _kept_ranges(rows: list[int | None], screen: bool, slack: int) -> list[int]:
    ranges = [abs(after - before) for before, after in pairwise(rows) if before is not None and after is not None]
    if not screen:
        return ranges
    screen_at = 3267 * sum(ranges)
    return [moved for moved in ranges if (moved + slack) * 1000 * len(ranges) < screen_at]


def _sign(distance: int | None, reach: int, slack: int) -> int:
    if distance is None or abs(distance) <= reach + slack:
        return 0
    return 1 if distance > 0 else -1
