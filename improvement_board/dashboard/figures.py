"""A page's document drawn with Streamlit: its blocks, its charts, its downloads."""

from __future__ import annotations

from itertools import groupby

import streamlit as st
from markupsafe import Markup

from improvement_board.dashboard.noting import noted
from improvement_board.dashboard.run import look, viewer
from improvement_board.dashboard.shell import html
from improvement_board.dashboard.sign_in import while_signed_in
from improvement_board.document.drawn_chart import Chart, carried_chart, chart_width
from improvement_board.document.pages import Document, Part, Save, document_of
from improvement_board.document.panels import Panels, panels
from improvement_board.figures.download import Download


def draw_page() -> None:
    """Draw the page that this run looks at."""
    draw(document_of(look(), st.query_params.to_dict()))


def draw(document: Document) -> None:
    """Draw a document from the top, with its title in the window's title too."""
    st.set_page_config(page_title=f"{document.title} – {document.frame.council} Improvement Board")
    width = chart_width(st.context.cookies, st.context.headers.get("User-Agent", ""))
    for is_save, parts in groupby(document.parts, lambda part: isinstance(part, Save)):
        with st.container(horizontal=is_save):
            for part in parts:
                _draw_part(part, width)


def _draw_part(part: Part, width: int) -> None:
    if isinstance(part, Markup):
        html(part)
    elif isinstance(part, Panels):
        html(panels(part, carried_chart, width))
    elif isinstance(part, Chart):
        html(carried_chart(part, width))
    else:
        save_button(part.label, part.download, part.key)


def save_button(label: str, download: Download, key: str) -> None:
    """A download that is written when it is asked for, while the sign-in holds, and noted in the access record."""
    write = while_signed_in(noted(viewer(), download))
    st.download_button(label, data=write, file_name=download.file_name, mime="text/csv", key=key, on_click="ignore")
