"""What a figure's traces draw in the plot: bars, surfaces, lines, marks and letters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from math import sqrt
from typing import Any

from improvement_board.charts.drawing.elements import Point, element, number, path_of
from improvement_board.charts.drawing.frame import Frame
from improvement_board.charts.drawing.known import UndrawableError
from improvement_board.charts.drawing.letters import text_element
from improvement_board.charts.drawing.looks import Paint, painted
from improvement_board.charts.drawing.marks import mark, mark_look
from improvement_board.charts.parts import Figure, Trace

MILLISECONDS_A_DAY = 86_400_000
LEAST_DASH = 3
DASHES = {"dot": 1, "dash": 3, "longdash": 5}
LETTER_DOWN = 0.25  # of the size: from a letter's middle down to what it stands on
PATTERN_TILE = sqrt(2)


def stacked(figure: Figure) -> Figure:
    """The figure with the days' widths of bars in days, and the bars that stand on others given a base."""
    tops: dict[Any, float] = defaultdict(float)
    return figure | {
        "data": [_give_base(trace, tops, figure) if trace["type"] == "bar" else trace for trace in figure["data"]]
    }


def _give_base(trace: Trace, tops: dict[Any, float], figure: Figure) -> Trace:
    at, length = ("y", "x") if _is_lying(trace) else ("x", "y")
    is_of_time = figure["layout"][f"{at}axis"].get("type") == "date"
    base = trace.get("base") or [tops[position] for position in trace[at]]
    for position, top in zip(trace[at], trace[length], strict=True):
        tops[position] += top or 0
    return trace | {"base": base, "width": trace["width"] / (MILLISECONDS_A_DAY if is_of_time else 1)}


def draw_traces(figure: Figure, frame: Frame, paint: Paint) -> str:
    """All traces: bars below, lines over them, what stands on a second axis on top; cut off at the plot's edges but for
    marks and letters that may reach out."""
    ordered = sorted(figure["data"], key=lambda trace: (trace.get("yaxis", "y"), trace["type"] != "bar"))
    drawn: list[str] = []
    for trace in ordered:
        draw = _draw_bars if trace["type"] == "bar" else _draw_scatter
        drawn += draw(trace, frame, paint, figure)
    return "".join(drawn)


def _draw_bars(trace: Trace, frame: Frame, paint: Paint, figure: Figure) -> Iterator[str]:
    x_axis, y_axis = frame.axes["xaxis"], frame.axes["yaxis"]
    half = trace["width"] / 2
    bars = []
    for x, y, base in zip(trace["x"], trace["y"], trace["base"], strict=True):
        if x is None or y is None:
            continue
        if _is_lying(trace):
            corners = [(x_axis.at(base), y_axis.at(y - half)), (x_axis.at(base + x), y_axis.at(y + half))]
        else:
            middle, reach = x_axis.at(x), half / (x_axis.high - x_axis.low) * (x_axis.end - x_axis.start)
            corners = [(middle - reach, y_axis.at(base)), (middle + reach, y_axis.at(base + y))]
        bars.append(_draw_bar(corners, trace["marker"], paint))
    yield _cut_at_plot(f'<g class="bars" shape-rendering="crispEdges">{"".join(bars)}</g>', frame)


def _draw_bar(corners: list[Point], marker: dict[str, Any], paint: Paint) -> str:
    (left, right), (top, bottom) = sorted(x for x, _ in corners), sorted(y for _, y in corners)
    box = {"x": left, "y": top, "width": right - left, "height": bottom - top}
    bar = element("rect", **box, **painted("fill", marker["color"], paint))
    pattern = marker.get("pattern")
    if pattern is None or right == left or bottom == top:
        return bar
    tile = pattern["size"] * PATTERN_TILE
    stripes = []
    start = left + top % tile
    while start < right + bottom - top:
        stripes.append(path_of([(start, top), (start - (bottom - top), bottom)]))
        start += tile
    look = painted("stroke", pattern["fgcolor"], paint) | {"stroke_opacity": pattern["fgopacity"]}
    width = pattern["solidity"] * pattern["size"]
    return bar + open_window(element("path", d="".join(stripes), fill="none", stroke_width=width, **look), **box)


