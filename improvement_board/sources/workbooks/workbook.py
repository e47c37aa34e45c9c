"""An Excel workbook as sheets, and a sheet as rows: merged cells filled down, each row with its number in the sheet."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from improvement_board.sources.workbooks.package import Package, inspect
from improvement_board.sources.workbooks.scan import TooLargeError, UnreadableWorkbookError

SERIAL_OF_1904 = 1462
MOST_SECONDS = 300  # for a sheet: nobody waits longer without a word
ROWS_AT_A_TIME = 1_000


@dataclass(frozen=True)
class SheetRow:
    """A row of a sheet: its number (from 1) and its cells from column A on."""

    line: int
    cells: Sequence[object]

    def cell(self, number: int) -> object:
        """The cell in a column (from 0); None beyond the last."""
        return self.cells[number] if number < len(self.cells) else None

    @property
    def is_blank(self) -> bool:
        """Whether no cell holds anything."""
        return all(cell is None or str(cell).strip() == "" for cell in self.cells)


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook: `is_hidden` where Excel does not show it; `bad_cells` and `hidden_rows` see SheetScan."""

    name: str
    is_hidden: bool
    bad_cells: Mapping[tuple[int, int], str]
    last_row: int
    workbook: Workbook
    hidden_rows: Collection[int] = ()

    def rows(self) -> Iterator[SheetRow]:
        """The rows that are shown, from the sheet's first on, blank ones too. Raises UnreadableWorkbookError."""
        with explain_reader_errors("the sheet cannot be read"):
            sheet = self.workbook.opened.get_sheet_by_name(self.name)
            merged = _merged_down(sheet.merged_cell_ranges or (), self.workbook.package.sheets[self.name].last_column)
            padding: list[object] = [None] * (sheet.start[1] if sheet.start else 0)
            filled: dict[int, tuple[int, object]] = {}
            until = time.monotonic() + MOST_SECONDS
            for line, row_cells in enumerate(sheet.iter_rows(), start=1):
                if line % ROWS_AT_A_TIME == 0 and time.monotonic() > until:
                    raise TooLargeError(f"took longer than {MOST_SECONDS} seconds to read: save it as CSV or Parquet")
                cells = [*padding, *row_cells]
                if merged:
                    _fill_down(line, cells, merged, filled)
                if line not in self.hidden_rows:
                    yield SheetRow(line, cells)


@dataclass(frozen=True)
class Workbook:
    """An open workbook."""

    file: Path
    package: Package
    opened: Any

    def sheets(self) -> list[Sheet]:
        """Its worksheets, in order."""
        sheets = []
        for metadata in self.opened.sheets_metadata:
            scan = self.package.sheets.get(metadata.name)
            if metadata.typ == SheetTypeEnum.WorkSheet and scan is not None:
                hidden = metadata.visible != SheetVisibleEnum.Visible
                sheets.append(Sheet(metadata.name, hidden, scan.bad_cells, scan.last_row, self, scan.hidden_rows))
        return sheets

    @property
    def serial_shift(self) -> int:
        """What to add to a serial number that stands for a day, where the workbook counts from 1904."""
        return SERIAL_OF_1904 if self.package.starts_1904 else 0


@contextmanager
def opened(file: Path, package: Package | None = None) -> Iterator[Workbook]:
    """A workbook, open; `package` where it was inspected before. Raises UnreadableWorkbookError."""
    package = package or inspect(file)
    with explain_reader_errors("cannot be read"):
        workbook = CalamineWorkbook.from_path(str(file))
    try:
        yield Workbook(file, package, workbook)
    finally:
        workbook.close()


@contextmanager
def explain_reader_errors(what: str) -> Iterator[None]:
    """Whatever the reader of Excel files refuses, or fails at, as UnreadableWorkbookError."""
    try:
        yield
    except (CalamineError, OSError, ValueError, MemoryError) as error:
        raise UnreadableWorkbookError(f"{what}: {str(error) or type(error).__name__}") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # the reader's own failure, which is no Exception
            raise
        raise UnreadableWorkbookError(f"{what}: it is damaged") from error


SheetRange = tuple[tuple[int, int], tuple[int, int]]


def _merged_down(ranges: Sequence[SheetRange], columns: int) -> dict[int, list[tuple[int, int]]]:
    """Where cells are merged downwards, by the row (from 1) where that begins: the column (from 0) and the last row.

    Of `columns` alone, those that the sheet has.
    """
    by_column: dict[int, list[tuple[int, int]]] = {}
    for (first_row, column), (last_row, _) in ranges:
        if last_row > first_row and column < columns:
            by_column.setdefault(first_row + 1, []).append((column, last_row + 1))
    return by_column


def _fill_down(
    line: int, cells: list[object], merged: Mapping[int, list[tuple[int, int]]], filled: dict[int, tuple[int, object]]
) -> None:
    for column, last_row in merged.get(line, ()):
        if column < len(cells):
            filled[column] = (last_row, cells[column])
    for column, (last_row, value) in list(filled.items()):
        if line > last_row:
            del filled[column]
        elif column < len(cells):
            cells[column] = value
