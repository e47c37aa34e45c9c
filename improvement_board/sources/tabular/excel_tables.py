"""The sheets of a workbook that are tables, and their rows in chunks: each cell as text, as a CSV would have it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pyarrow as pa
from python_calamine import CalamineWorkbook

from improvement_board.sources.drafts import is_draft
from improvement_board.sources.tabular.conversion import LINE, Chunk
from improvement_board.sources.tabular.naming import TableHeader, named_table, table_of
from improvement_board.sources.workbooks.old_excel import look_through_old
from improvement_board.sources.workbooks.open_document import check_open_document, is_open_document
from improvement_board.sources.workbooks.package import OLD_EXCEL, Package
from improvement_board.sources.workbooks.scan import SheetScan, TooLargeError, check_reach
from improvement_board.sources.workbooks.workbook import Sheet, SheetRow, Workbook, explain_reader_errors, opened

HEADER_WITHIN = 20
CHUNK_ROWS = 20_000
MOST_BYTES_OF_OLD = 60 << 20
HALF_A_SECOND = dt.timedelta(microseconds=500_000)
HELP_SHEETS = frozenset({"columns", "how to"})


@dataclass(frozen=True)
class ExcelTable:
    """A sheet that is a table."""

    sheet: Sheet
    header: TableHeader
    serial_shift: int

    def chunks(self) -> Iterator[Chunk]:
        """The rows below the header. Raises UnreadableWorkbookError."""
        days = {at for name, at in self.header.places.items() if self._is_day(name)}
        rows = (row for row in self.sheet.rows() if row.line > self.header.line)
        width = len(self.header.cells)
        while chunk := list(islice(rows, CHUNK_ROWS)):
            columns = [
                pa.array([self._text(row.cell(at), at in days) for row in chunk], type=pa.string())
                for at in range(width)
            ]
            lines = pa.array([row.line for row in chunk], type=pa.int64())
            names = [*(str(at) for at in range(width)), LINE]
            first, last = chunk[0].line, chunk[-1].line
            bad = {
                (line, column - 1): message
                for (line, column), message in self.sheet.bad_cells.items()
                if first <= line <= last
            }
            yield Chunk(_emptied(pa.table([*columns, lines], names=names), bad), bad)

    def _is_day(self, name: str) -> bool:
        return next(column.type for column in self.header.table.columns if column.name == name) in ("date", "time")

    def _text(self, cell: object, is_day: bool) -> str | None:
        if is_day and isinstance(cell, (int, float)) and not isinstance(cell, bool):
            cell = cell + self.serial_shift
        return cell_text(cell)


def cell_text(cell: object) -> str | None:
    """A cell of a workbook as text: days and moments in ISO, whole numbers without .0."""
    if cell is None or isinstance(cell, str):
        return cell
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        rounded = (cell + HALF_A_SECOND).replace(microsecond=0) if cell.microsecond else cell
        return rounded.date().isoformat() if rounded.time() == dt.time() else rounded.isoformat(" ")
    return str(cell).lower() if isinstance(cell, bool) else str(cell)


def _emptied(cells: pa.Table, bad: dict[tuple[int, int], str]) -> pa.Table:
    """The cells, but for those that cannot be trusted."""
    at_line = {line: at for at, line in enumerate(cells.column(LINE).to_pylist())} if bad else {}
    for number in sorted({number for _, number in bad if number < cells.num_columns - 1}):
        values = cells.column(number).to_pylist()
        for line, at in bad:
            if at == number and line in at_line:
                values[at_line[line]] = None
        cells = cells.set_column(number, str(number), pa.array(values, type=pa.string()))
    return cells


def is_workbook(beginning: bytes) -> bool:
    """Whether a file that begins so may be a workbook."""
    return beginning.startswith((b"PK\x03\x04", OLD_EXCEL))


@dataclass(frozen=True)
class FoundTables:
    """The sheets of a workbook: tables that are shown, hidden ones, draft copies of those shown, and sheets that may be
    read by nobody."""

    shown: list[ExcelTable]
    hidden: list[ExcelTable]
    drafts: list[ExcelTable]
    others: list[Sheet]


def tables_in(workbook: Workbook, stem: str) -> FoundTables:
    """The sheets that are tables, and those that should be. Raises UnreadableWorkbookError."""
    tables: list[ExcelTable] = []
    others: list[Sheet] = []
    for sheet in workbook.sheets():
        top = list(islice(sheet.rows(), HEADER_WITHIN)) if sheet.last_row else []
        header = _header(sheet.name, top) or _header(stem, top)
        if header is not None:
            tables.append(ExcelTable(sheet, header, workbook.serial_shift))
        elif sheet.name.strip().lower() not in HELP_SHEETS and (not sheet.is_hidden or named_table(sheet.name)):
            others.append(sheet)
    shown = [table for table in tables if not table.sheet.is_hidden]
    final = {table.header.table.name for table in shown if not is_draft(table.sheet.name)}
    drafts = [table for table in shown if is_draft(table.sheet.name) and table.header.table.name in final]
    return FoundTables(
        [table for table in shown if table not in drafts],
        [table for table in tables if table.sheet.is_hidden],
        drafts,
        others,
    )


def _header(name: str, rows: Sequence[SheetRow]) -> TableHeader | None:
    for row in rows:
        cells = tuple((cell_text(cell) or "").strip() for cell in row.cells)
        table = table_of(name, cells)
        if table is not None:
            return TableHeader(table, row.line, cells)
    return None


@contextmanager
def opened_workbook(file: Path) -> Iterator[Workbook]:
    """A workbook of any kind, open, once its size is known to be sensible. Raises UnreadableWorkbookError."""
    package = _package(file)
    with opened(file, package) as workbook:
        yield workbook


def _package(file: Path) -> Package | None:
    """What is known of a workbook that is no .xlsx; None for one that is, which is looked through when it is opened."""
    with file.open("rb") as raw:
        is_old = raw.read(len(OLD_EXCEL)) == OLD_EXCEL
    if is_old:
        if file.stat().st_size > MOST_BYTES_OF_OLD:
            raise TooLargeError(f"is larger than {MOST_BYTES_OF_OLD >> 20} MB")
        return _of_sheets(file, *look_through_old(file))
    if not is_open_document(file):
        return None
    return _of_sheets(file, check_open_document(file))


def _of_sheets(file: Path, looked: Sequence[SheetScan] | Mapping[str, SheetScan], starts_1904: bool = False) -> Package:
    """How far the sheets reach; `looked` is what was found in them before, in their order or by their names."""
    with explain_reader_errors("is not a workbook that can be read, or has a password"):
        workbook = CalamineWorkbook.from_path(str(file))
        try:
            named = looked if isinstance(looked, Mapping) else dict(zip(workbook.sheet_names, looked, strict=True))
            scans = {name: _scan(workbook.get_sheet_by_name(name)) for name in workbook.sheet_names}
        finally:
            workbook.close()
    for name in named.keys() & scans.keys():
        scans[name].hidden_rows.update(named[name].hidden_rows)
        scans[name].bad_cells.update(named[name].bad_cells)
    return Package(scans, starts_1904)


def _scan(sheet: object) -> SheetScan:
    end = getattr(sheet, "end", None)
    rows, columns = (end[0] + 1, end[1] + 1) if end else (0, 0)
    check_reach(rows, columns)
    return SheetScan(rows, columns)
