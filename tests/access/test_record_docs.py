"""The documentation says all that an entry of the access record may hold, and how long it is kept."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from markdown_text import codes, section, tables

from improvement_board.access.record import RECORD_VARIABLE
from improvement_board.access.record_entry import EVENTS, LONGEST_TEXT, RecordEntry
from improvement_board.access.record_files import FILE_NAME, LARGEST_FILE
from improvement_board.access.settings import Access
from improvement_board.declared.home import default_home

TEXT = section("docs/reference/access_record.md", "The access record")


def test_every_key_of_an_entry_is_documented_and_no_other() -> None:
    whole = RecordEntry(
        datetime.now(UTC), "Jo", "member", "download", "indicator", {"kpi": "steady"}, "a.csv", 1, "why"
    )
    (rows,) = tables(TEXT)
    assert [key for row in rows for key in codes(row["key"])] == list(json.loads(whole.to_line()))


def test_every_event_is_documented_and_no_other() -> None:
    (rows,) = tables(TEXT)
    (said,) = [row["what it is"] for row in rows if codes(row["key"]) == ["event"]]
    assert tuple(codes(said)) == EVENTS


def test_where_and_how_long_it_is_kept_is_documented() -> None:
    assert f"`{default_home().record.name}`" in TEXT
    assert f"`{RECORD_VARIABLE}`" in TEXT
    assert len([code for code in codes(TEXT) if FILE_NAME.fullmatch(code)]) == 2
    assert f"({Access.model_fields['record_days'].default}, unless" in TEXT
    assert f"{LARGEST_FILE // 1_000_000} million bytes" in TEXT
    assert f"cut at {LONGEST_TEXT} characters" in " ".join(TEXT.split())
