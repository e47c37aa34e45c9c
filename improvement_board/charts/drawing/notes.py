"""What stands around the traces: shapes, annotations, gridlines and the labels of the axes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from improvement_board.charts.drawing.axes import Axis
from improvement_board.charts.drawing.elements import element, path_of
from improvement_board.charts.drawing.frame import Frame, label_size, labels_depth
from improvement_board.charts.drawing.known import UndrawableError
from improvement_board.charts.drawing.letters import (
    ABOVE,
    BELOW_MIDDLE,
    first_baseline,
    text_element,
    text_lines,
    text_width,
)
from improvement_board.charts.drawing.looks import Paint, painted
from improvement_board.charts.drawing.ranges import LINE_HEIGHT
from improvement_board.charts.drawing.traces import line_look, open_window
from improvement_board.charts.parts import TRANSPARENT, Figure

BORDER = 1  # around an annotation, unseen
BORDER_PAD = 1
TITLE_DROP = 0.7  # of the size: what a title below an axis needs above the line it stands on
GAP_OF_TITLE = 0.5  # what the gap of labels has beyond the frame's pad


def draw_shapes(figure: Figure, frame: Frame, paint: Paint) -> str:
    """Lines and rectangles behind the gridlines, without what lies before or after the axis's time."""
    drawn = []
    for shape in figure["layout"].get("shapes", []):
        x0, x1 = (frame.axes["xaxis"].at(shape[end]) for end in ("x0", "x1"))
        y0, y1 = (frame.bottom - shape[end] * (frame.bottom - frame.top) for end in ("y0", "y1"))
        corners = [(x0, y0), (x1, y1)] if shape["type"] == "line" else [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
        fill = shape.get("fillcolor", TRANSPARENT) if shape["type"] == "rect" else TRANSPARENT
        inside = {"fill": "none"} if fill == TRANSPARENT else painted("fill", fill, paint)
        path = path_of(corners, is_closed=shape["type"] == "rect")
        drawn.append(element("path", d=path, **inside, **line_look(shape["line"], paint)))
    size = {"width": frame.right - frame.left, "height": frame.height}
    return open_window("".join(drawn), x=frame.left, y=0, **size) if drawn else ""


def draw_grid(frame: Frame, paint: Paint) -> str:
    """The gridlines of the axes and the lines of zero."""
    lines = []
    for name, axis in frame.axes.items():
        if not axis.has("visible") or "overlaying" in axis.given:
            continue
        values = {value for value, _ in axis.ticks if axis.is_inside(value)} if axis.has("showgrid") else set()
        if axis.has("zeroline") and "type" not in axis.given and axis.low <= 0 <= axis.high:
            values.add(0.0)
        for value in sorted(values):
            at = axis.pixel_of(value)
            across = [(at, frame.top), (at, frame.bottom)] if name == "xaxis" else [(frame.left, at), (frame.right, at)]
            lines.append(path_of(across))
    if not lines:
        return ""
    look = {"stroke_width": 1, "shape_rendering": "crispEdges", **painted("stroke", paint.grid, paint)}
    return element("path", d="".join(lines), fill="none", **look)


def draw_axes(figure: Figure, frame: Frame, paint: Paint) -> str:
    """The labels of the axes' ticks, and their titles."""
    return "".join(part for axis in frame.axes.values() for part in _write_axis(figure, frame, axis, paint))


def _write_axis(figure: Figure, frame: Frame, axis: Axis, paint: Paint) -> Iterator[str]:
    if not axis.has("visible"):
        return
    size = label_size(figure, axis)
    for value, text in axis.ticks if axis.has("showticklabels") else []:
        if text and axis.letter == "x":
            yield text_element(text, (axis.pixel_of(value), frame.bottom + frame.label_gap + size), size, paint)
        elif text:
            at = (frame.left - frame.label_gap, first_baseline(axis.pixel_of(value), text, size))
            yield text_element(text, at, size, paint, anchor="end")
    title = axis.given["title"]
    if title["text"]:
        title_size = title["font"]["size"]
        out = labels_depth(figure, frame, axis) - frame.pad - GAP_OF_TITLE + title["standoff"]
        middle = (axis.start + axis.end) / 2
        if axis.letter == "x":
            yield text_element(title["text"], (middle, frame.bottom + out + TITLE_DROP * title_size), title_size, paint)
        else:
            at = (max(frame.left - out - BELOW_MIDDLE * title_size, ABOVE * title_size), middle)
            yield text_element(title["text"], at, title_size, paint, turned=True)


def draw_annotations(figure: Figure, frame: Frame, paint: Paint) -> str:
    """Words on the picture, some with a line down to the plot."""
    given = figure["layout"].get("annotations", [])
    return "".join(part for annotation in given for part in _draw_annotation(figure, frame, annotation, paint))


def _draw_annotation(figure: Figure, frame: Frame, given: dict[str, Any], paint: Paint) -> Iterator[str]:
    font = {**figure["layout"]["font"], **given.get("font", {})}
    size, text = font["size"], given["text"]
    x, y = _locate_annotation(frame, given)
    around = given.get("borderpad", BORDER_PAD) + BORDER
    shift = given.get("xshift", 0)
    if given["showarrow"]:
        tail = y + given["ay"]
        foot = tail + LINE_HEIGHT * size / 2 + around
        if foot < y:
            line = {"color": given["arrowcolor"], "width": given["arrowwidth"]}
            yield element("path", d=path_of([(x, foot), (x, y)]), fill="none", **line_look(line, paint))
        y = tail
    baseline = first_baseline(y, text, size)
    if given.get("xanchor", "center") == "center":
        yield text_element(text, (x + shift, baseline), size, paint, colour=font["color"])
        return
    middle = x + shift + around + text_width(text, size) / 2
    if len(text_lines(text)) > 1:
        yield text_element(text, (middle, baseline), size, paint, colour=font["color"])
    else:
        yield text_element(text, (x + shift + around, baseline), size, paint, anchor="start", colour=font["color"])


def _locate_annotation(frame: Frame, given: dict[str, Any]) -> tuple[float, float]:
    """Where an annotation points. Raises `UndrawableError` where Plotly would choose a side of it by itself."""
    for axis, anchor in (("x", "xanchor"), ("y", "yanchor")):
        if given.get(f"{axis}ref") == "paper" and anchor not in given and given[axis] != 0.5:
            raise UndrawableError(f"an annotation at {given[axis]!r} of the paper without {anchor} is not known")
    x, y = given["x"], given["y"]
    on_paper = (frame.left + x * (frame.right - frame.left)) if given.get("xref") == "paper" else None
    x_at = frame.axes["xaxis"].at(x) if on_paper is None else on_paper
    if given.get("yref") == "paper":
        return x_at, frame.bottom - y * (frame.bottom - frame.top)
    return x_at, frame.axes["yaxis"].at(y)
