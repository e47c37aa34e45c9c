"""A chart's legend as small pictures with names, for the page to set under the chart, where it wraps as text does.

Plotly's own legend takes its room from the plot, on a phone nearly all of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from improvement_board.charts.palette import LINE, MARKS, TEXT
from improvement_board.charts.parts import Figure, Trace

WIDTH, HEIGHT = 28, 16
CURRENT = "currentColor"
INKS = ("#262730", "#fafafa")  # of Streamlit's light and dark themes
DASHES = {"dot": "2 3", "dash": "5 3", "longdash": "8 4"}
PATHS = {
    "circle-open": "M14 3 a5 5 0 1 0 0.01 0 Z",
    "circle": "M14 3 a5 5 0 1 0 0.01 0 Z",
    "diamond": "M14 2 L20 8 L14 14 L8 8 Z",
    "square": "M9 3 H19 V13 H9 Z",
    "triangle-up": "M14 2 L20 13 H8 Z",
    "triangle-down": "M14 14 L20 3 H8 Z",
    "x": "M10 4 L18 12 M18 4 L10 12",
    "cross": "M14 3 V13 M9 8 H19",
    "hourglass": "M10 3 H18 L10 13 H18 Z",
}
STROKED = ("x", "cross", "circle-open")
KEPT_BACK_SIGN = (
    f'<rect x="4" y="1" width="20" height="14" stroke="{LINE}" stroke-dasharray="2 2" fill="none"/>'
    f'<path d="M16.5 5.8 a3.2 3.2 0 1 0 0 4.4" stroke="{LINE}" stroke-width="2" fill="none"/>'
)


DECIDING = 2
SHARED_NAMES = {1: "Each figure", 20: "Average of the months before", 30: "Usual range of single months", 40: "Target"}


@dataclass(frozen=True)
class LegendEntry:
    """One line of the legend: what is drawn, as an SVG without text, and its name as Plotly writes it (escaped)."""

    name: str
    svg: str


def legend(figure: Figure) -> tuple[LegendEntry, ...]:
    """The legend of a figure, one entry for each named trace, in the order of the traces' ranks."""
    return tuple(entry for _, entry in _entries(figure))


def themed(svg: str) -> str:
    """A sample as an image that stands by itself: the dark ink on a light page, and the light one on a dark."""
    inks = f"svg{{color:{INKS[0]}}}@media screen and (prefers-color-scheme:dark){{svg{{color:{INKS[1]}}}}}"
    return svg.replace(">", f"><style>{inks}</style>", 1) if CURRENT in svg else svg


def shared_key(figures: Iterable[Figure]) -> tuple[LegendEntry, ...]:
    """One legend for the small charts of a page, without the figures that each names itself: an entry for each kind of
    line and mark that any has."""
    entries: dict[tuple[int, str], LegendEntry] = {}
    for figure in figures:
        for trace, entry in _entries(figure):
            rank = trace.get("legendrank", 1000)
            name = entry.name if trace["type"] == "bar" else SHARED_NAMES.get(rank, entry.name)
            if rank == DECIDING:
                name = next(mark.name for mark in MARKS.values() if mark.symbol == trace["marker"]["symbol"])
            entries.setdefault((rank, name), LegendEntry(name, entry.svg))
    return tuple(entry for _, entry in sorted(entries.items()))


def _entries(figure: Figure) -> Iterator[tuple[Trace, LegendEntry]]:
    named = [trace for trace in figure["data"] if trace.get("showlegend", True) and trace.get("name")]
    for trace in sorted(named, key=lambda trace: trace.get("legendrank", 1000)):
        yield trace, LegendEntry(trace["name"], _sample(trace))


def _sample(trace: Trace) -> str:
    parts = []
    if trace.get("fill") == "toself":
        parts.append(f'<rect x="1" y="3" width="26" height="10" fill="{LINE}" fill-opacity="0.3"/>')
    if trace["type"] == "bar":
        parts.append(f'<rect x="7" y="2" width="14" height="12" fill="{trace["marker"]["color"]}"/>')
        if "pattern" in trace["marker"]:
            parts += [f'<path d="M{x} 14 L{x + 8} 2" stroke="#ffffff" stroke-width="2"/>' for x in (5, 11)]
    if "lines" in trace.get("mode", ""):
        parts.append(_line(trace["line"]))
    if trace.get("mode") == "text":
        parts.append(KEPT_BACK_SIGN)
    if "markers" in trace.get("mode", ""):
        parts.append(_marker(trace["marker"], trace.get("line", {}).get("color", LINE)))
    content = "".join(parts).replace(TEXT, CURRENT)
    size = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{content}</svg>'


def _line(line: Trace) -> str:
    dashes = DASHES.get(line.get("dash", ""), "")
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    width = min(float(line.get("width", 2)), 6.0)
    colour = LINE if line["color"].startswith("rgba") else line["color"]
    return f'<path d="M1 8 H27" stroke="{colour}" stroke-width="{width}"{dashed}/>'


def _marker(marker: Trace, line_colour: str) -> str:
    symbol, colour = marker.get("symbol", "circle"), marker.get("color", line_colour)
    if symbol == "line-ns-open":
        return f'<path d="M2 3 V13 M26 3 V13" stroke="{colour}" stroke-width="2"/>'
    drawn = f'stroke="{colour}" stroke-width="2.5" fill="none"' if symbol in STROKED else f'fill="{colour}"'
    return f'<path d="{PATHS[symbol]}" {drawn}/>'


def event_letters(count: int) -> tuple[str, ...]:
    """The letters that stand for events on a chart: A to Z, then A1 and on."""
    alphabet = [chr(ord("A") + number) for number in range(26)]
    return tuple(alphabet[number % 26] + ("" if number < 26 else str(number // 26)) for number in range(count))
