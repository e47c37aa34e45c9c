"""The access record: nothing lost or mixed, no page kept waiting, nothing kept longer than it may be."""

from __future__ import annotations

import datetime as dt
import logging
import os
import stat
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from improvement_board.access.record import (
    RECORD_VARIABLE,
    AccessRecord,
    Health,
    MemoryRecord,
    Record,
    open_record,
    record_folder,
)
from improvement_board.access.record_entry import RecordEntry
from improvement_board.access.record_files import RecordFolder
from improvement_board.declared.home import Home

DAY = dt.date(2026, 11, 22)
NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
PATIENCE_SECONDS = 60
PROCESS = """
import sys
from datetime import datetime, UTC
from pathlib import Path
from improvement_board.access.record import AccessRecord
from improvement_board.access.record_entry import RecordEntry
record = AccessRecord(Path(sys.argv[1]), 36500)
sys.stdin.readline()
for number in range(int(sys.argv[3])):
    record.note(RecordEntry(datetime(2026, 11, 22, tzinfo=UTC), sys.argv[2], "member", "page", "/", {"n": str(number)}))
"""


def entry(who: str = "Jo", **changed: object) -> RecordEntry:
    return RecordEntry(**{"when": NOON, "who": who, "role": "member", "event": "page", "page": "/"} | changed)  # type: ignore[arg-type]


class Unwritable(RecordFolder):
    """A folder whose disk is full until it is mended. `tried` is set at each attempt."""

    tried = threading.Event()
    is_full = True

    def append(self, day: dt.date, line: bytes) -> None:
        self.tried.set()
        if self.is_full:
            raise OSError(28, "No space left on device")
        super().append(day, line)


def unwritable(folder: Path) -> Unwritable:
    made = Unwritable(folder)
    object.__setattr__(made, "tried", threading.Event())
    return made


def mend(files: Unwritable) -> None:
    object.__setattr__(files, "is_full", False)


@pytest.fixture
def record(tmp_path: Path) -> Iterator[AccessRecord]:
    made = AccessRecord(tmp_path / "record", 365, today=lambda: DAY)
    yield made
    made.close()


def written(record: Record) -> list[RecordEntry]:
    entries_read = list(record.read())
    assert None not in entries_read
    return [noted_entry for noted_entry in entries_read if noted_entry is not None]


def test_what_is_noted_is_read_back_in_its_order(record: AccessRecord) -> None:
    noted = [entry(str(number)) for number in range(20)]
    for noted_entry in noted:
        record.note(noted_entry)
    assert record.flush(PATIENCE_SECONDS)
    assert written(record) == noted
    assert record.days() == (DAY,)
    assert record.health() == Health()


