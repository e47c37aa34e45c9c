"""Reads one file after the other: what is odd about a header is told, and the rows below it are stored."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pyarrow as pa

from improvement_board.declared.tables import declared_tables
from improvement_board.errors import Problem
from improvement_board.sources.adapter import ReadingOptions
from improvement_board.sources.feeding import might_feed
from improvement_board.sources.findings import Finding, Findings, Severity
from improvement_board.sources.tabular.conversion import Chunk, Conversion
from improvement_board.sources.tabular.csv_header import find_table_header, first_cells
from improvement_board.sources.tabular.csv_tables import CsvRows, as_utf_8
from improvement_board.sources.tabular.excel_tables import ExcelTable, is_workbook, opened_workbook, tables_in
from improvement_board.sources.tabular.naming import FILLED_BY_US, TableHeader, needed_key
from improvement_board.sources.tabular.parquet_tables import (
    MAGIC,
    ParquetTable,
    column_names,
    first_line,
    parquet_table,
)
from improvement_board.sources.tabular.store import TableWriter
from improvement_board.sources.tabular.unreadable import UnreadableTableError
from improvement_board.sources.workbooks.scan import UnreadableWorkbookError

MOST_NAMED = 30
HIDDEN_SHEET = "is hidden, and was not read"
DRAFT = "is by its name a draft or a copy of another sheet, and was not read"
SHOW_OR_DELETE = "show what counts, delete what does not"


@dataclass
class TableReader:
    """Reads files into a store. Parquet files that may be taken as they lie wait until it is known that no other file
    is of the same table."""

    store: TableWriter
    findings: Findings
    options: ReadingOptions
    connection: duckdb.DuckDBPyConnection
    waiting: list[ParquetTable] = field(default_factory=list)

    def read(self, file: Path) -> None:
        """Read a file; one that cannot be read is a finding of severity stop."""
        try:
            with file.open("rb") as opened:
                beginning = opened.read(len(MAGIC) * 2)
            if beginning.startswith(MAGIC):
                self._parquet(file)
            elif is_workbook(beginning):
                self._workbook(file)
            else:
                self._csv(file)
        except UnreadableTableError as error:
            self._tell("unreadable-file", "stop", Problem(file, str(error), row=error.row))
        except UnreadableWorkbookError as error:
            self._tell("unreadable-file", "stop", Problem(file, str(error)))
        except OSError as error:
            self._tell("unreadable-file", "stop", Problem(file, f"cannot be opened: {error.strerror or error}"))
        except (pa.ArrowException, duckdb.Error, csv.Error, UnicodeError) as error:
            self._tell("unreadable-file", "stop", Problem(file, f"cannot be read: {first_line(error)}"))

    def finish(self) -> None:
        """Take the Parquet files that are the only one of their table as they lie, and read the others."""
        tables = [waiting_table.header.table.name for waiting_table in self.waiting]
        for waiting_table in self.waiting:
            name = waiting_table.header.table.name
            if tables.count(name) == 1 and name not in self.store.tables:
                self.store.staging.put(name, waiting_table.file, waiting_table.rows)
            else:
                self._rows(waiting_table.header, waiting_table.file, None, waiting_table.chunks())

    def _parquet(self, file: Path) -> None:
        table = parquet_table(file, file.stem)
        if table is None:
            self._tell_no_table(file, None, column_names(file))
        elif self._is_complete(table.header, file, None):
            if table.needs_no_reading and table.is_plain(self.connection):
                if not table.rows:
                    self._tell_no_rows(table.header, file, None)
                self.waiting.append(table)
            else:
                self._rows(table.header, file, None, table.chunks())

    def _csv(self, file: Path) -> None:
        csv_header = find_table_header(file)
        if csv_header is None:
            self._tell_no_table(file, None, first_cells(file))
        elif self._is_complete(csv_header.header, file, None):
            with as_utf_8(file) as text:
                self._rows(csv_header.header, file, None, CsvRows(file, text, csv_header, self.findings).chunks())

    def _workbook(self, file: Path) -> None:
        with opened_workbook(file) as workbook:
            sheets = tables_in(workbook, file.stem)
            for excel_table in sheets.hidden:
                self._tell_not_read("hidden-sheet", HIDDEN_SHEET, excel_table, file)
            for excel_table in sheets.drafts:
                self._tell_not_read("draft-copy", DRAFT, excel_table, file)
            if not sheets.shown:
                self._tell_no_table(file, None, [sheet.name for sheet in sheets.others], "sheets that are shown")
                return
            for sheet in sheets.others:
                message = "is none of the tables, and was not read" if sheet.last_row else "is empty"
                self._tell("unknown-sheet", "warning", Problem(file, message, sheet.name))
            for excel_table in sheets.shown:
                hidden = len(excel_table.sheet.hidden_rows)
                if hidden:
                    message = f"has {hidden:,} rows that are hidden or filtered out: they were not read"
                    problem = Problem(file, message, excel_table.sheet.name, allowed=SHOW_OR_DELETE)
                    self._tell("hidden-rows", "warning", problem, excel_table.header.table.name)
                if self._is_complete(excel_table.header, file, excel_table.sheet.name):
                    self._rows(excel_table.header, file, excel_table.sheet.name, excel_table.chunks())

    def _tell_not_read(self, rule: str, message: str, excel_table: ExcelTable, file: Path) -> None:
        problem = Problem(file, message, excel_table.sheet.name, allowed=SHOW_OR_DELETE)
        self._tell(rule, "warning", problem, excel_table.header.table.name)

    def _rows(self, header: TableHeader, file: Path, sheet: str | None, chunks: Iterable[Chunk]) -> None:
        conversion = Conversion(self.connection, header, file, sheet, self.findings, self.options)
        self.store.supply(header.table)
        count = 0
        for chunk in chunks:
            rows = conversion.rows(chunk)
            self.store.add(header.table, rows, file, sheet)
            count += len(chunk.cells)
        if not count:
            self._tell_no_rows(header, file, sheet)

    def _is_complete(self, header: TableHeader, file: Path, sheet: str | None) -> bool:
        """Tell of columns that are missing, unknown or there twice; whether the rows can be read."""
        table, line = header.table, header.line or None
        has = ", ".join(cell for cell in header.cells[:MOST_NAMED] if cell)
        complete = not header.missing_key
        for name in header.missing_key:
            message = "the column is missing, and no row can be told from another without it"
            problem = Problem(
                file, f"{message}; the columns are {has}", sheet, line, name, allowed=", ".join(needed_key(table))
            )
            self._tell("column-missing", "stop", problem, table.name)
        for name, cells in header.twice.items():
            complete = False
            problem = Problem(file, f"the column is there twice: {', '.join(cells)}", sheet, line, name)
            self._tell("column-twice", "stop", problem, table.name)
        for cell in header.unknown if complete else ():
            problem = Problem(file, f"is no column of {table.name}, and was not read", sheet, line, cell[:100])
            self._tell("unknown-column", "warning", problem, table.name)
        filled = FILLED_BY_US.get(table.name, frozenset())
        for column in header.missing if complete else ():
            self.findings.absent.setdefault((table.name, column.name), set()).add(str(file))
            is_local = not table.name.startswith("ssd_")
            if column.name not in filled and (is_local or column.name == table.dated_by):
                problem = Problem(file, "the column is missing; it is left empty", sheet, line, column.name)
                self._tell("column-missing", "warning", problem, table.name)
        return complete

    def _tell_no_table(self, file: Path, sheet: str | None, names: Iterable[str], what: str = "columns") -> None:
        listed = ", ".join(list(names)[:MOST_NAMED])[:500]
        message = f"is none of the tables by its name and columns; its {what} are: {listed or 'none'}"
        self._tell("no-table", "stop", Problem(file, message, sheet, allowed=", ".join(declared_tables())))

    def _tell_no_rows(self, header: TableHeader, file: Path, sheet: str | None) -> None:
        fed = might_feed(frozenset({header.table.name}))
        message = f"has no rows: {header.table.name} counts as supplied, with nothing in it{fed}"
        self._tell("no-rows", "warning", Problem(file, message, sheet), header.table.name)

    def _tell(self, rule: str, severity: Severity, problem: Problem, table: str | None = None) -> None:
        self.findings.add(Finding(rule, severity, problem, table))
