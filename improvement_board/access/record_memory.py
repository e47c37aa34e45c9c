"""What every access record can do, and the one of a demonstration, which is in memory alone."""

from __future__ import annotations

import datetime as dt
import threading
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from improvement_board.access.record_entry import RecordEntry

KEPT_IN_MEMORY = 10_000


@dataclass(frozen=True)
class Health:
    """How this server's writing goes: what stops it (empty: nothing), entries that wait, and entries lost for good."""

    fault: str = ""
    waiting: int = 0
    lost: int = 0


class Record(Protocol):
    """What notes entries, and reads them back."""

    @property
    def is_kept(self) -> bool:
        """Whether entries outlive the server."""

    def note(self, entry: RecordEntry) -> None:
        """Add an entry. Returns at once and never fails."""

    def days(self) -> tuple[dt.date, ...]:
        """The days in UTC that have entries, the latest first."""

    def read(self, first: dt.date | None = None, last: dt.date | None = None) -> Iterator[RecordEntry | None]:
        """The entries of some days, None for each line that cannot be read."""

    def health(self) -> Health:
        """How the writing goes."""


class MemoryRecord:
    """A record of this run of the server alone, for the demonstration: nothing is written, the latest entries stay."""

    is_kept = False

    def __init__(self) -> None:
        self._lines: deque[tuple[dt.date, bytes]] = deque(maxlen=KEPT_IN_MEMORY)
        self._lock = threading.Lock()

    def note(self, entry: RecordEntry) -> None:
        """Add an entry."""
        held = (entry_day(entry), entry.to_line())
        with self._lock:
            self._lines.append(held)

    def days(self) -> tuple[dt.date, ...]:
        """The days in UTC that have entries, the latest first."""
        return tuple(sorted({day for day, _ in self._held()}, reverse=True))

    def read(self, first: dt.date | None = None, last: dt.date | None = None) -> Iterator[RecordEntry | None]:
        """The entries of some days."""
        for day, line in self._held():
            if (first is None or day >= first) and (last is None or day <= last):
                yield RecordEntry.from_line(line)

    def health(self) -> Health:
        """Nothing can go wrong."""
        return Health()

    def _held(self) -> tuple[tuple[dt.date, bytes], ...]:
        with self._lock:
            return tuple(self._lines)


def entry_day(entry: RecordEntry) -> dt.date:
    """The day of an entry in UTC."""
    return entry.when.astimezone(dt.UTC).date()
