"""Whether a figure meets its target."""

from __future__ import annotations

from typing import Literal

from improvement_board.declared.kpis import Better
from improvement_board.figures.few import is_few_at
from improvement_board.figures.formats import is_same
from improvement_board.figures.series import Series

TargetState = Literal["met", "within tolerance", "missed"]


def target_state(value: float, target: float, better: Better, tolerance: float = 0.0) -> TargetState | None:
    """Whether a value meets its target; None where neither direction is better.

    A value equal to the target meets it. One that misses by no more than `tolerance` is within tolerance.
    """
    if better == "neither":
        return None
    short_by = target - value if better == "higher" else value - target
    if short_by <= 0 or is_same(value, target):
        return "met"
    return "within tolerance" if short_by <= tolerance or is_same(short_by, tolerance) else "missed"


def target_state_at(series: Series, index: int) -> TargetState | None:
    """How the figure of a period stands against the target in force then; None without both, and where the figure is
    one of a team or worker that is of too few."""
    value, target = series.values[index], series.targets[index]
    if value is None or target is None or is_few_at(series, index):
        return None
    return target_state(value, target, series.definition.better, series.tolerance)
