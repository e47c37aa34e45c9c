"""Writes an old Excel workbook (.xls) with texts, numbers and errors, and with rows that are hidden."""

from __future__ import annotations

import struct
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

SECTOR, SHORTEST = 512, 4096
FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
ERRORS = {"#REF!": 0x17, "#N/A": 0x2A}
BEGINNING_OF_ALL, BEGINNING_OF_SHEET = (
    struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6) for kind in (0x05, 0x10)
)
Rows = Sequence[Sequence[object]]


def write_old_workbook(file: Path, sheets: Mapping[str, Rows], hidden: Collection[int] = ()) -> Path:
    """A workbook of sheets; `hidden` are the lines (from 1) that are not shown. `=#N/A` is a formula that gives it."""
    parts = [_sheet(rows, hidden) for rows in sheets.values()]
    names = [name.encode("latin-1") for name in sheets]
    sheet_offset = 4 + len(BEGINNING_OF_ALL) + sum(4 + 8 + len(name) for name in names) + 4
    listed = b""
    for name, part in zip(names, parts, strict=True):
        listed += _record(0x0085, struct.pack("<IBBBB", sheet_offset, 0, 0, len(name), 0) + name)
        sheet_offset += len(part)
    stream = _record(0x0809, BEGINNING_OF_ALL) + listed + _record(0x000A) + b"".join(parts)
    file.write_bytes(_compound(stream))
    return file


def _record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _sheet(rows: Rows, hidden: Collection[int]) -> bytes:
    records_written = _record(0x0809, BEGINNING_OF_SHEET)
    for at, row in enumerate(rows):
        is_hidden = 0x20 if at + 1 in hidden else 0
        records_written += _record(
            0x0208, struct.pack("<HHHHHHHH", at, 0, len(row), 0x00FF, 0, 0, 0x0100 | is_hidden, 15)
        )
    for at, row in enumerate(rows):
        records_written += b"".join(_cell(at, column, cell) for column, cell in enumerate(row))
    return records_written + _record(0x000A)


def _cell(row: int, column: int, cell: object) -> bytes:
    cell_place = struct.pack("<HHH", row, column, 0)
    if isinstance(cell, (int, float)):
        return _record(0x0203, cell_place + struct.pack("<d", cell))
    text = "" if cell is None else str(cell)
    if text.startswith("=#"):
        code = ERRORS[text[1:]]
        formula = struct.pack("<HIH", 0, 0, 2) + b"\x1c\x17"
        return _record(0x0006, cell_place + bytes([2, 0, code, 0, 0, 0, 255, 255]) + formula)
    if text in ERRORS:
        return _record(0x0205, cell_place + bytes([ERRORS[text], 1]))
    return _record(0x0204, cell_place + struct.pack("<HB", len(text), 0) + text.encode("latin-1")) if text else b""


def _compound(stream: bytes) -> bytes:
    """The stream in a compound file: a sector of the table, one of the folder, then the stream."""
    stream = stream.ljust(max(SHORTEST, -(-len(stream) // SECTOR) * SECTOR), b"\0")
    sectors = len(stream) // SECTOR
    following = [TABLE, END, *range(3, sectors + 2), END]
    table = struct.pack("<128I", *following, *[FREE] * (128 - len(following)))
    entries = [_entry("Root Entry", 5, 1, END, 0), _entry("Workbook", 2, FREE, 2, len(stream))]
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    head += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, SHORTEST, END, 0, END, 0)
    return head + struct.pack("<109I", 0, *[FREE] * 108) + table + b"".join(entries).ljust(SECTOR, b"\0") + stream


def _entry(name: str, kind: int, child: int, first: int, length: int) -> bytes:
    letters = (name + "\0").encode("utf-16-le")
    entry_start = letters.ljust(64, b"\0") + struct.pack("<HBBIII", len(letters), kind, 1, FREE, FREE, child)
    return entry_start.ljust(116, b"\0") + struct.pack("<II", first, length) + bytes(4)
