"""What charts by team share: a row a team with its name and figure, and the line of the whole service."""

from __future__ import annotations

from typing import Any

from improvement_board.charts.palette import LINE
from improvement_board.charts.parts import LETTER_WIDTH, Figure, Trace, axis, chart_layout, seen, value_axis, wrapped
from improvement_board.figures.formats import format_value
from improvement_board.figures.series import TeamComparison

ROW = 44
TICK_ROOM = 36
NAME_LETTERS = 16


def rows_figure(
    comparison: TeamComparison, traces: list[Trace], shown: list[str], *, height: int | None, **bounds: Any
) -> Figure:
    """The figure of the traces: teams down the side in the order given, the words `shown` of each beside its row."""
    dots = comparison.dots
    names = axis(
        tickvals=list(range(len(dots))),
        ticktext=[wrapped(dot.team, NAME_LETTERS) for dot in dots],
        range=[len(dots) - 0.5, -0.5],
        showgrid=False,
        zeroline=False,
    )
    return {
        "data": traces,
        "layout": chart_layout(
            height=height or ROW * len(dots) + TICK_ROOM + 12,
            top=12,
            right=int(16 + LETTER_WIDTH * 1.1 * max(len(part) for text in shown for part in text.split("<br>"))),
            xaxis=value_axis(comparison.unit, zeroline=False, **bounds),
            yaxis=names,
            annotations=[_value_label(row, text) for row, text in enumerate(shown)],
        ),
    }


def service_trace(comparison: TeamComparison) -> list[Trace]:
    """The figure of the whole service as a line through all rows."""
    value = seen(comparison.service_value)
    if value is None:
        return []
    name = f"Whole service {format_value(comparison.service_value, comparison.unit)}"
    drawn = {"x": [value, value], "y": [-0.5, len(comparison.dots) - 0.5], "mode": "lines"}
    return [{"type": "scatter", "name": name, "line": {"color": LINE, "width": 2}, "hoverinfo": "skip"} | drawn]


def _value_label(row: int, text: str) -> dict[str, Any]:
    label_place = {"x": 1, "xref": "paper", "y": row, "xanchor": "left", "xshift": 10}
    return {"text": text, "showarrow": False} | label_place
