"""The cells of a sheet as they come: how far they reach, and which of them hold no value that can be trusted."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

MOST_CELLS = 5_000_000  # of a workbook: some half a minute to read
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384  # of a sheet, as Excel has it
MOST_BAD_CELLS = 100_000
LONGEST_ERROR = 20
KINDS = {"c": "cell", "v": "value", "is": "value", "f": "formula", "row": "row"}
PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
NOT_AVAILABLE = "holds the error #N/A: it is read as not recorded"
NO_VALUE = "is a formula without its result: open the workbook in Excel, save it and try again"


class UnreadableWorkbookError(Exception):
    """A file, or a sheet of it, that cannot be read; the message is a sentence without the file's name."""


class TooLargeError(UnreadableWorkbookError):
    """A file that would take too long, or too much memory, to read."""


def check_reach(last_row: int, last_column: int) -> None:
    """Raises TooLargeError for a sheet that reaches further than any table of people and events does."""
    if last_row * last_column > MOST_CELLS or last_row > MOST_ROWS or last_column > MOST_COLUMNS:
        reach = f"row {last_row:,} and column {last_column:,}"
        allowed = f"{MOST_CELLS:,} cells are read at most: save a larger table as CSV or Parquet"
        raise TooLargeError(f"has a value as far as {reach}; {allowed}")


@dataclass
class SheetScan:
    """What a sheet holds: the last row and column with a value (counted from 1), its cells that cannot be trusted, by
    row and column, with what is wrong with each, and the rows with a value that Excel does not show: hidden, or
    filtered out."""

    last_row: int = 0
    last_column: int = 0
    bad_cells: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)


def error_in_words(error: str) -> str:
    """What is wrong with a cell that holds an error of Excel."""
    return NOT_AVAILABLE if error in ("#N/A", "") else f"holds the error {error}"


def local(name: str) -> str:
    """An element's name without its namespace."""
    return name.rpartition(":")[2]


class Scanner:
    """Follows the cells of a sheet as expat tells of them."""

    def __init__(self, parser: expat.XMLParserType) -> None:
        self.found = SheetScan()
        self._parser = parser
        self._row = self._column = 0
        self._type: str | None = None
        self._has_formula = self._in_value = self._is_hidden = False
        self._value = ""
        parser.buffer_text = True
        parser.StartElementHandler = self._start

    def finish(self) -> SheetScan:
        """What was found, once the sheet is at its end."""
        self._judge()
        return self.found

    def _start(self, name: str, given: dict[str, str]) -> None:
        kind = KINDS.get(name) or KINDS.get(local(name))
        if kind == "cell":
            if self._has_formula or self._type == "e":
                self._judge()
            self._type = given.get("t")
            self._place(given.get("r"))
            if self._type == "e":
                self._parser.CharacterDataHandler = self._text
        elif kind == "value":
            self._in_value = True
            scan = self.found
            if self._is_hidden:
                scan.hidden_rows.add(self._row)
            if self._row > scan.last_row or self._column > scan.last_column:
                self._reach()
        elif kind == "formula":
            self._has_formula = True
            self._parser.CharacterDataHandler = self._text
        elif kind == "row":
            self._judge()
            self._row, self._column = self._row + 1, 0
            number = given.get("r", "")
            if number.isdecimal():
                self._row = int(number[:8])
            check_reach(self._row, 1)
            self._is_hidden = given.get("hidden", "0").lower() in ("1", "true")

    def _text(self, text: str) -> None:
        if self._in_value and len(self._value) < LONGEST_ERROR:
            self._value += text

    def _judge(self) -> None:
        """Judge the cell that went before, where it is a formula or an error."""
        value = self._value.strip()
        if self._type == "e":
            self._bad(error_in_words(value))
        elif self._has_formula and not value and self._type != "str":
            self._bad(NO_VALUE)
        self._has_formula = self._in_value = False
        self._type, self._value = None, ""
        self._parser.CharacterDataHandler = None

    def _place(self, reference: str | None) -> None:
        self._in_value = False
        match = PLACE.fullmatch(reference or "")
        if match is None:
            self._column += 1
            return
        column = 0
        for letter in match[1]:
            column = column * 26 + ord(letter) - 64
        self._row, self._column = int(match[2]), column

    def _reach(self) -> None:
        scan = self.found
        scan.last_row = max(scan.last_row, self._row)
        scan.last_column = max(scan.last_column, self._column)
        check_reach(scan.last_row, scan.last_column)

    def _bad(self, message: str) -> None:
        self.found.bad_cells[self._row, self._column] = message
        if len(self.found.bad_cells) > MOST_BAD_CELLS:
            raise UnreadableWorkbookError(f"has more than {MOST_BAD_CELLS:,} cells with an error or without a result")
