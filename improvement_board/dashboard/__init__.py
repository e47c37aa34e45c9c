"""The one part of the package that renders: what pages share, drawn with Streamlit."""

from improvement_board.dashboard.access_record import chosen_record, record_download
from improvement_board.dashboard.controls import asked_look, draw_bar, draw_role_bar
from improvement_board.dashboard.figures import draw_page
from improvement_board.dashboard.noting import record_view
from improvement_board.dashboard.run import look, looks_at, this_run, viewer
from improvement_board.dashboard.server import middleware
from improvement_board.dashboard.shell import (
    dress,
    error_page,
    html,
    passed_over,
    plan_refused,
    say,
)
from improvement_board.dashboard.sign_in import Admission, admission, person, refused
from improvement_board.dashboard.streamlit_private import declare_pages

__all__ = [
    "Admission",
    "admission",
    "asked_look",
    "chosen_record",
    "declare_pages",
    "draw_bar",
    "draw_page",
    "draw_role_bar",
    "dress",
    "error_page",
    "html",
    "look",
    "looks_at",
    "middleware",
    "passed_over",
    "person",
    "plan_refused",
    "record_download",
    "record_view",
    "refused",
    "say",
    "this_run",
    "viewer",
]
