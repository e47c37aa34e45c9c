"""A chart on a page: a drawing at once, which is enough by itself, and what its live figure is asked for by.

The live figure is not sent with the page. The browser asks for it when somebody points at the chart.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from markupsafe import Markup

from improvement_board.charts import Figure
from improvement_board.charts.drawing import figure_svg
from improvement_board.document.assets import read_file
from improvement_board.document.environment import render
from improvement_board.document.saves import Save

USUAL_WIDTH, PHONE_WIDTH = 1376, 358  # pixels of a chart on a screen of 1440 and of 390
WIDTH_COOKIE, WIDTHS = "ib-width", range(240, 3841)  # pixels
DIGEST_LETTERS = 16
CHART_HEADER = "IB-Chart"  # of a request, for the live figure of the chart that it names


@dataclass(frozen=True)
class Said:
    """What stands around a chart where it stands alone: a title and further lines, the source last."""

    title: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chart:
    """A chart: what tells it from the page's others, its figure for Plotly, its alternative text, and what its picture
    says beside."""

    key: str
    figure: Figure
    alternative: str
    said: Said

    @cached_property
    def text(self) -> str:
        """The figure as JSON."""
        return json.dumps(self.figure, separators=(",", ":"))

    @cached_property
    def name(self) -> str:
        """What its live figure is asked for by: its key and what it shows, so that no other figure comes in its place
        once the page shows another team, or another edition is published."""
        return f"{self.key}.{hashlib.sha256(self.text.encode()).hexdigest()[:DIGEST_LETTERS]}"


def drawn_chart(chart: Chart, width: int, picture: Save) -> Markup:
    """A chart as a drawing `width` pixels wide, with the links that save it."""
    drawing = Markup(_drawing(chart, width))  # noqa: S704
    return render("drawn_chart", "drawn", chart=chart, drawing=drawing, picture=picture)


def carried_chart(chart: Chart, width: int, picture: Save) -> Markup:
    """The same where Streamlit takes drawings out of HTML: the drawing is carried in an attribute, from which the
    page's script takes it."""
    drawing = Markup(_drawing(chart, width).replace("&", "&amp;").replace("'", "&#39;"))  # noqa: S704
    return render("drawn_chart", "carried", chart=chart, drawing=drawing, picture=picture)


def chart_width(cookies: Mapping[str, str], agent: str) -> int:
    """How wide a chart is on a screen, in pixels: as the page noted in a cookie, else a guess by the browser's name."""
    noted = cookies.get(WIDTH_COOKIE, "")
    if noted.isascii() and noted.isdigit() and len(noted) < 5 and int(noted) in WIDTHS:
        return int(noted)
    return PHONE_WIDTH if "Mobile" in agent else USUAL_WIDTH


@cache
def live_script(plotly: str) -> Markup:
    """Puts drawings where they are carried to, and brings them to life. `plotly`: the address of Plotly, relative to
    the app's root."""
    return render("assets", "script", code=read_file("drawn_chart/live.js").replace("PLOTLY_ADDRESS", plotly))


def _drawing(chart: Chart, width: int) -> str:
    return _drawing_of(chart.text, chart.alternative, width)


@lru_cache(maxsize=300)
def _drawing_of(figure: str, alternative: str, width: int) -> str:
    """The drawing of a figure, which the first view and the app's own page both need."""
    return figure_svg(json.loads(figure), alternative, width=width)
