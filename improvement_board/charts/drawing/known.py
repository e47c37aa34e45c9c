"""What of a figure can be drawn: every property that has a meaning here, and what it may be."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from improvement_board.charts.palette import TEXT
from improvement_board.charts.parts import TRANSPARENT, Figure

ANY = object()
"""A property that may have any value."""

FONT = {"size": ANY, "color": (TEXT,)}
DASHES = ("solid", "dot", "dash", "longdash")
LINE = {"color": ANY, "width": ANY, "dash": DASHES}
SYMBOLS = (
    *("circle", "circle-open", "diamond", "square", "triangle-up", "triangle-down"),
    *("x", "cross", "hourglass", "line-ns-open"),
)
WITHOUT_INK = dict.fromkeys(("name", "legendrank", "showlegend", "hovertext", "hoverinfo", "customdata"), ANY)
AXES = {"xaxis": ("x",), "yaxis": ("y", "y2")}
PATTERN = {
    "shape": ("/",),
    "fillmode": ("overlay",),
    **dict.fromkeys(("fgcolor", "fgopacity", "size", "solidity"), ANY),
}
TRACES: dict[str, dict[str, Any]] = {
    "scatter": WITHOUT_INK
    | AXES
    | {
        "type": ANY,
        "x": ANY,
        "y": ANY,
        "text": ANY,
        "textfont": FONT,
        "line": LINE,
        "cliponaxis": (True, False),
        "mode": ("lines", "markers", "lines+markers", "text"),
        "fill": ("toself",),
        "fillcolor": ANY,
        "marker": {
            "color": ANY,
            "size": ANY,
            "symbol": SYMBOLS,
            "opacity": (1,),
            "line": {"color": ANY, "width": ANY},
        },
    },
    "bar": WITHOUT_INK
    | AXES
    | {
        **dict.fromkeys(("type", "x", "y", "base", "width"), ANY),
        "orientation": ("h", "v"),
        "marker": {"color": ANY, "pattern": PATTERN},
    },
}
AXIS = {
    "type": ("date",),
    "range": ANY,
    "rangemode": ("tozero",),
    "autorangeoptions": {"clipmin": ANY, "clipmax": ANY},
    "visible": (True, False),
    "overlaying": ("y",),
    "fixedrange": ANY,
    "automargin": (True, False),
    "nticks": ANY,
    "dtick": ANY,
    "tickvals": ANY,
    "ticktext": ANY,
    "ticksuffix": ANY,
    "tickangle": (0,),
    "tickfont": FONT,
    "showticklabels": (True, False),
    "separatethousands": (True, False),
    "exponentformat": ("none",),
    "showgrid": (True, False),
    "zeroline": (True, False),
    "title": {"text": ANY, "standoff": ANY, "font": FONT},
}
SHAPE = {
    "type": ("line", "rect"),
    "layer": ("below",),
    "line": LINE,
    "fillcolor": ANY,
    "yref": ("paper",),
    **dict.fromkeys(("x0", "x1", "y0", "y1"), ANY),
}
ANNOTATION = {
    **dict.fromkeys(("x", "y", "text", "xshift", "ay", "borderpad", "arrowwidth", "arrowcolor"), ANY),
    "hovertext": ANY,
    "font": {"size": ANY, "color": ANY},
    "showarrow": (True, False),
    "arrowhead": (0,),
    "ax": (0,),
    "xref": ("paper",),
    "yref": ("paper",),
    "xanchor": ("left", "center"),
    "yanchor": ("middle",),
}
LAYOUT = {
    **dict.fromkeys(("height", "hovermode", "hoverdistance", "hoverlabel", "dragmode", "bargap"), ANY),
    "template": {},
    "margin": dict.fromkeys(("t", "b", "l", "r", "pad"), ANY),
    "font": FONT,
    "paper_bgcolor": (TRANSPARENT,),
    "plot_bgcolor": (TRANSPARENT,),
    "separators": (".,",),
    "showlegend": (False,),
    "barmode": ("stack",),
    "xaxis": AXIS,
    "yaxis": AXIS,
    "yaxis2": AXIS,
}


class UndrawableError(ValueError):
    """A figure has something that the drawing does not know, so that it would be drawn wrong."""


def refuse_unknown(figure: Figure) -> None:
    """Raises `UndrawableError`, which names the first trace type, property or value that is not known."""
    _refuse_within(figure, {"data": ANY, "layout": ANY}, "figure")
    for at, trace in enumerate(figure["data"]):
        if trace.get("type") not in TRACES:
            raise UndrawableError(f"data[{at}].type is {trace.get('type')!r}: known are {', '.join(TRACES)}")
        _refuse_within(trace, TRACES[trace["type"]], f"data[{at}]")
        if trace["type"] == "scatter" and trace["x"] and "mode" not in trace:
            raise UndrawableError(f"data[{at}].mode is not given: known are lines, markers, both and text")
    layout = figure["layout"]
    _refuse_within(layout, LAYOUT | {"shapes": ANY, "annotations": ANY}, "layout")
    for part, known in (("shapes", SHAPE), ("annotations", ANNOTATION)):
        for at, given in enumerate(layout.get(part, [])):
            _refuse_within(given, known, f"layout.{part}[{at}]")
    if sum(trace["type"] == "bar" for trace in figure["data"]) > 1 and "barmode" not in layout:
        raise UndrawableError("layout.barmode is not given with several traces of bars: bars beside each other")


def _refuse_within(given: Mapping[str, Any], known: Mapping[str, Any], at: str) -> None:
    for name, value in given.items():
        if name not in known:
            raise UndrawableError(f"{at}.{name} is not known: known are {', '.join(sorted(known)) or 'none'}")
        allowed: Any = known[name]
        if isinstance(allowed, Mapping):
            if not isinstance(value, Mapping):
                raise UndrawableError(f"{at}.{name} is {value!r}: not a table")
            _refuse_within(value, allowed, f"{at}.{name}")
        elif isinstance(allowed, Collection) and value not in allowed:
            raise UndrawableError(f"{at}.{name} is {value!r}: known are {', '.join(map(repr, allowed))}")
