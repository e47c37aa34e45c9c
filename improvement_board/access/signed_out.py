"""The sign-ins that were ended by sign-out, kept in the data home until they would have expired anyway.

The browser forgets a sign-in when it is ended; another tab that is open, or a copy of its cookie, does not. Every
server of the home reads the same file, so that a second one and one that is started anew refuse them too.

The file is a table of lines of one length: a hash of the sign-in and its expiry, or blanks. A line is written where one
is blank or has expired, and there is always a blank one ahead: a sign-out finds its room on a full disk too. Where none
is left, or the file cannot be read or written, nobody is let in.
"""

from __future__ import annotations

import math
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LINE = 78  # 64 of the hash, a blank, 12 of the expiry in seconds since 1970, and the end of the line
BLANK = b" " * (LINE - 1) + b"\n"
LATEST = 10**12 - 1
MORE_LINES = 512
CLOCKS_DIFFER = 3600.0  # seconds by which the clocks of two servers may
OPENING = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


class SignedOut:
    """The ended sign-ins in a file. Several servers, and several threads of each, may ask and write at once."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._waiting: dict[str, float] = {}
        self._lock = threading.Lock()

    def end(self, key: str, expiry: float, now: float) -> bool:
        """Note that a sign-in has ended; False where it was noted before.

        Raises OSError where it could not be kept. Until it is, `has_ended` tries again, and raises too.
        """
        with self._lock:
            is_new = key not in self._waiting
            self._waiting[key] = expiry
            with self._opened() as opened:
                is_new = is_new and key.encode() not in _read(opened)
                self._settle(opened, now)
        return is_new

    def has_ended(self, key: str, now: float) -> bool:
        """Whether a sign-in was ended by sign-out, at whatever server of the home.

        Raises OSError where that cannot be told, or a sign-out of now could not be kept.
        """
        with self._lock, self._opened() as opened:
            lines = _read(opened)
            if self._waiting or BLANK not in lines:
                self._settle(opened, now)
                lines = _read(opened)
            return key.encode() in lines

    @contextmanager
    def _opened(self) -> Iterator[int]:
        """The file, held against every other server."""
        opened = os.open(self._file, OPENING, 0o600)
        try:
            if sys.platform != "win32":
                import fcntl

                fcntl.flock(opened, fcntl.LOCK_EX)
            yield opened
        finally:
            os.close(opened)

    def _settle(self, opened: int, now: float) -> None:
        """Write what waits, and see that a line is blank after."""
        lines = _read(opened)
        for key, expiry in list(self._waiting.items()):
            if key.encode() not in lines:
                free = _free(lines, now)
                if free is None:
                    lines = _grow(opened, len(lines))
                    free = _free(lines, now)
                line = f"{key} {min(math.ceil(expiry), LATEST):012d}\n".encode()
                _write(opened, line, (free or 0) * LINE)
                lines = _read(opened)
            del self._waiting[key]
        expired = _free(lines, now)
        if BLANK not in lines and expired is not None:
            _write(opened, BLANK, expired * LINE)
        elif expired is None:
            _grow(opened, len(lines))


def _read(opened: int) -> bytes:
    """The whole lines of the file."""
    size = os.fstat(opened).st_size // LINE * LINE
    os.lseek(opened, 0, os.SEEK_SET)
    read = b""
    while len(read) < size:
        more = os.read(opened, size - len(read))
        if not more:
            raise OSError("the file ends before its end")
        read += more
    return read


def _free(lines: bytes, now: float) -> int | None:
    """The number of the first line that is blank or whose sign-in has expired; None without one."""
    for number in range(len(lines) // LINE):
        line = lines[number * LINE : (number + 1) * LINE]
        expiry = line[-13:-1]
        if line == BLANK or (expiry.isdigit() and int(expiry) + CLOCKS_DIFFER < now):
            return number
    return None


def _grow(opened: int, end: int) -> bytes:
    """Add blank lines, all of them or none."""
    try:
        _write(opened, BLANK * MORE_LINES, end)
    except OSError:
        os.ftruncate(opened, end)
        raise
    return _read(opened)


def _write(opened: int, written: bytes, start: int) -> None:
    os.lseek(opened, start, os.SEEK_SET)
    count = os.write(opened, written)
    if count != len(written):
        raise OSError(f"only {count} of {len(written)} bytes could be written")
    os.fsync(opened)
