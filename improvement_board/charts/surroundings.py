"""What is drawn around a series' values: the baseline's average and range, target and comparators."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import TypeVar

from improvement_board import words
from improvement_board.charts.palette import BAND, COMPARATOR_COLOURS, COMPARATOR_SYMBOLS, LINE, TARGET
from improvement_board.charts.parts import Trace, all_seen, escaped, seen
from improvement_board.charts.timeline import edges, stretches
from improvement_board.figures.formats import format_period_short, format_value
from improvement_board.figures.series import Comparator, ComparatorPoint, Series
from improvement_board.verdicts import Baseline

FOLLOWS_WITHIN_DAYS = 4
NAME_LETTERS = 24
Drawn = TypeVar("Drawn")


def band_trace(series: Series) -> list[Trace]:
    """The range of the baseline's single months, from its first month to the end; in a seasonal series for each month.

    Percentages are kept within 0 to 100, and what is never below zero above it.
    """
    if series.verdict is None or series.verdict.baseline is None:
        return []
    baseline = series.verdict.baseline
    low, high = words.usual_range(series, baseline)
    bounds = _since_baseline(series, baseline, lambda end: words.usual_range(series, baseline, end))
    days: list[str | None] = []
    values: list[float | None] = []
    for first, last, limits in stretches(series, bounds):
        if limits[0] is not None:
            lower, upper = limits[0]
            days += [first.isoformat(), last.isoformat(), last.isoformat(), first.isoformat(), first.isoformat(), None]
            values += [lower, lower, upper, upper, lower, None]
    if not days or low == high:
        return []
    shown = f" {format_value(low, series.unit)} to {format_value(high, series.unit)}" if not baseline.season else ""
    line = {"color": LINE, "width": 0 if baseline.season else 1, "dash": "dot"}
    drawn = {"x": days[:-1], "y": all_seen(values[:-1]), "mode": "lines", "fill": "toself", "fillcolor": BAND}
    return [_still(f"Usual range of single months{shown}", rank=30) | drawn | {"line": line}]


def mean_trace(series: Series) -> list[Trace]:
    """The average of the baseline, from its first month to the end; in a seasonal series what each month would be."""
    if series.verdict is None or series.verdict.baseline is None:
        return []
    baseline = series.verdict.baseline
    line = {"color": LINE, "width": 1.5}
    months = words.baseline_months(baseline)
    name = f"Usual for the month, by {months}"
    if not baseline.season:
        name = f"Average of {months}: {format_value(baseline.mean, series.unit)}"
    usual = _since_baseline(series, baseline, lambda end: words.usual_figure(series, baseline, end))
    return _steps(series, usual, name, rank=20, line=line, joined=True)


def _since_baseline(series: Series, baseline: Baseline, draw: Callable[[date], Drawn]) -> tuple[Drawn | None, ...]:
    """What is drawn at each period from the baseline's first month on."""
    return tuple(draw(end) if end >= baseline.first else None for end in series.period_ends)


def target_trace(series: Series) -> list[Trace]:
    """The target in force, a step where it changes."""
    known = [target for target in series.targets if target is not None]
    if not known:
        return []
    latest = words.latest_target(series)
    target = known[-1] if latest is None else latest
    line = {"color": TARGET, "width": 2.5, "dash": "longdash"}
    return _steps(
        series, series.targets, f"Target {format_value(target, series.unit)}", rank=40, line=line, joined=True
    )


def comparator_traces(series: Series) -> list[Trace]:
    """England, the region and the neighbours: beside months a step over each published year, beside years a line."""
    traces = []
    for rank, comparator in enumerate(words.shown_comparators(series)):
        draw = _yearly_comparator if series.grain == "year" else _stepped_comparator
        traces += draw(series, comparator, 50 + rank)
    return traces


def comparator_label(series: Series, comparator: Comparator) -> str:
    """The legend's words: name, the figure compared with the latest, and its year."""
    name = "Neighbours’ mean" if comparator.area_type == "Statistical neighbours" else comparator.name
    day = words.comparison_day(series)
    point = comparator.at(day) if day is not None else None
    if point is None:
        return escaped(name, NAME_LETTERS)
    period = format_period_short(
        point.period_end, "year", "snapshot" if _is_one_day(point) else series.definition.timing
    )
    return f"{escaped(name, NAME_LETTERS)} {format_value(point.value, series.unit, point.symbol)} ({period})"


