"""The chart of one KPI among many: the last three years, with names at its right edge, so that one key is enough."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from improvement_board.charts.bands import band_chart
from improvement_board.charts.control import deciding_points, value_trace
from improvement_board.charts.hidden import hidden_axis, hidden_marks
from improvement_board.charts.marked_events import event_line, event_place
from improvement_board.charts.palette import COMPARATOR_COLOURS
from improvement_board.charts.parts import Figure, Trace, chart_layout, escaped, room_for_labels, seen, value_axis
from improvement_board.charts.surroundings import band_trace, mean_trace, target_trace
from improvement_board.charts.timeline import HALF_PERIOD_DAYS, edges, time_axis
from improvement_board.figures.few import is_few_at
from improvement_board.figures.formats import format_month, format_share, format_value
from improvement_board.figures.recent import recent
from improvement_board.figures.series import Comparator, Series
from improvement_board.words import comparison_day, marked_events, shown_comparators
from improvement_board.words.names import months_between

PLOT, TOP, EVENT_ROOM, BOTTOM, LABEL_ROOM = 122, 10, 18, 24, 122  # pixels
SMALL, LARGE = 12, 15  # sizes of type
DOT, MARK = 3, 7  # pixels of a figure, and of one that decides the verdict
LABEL_STEP = 15  # pixels between the labels at the edge, so that none covers another
NARROWER = 14  # pixels that labels of the small size leave
TYPICAL_PLOT, LETTER = 250, 6.0  # pixels: the plot's width on most screens, and of a small letter
EVENT_LETTERS = 30
MOST_TICKS = 3
AIR = 0.08  # of what is drawn, above and below
SHORT_NAMES = {"England": "England", "Region": "Region", "Statistical neighbours": "Neighbours"}


@dataclass(frozen=True)
class EdgeLabel:
    """Words at the right edge of a chart, at the height of a figure."""

    value: float
    text: str
    size: int = SMALL


def small_chart(series: Series, *, whole: bool = False, plot: int = PLOT) -> Figure:
    """A series that has a figure: its last 36 months, or all of it where the `whole` is asked for.

    The range of the baseline, the target with its name, and the months that decide a verdict are as on the indicator's
    own chart. A comparator is a tick at the right edge, with its latest published figure and the year it ends in. The
    newest events are named where there is room. `plot` is the plot's height in pixels.
    """
    series = series if whole else recent(series)
    if series.is_banded:
        return _small_bands(series, plot)
    ticks = _comparator_ticks(series)
    around = [*_without_edge(band_trace(series)), *mean_trace(series), *target_trace(series)]
    own = [_with_size(value_trace(series), DOT), *(_with_size(trace, MARK) for trace in deciding_points(series))]
    traces = [*around, *(trace for trace, _ in ticks), *own]
    shaded, hidden = hidden_marks(series)
    lines, names = _events(series, plot)
    low, high = _bounds(series, traces)
    labels = [*(label for _, label in ticks), *_target_label(series), *_latest_label(series)]
    top = TOP + (EVENT_ROOM if names else 0)
    return {
        "data": [*traces, *hidden],
        "layout": chart_layout(
            height=top + plot + BOTTOM,
            top=top,
            right=LABEL_ROOM,
            bottom=BOTTOM,
            left=room_for_labels((low, high), series.unit) - NARROWER,
            hovermode="x",
            xaxis=_years_axis(series),
            yaxis=_small_type(value_axis(series.unit, range=[seen(low), seen(high)], nticks=MOST_TICKS)),
            shapes=[*shaded, *lines],
            annotations=[*names, *_spread(labels, low, high, plot)],
            **({"yaxis2": hidden_axis()} if hidden else {}),
        ),
    }


def _small_bands(series: Series, plot: int) -> Figure:
    """The chart of ranges without its events, whose letters only the indicator's own page explains."""
    figure = band_chart(series)
    layout = figure["layout"]
    margin = layout["margin"] | {"t": TOP}
    kept = {
        "annotations": [each for each in layout["annotations"] if not each["showarrow"]],
        "shapes": [each for each in layout["shapes"] if each["type"] != "line"],
    }
    return figure | {"layout": layout | kept | {"margin": margin, "height": TOP + plot + margin["b"]}}


def _bounds(series: Series, traces: Sequence[Trace]) -> tuple[float, float]:
    """From where to where the axis goes: all that is drawn, with some air, where figures can be."""
    drawn = [value for trace in traces for value in trace["y"] if value is not None]
    low, high = min(drawn), max(drawn)
    air = (high - low) * AIR or abs(high) * AIR or 1.0
    least = 0.0 if low >= 0 else low - air
    most = 100.0 if series.unit == "percent" and high <= 100 else high + air
    return max(low - air, least), min(high + air, most) if most > low else high + air


def _comparator_ticks(series: Series) -> list[tuple[Trace, EdgeLabel]]:
    """For each comparator with a figure: a short line at the right edge, and its label."""
    day = comparison_day(series)
    if day is None:
        return []
    end = edges(series)[-1]
    start = series.period_ends[-1] - (end - series.period_ends[0]) * 0.03
    ticks = []
    for rank, comparator in enumerate(shown_comparators(series), start=50):
        point = comparator.at(day)
        if point is not None and point.value is not None:
            ticks.append(
                (
                    _tick(comparator, start, end, point.value) | {"legendrank": rank},
                    EdgeLabel(point.value, _tick_words(series, comparator, point.value, point.period_end)),
                )
            )
    return ticks


