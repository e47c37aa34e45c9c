"""Events on a chart: a vertical line each, and a label that does not run into another on a phone."""

from __future__ import annotations

from datetime import date
from typing import Any

from improvement_board.charts.palette import LINE
from improvement_board.charts.parts import LETTER_WIDTH, escaped
from improvement_board.charts.timeline import edges
from improvement_board.figures_format import format_day
from improvement_board.models import Event, Series
from improvement_board.words import marked_events

NARROW_PLOT = 270
MOST_ROWS = 4
ROW = 19
FIRST_ROW = 12
LABEL_LETTERS = 26


def event_marks(series: Series) -> tuple[list[dict[str, Any]], list[dict[str, Any]], int]:
    """Lines, labels, and the room above the plot that the labels need, in pixels.

    A rebase line stands where the new limits start and its label is placed first. Labels are laid out for the narrowest
    screen, in up to four rows; one that finds no room is left to `event_words` below the chart.
    """
    marked = [(event, _day(series, event, place)) for event, place in marked_events(series)]
    rows = _rows(series, marked)
    lines = [_line(event, day) for event, day in marked]
    labels = [_label(event, day, *rows[at]) for at, (event, day) in enumerate(marked) if at in rows]
    room = FIRST_ROW + ROW * (1 + max((row for row, _ in rows.values()), default=-1))
    return lines, labels, room if rows else 0


def _day(series: Series, event: Event, place: int) -> date:
    return edges(series)[place] if event.rebase else series.period_ends[place]


def _rows(series: Series, marked: list[tuple[Event, date]]) -> dict[int, tuple[int, bool]]:
    """For each event that finds room: its row, and whether its label runs to the left of its line."""
    bounds = edges(series)
    per_day = NARROW_PLOT / max(1, (bounds[-1] - bounds[0]).days)
    taken: list[list[tuple[float, float]]] = [[] for _ in range(MOST_ROWS)]
    rows = {}
    for at in sorted(range(len(marked)), key=lambda at: (not marked[at][0].rebase, at)):
        event, day = marked[at]
        start = (day - bounds[0]).days * per_day
        width = LETTER_WIDTH * min(len(event.title), LABEL_LETTERS) + 8
        runs_left = start + width > NARROW_PLOT + 30
        span = (start - width, start) if runs_left else (start, start + width)
        for row, spans in enumerate(taken):
            if all(span[1] <= first or last <= span[0] for first, last in spans):
                spans.append(span)
                rows[at] = (row, runs_left)
                break
    return rows


def _line(event: Event, day: date) -> dict[str, Any]:
    line = {"color": LINE, "width": 1.5 if event.rebase else 1, "dash": "solid" if event.rebase else "dot"}
    place = {"x0": day.isoformat(), "x1": day.isoformat(), "y0": 0, "y1": 1, "yref": "paper"}
    return {"type": "line", "layer": "below", "line": line} | place


def _label(event: Event, day: date, row: int, runs_left: bool) -> dict[str, Any]:
    return {
        "x": day.isoformat(),
        "y": 1,
        "yref": "paper",
        "text": escaped(event.title, LABEL_LETTERS),
        "hovertext": f"{format_day(event.day)}: {escaped(event.title)}",
        "showarrow": True,
        "borderpad": 3,
        "arrowhead": 0,
        "arrowwidth": 1,
        "arrowcolor": LINE,
        "ax": 0,
        "ay": -(FIRST_ROW + ROW * row),
        "xanchor": "right" if runs_left else "left",
        "yanchor": "middle",
    }
