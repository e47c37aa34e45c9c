"""A page's document drawn with Streamlit: its blocks and its charts."""

from __future__ import annotations

import streamlit as st

from improvement_board.dashboard.controls import own_parameters
from improvement_board.dashboard.documents import document_for, shown_by
from improvement_board.dashboard.run import look
from improvement_board.dashboard.shell import html
from improvement_board.document.drawn_chart import carried_chart, chart_width
from improvement_board.document.pages import html_parts


def draw_page() -> None:
    """Draw the page that this run looks at from the top, with its title in the window's title too."""
    seen, own = look(), own_parameters(st.query_params.to_dict())
    document = document_for(seen, own)
    st.set_page_config(page_title=document.window_title)
    width = chart_width(st.context.cookies, st.context.headers.get("User-Agent", ""))
    asked = (*shown_by(seen, own), width)
    for block in seen.kept("app's parts", asked, lambda: html_parts(document, width, carried_chart)):
        html(block)
