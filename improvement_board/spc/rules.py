"""The four rules of special cause variation, for many rebase groups at once (a row each, see `lines`)."""

from __future__ import annotations

import numpy as np

from improvement_board.spc.lines import Booleans, Floats, Integers, Lines

RUN_POINTS = 7
TREND_STEPS = 6
CLOSE_WINDOW = 3
CLOSE_POINTS = 2

COMMON_CAUSE = 0
SPECIAL_CAUSE_TYPES = (
    "Common Cause",
    "Above UCL",
    "Below LCL",
    "7 Point Trend (Increasing)",
    "7 Point Trend (Decreasing)",
    "2 in 3 Above CL",
    "2 in 3 Below CL",
    "7 Points Above CL",
    "7 Points Below CL",
)


def special_causes(values: Floats, lines: Lines) -> Integers:
    """For each value the index in SPECIAL_CAUSE_TYPES of the first rule that applies (odd is high, even is low)."""
    side, outside = lines.side[:, :-1], lines.outside[:, :-1]
    close = np.where(outside == 0, lines.beyond_near[:, :-1], 0)
    rising, falling = _trends(values)
    conditions = [
        outside > 0,
        outside < 0,
        rising,
        falling,
        _two_in_three(side > 0, close > 0),
        _two_in_three(side < 0, close < 0),
        _in_window(side > 0, RUN_POINTS),
        _in_window(side < 0, RUN_POINTS),
    ]
    return np.select(conditions, range(1, len(conditions) + 1), COMMON_CAUSE)


def _in_window(mask: Booleans, width: int) -> Booleans:
    """True wherever a value is one of `width` or more successive true ones."""
    return _spread(_whole_windows(mask, width), width, mask.shape[1])


def _whole_windows(mask: Booleans, width: int) -> Booleans:
    starts = max(mask.shape[1] - width + 1, 0)
    whole = np.ones((mask.shape[0], starts), dtype=np.bool_)
    for offset in range(width):
        whole &= mask[:, offset : offset + starts]
    return whole


def _spread(windows: Booleans, width: int, columns: int) -> Booleans:
    inside = np.zeros((windows.shape[0], columns), dtype=np.bool_)
    for offset in range(width):
        inside[:, offset : offset + windows.shape[1]] |= windows
    return inside


def _trends(values: Floats) -> tuple[Booleans, Booleans]:
    """Points of a rising and of a falling trend.

    A point takes the direction of its step to the next row if that row is in a trend too, else of the step before it,
    so that the peak shared by a rise and a fall is falling, and so is a point before a tie.
    """
    steps = np.diff(values, axis=1)
    in_trend = np.zeros(values.shape, dtype=np.bool_)
    for moving in (steps > 0, steps < 0):
        trending = _in_window(moving, TREND_STEPS)
        in_trend[:, 1:] |= trending
        in_trend[:, :-1] |= trending
    next_in_trend = np.zeros_like(in_trend)
    next_in_trend[:, :-1] = in_trend[:, 1:]
    step_after = np.pad(steps, ((0, 0), (0, 1)), constant_values=np.nan)
    step_before = np.pad(steps, ((0, 0), (1, 0)), constant_values=np.nan)
    rising = in_trend & (np.where(next_in_trend, step_after, step_before) > 0)
    return rising, in_trend & ~rising


def _two_in_three(same_side: Booleans, close: Booleans) -> Booleans:
    """Close points of three successive ones on one side of the mean, at least two of them close to the limit."""
    windows = _whole_windows(same_side, CLOSE_WINDOW)
    starts = windows.shape[1]
    how_many = np.zeros(windows.shape, dtype=np.int64)
    for offset in range(CLOSE_WINDOW):
        how_many += close[:, offset : offset + starts]
    return close & _spread(windows & (how_many >= CLOSE_POINTS), CLOSE_WINDOW, close.shape[1])
