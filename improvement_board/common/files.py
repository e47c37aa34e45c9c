"""Which files a folder holds; writing a file whole or not at all; and what is said where it cannot be written."""

from __future__ import annotations

import errno
import hashlib
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from improvement_board.errors import InputError, Problem

FULL = (errno.ENOSPC, errno.EDQUOT)


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
    """Write UTF-8 text beside a file's place and rename it into it: a crash leaves what was there.

    Raises InputError naming the file or folder that cannot be written.
    """
    with explain_write_errors(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        staged = file.with_name(f".{file.name}.{uuid.uuid4().hex}")
        try:
            with staged.open("w", encoding="utf-8", newline="") as opened:
                opened.write(text)
            staged.replace(file)
        finally:
            staged.unlink(missing_ok=True)


def is_disk_full(error: BaseException) -> bool:
    """Whether an error of the system, DuckDB or Arrow says that the disk, or this user's share of it, is full."""
    if not isinstance(error, OSError | duckdb.Error):
        return False
    said = str(error)
    return getattr(error, "errno", None) in FULL or any(os.strerror(code) in said for code in FULL)


def not_written(error: OSError | duckdb.Error, file: Path, ending: str = "") -> InputError:
    """An error of writing as one for a person: which file, and whether the disk is full. `ending` says what follows."""
    named = (error.filename2 or error.filename) if isinstance(error, OSError) else None
    target = Path(os.fsdecode(named)) if isinstance(named, (str, bytes)) else file
    if target.parent == file.parent and target.name.startswith("."):  # written beside its place
        target = file
    if is_disk_full(error):
        why = "the disk is full"
    elif isinstance(error, OSError):
        why = error.strerror or str(error)
    else:
        why = str(error).strip().splitlines()[0]
    return InputError(Problem(target, f"cannot be written: {why}{ending}"))


@contextmanager
def explain_write_errors(file: Path, ending: str = "") -> Iterator[None]:
    """Raise InputError in place of what the system or DuckDB raises while a file is written."""
    try:
        yield
    except (OSError, duckdb.IOException) as error:
        raise not_written(error, file, ending) from error


@contextmanager
def disk_of(folder: Path, ending: str = "") -> Iterator[None]:
    """Raise InputError naming a working folder where its disk is full; any other error stays what it is."""
    try:
        yield
    except (OSError, duckdb.Error) as error:
        if not is_disk_full(error):
            raise
        raise not_written(error, folder, ending) from error


def sha256_of(file: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
