"""How cases are spread over workers: how many workers hold each number of cases, and who is above the limit."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

from improvement_board.charts.palette import CONCERN, TARGET, TEXT, VALUE
from improvement_board.charts.parts import (
    FONT_SIZE,
    Figure,
    Trace,
    axis,
    chart_layout,
    empty_figure,
    seen,
)
from improvement_board.figures.formats import format_value
from improvement_board.figures.series import Distribution
from improvement_board.words import distribution_headline

PLOT_HEIGHT = 250
TICK_ROOM = 62
FEW_WORKERS = 5


def distribution_chart(distribution: Distribution, *, height: int | None = None) -> Figure:
    """A bar for each number of cases, as high as the workers who hold it; those above the limit striped and orange.

    The cases are the workers' numerators; a part of a case counts up to the next whole one. `height` in pixels.
    """
    held = [worker.numerator for worker in distribution.workers if worker.numerator is not None]
    if not held:
        return empty_figure(distribution_headline(distribution))
    limit = distribution.limit
    limit_text = format_value(limit, "count")
    within = Counter(math.ceil(cases) for cases in held if cases <= limit)
    above = Counter(math.ceil(cases) for cases in held if cases > limit)
    line_at = limit + 0.5 if limit == int(limit) else limit
    traces = [
        *_bars(within, f"Workers with {limit_text} cases or fewer", {"color": VALUE}),
        *_bars(above, f"Workers with more than {limit_text}", _striped()),
    ]
    top_bar = max((within + above).values())
    traces.append(_limit_line(line_at, top_bar, f"Limit: {limit_text} cases"))
    whole = {"dtick": 1} if top_bar <= FEW_WORKERS else {"nticks": 5}
    return {
        "data": traces,
        "layout": chart_layout(
            height=height or PLOT_HEIGHT + TICK_ROOM,
            top=12,
            barmode="stack",
            bargap=0.08,
            xaxis=axis(title=_title("Cases held"), nticks=8, showgrid=False, zeroline=False),
            yaxis=axis(title=_title("Workers"), rangemode="tozero", showgrid=True, **whole),
        ),
    }


def _title(text: str) -> dict[str, Any]:
    return {"text": text, "standoff": 6, "font": {"size": FONT_SIZE, "color": TEXT}}


def _bars(counted: Counter[int], name: str, marker: dict[str, Any]) -> list[Trace]:
    if not counted:
        return []
    cases = sorted(counted)
    workers = [counted[held] for held in cases]
    hover = [
        f"{number} {'worker holds' if number == 1 else 'workers hold'} {held:,} {'case' if held == 1 else 'cases'}"
        for held, number in zip(cases, workers, strict=True)
    ]
    drawn = {"x": cases, "y": workers, "width": 0.92, "marker": marker}
    return [{"type": "bar", "name": name, "hovertext": hover, "hoverinfo": "text"} | drawn]


def _striped() -> dict[str, Any]:
    pattern = {"shape": "/", "fillmode": "overlay", "fgcolor": "#ffffff", "fgopacity": 0.55, "size": 7, "solidity": 0.3}
    return {"color": CONCERN, "pattern": pattern}


def _limit_line(at: float, top: int, name: str) -> Trace:
    drawn = {"x": [seen(at), seen(at)], "y": [0, top], "line": {"color": TARGET, "width": 2.5, "dash": "longdash"}}
    return {"type": "scatter", "mode": "lines", "name": name, "hoverinfo": "skip"} | drawn
