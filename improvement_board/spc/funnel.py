"""Limits for comparing teams that fit each team's size, so that a small team is not called out for being small.

A funnel (Spiegelhalter, "Funnel plots for comparing institutional performance", Statistics in Medicine 24, 2005):
around the service's figure, three standard errors of a binomial share for a percentage and of a Poisson rate for an
average. Where teams spread more than chance alone explains (cases and sessions come in clusters), the limits widen by
the same paper's multiplicative over-dispersion factor, estimated from the teams' winsorised z-scores.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

STANDARD_ERRORS = 3.0
WINSORISED_SHARE = 0.1
SMALLEST_GROUP = 5


@dataclass(frozen=True)
class Size:
    """One team's parts: its numerator and denominator over the period compared."""

    numerator: float
    denominator: float


@dataclass(frozen=True)
class Limits:
    """The limits that fit a team's size, in the unit of the figure."""

    lower: float
    upper: float


def funnel_limits(unit: str, sizes: Sequence[Size]) -> list[Limits | None]:
    """Limits for each team around the figure of all of them together, in the order given.

    `unit` is percent, average, days or rate_per_10000. None for a team without a denominator, and for all where the
    service has no figure. A percentage's limits stay within 0 and 100, others above 0.
    """
    whole = sum(size.denominator for size in sizes)
    if whole <= 0:
        return [None] * len(sizes)
    centre = sum(size.numerator for size in sizes) / whole
    errors = [_standard_error(unit, centre, size) for size in sizes]
    spread = math.sqrt(_over_dispersion(centre, sizes, errors))
    factor = {"percent": 100.0, "rate_per_10000": 10_000.0}.get(unit, 1.0)
    ceiling = 100.0 if unit == "percent" else math.inf
    return [
        None
        if error is None
        else Limits(
            max(0.0, factor * (centre - STANDARD_ERRORS * spread * error)),
            min(ceiling, factor * (centre + STANDARD_ERRORS * spread * error)),
        )
        for error in errors
    ]


def _standard_error(unit: str, centre: float, size: Size) -> float | None:
    if size.denominator <= 0:
        return None
    variance = centre * (1 - centre) if unit == "percent" else centre
    return math.sqrt(max(variance, 0.0) / size.denominator)


def _over_dispersion(centre: float, sizes: Sequence[Size], errors: Sequence[float | None]) -> float:
    """How much wider teams spread than chance: the mean of the squared winsorised z-scores, never below 1."""
    scores = sorted(
        (size.numerator / size.denominator - centre) / error for size, error in zip(sizes, errors, strict=True) if error
    )
    if len(scores) < SMALLEST_GROUP:
        return 1.0
    cut = int(len(scores) * WINSORISED_SHARE)
    low, high = scores[cut], scores[-1 - cut]
    return max(1.0, sum(min(max(score, low), high) ** 2 for score in scores) / len(scores))
