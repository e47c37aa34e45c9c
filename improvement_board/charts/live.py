"""What Plotly is told beside a figure, so that it stands where its drawing stood and follows the theme of the page."""

from __future__ import annotations

from typing import Any

from improvement_board.charts.palette import TEXT
from improvement_board.charts.parts import Figure, config

# No colours but places for them, as TEXT is: the style of the page paints what has them, in either theme.
GRID, GROUND, EDGE = "#000038", "#000039", "#00003a"
_LINES = {"zerolinecolor": GRID, "gridcolor": GRID, "tickcolor": GRID, "automargin": True}
_TITLE = {"font": {"color": TEXT, "size": 14}}
THEME: dict[str, Any] = {
    "layout": {
        "font": {"color": TEXT, "size": 12, "weight": 400},
        "xaxis": _LINES | {"showgrid": False, "zeroline": False, "title": _TITLE | {"standoff": 20}},
        "yaxis": _LINES | {"ticklabelposition": "outside", "title": _TITLE | {"standoff": 24}},
        "margin": {"pad": 8, "r": 0, "l": 0},
        "hoverlabel": {"bgcolor": GROUND, "bordercolor": EDGE},
    }
}


def live_figure(figure: Figure) -> dict[str, Any]:
    """What Plotly draws a live chart from: the figure's `data` and `layout`, on the theme that its drawing has, and
    Plotly's `config`."""
    return {"data": figure["data"], "layout": figure["layout"] | {"template": THEME}, "config": config()}
