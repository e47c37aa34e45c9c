"""A monthly series without its season."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

LEAST_MONTHS = 30
YEAR = 12
REACH = 72  # the latest months that the season is known by

Numbers = NDArray[np.float64]


def without_season(values: Numbers, ends: list[date], stop: int) -> Numbers | None:
    """The values less what their calendar month usually lies above or below the year around it, as known before `stop`.

    Of months before the last six years nothing is read.
    A year around a month is half a month at either end and the eleven between. None where the months before `stop` are
    too few to know the season by: less than two and a half years, or a calendar month that is needed and stood in none.
    A calendar month without any figure, such as August of schools, stays without.
    """
    if stop < LEAST_MONTHS:
        return None
    weights = np.array([0.5, *[1.0] * (YEAR - 1), 0.5])
    distances: dict[int, list[float]] = {month: [] for month in range(1, YEAR + 1)}
    for month_index in range(max(len(values) - REACH, 0) + YEAR // 2, stop - YEAR // 2):
        around = values[month_index - YEAR // 2 : month_index + YEAR // 2 + 1]
        there = ~np.isnan(around)
        if not np.isnan(values[month_index]) and there.sum() > YEAR // 2:
            mean = float((around[there] * weights[there]).sum() / weights[there].sum())
            distances[ends[month_index].month].append(float(values[month_index]) - mean)
    usual = {month: float(np.mean(of_month)) for month, of_month in distances.items() if of_month}
    if any(end.month not in usual for end, value in zip(ends, values, strict=True) if not np.isnan(value)):
        return None
    middle = float(np.mean(list(usual.values())))
    season = np.array([usual.get(end.month, middle) - middle for end in ends], dtype=np.float64)
    return values - season
