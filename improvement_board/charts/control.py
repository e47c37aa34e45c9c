"""The chart of one KPI over time, with what its verdict rests on where it bears one."""

from __future__ import annotations

from improvement_board.charts.bands import band_chart
from improvement_board.charts.hidden import hidden_axis, hidden_marks
from improvement_board.charts.marked_events import event_marks
from improvement_board.charts.palette import MARKS, PLAIN, TEXT
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
from improvement_board.figures.formats import format_month, format_period, format_value, unit_words
from improvement_board.figures.series import Series
from improvement_board.verdicts import Verdict
from improvement_board.words import headline, marked_months, missing_words, verdict_word

PLOT_HEIGHT = 250
TICK_ROOM = 44
MANY_POINTS = 60
FIGURE_NAMES = {"month": "Each month", "quarter": "Each quarter", "year": "Each year"}


def control_chart(series: Series, *, height: int | None = None) -> Figure:
    """The series with the baseline's average and range, target, comparators and events, as a dictionary for
    Plotly.

    The months that decide a verdict of change differ by shape and colour; a missing value is a gap. Without a verdict
    it is the line alone with target and comparators; where only ranges are given, a chart of those. What protection
    keeps back is marked as such. `height` in pixels.
    """
    if series.is_banded:
        return band_chart(series, height=height)
    if series.latest is None:
        return empty_figure(headline(series))
    traces = [*band_trace(series), *mean_trace(series), *target_trace(series), *comparator_traces(series)]
    traces += [value_trace(series), *deciding_points(series)]
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


def value_trace(series: Series) -> Trace:
    """The line of a series' own figures, the darkest of a chart."""
    size = 5 if len(series.values) > MANY_POINTS else 7
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": f"{FIGURE_NAMES[series.grain]} ({unit_words(series.unit)})",
        "legendrank": 1,
        "x": [day.isoformat() for day in series.period_ends],
        "y": all_seen(series.values),
        "line": {"color": TEXT, "width": 2},
        "marker": {"color": TEXT, "size": size, "symbol": PLAIN.symbol},
        "hovertext": [_hover(series, index) for index in range(len(series.values))],
        "hoverinfo": "text",
        "cliponaxis": False,
    }


def deciding_points(series: Series) -> list[Trace]:
    """The months that decide a verdict of change, by its shape and colour."""
    places = marked_months(series)
    if series.verdict is None or not places:
        return []
    mark = MARKS[verdict_word(series.verdict)]
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "name": _since(series.verdict),
            "legendrank": 2,
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
    ]


def _since(verdict: Verdict) -> str:
    """What the marked months are: "Worse since March 2026"."""
    word = MARKS[verdict_word(verdict)].name
    return word if verdict.since is None else f"{word} since {format_month(verdict.since)}"


def _hover(series: Series, index: int) -> str:
    """What a point says when touched: period, figure and its parts, how it stands, target."""
    period = format_period(series.period_ends[index], series.grain, series.definition.timing)
    if series.values[index] is None:
        return hover_text(f"{period}: {missing_words(series, index)}")
    lines = []
    numerator, denominator = series.numerators[index], series.denominators[index]
    if numerator is not None and denominator is not None:
        lines.append(f"{format_value(numerator, 'count')} of {format_value(denominator, 'count')}")
    if series.verdict is not None and index in marked_months(series):
        lines.append(_since(series.verdict))
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
