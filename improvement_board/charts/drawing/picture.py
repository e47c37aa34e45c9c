"""A whole picture from a figure."""

from __future__ import annotations

from improvement_board.charts.drawing.elements import element, escape
from improvement_board.charts.drawing.frame import framed
from improvement_board.charts.drawing.known import UndrawableError, refuse_unknown
from improvement_board.charts.drawing.looks import FILE_FONT, PAINTS, Look, Paint
from improvement_board.charts.drawing.notes import draw_annotations, draw_axes, draw_grid, draw_shapes
from improvement_board.charts.drawing.traces import draw_traces, stacked
from improvement_board.charts.parts import Figure

NAMESPACE = "http://www.w3.org/2000/svg"


def figure_svg(figure: Figure, alternative: str, *, width: int, height: int | None = None, look: Look = "page") -> str:
    """A figure as an SVG of `width` by `height` pixels (by default the figure's own height), named by the `alternative`
    text.

    `look` is `page`, for a page's HTML: its font, its colours from `--ib-ink` and `--ib-grid` (by default the colour of
    the text around, and a grey), no ground. Or it is `light` or `dark`, which stand by themselves as a file. Letters
    have their real size: show it at the width it is drawn for (`WIDTHS`). It has no ids, links or scripts.

    Raises `UndrawableError` for what a figure has and this cannot draw.
    """
    paint = PAINTS[look]
    drawn, tall = draw_figure(figure, width, height, paint)
    return picture(drawn, alternative, width, tall, paint)


def draw_figure(figure: Figure, width: int, height: int | None, paint: Paint) -> tuple[str, int]:
    """All of a figure, without the picture around it, and how many pixels high it is. Raises as `figure_svg` does."""
    refuse_unknown(figure)
    try:
        return _draw_known(figure, width, height or figure["layout"]["height"], paint)
    except KeyError as error:
        raise UndrawableError(f"the figure does not say its {error}") from error


def _draw_known(figure: Figure, width: int, height: int, paint: Paint) -> tuple[str, int]:
    figure = stacked(figure)
    frame = framed(figure, width, height)
    layers = {
        "shapes": draw_shapes(figure, frame, paint),
        "grid": draw_grid(frame, paint),
        "traces": draw_traces(figure, frame, paint),
        "axes": draw_axes(figure, frame, paint),
        "annotations": draw_annotations(figure, frame, paint),
    }
    return "".join(element("g", content, **{"class": name}) for name, content in layers.items() if content), height


def picture(drawn: str, alternative: str, width: int, height: int, paint: Paint) -> str:
    """The picture around what is drawn, with its name; one with a ground has a font and a title too."""
    named = {"role": "img", "aria_label": alternative, "class": "ib-chart"}
    size = {"viewBox": f"0 0 {width} {height}", "width": width, "height": height}
    if paint.ground is None:
        return element("svg", drawn, xmlns=NAMESPACE, **size, **named)
    title = element("title", escape(alternative))
    ground = element("rect", width=width, height=height, fill=paint.ground)
    return element("svg", title + ground + drawn, xmlns=NAMESPACE, font_family=FILE_FONT, **size, **named)
