"""The frame of a picture: margins that hold the labels, and the axes in it, as Plotly sets them."""

from __future__ import annotations

from dataclasses import dataclass

from improvement_board.charts.drawing.axes import Axis
from improvement_board.charts.drawing.letters import ABOVE, BELOW, BELOW_MIDDLE, LINE_SPACING, text_lines, text_width
from improvement_board.charts.drawing.ranges import axis_range
from improvement_board.charts.parts import AUTOMARGIN_PAD, Figure

TITLE_SIZE = 14  # of Streamlit's theme, where a figure has no other
TITLE_ROOM = 0.7  # of the size: kept for a title even where it is empty
MOST_PASSES = 6
SIDES = ("t", "b", "l", "r")

Margins = dict[str, float]


@dataclass(frozen=True)
class Frame:
    """A picture's size and the edges of its plot, in pixels, and its axes by their names in the layout."""

    width: int
    height: int
    left: float
    right: float
    top: float
    bottom: float
    pad: float
    axes: dict[str, Axis]

    @property
    def label_gap(self) -> float:
        """From the plot to the labels of its ticks."""
        return self.pad + 1


def framed(figure: Figure, width: int, height: int) -> Frame:
    """The frame in which every label has its room. It goes round: labels need room, and with less room are others."""
    given = {side: float(figure["layout"]["margin"][side]) for side in SIDES}
    margins = given
    for _ in range(MOST_PASSES):
        frame = _make_frame(figure, width, height, margins)
        needed = _measure_margins(figure, frame, given)
        if needed == margins:
            break
        margins = needed
    return frame


def _make_frame(figure: Figure, width: int, height: int, margins: Margins) -> Frame:
    left, right = margins["l"], width - margins["r"]
    top, bottom = margins["t"], height - margins["b"]
    axes = {}
    for name, given in figure["layout"].items():
        if name in ("xaxis", "yaxis", "yaxis2"):
            start, end = (left, right) if name == "xaxis" else (bottom, top)
            low, high = axis_range(figure, name, abs(end - start))
            axes[name] = Axis(name[0], given, low, high, start, end)
    return Frame(width, height, left, right, top, bottom, figure["layout"]["margin"]["pad"], axes)


def _measure_margins(figure: Figure, frame: Frame, given: Margins) -> Margins:
    """Margins in whole pixels: those given, or more where labels need it."""
    pad = min(AUTOMARGIN_PAD, *given.values())
    needed = dict(given)
    for axis in frame.axes.values():
        if axis.given.get("automargin") and axis.has("visible"):
            for side, room in _measure_rooms(figure, frame, axis).items():
                if room > 0:
                    needed[side] = max(needed[side], round(room + pad))
    return needed


def _measure_rooms(figure: Figure, frame: Frame, axis: Axis) -> Margins:
    """How far the labels of an axis reach out of the plot on each side, with the title's room on its own."""
    size = label_size(figure, axis)
    title = axis.given["title"]
    title_room = title.get("font", {}).get("size", TITLE_SIZE) * TITLE_ROOM + title["standoff"]
    ticks = [(axis.pixel_of(value), text) for value, text in axis.ticks if text] if axis.has("showticklabels") else []
    if axis.letter == "x":
        own = "b"
        half_widths = [(at, text_width(text, size) / 2) for at, text in ticks]
        rooms = {
            "b": labels_depth(figure, frame, axis),
            "l": max((frame.left - (at - half) for at, half in half_widths), default=0),
            "r": max((at + half - frame.right for at, half in half_widths), default=0),
        }
    else:
        own = "l"
        half_heights = [(at, size * LINE_SPACING * (len(text_lines(text)) - 1) / 2) for at, text in ticks]
        above, below = (ABOVE - BELOW_MIDDLE) * size, (BELOW + BELOW_MIDDLE) * size
        rooms = {
            "l": labels_depth(figure, frame, axis),
            "t": max((frame.top - (at - half - above) for at, half in half_heights), default=0),
            "b": max((at + half + below - frame.bottom for at, half in half_heights), default=0),
        }
    return rooms | {own: rooms[own] + title_room}


def labels_depth(figure: Figure, frame: Frame, axis: Axis) -> float:
    """From the plot to the far side of the axis's labels; 0 without any."""
    texts = [text for _, text in axis.ticks if text] if axis.has("showticklabels") else []
    if not texts:
        return 0
    size = label_size(figure, axis)
    if axis.letter == "y":
        return frame.label_gap + max(text_width(text, size) for text in texts)
    lines = max(len(text_lines(text)) for text in texts)
    return frame.label_gap + size * (1 + BELOW + LINE_SPACING * (lines - 1))


def label_size(figure: Figure, axis: Axis) -> float:
    """The size of the letters of an axis's labels."""
    size: float = axis.given.get("tickfont", figure["layout"]["font"])["size"]
    return size
