"""A page's document drawn with Streamlit: its blocks and its charts."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from markupsafe import Markup

from improvement_board.dashboard.controls import own_parameters
from improvement_board.dashboard.documents import document_for
from improvement_board.dashboard.run import look
from improvement_board.dashboard.shell import html
from improvement_board.document.drawn_chart import Chart, carried_chart, chart_width
from improvement_board.document.pages import Document, Part
from improvement_board.document.panels import Panels, panels


def draw_page() -> None:
    """Draw the page that this run looks at."""
    draw(document_for(look(), own_parameters(st.query_params.to_dict())))


def draw(document: Document) -> None:
    """Draw a document from the top, with its title in the window's title too."""
    st.set_page_config(page_title=f"{document.title} – {document.frame.council} Improvement Board")
    width = chart_width(st.context.cookies, st.context.headers.get("User-Agent", ""))

    def carry(chart: Chart, wide: int) -> Markup:
        return carried_chart(chart, wide, document.pictures[chart.name])

    for part in document.parts:
        _draw_part(part, width, carry)


def _draw_part(part: Part, width: int, carry: Callable[[Chart, int], Markup]) -> None:
    if isinstance(part, Markup):
        html(part)
    elif isinstance(part, Panels):
        html(panels(part, carry, width))
    else:
        html(carry(part, width))