def _yearly_comparator(series: Series, comparator: Comparator, rank: int) -> list[Trace]:
    first, last = series.period_ends[0], series.period_ends[-1]
    points = [point for point in comparator.points if first <= point.period_end <= last]
    if not any(point.value is not None for point in points):
        return []
    look = {"line": {"color": COMPARATOR_COLOURS[comparator.area_type], "width": 2}, "mode": "lines+markers"}
    days = [point.period_end.isoformat() for point in points]
    marker = {"symbol": COMPARATOR_SYMBOLS[comparator.area_type], "size": 9}
    values = all_seen(point.value for point in points)
    return [_still(comparator_label(series, comparator), rank) | look | {"x": days, "y": values, "marker": marker}]


def _stepped_comparator(series: Series, comparator: Comparator, rank: int) -> list[Trace]:
    own: list[tuple[date, date, float]] = []
    carried: list[tuple[date, date, float]] = []
    window = edges(series)
    for point, until in _with_next_start(comparator, window[-1]):
        if point.value is None:
            continue
        own += _within(window, point.period_start, point.period_end, point.value)
        if (until - point.period_end).days > FOLLOWS_WITHIN_DAYS:
            carried += _within(window, point.period_end, until, point.value)
    name = comparator_label(series, comparator)
    traces = []
    for spans, dash, in_legend in ((own, "solid", True), (carried, "dash", not own)):
        if spans:
            colour = COMPARATOR_COLOURS[comparator.area_type]
            symbol = COMPARATOR_SYMBOLS[comparator.area_type]
            trace = _still(name, rank) | _step_points(spans, with_marks=dash == "solid", symbol=symbol)
            traces.append(trace | {"line": {"color": colour, "width": 2, "dash": dash}, "showlegend": in_legend})
    return traces


def _with_next_start(comparator: Comparator, end: date) -> Iterator[tuple[ComparatorPoint, date]]:
    """Each point with the day until which it is the last one published; points that start after `end` left out."""
    points = sorted((point for point in comparator.points if point.period_start <= end), key=lambda p: p.period_end)
    for index, point in enumerate(points):
        yield point, points[index + 1].period_start if index + 1 < len(points) else end


def _within(window: list[date], first: date, last: date, value: float) -> list[tuple[date, date, float]]:
    first, last = max(first, window[0]), min(last, window[-1])
    return [(first, last, value)] if first <= last else []


def _step_points(spans: list[tuple[date, date, float]], *, with_marks: bool, symbol: str) -> Trace:
    days: list[str | None] = []
    values: list[float | None] = []
    sizes: list[int] = []
    before: date | None = None
    for first, last, value in spans:
        if before is not None and first - before > timedelta(days=FOLLOWS_WITHIN_DAYS):
            days, values, sizes = [*days, None], [*values, None], [*sizes, 0]
        days += [first.isoformat(), last.isoformat()]
        values += [seen(value)] * 2
        sizes += [0, 9]
        before = last
    drawn: Trace = {"x": days, "y": values, "mode": "lines"}
    return (
        drawn
        | {"mode": "lines+markers", "marker": {"symbol": symbol, "size": sizes, "opacity": 1, "line": {"width": 0}}}
        if with_marks
        else drawn
    )


def _steps(
    series: Series, line_values: tuple[float | None, ...], name: str, *, rank: int, line: Trace, joined: bool
) -> list[Trace]:
    days: list[str | None] = []
    values: list[float | None] = []
    for first, last, (value,) in stretches(series, line_values):
        if days and (value is None or not joined):
            days, values = [*days, None], [*values, None]
        if value is not None:
            days += [first.isoformat(), last.isoformat()]
            values += [seen(value)] * 2
    if not any(value is not None for value in values):
        return []
    return [_still(name, rank) | {"x": days, "y": values, "mode": "lines", "line": line}]


def _still(name: str, rank: int) -> Trace:
    return {"type": "scatter", "name": name, "legendrank": rank, "hoverinfo": "skip"}


def _is_one_day(point: ComparatorPoint) -> bool:
    return (point.period_end - point.period_start).days < 1
