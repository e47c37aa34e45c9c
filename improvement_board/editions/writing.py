"""What goes wrong while an edition's files are written, said of the file: above all that the disk is full."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

from improvement_board.errors import InputError, Problem

FULL = (errno.ENOSPC, errno.EDQUOT)
NOTHING_PUBLISHED = "nothing was published, the editions there are stay as they were"


def is_disk_full(error: BaseException) -> bool:
    """Whether an error of the system or of DuckDB says that the disk, or this user's share of it, is full."""
    if isinstance(error, OSError):
        return error.errno in FULL
    return isinstance(error, duckdb.Error) and any(os.strerror(code) in str(error) for code in FULL)


def not_written(error: OSError | duckdb.Error, file: Path) -> InputError:
    """An error of writing as one for a person: which file, whether the disk is full, and that nothing was published."""
    named = (error.filename2 or error.filename) if isinstance(error, OSError) else None
    place = Path(os.fsdecode(named)) if isinstance(named, (str, bytes)) else file
    if is_disk_full(error):
        why = "the disk is full"
    elif isinstance(error, OSError):
        why = error.strerror or str(error)
    else:
        why = str(error).strip().splitlines()[0]
    return InputError(Problem(place, f"cannot be written: {why}; {NOTHING_PUBLISHED}"))


@contextmanager
def writing(file: Path) -> Iterator[None]:
    """Raise InputError in place of what the system or DuckDB raises while a file is written."""
    try:
        yield
    except (OSError, duckdb.IOException) as error:
        raise not_written(error, file) from error


def write_synced(file: Path, text: str) -> None:
    """Write text and see it onto the disk."""
    with file.open("w", encoding="utf-8") as opened:
        opened.write(text)
        opened.flush()
        os.fsync(opened.fileno())


def sync(place: Path) -> None:
    """See a file, or the names in a folder, onto the disk, where the system can: not on some network drives."""
    with suppress(OSError):
        descriptor = os.open(place, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
