"""The access record as HTML: how its writing goes, the totals, the people, the entries."""

from __future__ import annotations

import datetime as dt

from markupsafe import Markup

from improvement_board.access.record import Health
from improvement_board.access.record_entry import RecordEntry
from improvement_board.access.record_page import PersonTotals, RecordPage
from improvement_board.document.frame import notice_block
from improvement_board.document.parts import STACKED, details, headed, note, table
from improvement_board.figures.formats import format_day
from improvement_board.words import counted

EVENT_WORDS = {
    "page": "Looked at a page",
    "download": "Downloaded",
    "refusal": "Was refused",
    "sign-in": "Signed in",
    "sign-in-failure": "Could not sign in",
    "sign-out": "Signed out",
}


def totals(page: RecordPage) -> Markup:
    """How many people did what, of which days that is, and what is the matter with the record."""
    first, last = page.filters.first, page.filters.last
    since = f"Since {format_day(first)}" if first else "From the beginning"
    until = f" until {format_day(last)}" if last else ""
    said = f"{since}{until}: {_counts(page)}." if page.matched else ""
    kept = "Days and times are in UTC."
    if not page.is_kept:
        kept += " There is no sign-in here: this record is of this run of the server alone, and is written nowhere."
    trouble = Markup().join(map(notice_block, _trouble(page.health, page.unreadable)))
    return note(said, "ib-lede") + note(kept) + trouble


def _counts(page: RecordPage) -> str:
    events = page.events
    downloads = counted(events.get("download", 0), "download", "downloads")
    if page.rows_downloaded:
        downloads += f" ({counted(page.rows_downloaded, 'row', 'rows')})"
    parts = [
        counted(page.people_count, "person", "people"),
        counted(events.get("page", 0), "page looked at", "pages looked at"),
        downloads,
        counted(events.get("refusal", 0), "refusal", "refusals"),
        counted(events.get("sign-in-failure", 0), "failed sign-in", "failed sign-ins"),
    ]
    return ", ".join(parts)


def entries(page: RecordPage) -> Markup:
    """The newest entries, and how many more there are."""
    if not page.matched:
        empty = "There is no entry for this choice: try other days or fewer filters."
        return headed("Entries", note(empty, "ib-empty"))
    shown = len(page.entries)
    caption, more = f"{counted(shown, 'entry', 'entries')}, the newest first", ""
    if shown < page.matched:
        caption, more = f"The newest {shown:,} of {page.matched:,} entries", "The download has every one."
    columns = ["When", "Who", "Role", "What", "Page", "Chosen"]
    made = table(caption, columns, [_entry(entry) for entry in page.entries], css_class=STACKED)
    return headed("Entries", made + note(more))


def people(page: RecordPage) -> Markup:
    """What each person did, on request."""
    if not page.people:
        return Markup()
    columns = ["Who", "Roles", "Pages", "Downloads", "Refused", "Last seen"]
    rows = [_person(totals) for totals in page.people]
    left = page.people_count - len(page.people)
    caption = "Each person, the last seen first" + (f"; {left:,} more are not listed" if left else "")
    made = table(caption, columns, rows, numbers=(2, 3, 4), css_class=STACKED)
    return details(f"By person ({page.people_count:,})", made)


def _person(totals: PersonTotals) -> list[str]:
    roles = ", ".join(sorted(totals.roles)) or "–"
    return [
        totals.who,
        roles,
        f"{totals.pages:,}",
        f"{totals.downloads:,}",
        f"{totals.refusals:,}",
        _time(totals.latest),
    ]


def _entry(entry: RecordEntry) -> list[str]:
    return [
        _time(entry.when),
        entry.who,
        entry.role or "–",
        _what(entry),
        entry.page or "–",
        entry.filters_text() or "–",
    ]


def _what(entry: RecordEntry) -> str:
    said = EVENT_WORDS[entry.event]
    if entry.file:
        said += f" {entry.file}"
    if entry.rows is not None:
        said += f", {counted(entry.rows, 'row', 'rows')}"
    return f"{said}: {entry.reason}" if entry.reason else said


def _time(when: dt.datetime) -> str:
    return when.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M:%S")


def _trouble(health: Health, unreadable: int) -> list[str]:
    said: list[str] = []
    if health.fault:
        waiting = counted(health.waiting, "entry waits", "entries wait")
        said.append(f"The record cannot be written at present: {health.fault}. {waiting} in memory.")
    if health.lost:
        said.append(f"{counted(health.lost, 'entry', 'entries')} of this run of the server could not be kept.")
    if unreadable:
        lines = counted(unreadable, "line", "lines")
        said.append(f"{lines} of these days cannot be read: half written, or changed by hand.")
    return said
