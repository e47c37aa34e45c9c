"""Charts with their words, tables and downloads."""

from __future__ import annotations

from typing import Any

import streamlit as st

from improvement_board import charts, words
from improvement_board.dashboard.noting import noted
from improvement_board.dashboard.run import viewer
from improvement_board.dashboard.shell import html
from improvement_board.dashboard.sign_in import while_signed_in
from improvement_board.dashboard.streamlit_private import ready_figure
from improvement_board.document import quality
from improvement_board.document.control_chart import chart_foot, chart_head, no_figures
from improvement_board.document.parts import Links
from improvement_board.figures.download import Download
from improvement_board.page_models.downloads import (
    ambition_download,
    changes_download,
    chart_download,
    quality_download,
)
from improvement_board.page_models.models import AmbitionPage, ChangesPage, Frame, KpiOutline
from improvement_board.page_models.quality_models import QualityPage

CHART_HEIGHT = 300


def chart(figure: dict[str, Any], alternative: str, key: str) -> None:
    """A Plotly figure under its alternative text."""
    st.plotly_chart(ready_figure(figure), key=key, alt=alternative, config=charts.config(), theme="streamlit")


def kpi_chart(
    outline: KpiOutline,
    frame: Frame,
    key: str,
    *,
    linked: bool = True,
    height: int = CHART_HEIGHT,
    key_under: str = "",
) -> None:
    """One KPI: its sentence, chart, table, source and download. `key_under` as `chart_foot` has it."""
    series = outline.series
    html(chart_head(outline, Links(frame.address.parameters()) if linked else None))
    if words.latest_index(series) is None:
        html(no_figures(series))
        return
    figure = charts.control_chart(series, height=height)
    chart(figure, words.with_caveats(words.alternative_text(series), outline.caveats), key)
    html(chart_foot(outline, figure, key_under))
    save_button("Download these figures (CSV)", chart_download(series, frame), f"download-{key}")


def ambition_figures(page: AmbitionPage) -> None:
    """Every figure of an ambition's page in one file, drawn or listed."""
    if page.outlines:
        save_button("Download all figures of this ambition (CSV)", ambition_download(page), f"download-{page.id}")


def changes_file(page: ChangesPage) -> None:
    """Every change that the page lists, in one file."""
    if page.told:
        save_button("Download these changes (CSV)", changes_download(page), "changes")


def quality_table(page: QualityPage) -> None:
    """Every indicator of the data quality page, with its download."""
    if not page.kpis:
        return
    save_button("Download this table (CSV)", quality_download(page), "quality")
    html(quality.indicators(page))


def save_button(label: str, download: Download, key: str) -> None:
    """A download that is written when it is asked for, while the sign-in holds, and noted in the access record."""
    write = while_signed_in(noted(viewer(), download))
    st.download_button(label, data=write, file_name=download.file_name, mime="text/csv", key=key, on_click="ignore")
