"""Small pictures as SVG, for `<img src="data:image/svg+xml,…">` in cards and tables: sparklines and icons.

They hold no text and no script: what they say is said in words beside them or in the image's alternative text. Colours
have 3:1 contrast on white and on #171614, and a shape goes with every colour.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from urllib.parse import quote

from improvement_board.charts.palette import CONCERN, IMPROVEMENT, MARKS, NEUTRAL, PLAIN, TARGET
from improvement_board.charts.palette import VALUE as GREY
from improvement_board.figures.series import Series
from improvement_board.verdicts import Verdict
from improvement_board.words import verdict_word

Point = tuple[float, float]

PAD = 6.0
MARK = 4.6
ICON = 32
RING = '<circle cx="16" cy="16" r="14" fill="none" stroke="{}" stroke-width="2.5"{}/>'
DASHED = ' stroke-dasharray="4 4"'
DOT = 14.0
DOTS = {
    ("square", CONCERN): ("worse", "worse than England"),
    ("triangle-up", NEUTRAL): ("moved",),
    ("diamond", IMPROVEMENT): ("better", "better than England"),
    ("circle", GREY): ("no real change",),
}
UNTOLD = ("ring", GREY)


def sparkline_svg(series: Series, *, width: int = 160, height: int = 40) -> str:
    """The values as a line with gaps as gaps, the target as a dashed line, and the latest point by the verdict.

    The latest point is a blue diamond where it is better, an orange square where worse, a purple triangle where neither
    direction is better, else a grey circle. Without any value: a dashed line across the middle. Where only ranges are
    given: a bar from low to high for each period, from zero, and a dotted line at the foot where one is kept back.
    """
    if series.latest_band is not None:
        return _svg(width, height, _bars(series, width, height))
    runs, target_runs = _runs(series.values), _runs(series.targets)
    if not runs:
        return _svg(width, height, _stroke([(PAD, height / 2), (width - PAD, height / 2)], GREY, 1.5, dashes="2 4"))
    known = [value for run in (*runs, *target_runs) for _, value in run]
    low, high = min(known), max(known)

    def at(index: int, value: float) -> Point:
        share = 0.5 if high == low else (value - low) / (high - low)
        steps = max(1, len(series.values) - 1)
        return PAD + (width - 2 * PAD) * index / steps, height - PAD - (height - 2 * PAD) * share

    parts = [_stroke(_stepped([at(*point) for point in run]), TARGET, 1.5, dashes="5 3") for run in target_runs]
    for run in runs:
        points = [at(*point) for point in run]
        parts.append(_stroke(points, GREY, 1.8) if len(points) > 1 else _mark(*points[0], GREY, "circle", 2.0))
    latest, value = runs[-1][-1]
    mark = MARKS.get(verdict_word(series.verdict), PLAIN) if series.verdict else PLAIN
    parts.append(_mark(*at(latest, value), mark.colour, mark.symbol))
    return _svg(width, height, "".join(parts))


def _bars(series: Series, width: float, height: float) -> str:
    room, targets = (width - 2 * PAD) / len(series.period_ends), _runs(series.targets)
    drawn = [*series.highs, *(value for run in targets for _, value in run)]
    top = 100.0 if series.unit == "percent" else max(value for value in drawn if value is not None)

    def level(value: float) -> float:
        return height - PAD - (height - 2 * PAD) * value / top

    points = [[(PAD + room * (at + 0.5), level(value)) for at, value in run] for run in targets]
    parts = []
    for at, (low, high) in enumerate(zip(series.lows, series.highs, strict=True)):
        start = PAD + room * at
        if low is None or high is None:
            foot = height - PAD / 2
            parts.append(_stroke([(start + room * 0.1, foot), (start + room * 0.9, foot)], GREY, 1.5, dashes="1 2"))
        else:
            size = f'width="{room * 0.8:.1f}" height="{level(low) - level(high):.1f}"'
            parts.append(f'<rect x="{start + room * 0.1:.1f}" y="{level(high):.1f}" {size} fill="{GREY}"/>')
    parts += [_stroke(_stepped(run), TARGET, 1.5, dashes="5 3") for run in points]
    return "".join(parts)


def tally_svg(tally: Counter[str]) -> str:
    """How KPIs stand: a mark for each, the worse first, then what moved, better, without real change, and a ring for
    each of which nothing is said."""
    known = [(kind, look) for look, kinds in DOTS.items() for kind in kinds]
    marks = [look for kind, look in known for _ in range(tally[kind])]
    marks += [UNTOLD] * (tally.total() - len(marks))
    drawn = []
    for at, (shape, colour) in enumerate(marks):
        x, y = DOT * (at + 0.5), DOT / 2
        ring = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.9" fill="none" stroke="{colour}" stroke-width="1.6"/>'
        drawn.append(ring if shape == "ring" else _mark(x, y, colour, shape, 5.0))
    return _svg(DOT * max(1, len(marks)), DOT, "".join(drawn))


def verdict_icon_svg(verdict: Verdict | None, *, size: int = ICON) -> str:
    """The verdict: a ring with dots that rise or fall for a change, level where there is none, and an empty dashed ring
    where nothing is said."""
    if verdict is None or verdict.baseline is None:
        return _svg(ICON, ICON, RING.format(GREY, DASHED), size)
    if not verdict.is_change:
        return _svg(ICON, ICON, RING.format(GREY, "") + _dots([16, 13.5, 18.5, 16], GREY, "circle"), size)
    mark = MARKS[verdict_word(verdict)]
    heights = [21.5, 20, 15, 10] if verdict.side == 1 else [10, 11.5, 16.5, 21.5]
    return _svg(ICON, ICON, RING.format(mark.colour, "") + _dots(heights, mark.colour, mark.symbol), size)


def target_icon_svg(kept: str | None, *, size: int = ICON) -> str:
    """How often the target was met in the last year: a tick for always, a cross for never, a wave for at times.

    A dashed ring stands where that cannot be told.
    """
    drawings = {
        "always": (IMPROVEMENT, "M9 16.5 L14 21.5 L23 11"),
        "never": (CONCERN, "M10.5 10.5 L21.5 21.5 M21.5 10.5 L10.5 21.5"),
        "at times": (GREY, "M8 18 C11 9 14 12 16 16 S21 23 24 14"),
    }
    if kept is None:
        return _svg(ICON, ICON, RING.format(GREY, DASHED), size)
    colour, path = drawings[kept]
    drawn = f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="3" stroke-linecap="round"/>'
    return _svg(ICON, ICON, RING.format(colour, "") + drawn, size)


def data_uri(svg: str) -> str:
    """An SVG as the `src` of an image; safe inside a double-quoted attribute."""
    return f"data:image/svg+xml,{quote(svg, safe='/:=,.-() ')}"


def _svg(width: float, height: float, content: str, size: int | None = None) -> str:
    shown = f'width="{size or width}" height="{size or height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" {shown}>{content}</svg>'


def _runs(values: Iterable[float | None]) -> list[list[tuple[int, float]]]:
    """The values that follow one another without a gap, each with its place."""
    runs: list[list[tuple[int, float]]] = [[]]
    for at, value in enumerate(values):
        if value is None or not math.isfinite(value):
            runs.append([])
        else:
            runs[-1].append((at, value))
    return [run for run in runs if run]


def _stepped(points: list[Point]) -> list[Point]:
    """Corners put in, so that a line holds its level until it changes."""
    corners = [point for before, after in pairwise(points) for point in ((after[0], before[1]), after)]
    return [points[0], *corners]


def _stroke(points: list[Point], colour: str, width: float, dashes: str = "") -> str:
    path = "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width}" stroke-linejoin="round"{dashed}/>'


def _dots(heights: list[float], colour: str, shape: str) -> str:
    return "".join(_mark(8.5 + 5 * at, height, colour, shape, 2.4) for at, height in enumerate(heights))


def _mark(x: float, y: float, colour: str, shape: str, size: float = MARK) -> str:
    if shape == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size * 0.85:.1f}" fill="{colour}"/>'
    corners = {
        "diamond": [(0, -1.15), (1.15, 0), (0, 1.15), (-1.15, 0)],
        "square": [(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)],
        "triangle-up": [(0, -1.1), (1.1, 0.9), (-1.1, 0.9)],
        "triangle-down": [(0, 1.1), (1.1, -0.9), (-1.1, -0.9)],
    }[shape]
    path = " L".join(f"{x + size * across:.1f} {y + size * down:.1f}" for across, down in corners)
    return f'<path d="M{path} Z" fill="{colour}"/>'
