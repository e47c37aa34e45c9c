"""Centre line, limits, and on which side of them every value lies, for many rebase groups at once.

A group is one row of a padded array: its values from the left, NaN where a value is missing and after its end.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from improvement_board.spc.exact import exact_lines

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]
Integers = NDArray[np.int64]

LIMIT_FACTOR = 2.66
SCREEN_FACTOR = 3.267
NEAR_SHARE = 2 / 3
DOUBT = 1e-9


@dataclass(frozen=True)
class GroupRows:
    """Groups to judge: padded `values`, and for each group its baseline length, whether to screen, and its target."""

    values: Floats
    baselines: Integers
    screens: Booleans
    targets: Floats


@dataclass
class Lines:
    """One item a group for the lines; for the sides a row a group and a column a value, then one for the target.

    A side is 1 above, -1 below and 0 between or on: `side` of the mean, `outside` the limits, `beyond_near` limits.
    """

    mean: Floats
    lower: Floats
    upper: Floats
    near_lower: Floats
    near_upper: Floats
    average_moving_range: Floats
    side: Integers
    outside: Integers
    beyond_near: Integers


def draw_lines(groups: GroupRows) -> Lines:
    """Lines and sides as exact arithmetic gives them.

    Floating point works out all groups; a group where any comparison comes within 1e-9 of its largest value is worked
    out again exactly. Groups are first scaled by a power of two, which loses nothing, so that nothing overflows.
    """
    present = ~np.isnan(groups.values)
    exponents = np.frexp(np.where(present, np.abs(groups.values), 0).max(axis=1, initial=0))[1]
    with np.errstate(all="ignore"):
        scaled = np.ldexp(groups.values, -exponents[:, None])
        targets = np.ldexp(groups.targets, -exponents)
        lines, doubtful = _float_lines(scaled, present, targets, groups)
        for name in ("mean", "lower", "upper", "near_lower", "near_upper", "average_moving_range"):
            setattr(lines, name, np.ldexp(getattr(lines, name), exponents))
    for row in np.flatnonzero(doubtful):
        _replace_row(lines, int(row), groups)
    return lines


def _float_lines(values: Floats, present: Booleans, targets: Floats, groups: GroupRows) -> tuple[Lines, Booleans]:
    in_baseline = np.arange(values.shape[1]) < groups.baselines[:, None]
    mean = _mean(values, present & in_baseline)
    lowest = np.where(present, values, np.inf).min(axis=1, initial=np.inf)
    is_constant = lowest == np.where(present, values, -np.inf).max(axis=1, initial=-np.inf)
    mean[is_constant] = np.where(np.isnan(mean), np.nan, lowest)[is_constant]

    ranges = np.abs(np.diff(values, axis=1))
    has_range = ~np.isnan(ranges) & in_baseline[:, 1:]
    screen_at = SCREEN_FACTOR * _mean(ranges, has_range)[:, None]
    kept = has_range & ((ranges < screen_at) | ~groups.screens[:, None])
    average_moving_range = _mean(ranges, kept)

    distance = LIMIT_FACTOR * average_moving_range
    near = distance * NEAR_SHARE
    upper, lower, near_upper, near_lower = mean + distance, mean - distance, mean + near, mean - near
    compared = np.column_stack([values, targets])
    lines = Lines(
        mean,
        lower,
        upper,
        near_lower,
        near_upper,
        average_moving_range,
        side=_side(compared, mean, mean),
        outside=_side(compared, lower, upper),
        beyond_near=_side(compared, near_lower, near_upper),
    )
    doubtful = (has_range & groups.screens[:, None] & (np.abs(ranges - screen_at) <= DOUBT)).any(axis=1)
    for line in (mean, lower, upper, near_lower, near_upper):
        doubtful |= (np.abs(compared - line[:, None]) <= DOUBT).any(axis=1)
    return lines, doubtful & ~is_constant


def _mean(values: Floats, included: Booleans) -> Floats:
    """Added up from left to right, so that a mean does not depend on how far its row is padded."""
    total = np.where(included, values, 0).cumsum(axis=1)[:, -1:].sum(axis=1)
    mean: Floats = total / np.where(included.any(axis=1), included.sum(axis=1), np.nan)
    return mean


def _side(compared: Floats, lower: Floats, upper: Floats) -> Integers:
    above = compared > upper[:, None]
    below = compared < lower[:, None]
    return above.astype(np.int64) - below.astype(np.int64)


def _replace_row(lines: Lines, row: int, groups: GroupRows) -> None:
    compared = [*groups.values[row].tolist(), float(groups.targets[row])]
    exact = exact_lines(compared, int(groups.baselines[row]), bool(groups.screens[row]))
    for field in fields(Lines):
        getattr(lines, field.name)[row] = getattr(exact, field.name)
