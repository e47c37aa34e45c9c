"""Writing an edition's files: seen onto the disk, and what goes wrong said of the file and of the edition."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from improvement_board.common import files

NOTHING_PUBLISHED = "; nothing was published, the editions there are stay as they were"


@contextmanager
def writing_edition(file: Path) -> Iterator[None]:
    """Raise InputError in place of what the system or DuckDB raises while a file of an edition is written."""
    with files.explain_write_errors(file, NOTHING_PUBLISHED):
        yield


def write_synced(file: Path, text: str) -> None:
    """Write text and see it onto the disk."""
    with file.open("w", encoding="utf-8") as opened:
        opened.write(text)
        opened.flush()
        os.fsync(opened.fileno())


def sync(path: Path) -> None:
    """See a file, or the names in a folder, onto the disk, where the system can: not on some network drives."""
    with suppress(OSError):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
