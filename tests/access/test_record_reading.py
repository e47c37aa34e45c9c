"""What the auditor's page shows of the access record, and that nobody else gets a word of it."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Mapping
from html import unescape
from pathlib import Path

import pytest

from improvement_board.access.record import AccessRecord, Health, MemoryRecord
from improvement_board.access.record_entry import EVENTS, RecordEntry, row_count
from improvement_board.access.record_files import RecordFolder
from improvement_board.access.record_filters import NO_ROLE, ROLE_CHOICES, RecordFilters, resolve_filters
from improvement_board.access.record_page import (
    COLUMNS,
    SHOWN_ENTRIES,
    SHOWN_PEOPLE,
    record_days,
    record_export,
    record_page,
)
from improvement_board.access.roles import ROLES
from improvement_board.access.viewer import Viewer
from improvement_board.document import access_record
from improvement_board.errors import NotForRoleError
from improvement_board.figures.csv import BYTE_ORDER_MARK

NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
TODAY = NOON.date()
AUDITOR = Viewer("watch@council.gov.uk", "auditor")
ALL = RecordFilters()
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "one\r\ntwo\x00\x1b[31m",
    "=cmd|' /C calc'!A0",
    "@SUM(1)",
    "\ud800 half",
    "\u202etxt.exe",
    "x" * 1_000_000,
]


def entry(who: str = "jo@council.gov.uk", hours: float = 0, **changed: object) -> RecordEntry:
    usual = {"when": NOON - dt.timedelta(hours=hours), "role": "member", "event": "page", "page": "indicator"}
    return RecordEntry(**{**usual, "who": who, **changed})  # type: ignore[arg-type]


def record_of(*entries: RecordEntry) -> MemoryRecord:
    made = MemoryRecord()
    for noted_entry in entries:
        made.note(noted_entry)
    return made


def words_of(block: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", block)).split())


def whole(record: MemoryRecord | AccessRecord, filters: RecordFilters = ALL) -> str:
    page = record_page(AUDITOR, record, filters)
    return access_record.totals(page) + access_record.people(page) + access_record.entries(page)


def rows_of(text: str) -> list[dict[str, str]]:
    assert text.startswith(BYTE_ORDER_MARK)
    return list(csv.DictReader(io.StringIO(text[1:], newline="")))


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("is_auditor", [True, False])
def test_only_auditors_read_the_record(role: str, is_auditor: bool) -> None:
    viewer = Viewer("somebody", role, is_auditor=is_auditor)  # type: ignore[arg-type]
    record = record_of(entry("secret@council.gov.uk"))
    asked = (
        lambda: record_page(viewer, record, ALL),
        lambda: record_export(viewer, record, ALL),
        lambda: record_days(viewer, record),
    )
    for ask in asked:
        if is_auditor or role == "auditor":
            assert ask()
        else:
            with pytest.raises(NotForRoleError) as refused:
                ask()
            assert "secret" not in str(refused.value)


def test_the_newest_entries_come_first_wherever_they_were_written() -> None:
    entries = [entry(str(hours), hours) for hours in (3, 1, 2, 0)]
    page = record_page(AUDITOR, record_of(*entries), ALL)
    assert [noted_entry.who for noted_entry in page.entries] == ["0", "1", "2", "3"]
    assert page.matched == 4


def test_more_entries_than_are_shown_are_counted_and_in_the_download() -> None:
    record = record_of(*(entry(str(number), number / 100) for number in range(SHOWN_ENTRIES + 20)))
    page = record_page(AUDITOR, record, ALL)
    assert [noted_entry.who for noted_entry in page.entries] == [str(number) for number in range(SHOWN_ENTRIES)]
    assert page.matched == page.people_count == SHOWN_ENTRIES + 20
    assert len(page.people) == SHOWN_PEOPLE
    said = words_of(whole(record))
    assert f"The newest {SHOWN_ENTRIES} of {SHOWN_ENTRIES + 20} entries" in said
    assert "The download has every one." in said
    assert f"{page.people_count - SHOWN_PEOPLE} more are not listed" in said
    assert len(rows_of(record_export(AUDITOR, record, ALL).text)) == SHOWN_ENTRIES + 20


def test_the_totals_count_what_is_filtered() -> None:
    record = record_of(
        entry(),
        entry(),
        entry("ann"),
        entry(event="download", file="a.csv", rows=7),
        entry("ann", event="download", file="b.csv", rows=1200),
        entry("ann", event="refusal", reason="not for the role"),
        entry("who knows", role="", event="sign-in-failure", reason="the sign-in has expired"),
    )
    said = words_of(whole(record))
    assert "3 people, 3 pages looked at, 2 downloads (1,207 rows), 1 refusal, 1 failed sign-in." in said
    assert "Downloaded b.csv, 1,200 rows" in said
    assert "Was refused: not for the role" in said
    assert "Could not sign in: the sign-in has expired" in said
    said = words_of(whole(record, RecordFilters(person="ANN")))
    assert "1 person, 1 page looked at, 1 download (1,200 rows), 1 refusal, 0 failed sign-ins." in said


@pytest.mark.parametrize(
    ("filters", "kept"),
    [
        (RecordFilters(person="JO@"), "ab"),
        (RecordFilters(event="download"), "b"),
        (RecordFilters(role="analyst"), "c"),
        (RecordFilters(role=NO_ROLE), "d"),
        (RecordFilters(page="quality"), "c"),
        (RecordFilters(page="INDICATOR", person="jo"), "ab"),
        (RecordFilters(last=TODAY - dt.timedelta(days=1)), "cd"),
        (RecordFilters(first=TODAY), "ab"),
        (RecordFilters(first=TODAY - dt.timedelta(days=1), last=TODAY - dt.timedelta(days=1)), "c"),
        (RecordFilters(person="nobody"), ""),
    ],
    ids=str,
)
def test_each_filter_keeps_what_it_names(filters: RecordFilters, kept: str) -> None:
    record = record_of(
        entry(reason="a"),
        entry(event="download", rows=3, reason="b"),
        entry("ann", 24, role="analyst", page="data-quality", reason="c"),
        entry("ann", 48, role="", event="sign-in-failure", page="", reason="d"),
    )
    assert sorted(noted_entry.reason for noted_entry in record_page(AUDITOR, record, filters).entries) == list(kept)
    assert sorted(row["reason"] for row in rows_of(record_export(AUDITOR, record, filters).text)) == list(kept)


def test_without_entries_the_page_says_so() -> None:
    for record in (record_of(), record_of(entry())):
        said = words_of(whole(record, RecordFilters(person="nobody")))
        assert "There is no entry for this choice" in said
        assert "By person" not in said


def test_the_usual_days_are_the_last_thirty_that_have_entries() -> None:
    days = [TODAY, TODAY - dt.timedelta(days=29), TODAY - dt.timedelta(days=30)]
    filters, notices = resolve_filters({}, days)
    assert (filters.first, filters.last, notices) == (days[1], None, ())
    filters, _ = resolve_filters({"until": days[2].isoformat()}, days)
    assert (filters.first, filters.last) == (TODAY - dt.timedelta(days=59), days[2])
    filters, _ = resolve_filters({"since": days[2].isoformat()}, days)
    assert (filters.first, filters.last) == (days[2], None)
    assert resolve_filters({}, []) == (RecordFilters(), ())


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"since": "2020-01-01"}, "no entries of the day “2020-01-01”"),
        ({"until": "<b>"}, "no entries of the day “<b>”"),
        ({"since": TODAY.isoformat(), "until": (TODAY - dt.timedelta(days=1)).isoformat()}, "before the first"),
        ({"record_role": "king"}, "There is no role “king”"),
        ({"event": "burglary"}, "There is no event “burglary”"),
    ],
    ids=str,
)
def test_an_unknown_value_of_the_address_is_said_and_left_out(asked: Mapping[str, str], said: str) -> None:
    days = [TODAY, TODAY - dt.timedelta(days=1)]
    filters, notices = resolve_filters(asked, days)
    assert filters == resolve_filters({}, days)[0]
    assert len(notices) == 1
    assert said in notices[0]


@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("key", ["since", "until", "person", "record_role", "event", "record_page"])
def test_a_hostile_address_is_harmless(key: str, hostile: str) -> None:
    filters, notices = resolve_filters({key: hostile}, [TODAY])
    assert all(len(notice) < 250 and notice.isprintable() for notice in notices)
    block = whole(record_of(entry()), filters)
    assert "<script" not in block
    assert "<img" not in block
    name = record_export(AUDITOR, record_of(entry()), filters).file_name
    assert re.fullmatch(r"access-record_[\w-]+_to_[\w-]+\.csv", name)


@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_entry_is_harmless_on_the_page_and_in_the_download(hostile: str, tmp_path: Path) -> None:
    record = AccessRecord(tmp_path, 365, today=lambda: TODAY)
    record.note(
        RecordEntry(
            NOON, hostile, hostile, "download", hostile, {hostile: hostile, "kpi": hostile}, hostile, 1, hostile
        )
    )
    record.close()
    block = whole(record)
    assert len(block) < 20_000
    tags = set(re.findall(r"</?([a-z0-9]+)", block))
    assert tags <= {"p", "div", "table", "caption", "thead", "tbody", "tr", "th", "td", "details", "summary", "h2"}
    attributes = set(re.findall(r'<[a-z0-9]+((?: [a-z-]+="[^"]*")*)>', block))
    assert not any(re.search(r" on\w+=", attribute) for attribute in attributes)
    (row,) = rows_of(record_export(AUDITOR, record, ALL).text)
    assert tuple(row) == COLUMNS
    for cell in row.values():
        assert not cell.startswith(("=", "+", "-", "@"))
        assert cell.isprintable()


def test_the_download_says_all_that_was_noted() -> None:
    noted = entry(event="download", filters={"kpi": "steady", "team": "North"}, file="steady.csv", rows=12)
    (row,) = rows_of(record_export(AUDITOR, record_of(noted), ALL).text)
    assert row == {
        "when": "2026-11-22T12:00:00.000Z",
        "who": "jo@council.gov.uk",
        "role": "member",
        "event": "download",
        "page": "indicator",
        "filters": "kpi=steady, team=North",
        "file": "steady.csv",
        "rows": "12",
        "reason": "",
    }


def test_lines_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    record = AccessRecord(tmp_path, 365)
    RecordFolder(tmp_path).append(TODAY, entry().to_line())
    with (tmp_path / f"access-{TODAY}.jsonl").open("ab") as opened:
        opened.write(b'half{\n{"when":')
    assert record_page(AUDITOR, record, ALL).unreadable == 2
    assert "2 lines of these days cannot be read" in words_of(whole(record))
    assert record_page(AUDITOR, record, RecordFilters(first=TODAY + dt.timedelta(days=1))).unreadable == 0


class Troubled(MemoryRecord):
    """A record that cannot be written at present."""

    is_kept = True

    def health(self) -> Health:
        return Health("No space left on device", waiting=3, lost=1)


def test_what_is_the_matter_with_the_writing_is_told() -> None:
    said = words_of(whole(Troubled()))
    assert "The record cannot be written at present: No space left on device. 3 entries wait in memory." in said
    assert "1 entry of this run of the server could not be kept." in said
    assert "written nowhere" not in said


def test_a_demonstration_says_that_nothing_is_written() -> None:
    assert "this record is of this run of the server alone, and is written nowhere" in words_of(whole(record_of()))


def test_every_event_has_its_words() -> None:
    assert set(access_record.EVENT_WORDS) == set(EVENTS)
    said = words_of(whole(record_of(*(entry(event=event) for event in EVENTS))))
    for words in access_record.EVENT_WORDS.values():
        assert words in said


def test_every_role_can_be_filtered() -> None:
    assert set(ROLE_CHOICES) == {*ROLES, NO_ROLE}


@pytest.mark.parametrize(
    ("table", "rows"), [("", 0), ("a,b\r\n", 0), ("a\r\n1\r\n2\r\n", 2), ('a\r\n"1\r\n1"\r\n2\r\n', 2)]
)
def test_rows_of_a_download_are_counted_without_the_header(table: str, rows: int) -> None:
    assert row_count(table) == rows
