"""Text: how wide it is, and Plotly's small HTML as SVG."""

from __future__ import annotations

import re
from html import unescape
from unicodedata import east_asian_width, normalize

from improvement_board.charts.drawing.elements import Point, element, escape
from improvement_board.charts.drawing.known import UndrawableError
from improvement_board.charts.drawing.looks import Paint, painted
from improvement_board.charts.palette import TEXT

LINE_SPACING = 1.3
BELOW_MIDDLE = 0.35  # of the size: from the middle of a line down to what its letters stand on
ABOVE, BELOW = 0.9, 0.21  # of the size: how far letters reach from what they stand on
BOLDER = 1.07
OTHER_WIDTH, FULL_WIDTH = 556, 1000
LETTER_WIDTHS = {  # thousandths of the size, in Arial and what stands in for it
    191: "'’‘",
    222: "ijl",
    278: "ftI .,:;!/\\[]|",
    333: 'r()-`"“”',
    500: "ckvsxyzJ",
    556: "abdeghnopquL0123456789#$?_–",
    584: "+<=>~−",
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "mM",
    889: "%",
    944: "W",
    1000: "—…@",
}
WIDTH_OF = {letter: width for width, letters in LETTER_WIDTHS.items() for letter in letters}
BREAK = re.compile(r"<br ?/?>")
BOLD = re.compile(r"(</?b>)")
OTHER_TAG = re.compile(r"</?[a-zA-Z][^>]*>")

Run = tuple[str, bool]


def text_width(text: str, size: float) -> float:
    """Pixels that the widest line of a text of a figure takes, nearly."""
    return max(sum(_measure_run(run, size) for run in line) for line in text_lines(text))


def text_lines(text: str) -> list[list[Run]]:
    """The lines of a text of a figure, each as runs of letters that are bold or not.

    Raises `UndrawableError` for any other tag than those for bold and a new line.
    """
    is_bold = False
    lines = []
    for line in BREAK.split(text):
        runs = []
        for part in BOLD.split(line):
            if part in ("<b>", "</b>"):
                is_bold = part == "<b>"
            elif OTHER_TAG.search(part):
                raise UndrawableError(f"text {text!r} has a tag that is not known: <b> and <br> are")
            elif part:
                runs.append((unescape(part), is_bold))
        lines.append(runs)
    return lines


def text_element(
    text: str, at: Point, size: float, paint: Paint, *, anchor: str = "middle", colour: str = TEXT, turned: bool = False
) -> str:
    """A text of a figure as SVG. Its first line stands on `at`, the others below; `turned` reads upwards."""
    x, y = at
    lines = text_lines(text)
    parts = []
    for number, runs in enumerate(lines):
        letters = "".join(element("tspan", escape(run), font_weight=700) if bold else escape(run) for run, bold in runs)
        line_start = {"x": x, "dy": LINE_SPACING * size if number else 0}
        parts.append(letters if len(lines) == 1 else element("tspan", letters, **line_start))
    transform = {"transform": f"rotate(-90 {x:g} {y:g})"} if turned else {}
    look = painted("fill", colour, paint)
    return element("text", "".join(parts), x=x, y=y, font_size=size, text_anchor=anchor, **transform, **look)


def first_baseline(middle: float, text: str, size: float) -> float:
    """Where the first line of a text stands whose lines are centred on a height."""
    return middle + BELOW_MIDDLE * size - LINE_SPACING * size * (len(text_lines(text)) - 1) / 2


def _measure_run(run: Run, size: float) -> float:
    text, is_bold = run
    return sum(map(_measure_letter, text)) * size / 1000 * (BOLDER if is_bold else 1)


def _measure_letter(letter: str) -> float:
    known = WIDTH_OF.get(letter) or WIDTH_OF.get(normalize("NFD", letter)[0])
    return known or (FULL_WIDTH if east_asian_width(letter) in "WF" else OTHER_WIDTH)
