"""A look through an OpenDocument workbook before it is opened: that it unpacks to a sensible size, that cells said
to be repeated do not fill the memory, and which rows are not shown.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.parsers import expat

from improvement_board.sources.workbooks.package import (
    DAMAGED,
    MOST_LETTERS,
    MOST_UNPACKED_BYTES,
    PACKED_OTHERWISE,
    PIECE,
)
from improvement_board.sources.workbooks.scan import (
    MOST_CELLS,
    SheetScan,
    TooLargeError,
    UnreadableWorkbookError,
    check_reach,
    local,
)

CONTENT = "content.xml"


def is_open_document(file: Path) -> bool:
    """Whether a file is an archive with the content of an OpenDocument file. Raises OSError."""
    try:
        with zipfile.ZipFile(file) as archive:
            return CONTENT in archive.namelist()
    except (*DAMAGED, *PACKED_OTHERWISE):
        return False


def check_open_document(file: Path) -> Mapping[str, SheetScan]:
    """The rows with a value that are hidden or filtered out, by sheet. Raises UnreadableWorkbookError for what must not
    be opened."""
    cells = _Cells()
    try:
        with zipfile.ZipFile(file) as archive:
            if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED_BYTES:
                raise TooLargeError("unpacks to more than 1 GB")
            parser = expat.ParserCreate()
            parser.StartElementHandler, parser.CharacterDataHandler = cells.start, cells.text
            parser.StartDoctypeDeclHandler = _refuse
            with archive.open(CONTENT) as opened:
                for piece in iter(lambda: opened.read(PIECE), b""):
                    parser.Parse(piece)
            parser.Parse(b"", True)
    except (*DAMAGED, *PACKED_OTHERWISE, KeyError) as error:
        raise UnreadableWorkbookError("is not a workbook that can be read, or is damaged") from error
    except expat.ExpatError as error:
        raise UnreadableWorkbookError(f"is damaged: {error}") from error
    return {name: SheetScan(hidden_rows=rows) for name, rows in cells.hidden.items()}


def _refuse(*_: object) -> None:
    raise UnreadableWorkbookError("has a document type declaration (DOCTYPE), which is refused")


class _Cells:
    """Counts the cells that have a value and the letters in them, each as often as it and its row are repeated; notes
    the rows that are hidden."""

    def __init__(self) -> None:
        self.hidden: dict[str, set[int]] = {}
        self._sheet, self._last_row, self._is_hidden = "", 0, False
        self._rows, self._columns, self._cells, self._letters = 1, 0, 0, 0

    def start(self, name: str, given: dict[str, str]) -> None:
        kind = local(name)
        if kind == "table":
            self._sheet, self._last_row = next((given[key] for key in given if local(key) == "name"), ""), 0
        elif kind == "table-row":
            self._rows = _repeated(given, "number-rows-repeated")
            self._last_row += self._rows
            self._is_hidden = any(local(key) == "visibility" and given[key] != "visible" for key in given)
        elif kind in ("table-cell", "covered-table-cell"):
            has_value = any(local(key) == "value-type" for key in given)
            self._columns = _repeated(given, "number-columns-repeated") if has_value else 0
            self._cells += self._rows * self._columns
            if self._cells > MOST_CELLS:
                raise TooLargeError(f"has more than {MOST_CELLS:,} cells: save larger tables as CSV or Parquet")
            if self._is_hidden and has_value:
                check_reach(self._last_row, 1)
                rows = range(self._last_row - self._rows + 1, self._last_row + 1)
                self.hidden.setdefault(self._sheet, set()).update(rows)

    def text(self, text: str) -> None:
        self._letters += self._rows * self._columns * len(text)
        if self._letters > MOST_LETTERS:
            raise TooLargeError(f"has more than {MOST_LETTERS:,} letters in its cells")


def _repeated(given: dict[str, str], name: str) -> int:
    value = next((value for key, value in given.items() if local(key) == name), "1")
    return max(int(value[:9]), 1) if value.isdecimal() else 1
