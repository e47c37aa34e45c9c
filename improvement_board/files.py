"""Which files a folder holds, and writing a file whole or not at all."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path


def files_within(folder: Path) -> Iterator[Path]:
    """The files of a folder and its folders, in order, but for hidden ones and those that a spreadsheet has open.

    A link is not followed: what it names may stand anywhere.
    """
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(parent, name)
            if not name.startswith((".", "~$")) and not file.is_symlink() and file.is_file():
                yield file


def links_within(folder: Path) -> Iterator[Path]:
    """The links of a folder and its folders, in order, to files and to folders."""
    for parent, folders, names in os.walk(folder):
        yield from (link for name in sorted([*folders, *names]) if (link := Path(parent, name)).is_symlink())


def write_whole(file: Path, text: str) -> None:
    """Write UTF-8 text beside a file's place and rename it into it: a crash leaves what was there."""
    file.parent.mkdir(parents=True, exist_ok=True)
    staged = file.with_name(f".{file.name}.{uuid.uuid4().hex}")
    try:
        with staged.open("w", encoding="utf-8", newline="") as opened:
            opened.write(text)
        staged.replace(file)
    finally:
        staged.unlink(missing_ok=True)
