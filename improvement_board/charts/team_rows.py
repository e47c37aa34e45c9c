"""What charts by team share: a row a team with its name and figure, and the line of the whole service."""

from __future__ import annotations

from typing import Any

from improvement_board.charts.palette import LINE, TARGET
from improvement_board.charts.parts import LETTER_WIDTH, Figure, Trace, axis, chart_layout, seen, value_axis, wrapped
from improvement_board.figures.series import TeamComparison
from improvement_board.words import target_beside_teams, whole_service_words

ROW = 34
TICK_ROOM = 36
NAME_LETTERS = 22


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
    name = whole_service_words(comparison)
    drawn = {"x": [value, value], "y": [-0.5, len(comparison.dots) - 0.5], "mode": "lines"}
    return [{"type": "scatter", "name": name, "line": {"color": LINE, "width": 2}, "hoverinfo": "skip"} | drawn]


def target_trace(comparison: TeamComparison) -> list[Trace]:
    """The target as a dashed line through all rows."""
    value = seen(comparison.target)
    if value is None:
        return []
    line = {"color": TARGET, "width": 2.5, "dash": "longdash"}
    drawn = {"x": [value, value], "y": [-0.5, len(comparison.dots) - 0.5], "mode": "lines"}
    return [{"type": "scatter", "name": target_beside_teams(comparison), "line": line, "hoverinfo": "skip"} | drawn]


def _value_label(row: int, text: str) -> dict[str, Any]:
    label_place = {"x": 1, "xref": "paper", "y": row, "xanchor": "left", "xshift": 10}
    return {"text": text, "showarrow": False} | label_place
