"""Whether the files of an edition are those that were published: read and summed once, for every scope it is opened
for."""

from __future__ import annotations

from pathlib import Path

from improvement_board.common.made_once import MadeOnce
from improvement_board.editions.manifest import Manifest, damaged_files
from improvement_board.errors import InputError

MOST_KEPT = 64
_SUMMED: MadeOnce[None] = MadeOnce(MOST_KEPT)


def check_undamaged(folder: Path, manifest: Manifest) -> None:
    """Raises InputError naming each file that is missing, cannot be read, or is not as it was published.

    Files that were found whole are not read again for it while none of them is written, moved or replaced.
    """
    seen = tuple(_seen(folder / name) for name in manifest.files)
    key = (folder, tuple(manifest.files.items()), seen)
    _SUMMED.get(key, lambda: _check(folder, manifest))


def _check(folder: Path, manifest: Manifest) -> None:
    damaged = damaged_files(folder, manifest)
    if damaged:
        raise InputError(damaged)


def _seen(file: Path) -> tuple[int, ...]:
    """What of a file's state changes with its content; nothing where it is not there."""
    try:
        found = file.stat()
    except OSError:
        return ()
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns
