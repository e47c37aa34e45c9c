"""The one part of the package that renders: what pages share, drawn with Streamlit."""

from improvement_board.dashboard.access_record import chosen_record, record_download
from improvement_board.dashboard.figures import ambition_download, chart, kpi_chart, quality_table
from improvement_board.dashboard.indicator_parts import categories, distribution, teams, workers
from improvement_board.dashboard.noting import record_view
from improvement_board.dashboard.run import (
    address,
    board,
    charts_choice,
    current_page,
    indicator_choice,
    run_of,
    viewer,
)
from improvement_board.dashboard.server import middleware
from improvement_board.dashboard.shell import (
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
from improvement_board.dashboard.sign_in import Admission, admission, person, refused, view_as, while_signed_in
from improvement_board.dashboard.streamlit_private import declare_pages

__all__ = [
    "Admission",
    "address",
    "admission",
    "ambition_download",
    "board",
    "categories",
    "chart",
    "charts_choice",
    "chosen_record",
    "current_page",
    "declare_pages",
    "distribution",
    "dress",
    "error_page",
    "head",
    "html",
    "indicator_choice",
    "kpi_chart",
    "leave_withdrawn",
    "middleware",
    "not_supplied",
    "passed_over",
    "person",
    "plan_refused",
    "preload_charts",
    "quality_table",
    "record_download",
    "record_view",
    "refused",
    "run_of",
    "said_of_withdrawn",
    "say",
    "shared_controls",
    "teams",
    "view_as",
    "viewer",
    "while_signed_in",
    "workers",
]
