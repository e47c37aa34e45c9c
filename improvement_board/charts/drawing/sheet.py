"""A chart as a file that says all by itself: what a page has around it as HTML stands in the picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import unescape

from improvement_board.charts.drawing.elements import element
from improvement_board.charts.drawing.letters import text_element, text_width
from improvement_board.charts.drawing.looks import PAINTS, FileLook, Paint
from improvement_board.charts.drawing.picture import draw_figure, picture
from improvement_board.charts.legend import CURRENT, HEIGHT, WIDTH, LegendEntry, legend
from improvement_board.charts.parts import FONT_SIZE, Figure, escaped

EDGE = 12
TITLE_SIZE = 18
LINE = 1.35  # of the size: from one line to the next
SAMPLE_GAP, ENTRY_GAP, LEGEND_FOOT = 6, 18, 8
LETTER_MIDDLE = 0.65  # of the size: from the top of a line to the middle of its letters


def chart_sheet(
    figure: Figure,
    alternative: str,
    *,
    title: str,
    notes: Sequence[str] = (),
    width: int,
    height: int | None = None,
    look: FileLook = "light",
) -> str:
    """A figure as an SVG file: the `title` over it, its legend under it, then `notes`, such as the source.

    `title` and `notes` are plain text, and are wrapped. `height` in pixels is the chart's own, to which the
    words add. The rest is as `figure_svg` has it.
    """
    paint = PAINTS[look]
    drawn, tall = draw_figure(figure, width, height, paint)
    head = list(_wrap_text(title, width - 2 * EDGE, TITLE_SIZE, is_bold=True))
    parts, down = _write_lines(head, EDGE, TITLE_SIZE, paint)
    parts.append(element("g", drawn, transform=f"translate(0 {down:g})"))
    down += tall + EDGE
    entries, down = _draw_legend(legend(figure), down, width, paint)
    feet = [line for note in notes for line in _wrap_text(note, width - 2 * EDGE, FONT_SIZE)]
    below, down = _write_lines(feet, down, FONT_SIZE, paint)
    return picture("".join([*parts, *entries, *below]), alternative, width, round(down + EDGE / 2), paint)


def _wrap_text(text: str, room: float, size: float, *, is_bold: bool = False) -> Iterator[str]:
    """The lines of a plain text that fit, as texts of a figure; a word that is too long for one has it alone."""
    line = ""
    for word in escaped(text).split(" "):
        longer = f"{line} {word}".strip()
        if line and text_width(_embolden(longer, is_bold), size) > room:
            yield _embolden(line, is_bold)
            longer = word
        line = longer
    if line:
        yield _embolden(line, is_bold)


def _embolden(text: str, is_bold: bool) -> str:
    return f"<b>{text}</b>" if is_bold else text


def _write_lines(
    lines: Sequence[str], down: float, size: float, paint: Paint, left: float = EDGE
) -> tuple[list[str], float]:
    """Lines from a height on, and the height below them."""
    step = LINE * size
    drawn = [
        text_element(line, (left, down + step * number + size), size, paint, anchor="start")
        for number, line in enumerate(lines)
    ]
    return drawn, down + step * len(lines)


def _draw_legend(entries: Sequence[LegendEntry], down: float, width: int, paint: Paint) -> tuple[list[str], float]:
    """The entries beside each other as long as there is room, and the height below them."""
    drawn: list[str] = []
    x, rows = float(EDGE), 0
    room = width - 2 * EDGE - WIDTH - SAMPLE_GAP
    for entry in entries:
        lines = list(_wrap_text(unescape(entry.name), room, FONT_SIZE))
        length = WIDTH + SAMPLE_GAP + max(text_width(line, FONT_SIZE) for line in lines)
        if x > EDGE and x + length > width - EDGE:
            x, down, rows = float(EDGE), down + rows * LINE * FONT_SIZE, 0
        sample = down + LETTER_MIDDLE * FONT_SIZE - HEIGHT / 2
        drawn.append(element("g", entry.svg.replace(CURRENT, paint.ink), transform=f"translate({x:g} {sample:g})"))
        words, _ = _write_lines(lines, down, FONT_SIZE, paint, left=x + WIDTH + SAMPLE_GAP)
        drawn += words
        x, rows = x + length + ENTRY_GAP, max(rows, len(lines))
    return drawn, down + rows * LINE * FONT_SIZE + (LEGEND_FOOT if entries else 0)
