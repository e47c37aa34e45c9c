"""What every figure shares: plain dictionaries for Plotly, small, still, and the same in both themes.

Backgrounds are transparent and no font colour is set, so Streamlit's own theme gives both. The empty template keeps
Plotly from repeating a default one in every figure.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable
from typing import Any

from improvement_board.charts.palette import TEXT
from improvement_board.words import on_one_line

Figure = dict[str, Any]
Trace = dict[str, Any]

FONT_SIZE = 14
LETTER_WIDTH = 7.4
DIGIT_WIDTH = 8
LABEL_GAP = 18
AUTOMARGIN_PAD = 12  # what Plotly adds to the room that labels need
LABEL_LINE = 17
MOST_TICKS = 5
SEEN_DIGITS = 6
HOVER_LETTERS = 34
MOST_HOVER_LINES = 4
HEADROOM = 1.1
TRANSPARENT = "rgba(0,0,0,0)"
ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "&#36;"})


def config() -> dict[str, Any]:
    """Plotly's settings for every chart: no tool bar (seven tab stops), nothing sent anywhere, no zoom."""
    return {
        "displayModeBar": False,
        "displaylogo": False,
        "modeBarButtonsToRemove": ["sendChartToCloud"],
        "showSendToCloud": False,
        "plotlyServerURL": "",
        "scrollZoom": False,
        "doubleClick": False,
        "locale": "en-GB",
    }


def escaped(text: str, longest: int | None = None) -> str:
    """A name from somebody's file for Plotly, which reads a little HTML and LaTeX in every text; cut to `longest`."""
    one_line = on_one_line(text)
    if longest is not None and len(one_line) > longest:
        one_line = one_line[: longest - 1].rstrip() + "…"
    return one_line.translate(ENTITIES)


def wrapped(text: str, width: int, lines: int = 2) -> str:
    """A name on at most so many lines of `width` letters, escaped, the rest cut."""
    one_line = on_one_line(text)
    if len(one_line) <= width:
        return escaped(one_line)
    parts = textwrap.wrap(one_line, width, max_lines=lines, placeholder="…", break_long_words=True)
    return "<br>".join(escaped(part) for part in parts)


def hover_text(title: str, *lines: str) -> str:
    """What a mark says when touched: a bold title and lines, escaped, and wrapped so that a phone shows all of it."""
    bold = [f"<b>{part}</b>" for part in wrapped(title, HOVER_LETTERS, MOST_HOVER_LINES).split("<br>")]
    return "<br>".join([*bold, *(wrapped(line, HOVER_LETTERS, MOST_HOVER_LINES) for line in lines)])


def seen(value: float | None) -> float | None:
    """A number with the digits that can be seen on a screen; what is not finite is absent."""
    if value is None or not math.isfinite(value):
        return None
    return float(f"{value:.{SEEN_DIGITS}g}")


def all_seen(values: Iterable[float | None]) -> list[float | None]:
    """`seen` for every value."""
    return [seen(value) for value in values]


def chart_layout(
    *, height: int, top: int = 8, right: int = 12, bottom: int = 0, left: int = 8, **more: Any
) -> dict[str, Any]:
    """The layout all figures share; margins in pixels. The legend is not Plotly's.

    Axis labels that need more room than `bottom` and `left` make it, but then Plotly draws the figure a second time.
    """
    base = {
        "template": {},
        "height": height,
        "margin": {"t": top, "b": bottom, "l": left, "r": right, "pad": 4},
        "font": {"size": FONT_SIZE, "color": TEXT},
        "paper_bgcolor": TRANSPARENT,
        "plot_bgcolor": TRANSPARENT,
        "separators": ".,",
        "dragmode": False,
        "hovermode": "closest",
        "hoverdistance": 40,
        "hoverlabel": {"font": {"size": FONT_SIZE, "color": TEXT}, "align": "left"},
        "showlegend": False,
    }
    return base | more


def axis(**more: Any) -> dict[str, Any]:
    """An axis that a finger cannot drag, with readable labels."""
    font = {"size": FONT_SIZE, "color": TEXT}
    no_title = {"text": "", "standoff": 0}
    return {"fixedrange": True, "automargin": True, "tickangle": 0, "tickfont": font, "title": no_title} | more


def value_axis(unit: str, **more: Any) -> dict[str, Any]:
    """The axis figures are read from: five labels, thousands grouped, percentages marked and kept within 0 to 100."""
    shared = axis(nticks=MOST_TICKS, separatethousands=True, exponentformat="none", showgrid=True)
    if unit == "percent":
        shared |= {"ticksuffix": "%", "autorangeoptions": {"clipmin": 0, "clipmax": 100}}
    return shared | more


def band_axis(unit: str, highest: float, *, labelled: int) -> dict[str, Any]:
    """The bounds of an axis that ranges are drawn on, from zero, with a line at the ends of each: of percentages always
    up to 100, every so many `labelled`; of any other unit up to the `highest` drawn."""
    if unit != "percent":
        return {"range": [0, seen(highest * HEADROOM)]}
    marks = list(range(0, 101, 10))
    labels = [f"{mark}%" if mark % labelled == 0 else "" for mark in marks]
    return {"range": [0, 100], "tickvals": marks, "ticktext": labels}


def room_for_labels(values: Iterable[float | None], unit: str) -> int:
    """The pixels that the labels of an axis of such values need beside the plot: some more, rather than less."""
    known = [value for value in values if value is not None]
    if not known:
        return 0
    step = (max(known) - min(known)) / MOST_TICKS
    decimals = 0 if step >= 1 or step <= 0 else math.ceil(-math.log10(step))
    highest = max(known) * 1.05
    if unit == "percent":
        highest = min(highest, 100.0)
    letters = len(f"{highest:,.{decimals}f}") + (1.5 if unit == "percent" else 0)
    return LABEL_GAP + AUTOMARGIN_PAD + math.ceil(DIGIT_WIDTH * letters)


def empty_figure(message: str, height: int = 200) -> Figure:
    """A figure that says why it is empty; Streamlit refuses one without any trace."""
    hidden = axis(visible=False)
    text = {"text": wrapped(message, 40, 4), "showarrow": False, "xref": "paper", "yref": "paper", "x": 0.5, "y": 0.5}
    nothing = {"type": "scatter", "x": [], "y": [], "hoverinfo": "skip", "showlegend": False}
    made = chart_layout(height=height, xaxis=hidden, yaxis=hidden, annotations=[text])
    return {"data": [nothing], "layout": made}
