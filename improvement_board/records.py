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

from improvement_board.editions.extracts import has_columns
from improvement_board.errors import InputError, Problem
from improvement_board.kpis import Definition
from improvement_board.lazy_tables import LazyTables, words_of
from improvement_board.pseudonyms import Concealment, concealed
from improvement_board.record_files import RecordFile, open_file
from improvement_board.record_tables import calendar, coverage, query_of, record_tables, shared_tables
from improvement_board.sources.settings import read_settings
from improvement_board.sql_limits import only_reads
from improvement_board.tables import declared_tables

EXTRACTS = "extracts"  # the schema that holds what was computed, apart from the tables it was computed from
SUFFIXES = (".parquet", ".csv")


@dataclass(frozen=True)
class SourceFolder:
    """A folder of record-level files: the file of each table it has, and what its source.toml declares.

    `first_days`: for each table the first day from which it is complete, where that is known; else its first date is.
    `not_before`: the day before which nothing is complete, unless `first_day` says better.
    """

    folder: Path
    files: Mapping[str, Path]
    edition: date | None
    first_day: date | None
    first_days: Mapping[str, date] = field(default_factory=dict)
    not_before: date | None = None


@dataclass(frozen=True)
class Records:
    """An open source: the supplied files by table, and a connection that gets a table when a query first reads it."""

    connection: duckdb.DuckDBPyConnection
    files: Mapping[str, RecordFile]
    first_day: date
    last_day: date
    tables: LazyTables

    @property
    def supplied(self) -> frozenset[str]:
        """The names of the tables that have a file; the others are empty."""
        return frozenset(self.files)

    def table(self, name: str) -> duckdb.DuckDBPyRelation:
        """A record-level table, a shared one or one of the calendar."""
        self.tables.make([name])
        return self.connection.table(name)

    def compute(self, definition: Definition, overrides: Mapping[str, Any] | None = None) -> duckdb.DuckDBPyRelation:
        """The KPI's rows in the KPI-extract contract. Raises InputError naming the KPI when its query fails."""
        parameters = {**definition.parameters, **(overrides or {})}
        self.tables.make(words_of(definition.sql))
        with query_of(definition.file.name):
            return self.connection.sql(definition.sql, params=parameters)

    def keep(
        self, definition: Definition, overrides: Mapping[str, Any] | None = None, conceal: Concealment | None = None
    ) -> duckdb.DuckDBPyRelation:
        """As `compute`, but worked out at once and kept in a table, which a cursor of its own reads.

        With a concealment, workers are named by their pseudonyms. Several threads may do so at once. Raises InputError
        naming the KPI's file and the column where its query lacks one of the contract.
        """
        only_reads(definition.sql, definition.file.name)
        parameters, table = {**definition.parameters, **(overrides or {})}, f"{EXTRACTS}.{definition.id}"
        self.tables.make(words_of(definition.sql))
        cursor = self.connection.cursor()
        with query_of(definition.file.name):
            rows = cursor.sql(definition.sql, params=parameters)
            has_columns(rows, definition.file.name)
            rows.create(table)
        return concealed(cursor, table, conceal) if conceal else cursor.table(table)


def read_source_folder(folder: Path) -> SourceFolder:
    """What a folder of records holds. Raises InputError for a folder without any known table or a bad source.toml."""
    if not folder.is_dir():
        raise InputError(Problem(folder, "is not a folder", allowed="a folder of record-level tables"))
    files: dict[str, Path] = {}
    problems: list[Problem] = []
    for table in declared_tables():
        found = [folder / f"{table}{suffix}" for suffix in SUFFIXES if (folder / f"{table}{suffix}").is_file()]
        if len(found) > 1:
            problems.append(Problem(found[1], f"{table} is there twice", allowed="one file a table"))
        if found:
            files[table] = found[0]
    if problems:
        raise InputError(problems)
    settings = read_settings(folder)
    if not files:
        known = ", ".join(sorted(declared_tables()))
        raise InputError(
            Problem(folder, "holds no table of the dashboard's", allowed=f"<table>.parquet or .csv: {known}")
        )
    return SourceFolder(folder, files, settings.edition, settings.first_day)


def open_records(
    source: SourceFolder, authority: str, last_day: date, overrides: Mapping[str, Mapping[str, Any]] | None = None
) -> Records:
    """Check every file and open it up to an edition date, for one authority (GSS code).

    `overrides` are parameters by KPI or shared query, as in the plan. Raises InputError naming file, column and value
    for data that does not fit the declared types.
    """
    connection = duckdb.connect()
    tables = LazyTables(connection)
    try:
        files = {name: open_file(connection, declared_tables()[name], file) for name, file in source.files.items()}
        starts = {name: source.first_days.get(name, file.earliest) for name, file in files.items()}
        first_day = source.first_day or max(_first_day(starts, last_day), source.not_before or date.min)
        tables.add(record_tables(files))
        tables.add(calendar(authority, first_day, last_day))
        tables.add(coverage(starts, first_day))
        tables.add(shared_tables(overrides or {}, tables.waiting.keys()))
        connection.execute(f"create schema {EXTRACTS}")
    except BaseException:
        connection.close()
        raise
    return Records(connection, files, first_day, last_day, tables)


def _first_day(starts: Mapping[str, date | None], last_day: date) -> date:
    known = [start for start in starts.values() if start is not None]
    return min(known, default=last_day).replace(day=1)
