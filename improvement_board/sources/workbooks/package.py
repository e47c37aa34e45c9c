"""A look through an Excel file before it is opened: that it is one, unpacks to a sensible size, and which cells of it
hold no value that can be trusted. Nothing is kept but those cells; the file is read in pieces.
"""

from __future__ import annotations

import posixpath
import time
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar
from xml.parsers import expat

from improvement_board.sources.workbooks.plain_sheet import plain_scan
from improvement_board.sources.workbooks.scan import (
    MOST_CELLS,
    Scanner,
    SheetScan,
    TooLargeError,
    UnreadableWorkbookError,
    local,
)

MOST_UNPACKED_BYTES = 1 << 30
MOST_STRINGS = 5_000_000
MOST_LETTERS = 500_000_000  # of the text of a workbook's cells: what is written once may stand in any number of them
MOST_SECONDS = 120  # to look through a part: whatever it is made of
PIECE = 1 << 16
STRINGS = "xl/sharedStrings.xml"
Found = TypeVar("Found")
OLD_EXCEL = bytes.fromhex("d0cf11e0a1b11ae1")
# What `zipfile` raises of an archive that is cut off or wrong, and of a password or a packing that it does not know.
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError)
PACKED_OTHERWISE = (NotImplementedError, RuntimeError, ValueError)


@dataclass(frozen=True)
class Package:
    """An Excel file that may be opened. `starts_1904`: its serial dates count from 1904, not from 1900."""

    sheets: Mapping[str, SheetScan]
    starts_1904: bool


def sheet_names(file: Path) -> list[str]:
    """The names of the sheets of an Excel workbook, known by what is in the file. Raises UnreadableWorkbookError."""
    return list(_within(file, _sheet_parts)[0])


def inspect(file: Path) -> Package:
    """Look through every part that will be read, once for as long as the file stays as it is.

    Raises UnreadableWorkbookError.
    """
    try:
        facts = file.stat()
    except OSError as error:
        raise UnreadableWorkbookError(f"cannot be opened: {error.strerror or 'unknown error'}") from error
    return _inspected(file, facts.st_mtime_ns, facts.st_size, facts.st_ino)


@lru_cache(maxsize=64)
def _inspected(file: Path, *_as_it_was: int) -> Package:
    return _within(file, _inspect)


def _within(file: Path, look: Callable[[zipfile.ZipFile], Found]) -> Found:
    try:
        with zipfile.ZipFile(file) as archive:
            _check_parts(archive)
            return look(archive)
    except DAMAGED as error:
        raise UnreadableWorkbookError(_why_not(file)) from error
    except PACKED_OTHERWISE as error:
        raise UnreadableWorkbookError("is packed, protected or encoded in a way that cannot be read") from error
    except expat.ExpatError as error:
        raise UnreadableWorkbookError(f"is damaged: {error}") from error
    except OSError as error:
        raise UnreadableWorkbookError(f"cannot be opened: {error.strerror or 'unknown error'}") from error


def _why_not(file: Path) -> str:
    with file.open("rb") as opened:
        if opened.read(len(OLD_EXCEL)) == OLD_EXCEL:
            return "is an old .xls workbook or has a password: save it in Excel as .xlsx without one"
    return "is not an Excel workbook (.xlsx), or is damaged"


def _check_parts(archive: zipfile.ZipFile) -> None:
    names = archive.namelist()
    if len(set(map(str.lower, names))) < len(names):
        raise UnreadableWorkbookError("is damaged: a part of it is there twice")
    if "xl/workbook.xml" not in names:
        raise UnreadableWorkbookError("is not an Excel workbook (.xlsx)")
    if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED_BYTES:
        raise TooLargeError("unpacks to more than 1 GB")


def _inspect(archive: zipfile.ZipFile) -> Package:
    names = archive.namelist()
    parts, starts_1904 = _sheet_parts(archive)
    scans = {name: _scan(archive, part) for name, part in parts.items() if part in names}
    cells = sum(scan.last_row * scan.last_column for scan in scans.values())
    if cells > MOST_CELLS:
        raise TooLargeError(
            f"has {cells:,} cells; {MOST_CELLS:,} are read at most: save larger tables as CSV or Parquet"
        )
    if STRINGS in names:
        lengths = _lengths_of_strings(archive)
        if cells * max(lengths, default=0) > MOST_LETTERS:
            _check_letters(archive, [part for part in parts.values() if part in names], lengths)
    for name in names:
        if name.endswith((".xml", ".rels")) and name != STRINGS and name not in parts.values():
            _read_through(archive, name)
    return Package(scans, starts_1904)


