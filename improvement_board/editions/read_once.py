"""What is the same of an edition for every scope it is opened for: its files are summed, and read, once for all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from improvement_board.common.made_once import MadeOnce
from improvement_board.editions.manifest import Manifest, damaged_files
from improvement_board.errors import InputError

MOST_KEPT = 64
_READ: MadeOnce[Any] = MadeOnce(MOST_KEPT)
Read = TypeVar("Read")


def read_undamaged(folder: Path, manifest: Manifest, read: Callable[[], Read]) -> Read:
    """What is read of an edition's files, once they are found to be as they were published.

    Files are neither summed nor read again for it while none of them is written, moved or replaced. Raises InputError
    naming each file that is missing, cannot be read, or is not as it was published. Else raises what `read` raises.
    """

    def check_and_read() -> Read:
        damaged = damaged_files(folder, manifest)
        if damaged:
            raise InputError(damaged)
        return read()

    seen = tuple(_see_file(folder / name) for name in manifest.files)
    whole: Read = _READ.get((folder, tuple(manifest.files.items()), manifest.published, seen), check_and_read)
    return whole


def _see_file(file: Path) -> tuple[int, ...]:
    """What of a file's state changes with its content. Nothing where it is not there."""
    try:
        file_state = file.stat()
    except OSError:
        return ()
    return file_state.st_ino, file_state.st_size, file_state.st_mtime_ns, file_state.st_ctime_ns
