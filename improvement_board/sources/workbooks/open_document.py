"""A look through an OpenDocument workbook before it is opened: that it unpacks to a sensible size, and that cells said
to be repeated do not fill the memory.
"""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from xml.parsers import expat

from improvement_board.sources.workbooks.package import MOST_LETTERS, MOST_UNPACKED_BYTES, PIECE
from improvement_board.sources.workbooks.scan import MOST_CELLS, TooLargeError, UnreadableWorkbookError, local

CONTENT = "content.xml"


def is_open_document(file: Path) -> bool:
    """Whether a file is an archive with the content of an OpenDocument file. Raises OSError."""
    try:
        with zipfile.ZipFile(file) as archive:
            return CONTENT in archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError):
        return False


def check_open_document(file: Path) -> None:
    """Raises UnreadableWorkbookError for what must not be opened."""
    try:
        with zipfile.ZipFile(file) as archive:
            if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED_BYTES:
                raise TooLargeError("unpacks to more than 1 GB")
            parser, cells = expat.ParserCreate(), _Cells()
            parser.StartElementHandler, parser.CharacterDataHandler = cells.start, cells.text
            parser.StartDoctypeDeclHandler = _refuse
            with archive.open(CONTENT) as opened:
                for piece in iter(lambda: opened.read(PIECE), b""):
                    parser.Parse(piece)
            parser.Parse(b"", True)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, KeyError) as error:
        raise UnreadableWorkbookError("is not a workbook that can be read, or is damaged") from error
    except expat.ExpatError as error:
        raise UnreadableWorkbookError(f"is damaged: {error}") from error


def _refuse(*_: object) -> None:
    raise UnreadableWorkbookError("has a document type declaration (DOCTYPE), which is refused")


class _Cells:
    """Counts the cells that have a value and the letters in them, each as often as it and its row are repeated."""

    def __init__(self) -> None:
        self._rows, self._columns, self._cells, self._letters = 1, 0, 0, 0

    def start(self, name: str, given: dict[str, str]) -> None:
        kind = local(name)
        if kind == "table-row":
            self._rows = _repeated(given, "number-rows-repeated")
        elif kind in ("table-cell", "covered-table-cell"):
            has_value = any(local(key) == "value-type" for key in given)
            self._columns = _repeated(given, "number-columns-repeated") if has_value else 0
            self._cells += self._rows * self._columns
            if self._cells > MOST_CELLS:
                raise TooLargeError(f"has more than {MOST_CELLS:,} cells: save larger tables as CSV or Parquet")

    def text(self, text: str) -> None:
        self._letters += self._rows * self._columns * len(text)
        if self._letters > MOST_LETTERS:
            raise TooLargeError(f"has more than {MOST_LETTERS:,} letters in its cells")


def _repeated(given: dict[str, str], name: str) -> int:
    value = next((value for key, value in given.items() if local(key) == name), "1")
    return int(value[:9]) if value.isdecimal() else 1
