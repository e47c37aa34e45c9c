"""What the auditor's page shows of the access record. Here, and nowhere else, is decided who may read it."""

from __future__ import annotations

import datetime as dt
import heapq
from dataclasses import dataclass, field

from improvement_board.access.record import Health, Record
from improvement_board.access.record_entry import RecordEntry, time_text
from improvement_board.access.record_filters import RecordFilters
from improvement_board.access.viewer import Viewer
from improvement_board.errors import NotForRoleError, Problem
from improvement_board.figures.csv import table_text
from improvement_board.figures.download import Download

SHOWN_ENTRIES = 100
SHOWN_PEOPLE = 100
COLUMNS = ("when", "who", "role", "event", "page", "filters", "file", "rows", "reason")


@dataclass
class PersonTotals:
    """What one person did in the days shown: in which roles, how often, and when last."""

    who: str
    latest: dt.datetime
    roles: set[str] = field(default_factory=set)
    pages: int = 0
    downloads: int = 0
    refusals: int = 0

    def add(self, entry: RecordEntry) -> None:
        """Count an entry of this person."""
        if entry.role:
            self.roles.add(entry.role)
        self.pages += entry.event == "page"
        self.downloads += entry.event == "download"
        self.refusals += entry.event in ("refusal", "sign-in-failure")
        self.latest = max(self.latest, entry.when)


@dataclass(frozen=True)
class RecordPage:
    """The access record of some days, filtered.

    `entries` are the newest of `matched`, the newest first. `people` are counted with entries that match. `unreadable`
    lines of those days could not be read. `is_kept`: entries outlive the server.
    """

    filters: RecordFilters
    entries: tuple[RecordEntry, ...]
    matched: int
    events: dict[str, int]
    rows_downloaded: int
    people: tuple[PersonTotals, ...]
    people_count: int
    unreadable: int
    health: Health
    is_kept: bool


def record_page(viewer: Viewer, record: Record, filters: RecordFilters) -> RecordPage:
    """The page of a viewer who may read the access record. Raises NotForRoleError for anybody else."""
    _refuse_others(viewer)
    newest: list[tuple[dt.datetime, int, RecordEntry]] = []
    events: dict[str, int] = {}
    people: dict[str, PersonTotals] = {}
    matched = unreadable = rows = 0
    for number, entry in enumerate(record.read(filters.first, filters.last)):
        if entry is None:
            unreadable += 1
        elif filters.keeps(entry):
            matched += 1
            rows += entry.rows or 0
            events[entry.event] = events.get(entry.event, 0) + 1
            people.setdefault(entry.who, PersonTotals(entry.who, entry.when)).add(entry)
            numbered = (entry.when, number, entry)
            if len(newest) < SHOWN_ENTRIES:
                heapq.heappush(newest, numbered)
            else:
                heapq.heappushpop(newest, numbered)
    latest_people = heapq.nlargest(SHOWN_PEOPLE, people.values(), key=lambda person: person.latest)
    return RecordPage(
        filters=filters,
        entries=tuple(entry for _, _, entry in sorted(newest, reverse=True)),
        matched=matched,
        events=events,
        rows_downloaded=rows,
        people=tuple(latest_people),
        people_count=len(people),
        unreadable=unreadable,
        health=record.health(),
        is_kept=record.is_kept,
    )


def record_days(viewer: Viewer, record: Record) -> tuple[dt.date, ...]:
    """The days that have entries, the latest first. Raises NotForRoleError for those who may not read the record."""
    _refuse_others(viewer)
    return record.days()


def record_export(viewer: Viewer, record: Record, filters: RecordFilters) -> Download:
    """Every entry that the filters keep, as CSV in the order of writing. Raises NotForRoleError as the page does."""
    _refuse_others(viewer)

    def write() -> str:
        kept = (entry for entry in record.read(filters.first, filters.last) if entry and filters.keeps(entry))
        return table_text(COLUMNS, map(_row, kept))

    return Download(record_file_name(filters), write)


def record_file_name(filters: RecordFilters) -> str:
    """The name of the download."""
    first, last = filters.first or "start", filters.last or "today"
    return f"access-record_{first}_to_{last}.csv"


def _row(entry: RecordEntry) -> dict[str, object]:
    return {
        "when": time_text(entry.when),
        "who": entry.who,
        "role": entry.role,
        "event": entry.event,
        "page": entry.page,
        "filters": entry.filters_text(),
        "file": entry.file,
        "rows": entry.rows,
        "reason": entry.reason,
    }


def _refuse_others(viewer: Viewer) -> None:
    if not viewer.sees_record:
        raise NotForRoleError(Problem(None, f"the access record is not for the role {viewer.role}"))
