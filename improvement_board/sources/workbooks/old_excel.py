"""A look through an old Excel workbook (.xls): which rows are not shown, and which cells hold an error.

The file is a small file system (a compound file), in which one stream has the workbook as records, one a row or cell.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from pathlib import Path

from improvement_board.sources.workbooks.scan import SheetScan, UnreadableWorkbookError, error_in_words

SECTORS_IN_HEADER = 109
SECTOR_BYTES = {9: 512, 12: 4096}  # by the number in the header: there are no others
ENTRY_BYTES, LAST_SECTOR = 128, 0xFFFFFFFA  # above which a number is no sector
STREAMS = ("Workbook", "Book")
BEGIN, END, PASSWORD, DAYS_FROM_1904, SHEET = 0x0809, 0x000A, 0x002F, 0x0022, 0x0085
ROW, ERROR, FORMULA = 0x0208, 0x0205, 0x0006
VALUES = frozenset({0x00BD, 0x00FD, 0x0203, 0x0204, 0x027E, ERROR, FORMULA})
HIDDEN = 0x20
ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
DAMAGED = "is not a workbook that can be read, or has a password: save it in Excel as .xlsx without one"
BiffRecord = tuple[int, bytes]


def look_through_old(file: Path) -> tuple[list[SheetScan], bool]:
    """The rows and cells of each sheet that are not to be trusted, in the order of the sheets, and whether its days
    count from 1904. Raises UnreadableWorkbookError, OSError."""
    try:
        stream = _stream(file.read_bytes())
        places, starts_1904 = [], False
        for kind, record in _records(stream, 0, len(stream)):
            if kind == PASSWORD:
                raise UnreadableWorkbookError(DAMAGED)
            if kind == SHEET:
                places.append(struct.unpack_from("<I", record)[0])
            elif kind == DAYS_FROM_1904:
                starts_1904 = record[:1] == b"\1"
        return _sheets(stream, places), starts_1904
    except (struct.error, LookupError, ValueError) as error:
        raise UnreadableWorkbookError(DAMAGED) from error


def _stream(raw: bytes) -> bytes:
    """The stream that has the workbook."""
    size = SECTOR_BYTES[struct.unpack_from("<H", raw, 30)[0]]
    tables, first_folder, first_more = (struct.unpack_from("<I", raw, at)[0] for at in (44, 48, 68))
    of_tables = [
        sector_number
        for sector_number in struct.unpack_from(f"<{SECTORS_IN_HEADER}I", raw, 76)
        if sector_number < LAST_SECTOR
    ]
    for _ in range(len(raw) // size):  # no more than there are sectors: one may name itself as the next
        if first_more >= LAST_SECTOR or len(of_tables) >= tables:
            break
        *more, first_more = _numbers(raw, first_more, size)
        of_tables += [sector_number for sector_number in more if sector_number < LAST_SECTOR]
    if len(set(of_tables)) < len(of_tables):
        raise UnreadableWorkbookError(DAMAGED)
    following = [sector_number for sector in of_tables for sector_number in _numbers(raw, sector, size)]
    folder = _chain(raw, first_folder, following, size)
    for at in range(0, len(folder) - ENTRY_BYTES + 1, ENTRY_BYTES):
        letters = struct.unpack_from("<H", folder, at + 64)[0]
        if folder[at : at + max(letters - 2, 0)].decode("utf-16-le", "replace") in STREAMS:
            first, length = struct.unpack_from("<II", folder, at + 116)
            stream = _chain(raw, first, following, size)[:length]
            if len(stream) < length or length < struct.unpack_from("<I", raw, 56)[0]:
                break  # short ones are kept elsewhere: Excel itself writes none so short
            return stream
    raise UnreadableWorkbookError(DAMAGED)


def _numbers(raw: bytes, sector: int, size: int) -> Sequence[int]:
    return struct.unpack_from(f"<{size // 4}I", raw, (sector + 1) * size)


def _chain(raw: bytes, sector: int, following: Sequence[int], size: int) -> bytes:
    """The sectors from one on, put together."""
    parts: list[bytes] = []
    while sector < LAST_SECTOR:
        parts.append(raw[(sector + 1) * size : (sector + 2) * size])
        sector = following[sector]
        if len(parts) > len(raw) // size:
            raise UnreadableWorkbookError(DAMAGED)
    return b"".join(parts)


def _records(stream: bytes, offset: int, end: int) -> Iterator[BiffRecord]:
    """The records from a place to the end of its part, but for those of parts within it, such as charts."""
    depth = 0
    while offset + 4 <= end:
        kind, length = struct.unpack_from("<HH", stream, offset)
        offset += 4
        depth += (kind == BEGIN) - (kind == END)
        if depth == 1:
            yield kind, stream[offset : offset + length]
        elif depth < 1:
            return
        offset += length


def _sheets(stream: bytes, places: Sequence[int]) -> list[SheetScan]:
    """What each sheet holds. Each ends before the next begins, so that nothing is gone through twice."""
    begun = sorted(set(places))
    by_offset = {at: _sheet(stream, at, end) for at, end in zip(begun, [*begun[1:], len(stream)], strict=False)}
    return [by_offset[offset] for offset in places]


def _sheet(stream: bytes, offset: int, end: int) -> SheetScan:
    scan, hidden, valued = SheetScan(), set[int](), set[int]()
    for kind, record in _records(stream, offset, end):
        if kind == ROW:
            row, options = struct.unpack_from("<H10xH", record)
            hidden.update({row + 1} if options & HIDDEN else ())
        elif kind in VALUES:
            row, column = struct.unpack_from("<HH", record)
            valued.add(row + 1)
            code = _error(kind, record)
            if code is not None:
                scan.bad_cells[row + 1, column + 1] = error_in_words(ERRORS.get(code, "#N/A"))
    scan.hidden_rows.update(hidden & valued)
    return scan


def _error(kind: int, record: bytes) -> int | None:
    """The number of the error that a cell holds, by itself or as what its formula came to."""
    if kind == ERROR:
        return record[6] if record[7] else None
    is_one = kind == FORMULA and record[12:14] == b"\xff\xff" and record[6] == 2
    return record[8] if is_one else None
