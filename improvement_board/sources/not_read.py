"""Why a file of no known format was not read, and what else of a source folder is passed over."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Collection, Iterator
from pathlib import Path

from improvement_board.common.files import files_within
from improvement_board.errors import Problem
from improvement_board.sources.feeding import might_feed
from improvement_board.sources.findings import Finding
from improvement_board.sources.settings import FILE_NAMES
from improvement_board.sources.tabular.naming import named_table
from improvement_board.sources.workbooks.package import DAMAGED, OLD_EXCEL, PACKED_OTHERWISE

LOOKED_AT = 1 << 20  # bytes at either end of a file
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
ARCHIVES = {b"7z\xbc\xaf\x27\x1c": "7-Zip", b"Rar!": "RAR", b"\x1f\x8b": "gzip"}
OF_THE_SYSTEM = (".DS_Store", ".gitkeep", ".gitignore", "._", ".~lock")


def why_not_read(file: Path) -> str | None:
    """What keeps a file from being read, as what follows its name; None where only its content is not known."""
    try:
        with file.open("rb") as opened:
            beginning = opened.read(LOOKED_AT)
            opened.seek(max(file.stat().st_size - LOOKED_AT, 0))
            end = opened.read(LOOKED_AT)
    except OSError as error:
        return f"cannot be opened ({error.strerror or error})"
    if not beginning:
        return "is empty"
    if beginning.startswith(OLD_EXCEL):
        has_password = ENCRYPTED in beginning or ENCRYPTED in end
        return "is a workbook with a password (save it without one)" if has_password else None
    if beginning.startswith(b"PK\x03\x04") and not _is_workbook(file):
        return "is a zip archive (unpack it into the folder)"
    name = next((name for mark, name in ARCHIVES.items() if beginning.startswith(mark)), None)
    return f"is a {name} archive (unpack it into the folder)" if name else None


def _is_workbook(file: Path) -> bool:
    try:
        with zipfile.ZipFile(file) as archive:
            return any(name in ("[Content_Types].xml", "content.xml") for name in archive.namelist())
    except (*DAMAGED, *PACKED_OTHERWISE, OSError):
        return False


def fed_by_name(file: Path) -> str:
    """What to say of the KPIs that a file might feed by its name, where that is a table's."""
    table = named_table(file.stem)
    return might_feed(frozenset({table.name})) if table else ""


def find_passed_over(folder: Path, claimed: Collection[Path], *, is_by_name: bool) -> Iterator[Finding]:
    """Findings about what is not even looked at: hidden files and folders, folders without a file, and, where the
    settings name the files (`is_by_name`), the files that none of them names. One of each sort."""
    hidden, empty = [], []
    for parent, folders, names in os.walk(folder):
        own = [name for name in (*folders, *names) if name.startswith(".") and not name.startswith(OF_THE_SYSTEM)]
        hidden += [Path(parent, name).relative_to(folder).as_posix() for name in sorted(own)]
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if not folders and not names and parent != str(folder):
            empty.append(Path(parent).relative_to(folder).as_posix())
    if hidden:
        yield _told("hidden", "is hidden, and was not read", hidden)
    if empty:
        yield _told("empty-folder", "is a folder without a file", empty)
    others = [file for file in files_within(folder) if is_by_name and file not in claimed]
    others = [file for file in others if file.name.lower() not in FILE_NAMES]
    if others:
        fed = "".join(dict.fromkeys(fed_by_name(file) for file in others))
        places = [file.relative_to(folder).as_posix() for file in others]
        yield _told("not-named", f"is named by no source of {FILE_NAMES[0]}, and was not read{fed}", places)


def _told(rule: str, message: str, places: list[str]) -> Finding:
    return Finding(rule, "warning", Problem(", ".join(places), message))
