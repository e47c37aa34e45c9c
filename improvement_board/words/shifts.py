"""A new special cause where neither direction is better: said, and left to the board to judge."""

from __future__ import annotations

from datetime import date
from typing import Literal

from improvement_board.declared.kpis import Definition, Unit
from improvement_board.figures.formats import format_period, format_value
from improvement_board.figures.series import Grain
from improvement_board.words.names import on_one_line


def shift_sentence(
    definition: Definition,
    period_end: date,
    value: float,
    side: Literal["high", "low"],
    *,
    unit: Unit,
    grain: Grain = "month",
    goes_on: bool = False,
) -> str:
    """A KPI with no better direction whose latest figure is special, without a full stop.

    `unit` is that of the figure; `goes_on` says that the edition before showed the same.
    """
    if definition.better != "neither":
        raise ValueError(f"{definition.id} has a better direction: its special causes are improvement or concern")
    period = format_period(period_end, grain, definition.timing)
    shown = format_value(value, unit)
    said = "still a special cause" if goes_on else "a new special cause"
    return f"{on_one_line(definition.title)} stood at {shown} in {period}: {said}, {side}"
