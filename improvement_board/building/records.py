"""Record-level tables, opened in one DuckDB connection for the KPI queries to read.

A query finds every declared table there, empty where the source folder has no file for it; columns have the declared
types, blank text is null, columns a file lacks are null. Only `build` and tests open records: the dashboard never does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from improvement_board.common.months import month_end
from improvement_board.declared.extract_contract import has_columns
from improvement_board.declared.kpis import Definition
from improvement_board.declared.ripening import last_month
from improvement_board.declared.tables import declared_tables
from improvement_board.records.files import RecordFile, open_file
from improvement_board.records.pseudonyms import Concealment, conceal_workers
from improvement_board.records.tables import calendar, coverage, record_tables, shared_tables
from improvement_board.sources.windows import CoveredDays
from improvement_board.sql.lazy_tables import LazyTables
from improvement_board.sql.limits import only_reads
from improvement_board.sql.parsing import tables_of
from improvement_board.sql.queries import query_text
from improvement_board.sql.session import asking, connect

EXTRACTS = "extracts"  # the schema that holds what was computed, apart from the tables it was computed from
NEVER = (date.max, date.max)


@dataclass(frozen=True)
class SourceFolder:
    """A folder of record-level files: the file of each table it has, and what its source.toml declares.

    `windows`: the days for which a table is complete, where its sources say so; else it is from its first date on.
    `not_before`: the day before which nothing is complete, unless `first_day` says better.
    """

    folder: Path
    files: Mapping[str, Path]
    edition: date | None
    first_day: date | None
    windows: Mapping[str, CoveredDays] = field(default_factory=dict)
    not_before: date | None = None


@dataclass(frozen=True)
class Records:
    """An open source: the supplied files by table, and a connection that gets a table when a query first reads it.

    `covered`: the first month end and the last day for which each supplied table can be trusted; a table that holds
    nothing and says of no day that it covers it is not among them.
    """

    connection: duckdb.DuckDBPyConnection
    files: Mapping[str, RecordFile]
    first_day: date
    last_day: date
    covered: Mapping[str, tuple[date, date]]
    tables: LazyTables

    @property
    def supplied(self) -> frozenset[str]:
        """The names of the tables that have a file; the others are empty."""
        return frozenset(self.files)

    def table(self, name: str) -> duckdb.DuckDBPyRelation:
        """A record-level table, a shared one or one of the calendar."""
        self.tables.make([name])
        return self.connection.table(name)

    def compute(
        self, definition: Definition, overrides: Mapping[str, Any] | None = None, conceal: Concealment | None = None
    ) -> duckdb.DuckDBPyRelation:
        """The KPI's rows in the KPI-extract contract, for the months that every one of its sources covers.

        Whatever its query gives for other months is left out: of these the records hold a part, or nothing, or what
        they ask for may still be done (`ripens_after`). A count is 0 in a month without a row. With a concealment,
        workers are named by their pseudonyms. The rows are worked out at once and kept in a table, which a cursor of
        its own reads: several threads may do so at once. Raises InputError naming the KPI's file when its query fails,
        and the column where it lacks one of the contract.
        """
        only_reads(definition.sql, definition.file.name)
        parameters, table = {**definition.parameters, **(overrides or {})}, f"{EXTRACTS}.{definition.id}"
        with asking(definition.file.name):
            needed = tables_of(definition.sql, parameters)
        self.tables.make(needed | {"months"})
        cursor = self.connection.cursor()
        first, last = self.months_of(definition, parameters)
        with asking(definition.file.name):
            cursor.execute(f"create or replace table {table} as\n{definition.sql}", parameters)
            columns = has_columns(cursor.table(table), definition.file.name)
            outside = f"delete from {table} where period_end not between $first and $last"  # noqa: S608 -- an id
            cursor.execute(outside, {"first": first, "last": last})
            if definition.unit == "count" and "period" not in columns:
                cursor.execute(f"create or replace temp view computed as from {table}")
                cursor.execute(f"insert into {table} by name {query_text('views/zero_months')}", {"last": last})
        return conceal_workers(cursor, table, conceal) if conceal else cursor.table(table)

    def months_of(self, definition: Definition, parameters: Mapping[str, Any]) -> tuple[date, date]:
        """The first and the last month end that every source of a KPI covers, and in which the time is up for all that
        it asks for; the first is later where none is."""
        supplied = [source for source in definition.sources if source in self.files]  # without one it is left out
        spans = [self.covered.get(source, NEVER) for source in supplied] or [NEVER]
        known = min(self.last_day, *(last for _, last in spans))
        return max(first for first, _ in spans), last_month(definition.ripens_after, known, parameters)


def open_records(
    source: SourceFolder,
    authority: str,
    last_day: date,
    overrides: Mapping[str, Mapping[str, Any]] | None = None,
    connection: duckdb.DuckDBPyConnection | None = None,
) -> Records:
    """Check every file and open it up to an edition date, for one authority (GSS code).

    `overrides` are parameters by KPI or shared query, as in the plan. The tables are made in a connection of their own
    unless one is given; it is closed where this fails. Raises InputError naming file, column and value for data that
    does not fit the declared types.
    """
    connection = connection or connect()
    tables = LazyTables(connection)
    try:
        files = {name: open_file(connection, declared_tables()[name], file) for name, file in source.files.items()}
        starts = {name: _start(source, name, file) for name, file in files.items()}
        first_day = source.first_day or max(_first_day(starts, last_day), source.not_before or date.min)
        covered = {
            name: (
                month_end(max(first_day, start or first_day)),
                source.windows.get(name, CoveredDays()).last or last_day,
            )
            for name, start in starts.items()
            if start is not None or source.first_day or not _is_void(files[name])
        }
        tables.add(record_tables(files))
        tables.add(calendar(authority, first_day, last_day))
        tables.add(coverage({name: first for name, (first, _) in covered.items()}))
        tables.add(shared_tables(overrides or {}, tables.waiting.keys() | files.keys()))
        connection.execute(f"create schema if not exists {EXTRACTS}")
    except BaseException:
        connection.close()
        raise
    return Records(connection, files, first_day, last_day, covered, tables)


def _start(source: SourceFolder, table: str, file: RecordFile) -> date | None:
    """The first day from which a table is complete: what its sources say, a month begun before it left out; else the
    date of its first row."""
    said = source.windows.get(table, CoveredDays()).first_period_end
    return said.replace(day=1) if said else file.earliest


def _is_void(file: RecordFile) -> bool:
    """Whether a table that dates its rows has none: it shows no month that it covers."""
    return not file.rows and file.table.dated_by is not None


def _first_day(starts: Mapping[str, date | None], last_day: date) -> date:
    known = [start for start in starts.values() if start is not None]
    return min(known, default=last_day).replace(day=1)