def _tick(comparator: Comparator, start: dt.date, end: dt.date, value: float) -> Trace:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": escaped(comparator.name, 24),
        "x": [start.isoformat(), end.isoformat()],
        "y": [seen(value)] * 2,
        "line": {"color": COMPARATOR_COLOURS[comparator.area_type], "width": 3},
        "hoverinfo": "skip",
    }


def _tick_words(series: Series, comparator: Comparator, value: float, end: dt.date) -> str:
    differs = "*" if comparator.differs else ""
    return f"{SHORT_NAMES[comparator.area_type]} {_figure(value, series.unit)}{differs} ’{end.year % 100:02d}"


def _target_label(series: Series) -> list[EdgeLabel]:
    known = [target for target in series.targets if target is not None]
    target = series.latest_target if series.latest_target is not None else known[-1] if known else None
    return [] if target is None else [EdgeLabel(target, f"target {_figure(target, series.unit)}")]


def _latest_label(series: Series) -> list[EdgeLabel]:
    index, value = series.latest, series.latest_value
    if index is None or value is None:
        return []
    shown = _figure(value, series.unit)
    if is_few_at(series, index):
        shown = format_share(value, series.unit, series.numerators[index], series.denominators[index])
    return [EdgeLabel(value, f"<b>{escaped(shown)}</b>", LARGE)]


def _figure(value: float, unit: str) -> str:
    return format_value(value, unit).split(" ")[0]


def _spread(labels: Sequence[EdgeLabel], low: float, high: float, plot: int) -> list[dict[str, Any]]:
    """The labels beneath each other, each as near its figure as the others let it."""
    ordered = sorted(labels, key=lambda label: -label.value)
    heights = [(high - label.value) / (high - low) * plot for label in ordered]
    for at in range(1, len(heights)):
        heights[at] = max(heights[at], heights[at - 1] + LABEL_STEP)
    floor = plot - 1.0
    for at in reversed(range(len(heights))):
        heights[at] = min(heights[at], floor)
        floor = heights[at] - LABEL_STEP
    return [
        {
            "x": 1,
            "xref": "paper",
            "y": seen(high - height / plot * (high - low)),
            "text": label.text,
            "font": {"size": label.size},
            "showarrow": False,
            "xanchor": "left",
            "xshift": 4,
        }
        for label, height in zip(ordered, heights, strict=True)
    ]


def _years_axis(series: Series) -> dict[str, Any]:
    """The axis of time, with a label where each year begins and one for the last month."""
    plain = time_axis(series)
    if series.grain == "year":
        return _small_type(plain | {"ticktext": [label.split("<br>")[-1] for label in plain["ticktext"]]})
    first, last = series.period_ends[0], series.period_ends[-1]
    half = dt.timedelta(days=HALF_PERIOD_DAYS[series.grain])
    years = [dt.date(year, 1, 1) for year in range(first.year, last.year + 1)]
    days = [day for day in years if first - half <= day and months_between(day, last) > 5]
    step = 1 + len(days) // 5
    days = days[::-1][::step][::-1]
    named = {day.isoformat(): str(day.year) for day in days} | {last.isoformat(): format_month(last)[:3]}
    if last.month > 5 or not days:
        named[last.isoformat()] = f"{format_month(last)[:3]} {last.year}"
    return _small_type(plain | {"tickvals": list(named), "ticktext": list(named.values())})


def _small_type(axis: dict[str, Any]) -> dict[str, Any]:
    return axis | {"tickfont": axis["tickfont"] | {"size": SMALL}}


def _without_edge(band: Sequence[Trace]) -> list[Trace]:
    return [trace | {"line": trace["line"] | {"width": 0}} for trace in band]


def _with_size(trace: Trace, size: int) -> Trace:
    return trace | {"marker": trace["marker"] | {"size": size}}


def _events(series: Series, plot: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """A line for each event, and the names of the newest that do not cover one another."""
    marked = [(event, event_place(series, event, index)) for event, index in marked_events(series)]
    bounds = edges(series)
    days = max(1, (bounds[-1] - bounds[0]).days)
    taken: list[tuple[float, float]] = []
    names = []
    for event, day in reversed(marked):
        text = escaped(event.title, EVENT_LETTERS)
        half = len(text) * LETTER / 2
        middle = min(max((day - bounds[0]).days / days * TYPICAL_PLOT, half), TYPICAL_PLOT + LABEL_ROOM - half)
        if all(middle + half < start or end < middle - half for start, end in taken):
            taken.append((middle - half, middle + half))
            names.append(_event_name(text, middle / TYPICAL_PLOT, plot))
    return [event_line(event, day) for event, day in marked], names


def _event_name(text: str, share: float, plot: int) -> dict[str, Any]:
    return {
        "x": round(share, 4),
        "xref": "paper",
        "y": 1 + EVENT_ROOM / 2 / plot,
        "yref": "paper",
        "text": text,
        "font": {"size": SMALL},
        "showarrow": False,
        "xanchor": "center",
        "yanchor": "middle",
    }
