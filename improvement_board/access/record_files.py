"""The files of the access record: one a day, a further one where a day's grows large, removed when they are old."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from improvement_board.access.record_entry import RecordEntry, UnreadableEntryError

FILE_NAME = re.compile(r"access-(\d{4}-\d\d-\d\d)(?:\.(\d{1,6}))?\.jsonl")
LARGEST_FILE = 20_000_000
LONGEST_LINE = 100_000
OPENING = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True)
class RecordFolder:
    """A folder of record files, which several servers on one machine may append to at once.

    Files are readable by their owner alone. `largest` is the size in bytes after which a day gets a further file.
    """

    folder: Path
    largest: int = LARGEST_FILE

    def append(self, day: dt.date, line: bytes) -> None:
        """Append a line to the file of a day, in one write, so that lines of several servers never mix.

        Raises OSError where it could not be written whole; what half of it was written is ended by the next line.
        """
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        opened = os.open(self._current(day), OPENING, 0o600)
        try:
            if _ends_within_a_line(opened):
                line = b"\n" + line
            written = os.write(opened, line)
            if written != len(line):
                raise OSError(f"only {written} of {len(line)} bytes could be written")
        finally:
            os.close(opened)

    def days(self) -> tuple[dt.date, ...]:
        """The days that have a file, the latest first."""
        return tuple(sorted({day for day, _, _ in self._files()}, reverse=True))

    def read(self, first: dt.date | None = None, last: dt.date | None = None) -> Iterator[RecordEntry | None]:
        """The entries of the days from `first` to `last`, in the order of their files; None for an unreadable line."""
        for day, _, file in sorted(self._files()):
            if (first is None or day >= first) and (last is None or day <= last):
                yield from _entries(file)

    def prune(self, today: dt.date, days: int) -> None:
        """Remove the files of days more than `days` before today. Nothing else in the folder is touched."""
        for day, _, file in self._files():
            if (today - day).days > max(days, 0):
                with suppress(OSError):  # another server was quicker, or the folder lets none go: tried again tomorrow
                    file.unlink()

    def _current(self, day: dt.date) -> Path:
        parts = [part for held, part, _ in self._files() if held == day]
        part = max(parts, default=1)
        file = self._path(day, part)
        with suppress(FileNotFoundError):
            if file.stat().st_size >= self.largest:
                return self._path(day, part + 1)
        return file

    def _path(self, day: dt.date, part: int) -> Path:
        return self.folder / (f"access-{day}.jsonl" if part == 1 else f"access-{day}.{part}.jsonl")

    def _files(self) -> list[tuple[dt.date, int, Path]]:
        files = []
        with suppress(OSError, ValueError):
            for file in self.folder.iterdir():
                match = FILE_NAME.fullmatch(file.name)
                if match:
                    with suppress(ValueError):
                        files.append((dt.date.fromisoformat(match[1]), int(match[2] or 1), file))
        return files


def _ends_within_a_line(opened: int) -> bool:
    if os.lseek(opened, 0, os.SEEK_END) == 0:
        return False
    os.lseek(opened, -1, os.SEEK_END)
    return os.read(opened, 1) != b"\n"


def _entries(file: Path) -> Iterator[RecordEntry | None]:
    """The entries of a file, None for each line that is none, and one for a file that may not be read."""
    if not file.is_file():
        return
    try:
        with file.open("rb") as opened:
            while line := opened.readline(LONGEST_LINE):
                is_whole = line.endswith(b"\n")
                while not is_whole and (rest := opened.readline(LONGEST_LINE)):
                    is_whole, line = rest.endswith(b"\n"), b""
                if line != b"\n":
                    yield _entry(line)
    except OSError:
        yield None


def _entry(line: bytes) -> RecordEntry | None:
    try:
        return RecordEntry.from_line(line)
    except UnreadableEntryError:
        return None
