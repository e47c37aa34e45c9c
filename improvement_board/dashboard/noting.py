"""Notes in the access record: the pages that are looked at, what is downloaded, who is refused."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

import streamlit as st

from improvement_board.access.record import RECORD_VARIABLE, AccessRecord, MemoryRecord, open_record
from improvement_board.access.record_entry import EventKind, RecordEntry, row_count
from improvement_board.access.record_filters import KEYS as RECORD_KEYS
from improvement_board.access.serving import is_open
from improvement_board.access.settings import read_access
from improvement_board.access.throttle import Awaited, Seen, Throttle
from improvement_board.access.viewer import Viewer
from improvement_board.dashboard.run import this_run
from improvement_board.declared.home import Home, default_home
from improvement_board.document.pages import OWN_PARAMETERS
from improvement_board.editions.shelf import Shelf
from improvement_board.errors import InputError
from improvement_board.figures.download import CSV_SUFFIX
from improvement_board.page_models import Address
from improvement_board.page_models.controls import RECORD_PAGE

PAGE_KEYS = (*OWN_PARAMETERS, *RECORD_KEYS)
PLAN_PAGE = "plan"
USUAL_KEEP_DAYS = 400
FAILED_SIGN_INS, SIGN_INS, FIRST_VIEWS = Throttle(30, 60), Seen(10_000), Awaited(1_000, 60)
LOOKED_AT = Seen(10_000)
NOT_SIGNED_IN = "the identity provider did not sign them in"
NOT_FOR_ROLE = "not for the role"
EXPIRED, NO_GRANT = "the sign-in has expired", "no grant names this person"


def record(shelf: Shelf | None = None) -> AccessRecord | MemoryRecord:
    """The access record of the home that is served, one for the whole server. A run gives the editions that it sees;
    what is noted outside of any run is noted by those there are now."""
    home = default_home()
    try:
        settings = read_access(home)
    except InputError:  # said in place of every page; what is noted until it is mended is kept
        settings = None
    is_demonstration = not home.access.exists() and is_open(home, shelf)
    kept_record = _record_of(str(home.folder), os.environ.get(RECORD_VARIABLE, ""), is_demonstration)
    if isinstance(kept_record, AccessRecord) and settings:
        kept_record.keep_days = settings.record_days
    return kept_record


@lru_cache(maxsize=8)
def _record_of(home: str, named: str, is_demonstration: bool) -> AccessRecord | MemoryRecord:
    environment = {RECORD_VARIABLE: named}
    return open_record(Home(Path(home)), USUAL_KEEP_DAYS, is_demonstration=is_demonstration, environment=environment)


def record_view(viewer: Viewer, page: str, chosen: Address | None) -> None:
    """Note that a page is looked at, once for each page and address, not each time it is drawn anew. `page` is its
    address, `chosen` the shared choices as they were checked, which the access record's own page does not have."""
    entry = _view_entry(viewer, page, chosen, st.query_params.to_dict())
    if FIRST_VIEWS.take(_same(entry), time.monotonic()):  # noted when it was sent
        st.session_state["noted view"] = _same(entry)
    _note_once("noted view", entry)
    _is_new_today(entry)


def note_first_view(viewer: Viewer, page: str, chosen: Address, asked: Mapping[str, str], shelf: Shelf) -> None:
    """Note that a page is looked at in its first view. The run of the app that follows does not note it again."""
    entry = _view_entry(viewer, page, chosen, asked)
    record(shelf).note(entry)
    FIRST_VIEWS.add(_same(entry), time.monotonic())
    _is_new_today(entry)


def note_figure(viewer: Viewer, page: str, chosen: Address, asked: Mapping[str, str], shelf: Shelf) -> None:
    """Note that a page is looked at whose figure is asked for, unless that it is looked at was noted today."""
    entry = _view_entry(viewer, page, chosen, asked)
    if _is_new_today(entry):
        record(shelf).note(entry)


def note_download(
    viewer: Viewer, page: str, chosen: Address | None, asked: Mapping[str, str], shelf: Shelf, file: str, text: str
) -> None:
    """Note that a file of a page is downloaded: its name, and of a table how many rows its text has."""
    looked_at = _view_entry(viewer, page, chosen, asked)
    rows = row_count(text) if file.endswith(CSV_SUFFIX) else None
    record(shelf).note(replace(looked_at, event="download", file=file, rows=rows))


def _is_new_today(entry: RecordEntry) -> bool:
    """Whether nobody was noted today who looks at the same."""
    return LOOKED_AT.is_new("\n".join((entry.when.date().isoformat(), *_same(entry))))


def _view_entry(viewer: Viewer, page: str, chosen: Address | None, asked: Mapping[str, str]) -> RecordEntry:
    shared = replace(chosen, role=None).parameters() if chosen and page != RECORD_PAGE else {}
    own = {key: asked[key] for key in PAGE_KEYS if asked.get(key)}
    return _entry("page", viewer.name, viewer.role, page or PLAN_PAGE, {**shared, **own})


def record_refusal(viewer: Viewer, page: str) -> None:
    """Note that a page was refused to a viewer's role, once for each page."""
    _note_once("noted refusal", _entry("refusal", viewer.name, viewer.role, page or PLAN_PAGE, reason=NOT_FOR_ROLE))


def record_sign_in(viewer: Viewer, key: str, shelf: Shelf) -> None:
    """Note a sign-in, once for all its pages and tabs while this server runs; `key` tells it from every other."""
    if SIGN_INS.is_new(key):
        record(shelf).note(_entry("sign-in", viewer.name, viewer.role))


def record_sign_in_failure(who: str, page: str, reason: str) -> None:
    """Note that somebody is signed in and may not look, once for each page and reason. `who` is what the identity
    provider calls them."""
    _note_once("noted failure", _entry("sign-in-failure", who, "", page or PLAN_PAGE, reason=reason))


def record_failed_sign_in() -> None:
    """Note that somebody came back from the identity provider and is not signed in. Anybody can cause it, without a
    session: so no more than 30 a minute are noted, and how many there were between."""
    passed_over = FAILED_SIGN_INS.admit(time.monotonic())
    if passed_over is not None:
        more = f"; {passed_over} more before this one" if passed_over else ""
        record().note(_entry("sign-in-failure", "", "", reason=f"{NOT_SIGNED_IN}{more}"))


def record_sign_out(viewer: Viewer) -> None:
    """Note that somebody signs out."""
    record().note(_entry("sign-out", viewer.name, viewer.role))


def _entry(
    event: EventKind, who: str, role: str, page: str = "", filters: Mapping[str, str] | None = None, reason: str = ""
) -> RecordEntry:
    return RecordEntry(datetime.now(UTC), who, role, event, page, filters or {}, reason=reason)


def _note_once(slot: str, entry: RecordEntry) -> None:
    """Note an entry, unless it says the same as the last one of its sort in this session."""
    same = _same(entry)
    if st.session_state.get(slot) != same:
        st.session_state[slot] = same
        record(this_run().shelf).note(entry)


def _same(entry: RecordEntry) -> tuple[str, ...]:
    """What two entries of one sort have in common that say the same."""
    filters = (part for pair in sorted(entry.filters.items()) for part in pair)
    return (entry.who, entry.role, entry.page, entry.reason, *filters)
