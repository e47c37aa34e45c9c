"""One entry of the access record: a line that is read back as it was noted, whatever was noted."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from improvement_board.access.record_entry import (
    EVENTS,
    LONGEST_TEXT,
    MOST_FILTERS,
    RecordEntry,
    UnreadableEntryError,
)

WHEN = datetime(2026, 11, 22, 9, 30, 0, 125_999, tzinfo=UTC)
HOSTILE = [
    "<script>alert(1)</script>",
    '"],"role":"analyst"}\n{"who":"somebody else"',
    "one\r\ntwo\x00\x1b[31m\u2028three",
    "=cmd|' /C calc'!A0",
    "\ud800 half a letter",
    "\u202etxt.exe",
    "x" * 1_000_000,
    "\n" * 1_000_000,
]
any_text = st.text(st.characters(), max_size=300)


def test_a_line_holds_what_was_noted() -> None:
    entry = RecordEntry(WHEN, "Jo Bloggs", "member", "download", "/indicator", {"kpi": "steady"}, "steady.csv", 12)
    assert json.loads(entry.to_line()) == {
        "when": "2026-11-22T09:30:00.125Z",
        "who": "Jo Bloggs",
        "role": "member",
        "event": "download",
        "page": "/indicator",
        "filters": {"kpi": "steady"},
        "file": "steady.csv",
        "rows": 12,
    }


def test_a_time_of_another_zone_is_noted_in_utc() -> None:
    summer = WHEN.astimezone(timezone(timedelta(hours=1)))
    assert RecordEntry(summer, "Jo", "member", "page").to_line() == RecordEntry(WHEN, "Jo", "member", "page").to_line()


def test_what_was_not_chosen_is_left_out() -> None:
    held = json.loads(RecordEntry(WHEN, "Jo", "member", "page", "/", {"team": "", "kpi": "steady"}).to_line())
    assert held.keys() == {"when", "who", "role", "event", "page", "filters"}
    assert held["filters"] == {"kpi": "steady"}


@pytest.mark.parametrize("event", EVENTS)
def test_every_event_is_read_back(event: str) -> None:
    entry = RecordEntry(WHEN.replace(microsecond=125_000), "Jo", "", event, "/team", {}, reason="expired")  # type: ignore[arg-type]
    assert RecordEntry.from_line(entry.to_line()) == entry


@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_text_stays_within_its_line_and_its_field(hostile: str) -> None:
    entry = RecordEntry(WHEN, hostile, hostile, "page", hostile, {hostile: hostile}, hostile, 1, hostile)
    line = entry.to_line()
    assert line.count(b"\n") == 1
    assert len(line) < 20_000
    entry_read = RecordEntry.from_line(line)
    assert entry_read.to_line() == line
    for text in (
        entry_read.who,
        entry_read.role,
        entry_read.page,
        entry_read.file,
        entry_read.reason,
        *entry_read.filters.values(),
    ):
        assert len(text) <= LONGEST_TEXT
        assert text.isprintable()


def test_no_more_filters_are_kept_than_an_address_has() -> None:
    entry = RecordEntry(WHEN, "Jo", "member", "page", "/", {f"key{number}": "x" * 500 for number in range(1000)})
    assert len(json.loads(entry.to_line())["filters"]) == MOST_FILTERS
    assert len(entry.to_line()) < 20_000


@given(any_text, any_text, st.dictionaries(any_text, any_text, max_size=20), st.none() | st.integers(0, 10**9))
def test_whatever_is_noted_is_one_line_that_reads_back(
    who: str, page: str, filters: dict[str, str], rows: int | None
) -> None:
    line = RecordEntry(WHEN, who, "member", "page", page, filters, page, rows).to_line()
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert len(line) < 20_000
    assert RecordEntry.from_line(line).to_line() == line


@given(st.binary(max_size=200))
def test_any_bytes_at_all_are_unreadable_and_no_other_error(line: bytes) -> None:
    with pytest.raises(UnreadableEntryError):
        RecordEntry.from_line(line)


WHOLE = json.loads(RecordEntry(WHEN, "Jo", "member", "page", "/").to_line())


@pytest.mark.parametrize(
    "changed",
    [
        {"when": "yesterday"},
        {"when": "2026-11-22T09:30:00"},
        {"when": 7},
        {"when": "0001-01-01T00:00:00+23:00"},
        {"event": "burglary"},
        {"event": ["page"]},
        {"rows": "many"},
        {"rows": True},
        {"filters": ["kpi"]},
    ],
    ids=str,
)
def test_a_line_changed_by_hand_is_unreadable(changed: dict[str, object]) -> None:
    assert RecordEntry.from_line(json.dumps(WHOLE).encode())
    with pytest.raises(UnreadableEntryError):
        RecordEntry.from_line(json.dumps(WHOLE | changed).encode())


@pytest.mark.parametrize("line", [b"", b"[]", b"null", b"{}", b"\xff\xfe", b"[" * 50_000, b'{"rows":' + b"9" * 9999])
def test_what_is_no_entry_at_all_is_unreadable(line: bytes) -> None:
    with pytest.raises(UnreadableEntryError):
        RecordEntry.from_line(line)


def test_half_a_line_is_unreadable() -> None:
    line = RecordEntry(WHEN, "Jo", "member", "page", "/").to_line().rstrip()
    for end in range(len(line)):
        with pytest.raises(UnreadableEntryError):
            RecordEntry.from_line(line[:end])
