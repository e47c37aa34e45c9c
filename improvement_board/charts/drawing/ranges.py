"""How far an axis without a given range reaches: over all that is drawn, with room for marks, as Plotly has it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from improvement_board.charts.drawing.axes import measure
from improvement_board.charts.drawing.letters import text_lines
from improvement_board.charts.parts import Figure, Trace

WIDENED_BY = 0.05  # of the axis
LEAST_PLOT = 0.1  # of the axis, which room for marks must leave
MARK_ROOM = 1.6  # a mark's size is this often its room
LEAST_MARK_ROOM = 3.0
LINE_HEIGHT = 1.15
WITHOUT_ANY = (-1.0, {"x": 6.0, "y": 4.0})


@dataclass(frozen=True)
class Reach:
    """A value that must be seen with `room` pixels beyond it, and a share of the axis more where `is_widened`."""

    value: float
    room: float = 0.0
    is_widened: bool = False

    def pixels(self, length: float) -> float:
        """Room in all."""
        return self.room + (WIDENED_BY * length if self.is_widened else 0)


def axis_range(figure: Figure, name: str, length: float) -> tuple[float, float]:
    """The low and the high end of an axis, `xaxis`, `yaxis` or `yaxis2`, of so many pixels."""
    given = figure["layout"][name]
    if "range" in given:
        low, high = given["range"]
        return measure(given, low), measure(given, high)
    reaches = list(_list_reaches(figure, name))
    if not reaches:
        return WITHOUT_ANY[0], WITHOUT_ANY[1][name[0]]
    low, high = _span_reaches(reaches, length, is_to_zero=given.get("rangemode") == "tozero")
    clip = given.get("autorangeoptions", {})
    clipped = max(low, clip.get("clipmin", low)), min(high, clip.get("clipmax", high))
    return clipped if clipped[0] < clipped[1] else (low, high)


def _span_reaches(reaches: list[Reach], length: float, *, is_to_zero: bool) -> tuple[float, float]:
    values = [reach.value for reach in reaches]
    least, most = min(values), max(values)
    if least == most:
        return _span_single(reaches, length, is_to_zero=is_to_zero)
    lows, highs = _pick_outermost(reaches, min), _pick_outermost(reaches, max)
    low, high = max(
        ((low, high) for low in lows for high in highs if high.value > low.value),
        key=lambda ends: _scale_between(ends[0], ends[1], length),
    )
    if is_to_zero:
        low = Reach(0) if low.value >= 0 else low
        high = Reach(0) if high.value <= 0 else high
    each = _scale_between(low, high, length)
    return low.value - each * low.pixels(length), high.value + each * high.pixels(length)


def _span_single(reaches: list[Reach], length: float, *, is_to_zero: bool) -> tuple[float, float]:
    value = reaches[0].value
    if not is_to_zero:
        return value - 1, value + 1
    if value == 0:
        return 0.0, 1.0
    room = max(reach.pixels(length) for reach in reaches)
    end = value / (1 - min(0.5, room / length))
    return (0.0, end) if value > 0 else (end, 0.0)


def _pick_outermost(reaches: list[Reach], outer: Callable[[Iterable[float]], float]) -> list[Reach]:
    """Of the values with the same room, the one furthest out."""
    by_room: dict[tuple[float, bool], list[float]] = {}
    for reach in reaches:
        by_room.setdefault((reach.room, reach.is_widened), []).append(reach.value)
    return [Reach(outer(values), *room) for room, values in by_room.items()]


def _scale_between(low: Reach, high: Reach, length: float) -> float:
    left = length - low.pixels(length) - high.pixels(length)
    return (high.value - low.value) / max(left, length * LEAST_PLOT)


def _list_reaches(figure: Figure, name: str) -> Iterator[Reach]:
    given, letter = figure["layout"][name], name[0]
    room = _measure_bar_room(figure, letter)
    for trace in figure["data"]:
        if trace.get(name[:5], letter) == name.replace("axis", ""):
            is_bar = trace["type"] == "bar"
            yield from (
                _list_bar_reaches(trace, letter, given, room) if is_bar else _list_scatter_reaches(trace, letter, given)
            )
    for annotation in figure["layout"].get("annotations", []):
        if f"{letter}ref" not in annotation and letter == "y":
            size = annotation.get("font", figure["layout"]["font"])["size"]
            height = size * LINE_HEIGHT * len(text_lines(annotation["text"]))
            yield Reach(measure(given, annotation["y"]), height / 2 + 2)


def _list_scatter_reaches(trace: Trace, letter: str, given: dict[str, Any]) -> Iterator[Reach]:
    with_marks = "markers" in trace.get("mode", "")
    size = trace["marker"]["size"] if with_marks else 0
    sizes = size if isinstance(size, list) else [size] * len(trace[letter])
    for x, y, each in zip(trace["x"], trace["y"], sizes, strict=True):
        if x is not None and y is not None:
            value = measure(given, x if letter == "x" else y)
            room = max(each / MARK_ROOM, LEAST_MARK_ROOM) if with_marks else 0.0
            yield Reach(value, room, trace["mode"] != "lines" or letter == "y")


def _measure_bar_room(figure: Figure, letter: str) -> float:
    """How much of an axis each of the bars along it has: as much as the closest two are apart."""
    bars = [trace for trace in figure["data"] if trace["type"] == "bar" and _find_length_axis(trace) != letter]
    positions = sorted({measure(figure["layout"][f"{letter}axis"], at) for trace in bars for at in trace[letter]})
    return min((later - earlier for earlier, later in pairwise(positions)), default=1.0)


def _find_length_axis(trace: Trace) -> str:
    return "x" if trace.get("orientation", "v") == "h" else "y"


def _list_bar_reaches(trace: Trace, letter: str, given: dict[str, Any], room: float) -> Iterator[Reach]:
    if letter != _find_length_axis(trace):
        half = max(trace["width"], room) / 2
        yield from (Reach(measure(given, at) + side) for at in trace[letter] for side in (-half, half))
        return
    for base, length in zip(trace["base"], trace[letter], strict=True):
        yield Reach(base, is_widened=base != 0)
        if length is not None:
            yield Reach(base + length, is_widened=base + length != 0)
