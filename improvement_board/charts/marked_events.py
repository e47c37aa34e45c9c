"""Events on a chart: a vertical line each and a letter above it; what the letters stand for is said below the chart."""

from __future__ import annotations

from datetime import date
from typing import Any

from improvement_board.charts.legend import event_letters
from improvement_board.charts.palette import LINE
from improvement_board.charts.parts import escaped
from improvement_board.charts.timeline import edges
from improvement_board.declared.events import Event
from improvement_board.figures.formats import format_day
from improvement_board.figures.series import Series
from improvement_board.words import marked_events

NARROW_PLOT = 270
MOST_ROWS = 4
ROW = 19
FIRST_ROW = 12
LETTER_ROOM = 20


def event_marks(series: Series) -> tuple[list[dict[str, Any]], list[dict[str, Any]], int]:
    """Lines, labels, and the room above the plot that the labels need, in pixels.

    A rebase line stands where the new limits start. Letters are laid out for the narrowest screen, in up to four rows;
    one that finds no room is left to the words below the chart.
    """
    marked = [(event, event_place(series, event, index)) for event, index in marked_events(series)]
    rows = _rows(series, marked)
    lines = [event_line(event, day) for event, day in marked]
    letters = event_letters(len(marked))
    labels = [_label(letters[at], event, day, rows[at]) for at, (event, day) in enumerate(marked) if at in rows]
    room = FIRST_ROW + ROW * (1 + max(rows.values(), default=-1))
    return lines, labels, room if rows else 0


def event_place(series: Series, event: Event, index: int) -> date:
    """The day at which an event stands on the axis."""
    return edges(series)[index] if event.rebase else series.period_ends[index]


def _rows(series: Series, marked: list[tuple[Event, date]]) -> dict[int, int]:
    """For each event that finds room: the row of its letter."""
    bounds = edges(series)
    per_day = NARROW_PLOT / max(1, (bounds[-1] - bounds[0]).days)
    taken: list[list[float]] = [[] for _ in range(MOST_ROWS)]
    rows = {}
    for at, (_, day) in enumerate(marked):
        left_edge = (day - bounds[0]).days * per_day
        for row, places in enumerate(taken):
            if all(abs(left_edge - other) >= LETTER_ROOM for other in places):
                places.append(left_edge)
                rows[at] = row
                break
    return rows


def event_line(event: Event, day: date) -> dict[str, Any]:
    """The vertical line of an event."""
    line = {"color": LINE, "width": 1.5 if event.rebase else 1, "dash": "solid" if event.rebase else "dot"}
    line_ends = {"x0": day.isoformat(), "x1": day.isoformat(), "y0": 0, "y1": 1, "yref": "paper"}
    return {"type": "line", "layer": "below", "line": line} | line_ends


def _label(letter: str, event: Event, day: date, row: int) -> dict[str, Any]:
    return {
        "x": day.isoformat(),
        "y": 1,
        "yref": "paper",
        "text": f"<b>{letter}</b>",
        "hovertext": f"{format_day(event.day)}: {escaped(event.title)}",
        "showarrow": True,
        "borderpad": 2,
        "arrowhead": 0,
        "arrowwidth": 1,
        "arrowcolor": LINE,
        "ax": 0,
        "ay": -(FIRST_ROW + ROW * row),
        "xanchor": "center",
        "yanchor": "middle",
    }
