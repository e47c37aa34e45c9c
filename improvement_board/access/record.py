"""The access record: who looked at what, noted without ever keeping a page waiting."""

from __future__ import annotations

import atexit
import datetime as dt
import logging
import os
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from improvement_board.access.record_entry import RecordEntry
from improvement_board.access.record_files import RecordFolder
from improvement_board.access.record_memory import Health, MemoryRecord, Record, entry_day
from improvement_board.declared.home import Home

__all__ = ["RECORD_VARIABLE", "AccessRecord", "Health", "MemoryRecord", "Record", "open_record", "record_folder"]
RECORD_VARIABLE = "IMPROVEMENT_BOARD_RECORD"
MOST_WAITING = 10_000
RETRY_SECONDS = 5.0
LOOK_AGAIN_SECONDS = 3600.0
CLOSING_SECONDS = 5.0
log = logging.getLogger(__name__)


class AccessRecord:
    """A record in a folder, kept for a number of days. A thread of its own writes what is noted.

    While the folder cannot be written, entries wait in memory and are tried again every few seconds; from 10,000 on,
    further ones are lost and counted. What is the matter is said once in the log, without a word of any entry.
    """

    is_kept = True

    def __init__(
        self,
        folder: Path,
        keep_days: int,
        *,
        files: RecordFolder | None = None,
        most_waiting: int = MOST_WAITING,
        retry_seconds: float = RETRY_SECONDS,
        today: Callable[[], dt.date] = lambda: dt.datetime.now(dt.UTC).date(),
    ) -> None:
        self._files = files or RecordFolder(folder)
        self.keep_days, self._most_waiting = keep_days, most_waiting
        self._retry_seconds, self._today = retry_seconds, today
        self._waiting: deque[tuple[dt.date, bytes]] = deque()
        self._changed = threading.Condition()
        self._fault, self._lost = "", 0
        self._has_said: set[str] = set()
        self._is_closing = False
        self._pruned_on: dt.date | None = None
        self._writer: threading.Thread | None = None

    def note(self, entry: RecordEntry) -> None:
        """Add an entry. Returns at once and never fails, whatever the folder does."""
        line = entry.to_line()
        with self._changed:
            if self._is_closing or len(self._waiting) >= self._most_waiting:
                self._lose(1)
                return
            self._waiting.append((entry_day(entry), line))
            if self._writer is None:
                self._begin()
            self._changed.notify_all()

    def days(self) -> tuple[dt.date, ...]:
        """The days in UTC that have a file, the latest first."""
        return self._files.days()

    def read(self, first: dt.date | None = None, last: dt.date | None = None) -> Iterator[RecordEntry | None]:
        """The entries of some days, of every server that writes into the folder; None for an unreadable line."""
        return self._files.read(first, last)

    def health(self) -> Health:
        """How the writing of this server goes."""
        with self._changed:
            return Health(self._fault, len(self._waiting), self._lost)

    def flush(self, seconds: float = CLOSING_SECONDS) -> bool:
        """Wait until all that was noted is written. False where that took longer."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._waiting, seconds)

    def close(self, seconds: float = CLOSING_SECONDS) -> None:
        """Write what waits and end the writer. What cannot be written is lost; what is noted after, too."""
        with self._changed:
            self._is_closing = True
            self._changed.notify_all()
        atexit.unregister(self.close)
        if self._writer is not None:
            self._writer.join(seconds)

    def _begin(self) -> None:
        writer = threading.Thread(target=self._write, name="access record", daemon=True)
        try:
            writer.start()
        except RuntimeError as error:  # no thread is left: tried again with the next entry
            self._fault = str(error)
            return
        self._writer = writer
        atexit.register(self.close)

    def _write(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._is_closing, LOOK_AGAIN_SECONDS)
                first = self._waiting[0] if self._waiting else None
                if first is None and self._is_closing:
                    return
            self._prune()
            if first is not None and not self._try(*first):
                return

    def _try(self, day: dt.date, line: bytes) -> bool:
        """Write the line that waits longest. False where writing failed and there is no time left to try again."""
        try:
            self._files.append(day, line)
        except (OSError, ValueError) as error:  # ValueError: the folder's name is none
            return self._wait_after(getattr(error, "strerror", None) or str(error))
        with self._changed:
            self._waiting.popleft()
            self._fault = ""
            self._changed.notify_all()
        return True

    def _wait_after(self, fault: str) -> bool:
        with self._changed:
            self._fault = fault
            self._say(f"The access record cannot be written: {self._fault}. Pages go on; entries wait in memory.")
            if not self._is_closing:
                self._changed.wait_for(lambda: self._is_closing, self._retry_seconds)
                return True
            self._lose(len(self._waiting))
            self._waiting.clear()
            return False

    def _lose(self, entries: int) -> None:
        self._lost += entries
        if entries:
            self._say("Entries of the access record are lost: there are too many that wait, or the server ends.")

    def _say(self, message: str) -> None:
        if message not in self._has_said:
            self._has_said.add(message)
            log.error(message)

    def _prune(self) -> None:
        today = self._today()
        if today != self._pruned_on:
            self._pruned_on = today
            self._files.prune(today, self.keep_days)


def open_record(
    home: Home, keep_days: int, *, is_demonstration: bool, environment: Mapping[str, str] = os.environ
) -> AccessRecord | MemoryRecord:
    """The record of a home, kept for a number of days. A demonstration (no sign-in, no council's own figures) writes
    nothing, unless IMPROVEMENT_BOARD_RECORD names a folder."""
    if is_demonstration and not environment.get(RECORD_VARIABLE):
        return MemoryRecord()
    return AccessRecord(record_folder(home, environment), keep_days)


def record_folder(home: Home, environment: Mapping[str, str] = os.environ) -> Path:
    """Where the record of a home is kept: the folder that IMPROVEMENT_BOARD_RECORD names, else one of the home."""
    named = environment.get(RECORD_VARIABLE)
    return Path(named) if named else home.record
