"""Which entries of the access record are shown, as the address of the auditor's page asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from improvement_board.access.record_entry import EVENTS, RecordEntry, short
from improvement_board.access.roles import ROLES
from improvement_board.words.shown import show_asked

KEYS = ("since", "until", "person", "record_role", "event", "record_page")
NO_ROLE = "none"
ROLE_CHOICES = (*ROLES, NO_ROLE)
USUAL_DAYS = 30


@dataclass(frozen=True)
class RecordFilters:
    """From which day to which (in UTC, both included; None: no bound), and which entries of those days.

    `person` and `page` are parts of a name and of a page's address, small and capital letters alike; `role` is a role
    or "none", for entries of people who were not signed in.
    """

    first: dt.date | None = None
    last: dt.date | None = None
    person: str = ""
    role: str = ""
    event: str = ""
    page: str = ""

    def keeps(self, entry: RecordEntry) -> bool:
        """Whether an entry of the days is shown."""
        return (
            (not self.event or entry.event == self.event)
            and (not self.role or (entry.role or NO_ROLE) == self.role)
            and (not self.person or self.person.casefold() in entry.who.casefold())
            and (not self.page or self.page.casefold() in entry.page.casefold())
        )


def usual_first(days: Sequence[dt.date]) -> dt.date | None:
    """The day that the page begins with unless another is chosen: 30 days up to the latest. `days` has the latest
    first."""
    return days[0] - dt.timedelta(days=USUAL_DAYS - 1) if days else None


def resolve_filters(asked: Mapping[str, str], days: Sequence[dt.date]) -> tuple[RecordFilters, tuple[str, ...]]:
    """The filters of an address, and a notice for each value that could not be kept. `days` are those with entries."""
    notices: list[str] = []
    first = _day(asked.get("since"), days, notices)
    last = _day(asked.get("until"), days, notices)
    if first and last and first > last:
        notices.append("The last day was before the first: the usual days are shown.")
        first = last = None
    if first is None:
        first = usual_first([last] if last else days)
    filters = RecordFilters(
        first,
        last,
        person=short(asked.get("person") or ""),
        role=_one_of(asked.get("record_role"), ROLE_CHOICES, "role", notices),
        event=_one_of(asked.get("event"), EVENTS, "event", notices),
        page=short(asked.get("record_page") or ""),
    )
    return filters, tuple(notices)


def _day(value: str | None, days: Sequence[dt.date], notices: list[str]) -> dt.date | None:
    if not value:
        return None
    chosen = next((day for day in days if day.isoformat() == value), None)
    if chosen is None:
        notices.append(f"The access record has no entries of the day “{show_asked(value)}”: the usual days are shown.")
    return chosen


def _one_of(value: str | None, allowed: Sequence[str], what: str, notices: list[str]) -> str:
    if not value or value in allowed:
        return value or ""
    notices.append(f"There is no {what} “{show_asked(value)}” in the access record: every {what} is shown.")
    return ""
