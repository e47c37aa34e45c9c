"""Periods that small-number protection keeps back: a shaded stretch each with a c in it, never a figure of zero."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any

from improvement_board.charts.palette import BAND, LINE
from improvement_board.charts.parts import FONT_SIZE, Trace, hover_text
from improvement_board.charts.timeline import edges
from improvement_board.figures.formats import HIDDEN_WORDS, format_period
from improvement_board.figures.series import Series
from improvement_board.protection.rows import HIDDEN
from improvement_board.words import is_hidden

FROM_EDGE = 0.07
SECOND_AXIS = "y2"


def hidden_marks(series: Series, *, at_top: bool = False) -> tuple[list[dict[str, Any]], list[Trace]]:
    """Shapes and a trace for what is kept back: one of each run of periods; none where nothing is.

    The trace stands on a second axis from 0 to 1 (`hidden_axis`), so that it needs no figure to stand at;
    its letters are at the foot or `at_top`, where the figures are not.
    """
    runs = list(_runs(series))
    if not runs:
        return [], []
    bounds = edges(series)
    spans = [(bounds[first], bounds[last + 1]) for first, last in runs]
    trace = {
        "type": "scatter",
        "mode": "text",
        "name": f"{HIDDEN}: {HIDDEN_WORDS}",
        "legendrank": 60,
        "x": [(start + (end - start) / 2).isoformat() for start, end in spans],
        "y": [1 - FROM_EDGE if at_top else FROM_EDGE] * len(spans),
        "yaxis": SECOND_AXIS,
        "text": [f"<b>{HIDDEN}</b>"] * len(spans),
        "textfont": {"size": FONT_SIZE},
        "hovertext": [hover_text(f"{_span(series, first, last)}: {HIDDEN_WORDS}") for first, last in runs],
        "hoverinfo": "text",
        "cliponaxis": False,
    }
    return [_shade(start, end) for start, end in spans], [trace]


def hidden_axis() -> dict[str, Any]:
    """The second axis, unseen."""
    return {"overlaying": "y", "range": [0, 1], "visible": False, "fixedrange": True}


def _runs(series: Series) -> Iterator[tuple[int, int]]:
    """The first and last place of periods kept back one after another."""
    places = range(len(series.period_ends))
    for hidden, run in groupby(places, key=lambda index: is_hidden(series, index)):
        if hidden:
            members = list(run)
            yield members[0], members[-1]


def _span(series: Series, first: int, last: int) -> str:
    said = [format_period(series.period_ends[at], series.grain, series.definition.timing) for at in (first, last)]
    return said[0] if first == last else f"{said[0]} up to {said[1]}"


def _shade(start: date, end: date) -> dict[str, Any]:
    shape_place = {"x0": start.isoformat(), "x1": end.isoformat(), "y0": 0, "y1": 1, "yref": "paper"}
    return {
        "type": "rect",
        "layer": "below",
        "fillcolor": BAND,
        "line": {"color": LINE, "width": 1, "dash": "dot"},
    } | shape_place
