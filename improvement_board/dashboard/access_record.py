"""The parts of the access record's page: its filters, bound to the address, and its download."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import streamlit as st

from improvement_board.access.record_entry import EVENTS, LONGEST_TEXT
from improvement_board.access.record_filters import KEYS, ROLE_CHOICES, resolve_filters
from improvement_board.access.record_page import RecordPage, record_days, record_export, record_page
from improvement_board.dashboard.noting import record, record_view
from improvement_board.dashboard.run import this_run, viewer
from improvement_board.dashboard.shell import html, say
from improvement_board.document.frame import title_block
from improvement_board.document.parts import page_address
from improvement_board.document.saves import SAVE, Save, save_links
from improvement_board.page_models.address import ROLE
from improvement_board.page_models.controls import RECORD_PAGE

TITLE, RECORD_KEY = "Access record", "entries"


def chosen_record() -> RecordPage:
    """The title, the filters, and what they choose. Raises NotForRoleError for those who may not read the record."""
    who, kept = viewer(), record(this_run().shelf)
    days = record_days(who, kept)
    record_view(who, RECORD_PAGE, None)
    _, notices = resolve_filters(st.query_params.to_dict(), days)
    html(title_block(TITLE))
    say(notices)
    filters, _ = resolve_filters(_filters(days), days)
    return record_page(who, kept, filters)


def record_download(page: RecordPage) -> None:
    """All entries that the filters keep, as one file."""
    if page.matched:
        asked = {key: value for key, value in st.query_params.to_dict().items() if key in (*KEYS, ROLE)}
        address = page_address(RECORD_PAGE, {**asked, SAVE: RECORD_KEY})
        export = record_export(viewer(), record(this_run().shelf), page.filters)
        html(save_links([Save(RECORD_KEY, "these entries", export, address=address)]))


def _filters(days: Sequence[dt.date]) -> Mapping[str, str]:
    """The filters that are drawn, as the parameters of an address."""
    named = [day.isoformat() for day in days]
    first_row, second_row = st.columns(3), st.columns(3)
    chosen = {
        "since": first_row[0].selectbox(
            "From (day)", named, index=None, placeholder="30 days back", key="since", bind="query-params"
        ),
        "until": first_row[1].selectbox(
            "To (day)", named, index=None, placeholder="The latest", key="until", bind="query-params"
        ),
        "event": first_row[2].selectbox(
            "What", EVENTS, index=None, placeholder="Everything", key="event", bind="query-params"
        ),
        "person": second_row[0].text_input(
            "Person (part of the name)", max_chars=LONGEST_TEXT, key="person", bind="query-params"
        ),
        "record_role": second_row[1].selectbox(
            "Role", ROLE_CHOICES, index=None, placeholder="Every role", key="record_role", bind="query-params"
        ),
        "record_page": second_row[2].text_input(
            "Page (part of its address)", max_chars=LONGEST_TEXT, key="record_page", bind="query-params"
        ),
    }
    return {key: value for key, value in chosen.items() if value}