def _draw_scatter(trace: Trace, frame: Frame, paint: Paint, figure: Figure) -> Iterator[str]:
    x_axis, y_axis = frame.axes["xaxis"], frame.axes["yaxis" + trace.get("yaxis", "y")[1:]]
    points = [
        None if x is None or y is None else (x_axis.at(x), y_axis.at(y))
        for x, y in zip(trace["x"], trace["y"], strict=True)
    ]
    runs = [[point for point in run if point] for known, run in groupby(points, key=bool) if known]
    line, mode = trace.get("line", {}), trace.get("mode", "")
    if trace.get("fill"):
        surface = "".join(path_of(run, is_closed=True) for run in runs)
        yield _cut_at_plot(element("path", d=surface, **painted("fill", trace["fillcolor"], paint)), frame)
    if "lines" in mode and line.get("width", 2):
        yield _cut_at_plot(_draw_line(runs, line, paint), frame)
    if "markers" in mode:
        marks = _draw_marks(trace, points, paint)
        yield marks if trace.get("cliponaxis") is False else _cut_at_plot(marks, frame)
    if mode == "text":
        letters = "".join(_draw_letters(trace, points, paint, figure))
        yield letters if trace.get("cliponaxis") is False else _cut_at_plot(letters, frame)


def _draw_line(runs: list[list[Point]], line: dict[str, Any], paint: Paint) -> str:
    path = "".join(path_of(run) for run in runs if len(run) > 1)
    if not path:
        return ""
    return element("path", d=path, fill="none", **line_look(line, paint))


def line_look(line: dict[str, Any], paint: Paint) -> dict[str, Any]:
    """The attributes of a line's stroke."""
    if "color" not in line:
        raise UndrawableError("a line without a colour is not known")
    width = float(line.get("width", 2))
    look: dict[str, Any] = {"stroke_width": width} | painted("stroke", line["color"], paint)
    dash = line.get("dash", "solid")
    if dash != "solid":
        length = number(DASHES[dash] * max(width, LEAST_DASH))
        look["stroke_dasharray"] = f"{length} {length}"
    return look


def _draw_marks(trace: Trace, points: list[Point | None], paint: Paint) -> str:
    marker = trace["marker"]
    colour = marker.get("color", trace.get("line", {}).get("color"))
    if colour is None:
        raise UndrawableError("marks without a colour are not known")
    sizes = marker["size"] if isinstance(marker["size"], list) else [marker["size"]] * len(points)
    width = marker.get("line", {}).get("width", 0)
    symbol = marker.get("symbol", "circle")
    drawn = [mark(symbol, point, size) for point, size in zip(points, sizes, strict=True) if point and size]
    return element("g", "".join(drawn), **{"class": "marks"}, **mark_look(symbol, colour, width, paint))


def _draw_letters(trace: Trace, points: list[Point | None], paint: Paint, figure: Figure) -> Iterator[str]:
    size = trace.get("textfont", figure["layout"]["font"])["size"]
    for point, text in zip(points, trace["text"], strict=True):
        if point:
            yield text_element(text, (point[0], point[1] + LETTER_DOWN * size), size, paint)


def _cut_at_plot(content: str, frame: Frame) -> str:
    """What is drawn, without what lies outside the plot."""
    size = {"width": frame.right - frame.left, "height": frame.bottom - frame.top}
    return open_window(content, x=frame.left, y=frame.top, **size) if content else ""


def open_window(content: str, *, x: float, y: float, width: float, height: float) -> str:
    """What is drawn, by its pixels in the whole picture, seen through a window: a picture in the picture, which needs
    no id as a clip path would."""
    view = " ".join(number(value) for value in (x, y, width, height))
    return element("svg", content, x=x, y=y, width=width, height=height, viewBox=view, overflow="hidden")


def _is_lying(trace: Trace) -> bool:
    return bool(trace.get("orientation", "v") == "h")
