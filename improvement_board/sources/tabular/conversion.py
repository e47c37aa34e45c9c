"""Rows of cells as rows of a table: typed in one go, and what is left over told or mended cell by cell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from improvement_board.common.months import month_end
from improvement_board.declared.tables import Column
from improvement_board.errors import Problem
from improvement_board.sources.adapter import ReadingOptions
from improvement_board.sources.findings import PLACEHOLDER, Finding, Findings, Severity
from improvement_board.sources.staging import ARROW_TYPES
from improvement_board.sources.tabular.cells import drop_unknown, left_over, typed, value_left_over
from improvement_board.sources.tabular.naming import FILLED_BY_US, TableHeader
from improvement_board.sources.totals import TOTAL
from improvement_board.sources.values import PlaceholderError, UnfitValueError
from improvement_board.sources.workbooks.scan import NOT_AVAILABLE
from improvement_board.sql.quote import quoted

LINE = "_row"
LEFT_OVER = "?"
LONGEST_SHOWN = 100
NO_DAY = "no-day"  # told as a placeholder, which it is: but nothing is lost by it
NOT_THERE = (PLACEHOLDER, NO_DAY)
BadCells = Mapping[tuple[int, int], str]


@dataclass(frozen=True)
class Chunk:
    """Some rows of a file: columns named by their place ("0", "1", …) and `_row`, the line of each.

    `bad_cells` have no value that can be trusted: what is wrong with each by line and place.
    """

    cells: pa.Table
    bad_cells: BadCells = field(default_factory=dict)


@dataclass(frozen=True)
class Conversion:
    """How the rows of one file or sheet become those of its table."""

    connection: duckdb.DuckDBPyConnection
    header: TableHeader
    file: Path
    sheet: str | None
    findings: Findings
    options: ReadingOptions

    def rows(self, chunk: Chunk) -> pa.Table:
        """The declared columns in their types, and `_row`. Blank rows are left out, and so are those with a key or a
        date that cannot be read, which is told."""
        places = self.header.places
        columns = [column for column in self.header.table.columns if column.name in places]
        typed = self._typed(chunk.cells, columns, places)
        lines = typed.column(LINE)
        told = [
            (line, column, problem, PLACEHOLDER if problem.message == NOT_AVAILABLE else "bad-cell")
            for line, column, problem in self._bad(chunk, places)
        ]
        values: dict[str, pa.ChunkedArray] = {}
        for column in columns:
            values[column.name], unfit = self._mended(column, typed)
            told.extend((line, column, problem, rule) for line, problem, rule in unfit)
        totals = self._totals(typed, columns)
        told = [message for message in told if message[0] not in totals]
        is_there = np.isin(lines.to_numpy(), [line for line, *_, rule in told if rule not in NOT_THERE])
        for value in values.values():
            is_there |= value.is_valid().to_numpy()
        values.update(self._filled(len(typed)))
        blank = set(lines.filter(pa.array(~is_there)).to_pylist()) if told else set()
        told = [message for message in told if message[0] not in blank]
        months = self._months(values, lines) if told else {}
        lost = [line for line, column, problem, rule in told if self._tell(column, problem, rule, months.get(line))]
        keep = pa.array(is_there & ~np.isin(lines.to_numpy(), [*lost, *totals]))
        return self._table(values, lines).filter(keep)

    def _typed(self, cells: pa.Table, columns: list[Column], places: Mapping[str, int]) -> pa.Table:
        inner, middle, outer = [LINE], [LINE], [LINE]
        for column in columns:
            cell_name = str(places[column.name])
            kind, name = cells.schema.field(cell_name).type, quoted(column.name)
            inner += [
                f"{typed(column, cell_name, kind, day_first=self.options.day_first)} as {name}",
                quoted(cell_name),
            ]
            middle += [f"{drop_unknown(column, column.name)} as {name}", quoted(cell_name)]
            outer += [name, f"{left_over(column, name, cell_name, kind)} as {quoted(column.name + LEFT_OVER)}"]
        read = self.connection.from_arrow(cells).project(", ".join(inner)).project(", ".join(middle))
        return read.project(", ".join(outer)).to_arrow_table()

    def _totals(self, typed: pa.Table, columns: list[Column]) -> Collection[int]:
        """The lines of rows that add up others, by what stands as their name or in their key; each is told."""
        table, lines = self.header.table, typed.column(LINE)
        totals: set[int] = set()
        for column in columns:
            if not (column.is_name or column.name in table.key):
                continue
            for name in (column.name, column.name + LEFT_OVER):
                cells = typed.column(name)
                if not pa.types.is_string(cells.type) or cells.null_count == len(cells):
                    continue
                is_one = pc.match_substring_regex(cells, f"^(?:{TOTAL})$", ignore_case=True).fill_null(False)
                if not pc.any(is_one).as_py():
                    continue
                for line, cell in zip(lines.filter(is_one).to_pylist(), cells.filter(is_one).to_pylist(), strict=True):
                    if line not in totals:
                        message = "is a row that adds up others, and was not counted"
                        problem = self._problem(line, column.name, message, cell)
                        self.findings.add(Finding("total-row", "warning", problem, table.name))
                    totals.add(line)
        return totals

    def _bad(self, chunk: Chunk, places: Mapping[str, int]) -> Iterator[tuple[int, Column, Problem]]:
        named = {column_number: name for name, column_number in places.items()}
        columns = {column.name: column for column in self.header.table.columns}
        for (line, column_number), message in chunk.bad_cells.items():
            if column_number in named:
                yield line, columns[named[column_number]], self._problem(line, named[column_number], message)

    def _mended(self, column: Column, typed: pa.Table) -> tuple[pa.ChunkedArray, list[tuple[int, Problem, str]]]:
        """The column with what was left over converted, and what is wrong with the rest by line."""
        value, rest = typed.column(column.name), typed.column(column.name + LEFT_OVER)
        if rest.null_count == len(rest):
            return value, []
        texts = pc.unique(rest.drop_null())
        results: list[object] = []
        wrong: dict[str, UnfitValueError] = {}
        for text in texts.to_pylist():
            try:
                results.append(value_left_over(column, text, day_first=self.options.day_first))
            except UnfitValueError as error:
                results.append(None)
                wrong[text] = error
        converted = pa.array(results, type=ARROW_TYPES[column.type]).take(pc.index_in(rest, texts))
        mended = pc.coalesce(value.cast(ARROW_TYPES[column.type]), converted)
        if not wrong:
            return mended, []
        is_wrong = pc.is_in(rest, pa.array(list(wrong), type=rest.type))
        lines, cells = typed.column(LINE).filter(is_wrong).to_pylist(), rest.filter(is_wrong).to_pylist()
        told = [
            (
                line,
                self._problem(line, column.name, str(wrong[cell]), cell, wrong[cell].allowed),
                rule_of(column, wrong[cell]),
            )
            for line, cell in zip(lines, cells, strict=True)
        ]
        return mended, told

    def _months(self, values: Mapping[str, pa.ChunkedArray], lines: pa.ChunkedArray) -> Mapping[int, dt.date]:
        """The month's last day of each line's row, where its day can be read."""
        days = values.get(self.header.table.dated_by or "")
        if days is None:
            return {}
        dated = zip(lines.to_pylist(), days.cast(pa.date32()).to_pylist(), strict=True)
        return {line: month_end(day) for line, day in dated if day is not None}

    def _problem(
        self, line: int, column: str, message: str, value: str | None = None, allowed: str | None = None
    ) -> Problem:
        shown = value if value is None or len(value) <= LONGEST_SHOWN else value[:LONGEST_SHOWN] + "…"
        return Problem(self.file, message, self.sheet, line, column, shown, allowed)

    def _tell(self, column: Column, problem: Problem, rule: str, month: dt.date | None) -> bool:
        """Note what is wrong with a cell; whether its row is kept out."""
        table = self.header.table
        is_needed = column.name in table.key or column.name == table.dated_by
        decides = is_needed and rule not in NOT_THERE  # the checks say where an empty cell keeps a row out
        severity: Severity = "error" if decides else "warning"
        lost = () if decides or rule == NO_DAY or column.name in table.key else (column.name,)
        said = PLACEHOLDER if rule == NO_DAY else rule
        self.findings.add(Finding(said, severity, problem, table.name, lost=lost, month=month))
        return decides

    def _filled(self, rows: int) -> dict[str, pa.Array]:
        names = FILLED_BY_US.get(self.header.table.name, frozenset()) - self.header.places.keys()
        return {name: pa.repeat(pa.scalar(self.options.edition, pa.date32()), rows) for name in names}

    def _table(self, values: Mapping[str, pa.ChunkedArray], lines: pa.ChunkedArray) -> pa.Table:
        arrays, names = [], []
        for column in self.header.table.columns:
            kind = ARROW_TYPES[column.type]
            column_values = values.get(column.name)
            arrays.append(pa.nulls(len(lines), kind) if column_values is None else column_values.cast(kind))
            names.append(column.name)
        return pa.table([*arrays, lines], names=[*names, LINE])


def rule_of(column: Column, error: UnfitValueError) -> str:
    """The short name of what is wrong with a cell."""
    if isinstance(error, PlaceholderError):
        return PLACEHOLDER if error.is_lost else NO_DAY
    if column.allowed:
        return "not-allowed"
    return {"time": "not-a-date", "integer": "not-a-whole-number"}.get(column.type, f"not-a-{column.type}")
