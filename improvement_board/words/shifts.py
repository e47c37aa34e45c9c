"""A new special cause where neither direction is better: said, and left to the board to judge."""

from __future__ import annotations

from datetime import date
from typing import Literal

from improvement_board.figures_format import format_period, format_value
from improvement_board.kpis import Definition
from improvement_board.words.names import plain


def shift_sentence(definition: Definition, period_end: date, value: float, side: Literal["high", "low"]) -> str:
    """A KPI with no better direction whose latest figure is newly special, without a full stop."""
    if definition.better != "neither":
        raise ValueError(f"{definition.id} has a better direction: its special causes are improvement or concern")
    period = format_period(period_end, "month", definition.timing)
    shown = format_value(value, definition.unit)
    return f"{plain(definition.title)} stood at {shown} in {period}: a new special cause, {side}"
