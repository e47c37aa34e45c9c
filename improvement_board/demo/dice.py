"""Chance, always drawn from a named stream of the seed, so that a change in one part leaves the others as they were."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from improvement_board.demo.days import Codes, Days, Flags, Floats

Generator = np.random.Generator


def stream(seed: int, name: str) -> Generator:
    """The random numbers of one part of the story."""
    return np.random.default_rng([seed, *name.encode()])


def chance(dice: Generator, probability: Floats | float, size: int) -> Flags:
    """Whether something happens, row by row."""
    return np.asarray(dice.random(size) < probability)


def pick(dice: Generator, size: int, weights: Sequence[float]) -> Codes:
    """A place in a list, row by row, by weight."""
    shares = np.asarray(weights, dtype=np.float64)
    return np.asarray(np.searchsorted(np.cumsum(shares / shares.sum()), dice.random(size)), dtype=np.int64).clip(
        0, len(shares) - 1
    )


def some_days(dice: Generator, mean: Floats | float, size: int) -> Days:
    """A wait of whole days, 0 or more: mostly short, sometimes long."""
    return np.asarray(dice.exponential(mean, size), dtype=np.int64)


def gamma_days(dice: Generator, mean: Floats | float, shape: float, size: int) -> Days:
    """A length of whole days, 1 or more, spread about a mean (the higher the shape, the closer)."""
    return np.asarray(dice.gamma(shape, 1.0, size) * np.asarray(mean) / shape, dtype=np.int64) + 1


def draw_visit_gaps(dice: Generator, within: Floats | float, limit: float, size: int, late: float = 1.8) -> Days:
    """Days between visits, such that at a random moment a share `within` (0.6 to 0.97) was visited in `limit` days.

    A gap is either kept (0.55 to 0.98 of the limit) or late (beyond the limit, `late` times it on average).
    """
    kept_mean = 0.77
    share = np.clip(within, 1 / late + 0.01, 0.98)
    keeps = (share * late - 1) / (kept_mean - 1 - share * kept_mean + share * late)
    kept = dice.uniform(0.55, 0.98, size)
    overdue = 1 + dice.exponential(late - 1, size)
    lengths = np.where(dice.random(size) < keeps, kept, np.minimum(overdue, 4.5)) * limit
    return np.maximum(np.asarray(lengths, dtype=np.int64), 1)


def draw_recurring(starts: Days, ends: Days, next_gap: Callable[[Codes, Days], Days], since: int) -> tuple[Codes, Days]:
    """Events that recur in each spell until it ends: the row of the spell and the day, those before `since` left out.

    `next_gap(rows, days)` gives the days to the next event of those spells after those days.
    """
    rows = np.arange(len(starts), dtype=np.int64)
    days = starts.copy()
    found_rows: list[Codes] = []
    found_days: list[Days] = []
    while len(rows):
        days = days + next_gap(rows, days)
        inside = days < ends[rows]
        rows, days = rows[inside], days[inside]
        shown = days >= since
        found_rows.append(rows[shown])
        found_days.append(days[shown])
    if not found_rows:
        return rows, days
    all_rows, all_days = np.concatenate(found_rows), np.concatenate(found_days)
    order = np.lexsort((all_rows, all_days))
    return all_rows[order], all_days[order]
