"""Charts with their words, tables and downloads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from improvement_board import charts, words
from improvement_board.dashboard.noting import noted
from improvement_board.dashboard.run import board, viewer
from improvement_board.dashboard.shell import html
from improvement_board.dashboard.sign_in import while_signed_in
from improvement_board.dashboard.streamlit_private import ready_figure
from improvement_board.figures.download import Download
from improvement_board.figures.export_request import ExportRequest
from improvement_board.html import quality
from improvement_board.html.chart import chart_foot, chart_head, no_figures
from improvement_board.html.parts import Links
from improvement_board.page_models.ambition_page import ambition_file_name
from improvement_board.page_models.models import AmbitionPage, Frame, KpiOutline
from improvement_board.page_models.quality_export import quality_file_name
from improvement_board.page_models.quality_models import QualityPage

CHART_HEIGHT = 300


def chart(figure: dict[str, Any], alternative: str, key: str) -> None:
    """A Plotly figure under its alternative text."""
    st.plotly_chart(ready_figure(figure), key=key, alt=alternative, config=charts.config(), theme="streamlit")


def kpi_chart(outline: KpiOutline, frame: Frame, key: str, *, linked: bool = True, height: int = CHART_HEIGHT) -> None:
    """One KPI: its sentence, chart, table, source and download."""
    series = outline.series
    html(chart_head(outline, Links(frame.address.parameters()) if linked else None))
    if words.latest_place(series) is None:
        html(no_figures(series))
        return
    figure = charts.control_chart(series, height=height)
    chart(figure, words.with_caveats(words.alternative_text(series), outline.caveats), key)
    html(chart_foot(outline, figure))
    request = ExportRequest(
        (series.definition.id,),
        frame.address.team,
        frame.address.first,
        frame.address.last,
        by_category=series.category is not None,
    )
    download("Download these figures (CSV)", request, frame, f"download-{key}")


def download(label: str, request: ExportRequest, frame: Frame, key: str) -> None:
    """A button that saves the CSV of a request, worked out when it is pressed."""
    from improvement_board.figures.csv import file_name

    who, the_board = viewer(), board()
    save_button(label, lambda: the_board.export(who, frame.edition, request), file_name(frame.edition, request), key)


def ambition_download(page: AmbitionPage) -> None:
    """Every figure of an ambition's page in one file, drawn or listed."""
    if not page.outlines:
        return
    who, shared, the_board = viewer(), page.frame.address, board()
    save_button(
        "Download all figures of this ambition (CSV)",
        lambda: the_board.ambition_export(who, shared, page.id),
        ambition_file_name(page),
        f"download-{page.id}",
    )


def quality_table(page: QualityPage) -> None:
    """Every indicator of the data quality page, with its download."""
    if not page.kpis:
        return
    html("<h2>Every indicator</h2>")
    who, shared, the_board = viewer(), page.frame.address, board()
    name = quality_file_name(page.frame.edition)
    save_button("Download this table (CSV)", lambda: the_board.quality_export(who, shared), name, "quality")
    html(quality.indicators(page))


def save_button(label: str, make: Callable[[], Download], name: str, key: str) -> None:
    """A download that is made when it is asked for, while the sign-in holds, and noted in the access record."""
    st.download_button(
        label, data=while_signed_in(noted(viewer(), make)), file_name=name, mime="text/csv", key=key, on_click="ignore"
    )
