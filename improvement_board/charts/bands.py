"""The chart of a team's figures where only ranges of them are given: a bar from low to high for each period."""

from __future__ import annotations

from typing import Any

from improvement_board.charts.hidden import hidden_axis, hidden_marks
from improvement_board.charts.marked_events import event_marks
from improvement_board.charts.palette import VALUE
from improvement_board.charts.parts import (
    LABEL_GAP,
    LABEL_LINE,
    LETTER_WIDTH,
    Figure,
    Trace,
    band_axis,
    chart_layout,
    empty_figure,
    hover_text,
    room_for_labels,
    seen,
    value_axis,
)
from improvement_board.charts.surroundings import comparator_traces, target_trace
from improvement_board.charts.timeline import HALF_PERIOD_DAYS, label_lines, time_axis
from improvement_board.figures.formats import format_band, format_band_short, format_period, format_value
from improvement_board.figures.series import Series
from improvement_board.words import band_at, headline, latest_index

PLOT_HEIGHT = 250
TICK_ROOM = 44
SHARE_OF_PERIOD = 0.8
MILLISECONDS_A_DAY = 86_400_000
BAND_NAME = "Range the figure lies in"


def band_chart(series: Series, *, height: int | None = None) -> Figure:
    """The ranges of a series, what is kept back, target, comparators and events, from zero, percentages up to
    100; `height` in pixels.

    A range is drawn in one colour from its low to its high end: nothing in it says where the figure lies.
    """
    latest = latest_index(series)
    if latest is None:
        return empty_figure(headline(series))
    around = [*target_trace(series), *comparator_traces(series)]
    drawn = [*series.highs, *(value for trace in around for value in trace["y"])]
    highest = max(value for value in drawn if value is not None)
    bounds = band_axis(series.unit, highest, labelled=20)
    low, _ = band_at(series, latest)
    shaded, hidden = hidden_marks(series, at_top=low < bounds["range"][1] / 2)
    shapes, labels, top = event_marks(series)
    dates = time_axis(series)
    is_last = latest == len(series.period_ends) - 1
    text = format_band_short(*band_at(series, latest), series.unit) if is_last else ""
    return {
        "data": [_bars(series), *around, *hidden],
        "layout": chart_layout(
            height=height or PLOT_HEIGHT + top + TICK_ROOM,
            top=top + 12,
            right=int(18 + LETTER_WIDTH * 1.25 * len(text)),
            bottom=LABEL_GAP + LABEL_LINE * label_lines(dates),
            left=room_for_labels(bounds["range"], series.unit),
            hovermode="x",
            xaxis=dates,
            yaxis=value_axis(series.unit, **bounds),
            shapes=[*shaded, *shapes],
            annotations=[*labels, *([_latest_label(series, latest, text)] if text else [])],
            **({"yaxis2": hidden_axis()} if hidden else {}),
        ),
    }


def _bars(series: Series) -> Trace:
    places = [index for index, low in enumerate(series.lows) if low is not None]
    bands = [band_at(series, index) for index in places]
    return {
        "type": "bar",
        "name": BAND_NAME,
        "legendrank": 1,
        "x": [series.period_ends[index].isoformat() for index in places],
        "base": [seen(low) for low, _ in bands],
        "y": [seen(high - low) for low, high in bands],
        "width": int(2 * HALF_PERIOD_DAYS[series.grain] * SHARE_OF_PERIOD * MILLISECONDS_A_DAY),
        "marker": {"color": VALUE},
        "hovertext": [_hover(series, index) for index in places],
        "hoverinfo": "text",
    }


def _hover(series: Series, index: int) -> str:
    period = format_period(series.period_ends[index], series.grain, series.definition.timing)
    target = series.targets[index]
    lines = [] if target is None else [f"Target {format_value(target, series.unit)}"]
    return hover_text(f"{period}: {format_band(*band_at(series, index), series.unit)}", *lines)


def _latest_label(series: Series, index: int, text: str) -> dict[str, Any]:
    low, high = band_at(series, index)
    return {
        "x": 1,
        "xref": "paper",
        "y": seen((low + high) / 2),
        "text": f"<b>{text}</b>",
        "font": {"size": 16},
        "showarrow": False,
        "xanchor": "left",
        "xshift": 7,
    }
