"""How far averages of months lie apart by chance, where months resemble their neighbours more or less."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

BLOCK = 24  # months, whose neighbours are compared about the average of these alone
LEAST_OF_BLOCK = 12
BLOCKS = 3
MOST_ALIKE = 0.98
LIKENESSES = tuple(hundredths / 100 for hundredths in range(99))  # all that `alikeness` gives
LEAST_SHARE = 0.05

Numbers = NDArray[np.float64]


def alikeness(values: Numbers) -> float:
    """How far a month resembles the one before it, 0 to 0.98: the correlation of neighbours within blocks of two years.

    Each block is held against its own average, so that a change years ago is not taken for likeness. A correlation
    within so few months comes out too small: it is corrected by the usual (1 + 3r) / n.
    """
    products = squares = 0.0
    for block in range(BLOCKS):
        stop = len(values) - block * BLOCK
        block_values = values[max(stop - BLOCK, 0) : max(stop, 0)]
        if np.count_nonzero(~np.isnan(block_values)) < LEAST_OF_BLOCK:
            break
        apart = block_values - np.nanmean(block_values)
        products += float(np.nansum(apart[1:] * apart[:-1]))
        squares += float(np.nansum(apart * apart))
    if squares <= 0:
        return 0.0
    correlation = products / squares
    return round(min(max(correlation + (1 + 3 * correlation) / BLOCK, 0.0), MOST_ALIKE), 2)


@cache
def missed_spread(alike: float, months: int) -> float:
    """By how much the spread of so few months falls short of the whole process's, where neighbours are alike."""
    lags = np.arange(1, months)
    share = 1 - 2 / (months * (months - 1)) * float(((months - lags) * alike**lags).sum())
    return 1.0 / float(np.sqrt(max(share, LEAST_SHARE)))


@cache
def variance_of_difference(alike: float, months: int, recent: int, gap: int) -> float:
    """The variance of the average of `recent` months less that of the `months` of a baseline, `gap` months before them.

    A single month has the variance 1, and months so many apart are alike by that power of `alike`.
    """
    places = np.concatenate([np.arange(months), np.arange(recent) + months + gap])
    weights = np.concatenate([np.full(months, -1 / months), np.full(recent, 1 / recent)])
    apart = np.abs(places[:, None] - places[None, :])
    return float(weights @ (alike**apart if alike else (apart == 0).astype(float)) @ weights)
