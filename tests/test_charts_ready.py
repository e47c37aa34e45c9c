"""Figures reach Streamlit as they were drawn."""

from __future__ import annotations

import plotly.io
import plotly.tools

from improvement_board.charts import empty_figure
from improvement_board.charts.ready import ReadyFigure


def test_a_ready_figure_is_sent_as_it_is() -> None:
    figure = empty_figure("There is no figure")
    sent = plotly.tools.return_figure_from_figure_or_data(ReadyFigure(figure), validate_figure=True)
    assert sent is figure
    assert '"There is no figure"' in plotly.io.to_json(sent, validate=False)
