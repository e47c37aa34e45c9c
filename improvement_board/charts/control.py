"""The chart of one KPI over time: a control chart where the series bears one, else a plain line."""

from __future__ import annotations

from improvement_board.charts.bands import band_chart
from improvement_board.charts.hidden import hidden_axis, hidden_marks
from improvement_board.charts.marked_events import event_marks
from improvement_board.charts.palette import COMMON_CAUSE, MARKS
from improvement_board.charts.parts import (
    LABEL_GAP,
    LABEL_LINE,
    LETTER_WIDTH,
    Figure,
    Trace,
    all_seen,
    chart_layout,
    empty_figure,
    hover_text,
    room_for_labels,
    seen,
    value_axis,
)
from improvement_board.charts.surroundings import band_trace, comparator_traces, mean_trace, target_trace
from improvement_board.charts.timeline import label_lines, time_axis
from improvement_board.figures.formats import format_period, format_value, unit_words
from improvement_board.figures.series import Series
from improvement_board.words import headline, missing_words, variation_clause

PLOT_HEIGHT = 250
TICK_ROOM = 44
MANY_POINTS = 60
FIGURE_NAMES = {"month": "Each month", "quarter": "Each quarter", "year": "Each year"}


def control_chart(series: Series, *, height: int | None = None) -> Figure:
    """The series with average, limits, target, comparators and events, as a dictionary for `st.plotly_chart`.

    Points of special cause differ by shape and colour; a missing value is a gap. Without a control chart, or with too
    few points for limits, it is the line alone with target and comparators; where only ranges are given, a chart of
    those. What protection keeps back is marked as such. `height` in pixels.
    """
    if series.is_banded:
        return band_chart(series, height=height)
    if series.latest is None:
        return empty_figure(headline(series))
    traces = [*band_trace(series), *mean_trace(series), *target_trace(series), *comparator_traces(series)]
    traces += [_values(series), *_special_points(series)]
    shaded, hidden = hidden_marks(series)
    shapes, labels, top = event_marks(series)
    dates = time_axis(series)
    latest = format_value(series.latest_value, series.unit).split(" ")[0]
    is_never_negative = all(value is None or value >= 0 for value in series.values)
    bounds = {"autorangeoptions": {"clipmin": 0}} if is_never_negative and series.unit != "percent" else {}
    return {
        "data": [*traces, *hidden],
        "layout": chart_layout(
            height=height or PLOT_HEIGHT + top + TICK_ROOM,
            top=top + 12,
            right=int(18 + LETTER_WIDTH * 1.25 * len(latest)),
            bottom=LABEL_GAP + LABEL_LINE * label_lines(dates),
            left=room_for_labels((value for trace in traces for value in trace["y"]), series.unit),
            hovermode="x",
            xaxis=dates,
            yaxis=value_axis(series.unit, **bounds),
            shapes=[*shaded, *shapes],
            annotations=[*labels, _latest_label(series, latest)],
            **({"yaxis2": hidden_axis()} if hidden else {}),
        ),
    }


def _values(series: Series) -> Trace:
    size = 5 if len(series.values) > MANY_POINTS else 7
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": f"{FIGURE_NAMES[series.grain]} ({unit_words(series.unit)})",
        "legendrank": 1,
        "x": [day.isoformat() for day in series.period_ends],
        "y": all_seen(series.values),
        "line": {"color": COMMON_CAUSE.colour, "width": 2},
        "marker": {"color": COMMON_CAUSE.colour, "size": size, "symbol": COMMON_CAUSE.symbol},
        "hovertext": [_hover(series, index) for index in range(len(series.values))],
        "hoverinfo": "text",
        "cliponaxis": False,
    }


def _special_points(series: Series) -> list[Trace]:
    if series.presented is None:
        return []
    traces = []
    for rank, (kind, mark) in enumerate(MARKS.items()):
        places = [index for index, point_type in enumerate(series.presented.point_types) if point_type == kind]
        if places:
            traces.append(
                {
                    "type": "scatter",
                    "mode": "markers",
                    "name": mark.name,
                    "legendrank": 2 + rank,
                    "x": [series.period_ends[index].isoformat() for index in places],
                    "y": [seen(series.values[index]) for index in places],
                    "marker": {
                        "color": mark.colour,
                        "symbol": mark.symbol,
                        "size": 8 if len(series.values) > MANY_POINTS else 11,
                    },
                    "hoverinfo": "skip",
                    "cliponaxis": False,
                }
            )
    return traces


def _hover(series: Series, index: int) -> str:
    """What a point says when touched: period, figure and its parts, how it stands, target."""
    period = format_period(series.period_ends[index], series.grain, series.definition.timing)
    if series.values[index] is None:
        return hover_text(f"{period}: {missing_words(series, index)}")
    lines = []
    numerator, denominator = series.numerators[index], series.denominators[index]
    if numerator is not None and denominator is not None:
        lines.append(f"{format_value(numerator, 'count')} of {format_value(denominator, 'count')}")
    clause = variation_clause(series, index)
    if clause:
        lines.append(clause[:1].upper() + clause[1:])
    target = series.targets[index]
    if target is not None:
        lines.append(f"Target {format_value(target, series.unit)}")
    return hover_text(f"{period}: {format_value(series.values[index], series.unit)}", *lines)


def _latest_label(series: Series, text: str) -> dict[str, object]:
    index = series.latest or 0
    return {
        "x": series.period_ends[index].isoformat(),
        "y": seen(series.values[index]),
        "text": f"<b>{text}</b>",
        "font": {"size": 16},
        "showarrow": False,
        "xanchor": "left",
        "xshift": 9,
    }