def _read_through(archive: zipfile.ZipFile, part: str) -> None:
    """Make sure that a part is as long as it says and whole: zipfile tells where it is not."""
    with archive.open(part) as opened:
        while opened.read(PIECE):
            pass


def _parse(archive: zipfile.ZipFile, part: str, start: Callable[[str, dict[str, str]], None]) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    _feed(parser, archive, part)


def _feed(parser: expat.XMLParserType, archive: zipfile.ZipFile, part: str) -> None:
    def refuse(*_: object) -> None:
        raise UnreadableWorkbookError("has a document type declaration (DOCTYPE), which is refused")

    parser.StartDoctypeDeclHandler = refuse
    until = time.monotonic() + MOST_SECONDS
    with archive.open(part) as opened:
        for piece in iter(lambda: opened.read(PIECE), b""):
            parser.Parse(piece)
            if time.monotonic() > until:
                raise TooLargeError(f"took longer than {MOST_SECONDS} seconds to look through")
    parser.Parse(b"", True)


def _sheet_parts(archive: zipfile.ZipFile) -> tuple[dict[str, str], bool]:
    """The part of each sheet by its name, and whether days count from 1904."""
    targets: dict[str, str] = {}
    sheets: dict[str, str] = {}
    since: list[str] = []

    def relation(name: str, given: dict[str, str]) -> None:
        if local(name) == "Relationship":
            targets[given.get("Id", "")] = posixpath.normpath(posixpath.join("/xl", given.get("Target", ""))).lstrip(
                "/"
            )

    def workbook(name: str, given: dict[str, str]) -> None:
        if local(name) == "sheet":
            identity = next((value for key, value in given.items() if local(key) == "id"), "")
            sheets[given.get("name", "")] = targets.get(identity, "")
        elif local(name) == "workbookPr":
            since.append(given.get("date1904", "0"))

    if "xl/_rels/workbook.xml.rels" in archive.namelist():
        _parse(archive, "xl/_rels/workbook.xml.rels", relation)
    _parse(archive, "xl/workbook.xml", workbook)
    return sheets, any(value.lower() in ("1", "true") for value in since)


def _lengths_of_strings(archive: zipfile.ZipFile) -> list[int]:
    """How many letters each text has that is written once for all cells that hold it."""
    lengths: list[int] = []

    def start(name: str, _: dict[str, str]) -> None:
        if local(name) == "si":
            lengths.append(0)
        if len(lengths) > MOST_STRINGS:
            raise TooLargeError(f"has more than {MOST_STRINGS:,} pieces of text")

    def count(text: str) -> None:
        if lengths:
            lengths[-1] += len(text)

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.CharacterDataHandler = start, count
    _feed(parser, archive, STRINGS)
    return lengths


def _check_letters(archive: zipfile.ZipFile, parts: Sequence[str], lengths: Sequence[int]) -> None:
    """Add up the text of all cells. Raises TooLargeError."""
    letters, is_shared, number = 0, False, ""

    def start(name: str, given: dict[str, str]) -> None:
        nonlocal is_shared, number
        if local(name) == "c":
            is_shared = given.get("t") == "s"
        number = ""

    def text(read: str) -> None:
        nonlocal number
        number += read if is_shared else ""

    def end(name: str) -> None:
        nonlocal letters
        if local(name) == "v" and is_shared and number.strip().isdecimal():
            at = int(number[:9])
            letters += lengths[at] if at < len(lengths) else 0
            if letters > MOST_LETTERS:
                raise TooLargeError(f"has more than {MOST_LETTERS:,} letters in its cells")

    for part in parts:
        parser = expat.ParserCreate()
        parser.StartElementHandler, parser.CharacterDataHandler, parser.EndElementHandler = start, text, end
        _feed(parser, archive, part)


def _scan(archive: zipfile.ZipFile, part: str) -> SheetScan:
    plain = plain_scan(archive, part)
    if plain is not None:
        return plain
    parser = expat.ParserCreate()
    scanner = Scanner(parser)
    _feed(parser, archive, part)
    return scanner.finish()
