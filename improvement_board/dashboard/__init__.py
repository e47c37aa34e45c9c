"""The one part of the package that renders: what pages share, drawn with Streamlit."""

from improvement_board.dashboard.access_record import chosen_record, record_download
from improvement_board.dashboard.controls import (
    edition_control,
    leave_withdrawn,
    said_of_withdrawn,
    shared_controls,
)
from improvement_board.dashboard.figures import ambition_figures, changes_file, chart, kpi_chart, quality_table
from improvement_board.dashboard.indicator_parts import categories, distribution, teams, workers
from improvement_board.dashboard.noting import record_view
from improvement_board.dashboard.run import charts_choice, indicator_choice, look, looks_at, this_run, viewer
from improvement_board.dashboard.server import middleware
from improvement_board.dashboard.shell import (
    dress,
    error_page,
    head,
    html,
    not_supplied,
    passed_over,
    plan_refused,
    preload_charts,
    say,
)
from improvement_board.dashboard.sign_in import Admission, admission, person, refused, view_as, while_signed_in
from improvement_board.dashboard.streamlit_private import declare_pages

__all__ = [
    "Admission",
    "admission",
    "ambition_figures",
    "categories",
    "changes_file",
    "chart",
    "charts_choice",
    "chosen_record",
    "declare_pages",
    "distribution",
    "dress",
    "edition_control",
    "error_page",
    "head",
    "html",
    "indicator_choice",
    "kpi_chart",
    "leave_withdrawn",
    "look",
    "looks_at",
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
    "said_of_withdrawn",
    "say",
    "shared_controls",
    "teams",
    "this_run",
    "view_as",
    "viewer",
    "while_signed_in",
    "workers",
]
