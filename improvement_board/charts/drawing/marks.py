"""The shapes of marks, as Plotly has them."""

from __future__ import annotations

from math import sqrt
from typing import Any

from improvement_board.charts.drawing.elements import Point, element, path_of
from improvement_board.charts.drawing.known import UndrawableError
from improvement_board.charts.drawing.looks import Paint, painted

DIAMOND, LINE_REACH, CROSS_REACH, CROSS_ARM = 1.3, 1.4, 1.2, 0.4
ARM = 0.8 / sqrt(2)
TRIANGLE = 2 / sqrt(3)
HOLLOW_WIDTH = 1
CORNERS: dict[str, tuple[Point, ...]] = {
    "diamond": ((DIAMOND, 0), (0, DIAMOND), (-DIAMOND, 0), (0, -DIAMOND)),
    "square": ((1, 1), (-1, 1), (-1, -1), (1, -1)),
    "triangle-up": ((-TRIANGLE, 0.5), (TRIANGLE, 0.5), (0, -1)),
    "triangle-down": ((-TRIANGLE, -0.5), (TRIANGLE, -0.5), (0, 1)),
    "hourglass": ((1, 1), (-1, 1), (1, -1), (-1, -1)),
    "x": tuple(
        (across * ARM, down * ARM)
        for across, down in (
            *((0, 1), (1, 2), (2, 1), (1, 0), (2, -1), (1, -2)),
            *((0, -1), (-1, -2), (-2, -1), (-1, 0), (-2, 1), (-1, 2)),
        )
    ),
    "cross": tuple(
        (across * CROSS_REACH, down * CROSS_REACH)
        for across, down in (
            *((1, 1 / 3), (1 / 3, 1 / 3), (1 / 3, 1), (-1 / 3, 1), (-1 / 3, 1 / 3), (-1, 1 / 3)),
            *((-1, -1 / 3), (-1 / 3, -1 / 3), (-1 / 3, -1), (1 / 3, -1), (1 / 3, -1 / 3), (1, -1 / 3)),
        )
    ),
}


def mark(symbol: str, at: Point, size: float) -> str:
    """One mark, `size` pixels wide but for shapes that reach further, as Plotly's do; its look is that of `mark_look`
    around it."""
    x, y = at
    radius = size / 2
    if symbol in ("circle", "circle-open"):
        return element("circle", cx=x, cy=y, r=radius)
    if symbol == "line-ns-open":
        return element("path", d=path_of([(x, y - LINE_REACH * radius), (x, y + LINE_REACH * radius)]))
    corners = [(x + radius * across, y + radius * down) for across, down in CORNERS[symbol]]
    return element("path", d=path_of(corners, is_closed=True))


def mark_look(symbol: str, colour: str, line_width: float, paint: Paint) -> dict[str, Any]:
    """The attributes of marks: filled, or lines alone."""
    if not symbol.endswith("-open"):
        if line_width:
            raise UndrawableError(f"a line of {line_width} around marks that are filled is not known")
        return {**painted("fill", colour, paint)}
    return {"fill": "none", "stroke_width": line_width or HOLLOW_WIDTH, **painted("stroke", colour, paint)}
