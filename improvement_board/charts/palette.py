"""Colours and shapes of marks: each colour has 3:1 contrast on white and on #171614, and none means anything alone.

TEXT is no colour but the place Streamlit's theme puts its dark grey, or light grey in the dark theme: the grey it gives
axis labels otherwise has too little contrast to be read.
"""

from __future__ import annotations

from dataclasses import dataclass

TEXT = "#000037"
VALUE = "#7a828a"
IMPROVEMENT = "#1f7fd1"
CONCERN = "#d9660a"
NEUTRAL = "#9165c9"
TARGET = "#c2408f"
LINE = "#808080"
BAND = "rgba(128, 128, 128, 0.16)"
COMPARATOR_COLOURS = {"England": "#0f8a7e", "Region": "#a3760f", "Statistical neighbours": "#7f6a55"}
COMPARATOR_SYMBOLS = {"England": "x", "Region": "cross", "Statistical neighbours": "hourglass"}


@dataclass(frozen=True)
class Mark:
    """How one kind of point looks and what the legend calls it."""

    colour: str
    symbol: str
    name: str


PLAIN = Mark(VALUE, "circle", "Each figure")
TOO_FEW_MARK = Mark(VALUE, "circle-open", "Too few to say")
MARKS = {
    "better": Mark(IMPROVEMENT, "diamond", "Better"),
    "worse": Mark(CONCERN, "square", "Worse"),
    "higher": Mark(NEUTRAL, "triangle-up", "Higher"),
    "lower": Mark(NEUTRAL, "triangle-down", "Lower"),
}
SIDE_MARKS = {
    "better": Mark(IMPROVEMENT, "diamond", "Better than the limits"),
    "worse": Mark(CONCERN, "square", "Worse than the limits"),
    "above": Mark(NEUTRAL, "triangle-up", "Above the limits"),
    "below": Mark(NEUTRAL, "triangle-down", "Below the limits"),
}
