"""The header of a CSV file: its line, its separator and its encoding, from the beginning of the file alone."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from improvement_board.sources.tabular.naming import TableHeader, table_of
from improvement_board.sources.xml_text import BYTE_ORDER_MARKS, encoding_of

BEGINNING_BYTES = 1 << 17
HEADER_WITHIN = 20
SEPARATORS = (",", ";", "\t", "|")
MOSTLY = 0.4
BINARY = ("PK\x03\x04", "PAR1", "\xd0\xcf\x11\xe0", "%PDF", "<")


@dataclass(frozen=True)
class CsvHeader:
    """The header of a file that is a table, its separator, and its encoding as far as the beginning shows it."""

    header: TableHeader
    separator: str


def find_table_header(file: Path) -> CsvHeader | None:
    """The header of a table in the first lines of a file, None where there is none. Raises OSError."""
    beginning = beginning_of(file)
    if beginning.startswith(BINARY):
        return None
    for separator in SEPARATORS:
        for line, cells in first_records(beginning, separator):
            table = table_of(file.stem, cells)
            if table is not None:
                return CsvHeader(TableHeader(table, line, cells), separator)
    return None


def first_cells(file: Path) -> tuple[str, ...]:
    """The cells of the first line that has any, by the separator that gives most. Raises OSError."""
    beginning = beginning_of(file)
    by_separator = [
        next((cells for _, cells in first_records(beginning, separator) if any(cells)), ()) for separator in SEPARATORS
    ]
    return max(by_separator, key=len)


def first_records(text: str, separator: str) -> list[tuple[int, tuple[str, ...]]]:
    """The first records, each with the line on which it ends."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    records: list[tuple[int, tuple[str, ...]]] = []
    try:
        for cells in reader:
            records.append((reader.line_num, tuple(cell.strip() for cell in cells)))
            if len(records) == HEADER_WITHIN:
                break
    except csv.Error:
        pass
    return records


def beginning_of(file: Path) -> str:
    """The text a file begins with; what cannot be decoded is replaced. Raises OSError."""
    with file.open("rb") as opened:
        raw = opened.read(BEGINNING_BYTES)
    return raw.decode(_encoding_of_beginning(raw) or "utf-8", "replace").lstrip("\ufeff")


def encoding_of_csv(file: Path) -> str:
    """A file's encoding: by its mark, two bytes a letter without one, UTF-8, else Windows-1252. Raises OSError."""
    with file.open("rb") as opened:
        raw = opened.read(BEGINNING_BYTES)
    return _encoding_of_beginning(raw) or encoding_of(file).name


def _encoding_of_beginning(raw: bytes) -> str | None:
    for mark, name in BYTE_ORDER_MARKS:
        if raw.startswith(mark) and b"<" not in mark:  # which only XML begins with
            return name
    for name, start in (("utf-16-le", 1), ("utf-16-be", 0)):
        part = raw[start:2000:2]
        if part and part.count(0) > MOSTLY * 2 * len(part):
            return name
    return None