def test_the_files_are_for_their_owner_alone(record: AccessRecord, tmp_path: Path) -> None:
    record.note(entry())
    assert record.flush(PATIENCE_SECONDS)
    file = tmp_path / "record" / "access-2026-11-22.jsonl"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_threads_that_note_at_once_lose_and_mix_nothing(record: AccessRecord) -> None:
    begin = threading.Barrier(8)

    def note(who: str) -> None:
        begin.wait()
        for number in range(250):
            record.note(entry(who, filters={"n": str(number)}))

    threads = [threading.Thread(target=note, args=(str(thread_number),)) for thread_number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert record.flush(PATIENCE_SECONDS)
    written_entries = written(record)
    for thread_number in range(8):
        assert [
            noted_entry.filters["n"] for noted_entry in written_entries if noted_entry.who == str(thread_number)
        ] == [str(number) for number in range(250)]


def test_servers_that_write_at_once_lose_and_mix_nothing_and_write_all_at_their_end(tmp_path: Path) -> None:
    servers = [
        subprocess.Popen([sys.executable, "-c", PROCESS, str(tmp_path), who, "1500"], stdin=subprocess.PIPE)
        for who in ("one", "two")
    ]
    for server in servers:
        assert server.stdin is not None
        server.stdin.close()
    assert [server.wait(PATIENCE_SECONDS) for server in servers] == [0, 0]
    written_entries = written(AccessRecord(tmp_path, 365))
    for who in ("one", "two"):
        assert [noted_entry.filters["n"] for noted_entry in written_entries if noted_entry.who == who] == [
            str(number) for number in range(1500)
        ]


def test_each_day_has_its_file_and_a_range_of_days_reads_only_those(record: AccessRecord, tmp_path: Path) -> None:
    for days in range(4):
        record.note(entry(str(days), when=NOON - dt.timedelta(days=days)))
    assert record.flush(PATIENCE_SECONDS)
    assert len(list((tmp_path / "record").iterdir())) == 4
    assert record.days() == tuple(DAY - dt.timedelta(days=days) for days in range(4))
    entries_read = record.read(DAY - dt.timedelta(days=2), DAY - dt.timedelta(days=1))
    assert [noted_entry.who for noted_entry in entries_read if noted_entry] == ["2", "1"]


def test_a_file_that_grows_large_is_followed_by_another(tmp_path: Path) -> None:
    files = RecordFolder(tmp_path, largest=1000)
    noted = [entry(str(number)) for number in range(100)]
    for noted_entry in noted:
        files.append(DAY, noted_entry.to_line())
    assert len(list(tmp_path.iterdir())) > 5
    assert all(file.stat().st_size < 1200 for file in tmp_path.iterdir())
    assert list(files.read()) == noted
    assert files.days() == (DAY,)


def test_files_older_than_the_days_are_removed_and_nothing_else(tmp_path: Path) -> None:
    def name(days: int, ending: str = ".jsonl") -> str:
        return f"access-{DAY - dt.timedelta(days=days)}{ending}"

    ours = [name(0), name(29), name(30), name(31), name(31, ".2.jsonl"), name(400)]
    others = [name(31, ".jsonl.gz"), name(31, ".txt"), "access-2020-99-99.jsonl", "notes.txt"]
    for file_name in (*ours, *others):
        (tmp_path / file_name).write_bytes(entry().to_line())
    record = AccessRecord(tmp_path, 30, today=lambda: DAY)
    record.note(entry())
    record.close()
    assert {file.name for file in tmp_path.iterdir()} == {name(0), name(29), name(30), *others}


def test_the_file_of_today_stays_even_where_nothing_is_to_be_kept(tmp_path: Path) -> None:
    for days in (0, -5):
        record = AccessRecord(tmp_path, days, today=lambda: DAY)
        record.note(entry())
        record.close()
    assert len(written(record)) == 2


def test_files_are_removed_on_each_new_day(tmp_path: Path) -> None:
    today = DAY
    record = AccessRecord(tmp_path, 1, today=lambda: today)
    record.note(entry())
    assert record.flush(PATIENCE_SECONDS)
    assert record.days() == (DAY,)
    today = DAY + dt.timedelta(days=2)
    record.note(entry(when=NOON + dt.timedelta(days=2)))
    assert record.flush(PATIENCE_SECONDS)
    assert record.days() == (today,)
    record.close()


def test_while_the_disk_is_full_pages_go_on_and_entries_wait(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    files = unwritable(tmp_path)
    record = AccessRecord(tmp_path, 365, files=files, most_waiting=3, retry_seconds=0.01, today=lambda: DAY)
    with caplog.at_level(logging.DEBUG):
        for number in range(5):
            record.note(entry(f"Secret Name {number}"))
        assert files.tried.wait(PATIENCE_SECONDS)
        for _ in range(3):
            files.tried.clear()
            assert files.tried.wait(PATIENCE_SECONDS)
        assert record.health() == Health("No space left on device", waiting=3, lost=2)
        mend(files)
        assert record.flush(PATIENCE_SECONDS)
    assert record.health() == Health(lost=2)
    assert [noted_entry.who for noted_entry in written(record)] == [f"Secret Name {number}" for number in range(3)]
    said = [message.getMessage() for message in caplog.records]
    assert len(said) == 2
    assert any("No space left on device" in message for message in said)
    assert "Secret" not in " ".join(said)
    record.close()


def test_what_cannot_be_written_when_the_server_ends_is_counted_as_lost(tmp_path: Path) -> None:
    files = unwritable(tmp_path)
    record = AccessRecord(tmp_path, 365, files=files, retry_seconds=3600)
    record.note(entry())
    record.note(entry())
    assert files.tried.wait(PATIENCE_SECONDS)
    record.close(PATIENCE_SECONDS)
    assert record.health().lost == 2
    assert record.health().waiting == 0
    record.note(entry())
    assert record.health().lost == 3


@pytest.mark.parametrize("folder", ["file", "file/below", "no\0name"])
def test_a_folder_that_cannot_be_made_is_told_and_no_page_fails(tmp_path: Path, folder: str) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    record = AccessRecord(tmp_path / folder, 365, retry_seconds=3600)
    record.note(entry())
    record.close(PATIENCE_SECONDS)
    assert record.health().fault
    assert record.health().lost == 1
    assert record.days() == ()
    assert list(record.read()) == []


def test_half_a_line_costs_that_line_alone(tmp_path: Path) -> None:
    files = RecordFolder(tmp_path)
    files.append(DAY, entry("before").to_line())
    with (tmp_path / f"access-{DAY}.jsonl").open("ab") as opened:
        opened.write(entry("half").to_line()[:40])
    assert Counter(noted_entry and noted_entry.who for noted_entry in files.read()) == {"before": 1, None: 1}
    files.append(DAY, entry("after").to_line())
    assert Counter(noted_entry and noted_entry.who for noted_entry in files.read()) == {
        "before": 1,
        None: 1,
        "after": 1,
    }


def test_a_write_that_the_disk_cuts_short_is_written_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, cut = os.write, [20]
    monkeypatch.setattr(os, "write", lambda to, line: whole(to, line[: cut.pop()] if cut else line))
    record = AccessRecord(tmp_path, 365, retry_seconds=0.001, today=lambda: DAY)
    record.note(entry("one"))
    record.note(entry("two"))
    assert record.flush(PATIENCE_SECONDS)
    record.close()
    assert [noted_entry and noted_entry.who for noted_entry in record.read()] == [None, "one", "two"]


def test_lines_that_are_no_entries_are_counted_one_by_one(tmp_path: Path) -> None:
    good = entry().to_line()
    (tmp_path / f"access-{DAY}.jsonl").write_bytes(
        good + b"{}\n" + b"x" * 1_000_000 + b"\n" + b"\n\n" + good + b'{"when":' + b"[" * 300_000
    )
    assert [noted_entry is not None for noted_entry in RecordFolder(tmp_path).read()] == [
        True,
        False,
        False,
        True,
        False,
    ]


def test_what_only_has_the_name_of_a_file_is_not_read(tmp_path: Path) -> None:
    (tmp_path / f"access-{DAY}.jsonl").mkdir()
    os.mkfifo(tmp_path / "access-2026-11-21.jsonl")
    assert list(RecordFolder(tmp_path).read()) == []


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    target = tmp_path / "elsewhere"
    target.write_bytes(b"")
    folder = tmp_path / "record"
    folder.mkdir()
    (folder / f"access-{DAY}.jsonl").symlink_to(target)
    with pytest.raises(OSError, match="symbolic link"):
        RecordFolder(folder).append(DAY, entry().to_line())
    assert target.read_bytes() == b""


def test_a_demonstration_keeps_its_record_in_memory(tmp_path: Path) -> None:
    record = open_record(Home(tmp_path), 365, is_demonstration=True, environment={})
    assert isinstance(record, MemoryRecord)
    assert not record.is_kept
    noted = [entry("one"), entry("two", when=NOON - dt.timedelta(days=1))]
    for noted_entry in noted:
        record.note(noted_entry)
    assert written(record) == noted
    assert record.days() == (DAY, DAY - dt.timedelta(days=1))
    assert [noted_entry and noted_entry.who for noted_entry in record.read(DAY, DAY)] == ["one"]
    assert list(tmp_path.iterdir()) == []
    assert record.health() == Health()


def test_the_memory_of_a_demonstration_is_bounded() -> None:
    record = MemoryRecord()
    for number in range(10_500):
        record.note(entry(str(number)))
    written_entries = written(record)
    assert len(written_entries) == 10_000
    assert written_entries[-1].who == "10499"


def test_where_the_record_is_kept(tmp_path: Path) -> None:
    home, elsewhere = Home(tmp_path / "home"), tmp_path / "elsewhere"
    assert record_folder(home, {}) == tmp_path / "home" / "access-record"
    assert record_folder(home, {RECORD_VARIABLE: ""}) == tmp_path / "home" / "access-record"
    for is_demonstration in (True, False):
        record = open_record(
            home, 365, is_demonstration=is_demonstration, environment={RECORD_VARIABLE: str(elsewhere)}
        )
        record.note(entry())
        assert isinstance(record, AccessRecord)
        record.close()
    assert len(list(elsewhere.iterdir())) == 1
    assert not home.folder.exists()
