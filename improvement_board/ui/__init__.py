"""The one part of the package that renders: what pages share, drawn with Streamlit."""

from improvement_board.ui.figures import ambition_download, chart, kpi_chart, quality_table
from improvement_board.ui.indicator_parts import categories, distribution, teams, workers
from improvement_board.ui.run import address, board, charts_choice, current_page, indicator_choice, run_of, viewer
from improvement_board.ui.shell import (
    dress,
    error_page,
    head,
    html,
    leave_withdrawn,
    not_supplied,
    passed_over,
    plan_refused,
    preload_charts,
    said_of_withdrawn,
    say,
    shared_controls,
)

__all__ = [
    "address",
    "ambition_download",
    "board",
    "categories",
    "chart",
    "charts_choice",
    "current_page",
    "distribution",
    "dress",
    "error_page",
    "head",
    "html",
    "indicator_choice",
    "kpi_chart",
    "leave_withdrawn",
    "not_supplied",
    "passed_over",
    "plan_refused",
    "preload_charts",
    "quality_table",
    "run_of",
    "said_of_withdrawn",
    "say",
    "shared_controls",
    "teams",
    "viewer",
    "workers",
]
