"""Record-level tables, opened in one DuckDB connection for the KPI queries to read.

Every declared table exists there, empty where the source folder has no file for it; columns have the declared types,
blank text is null, columns a file lacks are null. Only `build` and tests open records: the dashboard never does.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import holidays

from improvement_board.errors import InputError, Problem
from improvement_board.kpis import Definition
from improvement_board.record_types import cast_to, unfit_values
from improvement_board.shared_queries import shared_queries
from improvement_board.tables import Table, declared_tables

SUFFIXES = (".parquet", ".csv")
SOURCE_KEYS = frozenset({"edition", "first_day", "synthetic", "description"})


@dataclass(frozen=True)
class SourceFolder:
    """A folder of record-level files: the file of each table it has, and what its source.toml declares."""

    folder: Path
    files: Mapping[str, Path]
    edition: date | None
    first_day: date | None


@dataclass(frozen=True)
class Records:
    """An open source. `supplied` names the tables that have a file; the connection holds those and empty others."""

    connection: duckdb.DuckDBPyConnection
    supplied: frozenset[str]
    first_day: date
    last_day: date

    def missing_sources(self, definition: Definition) -> tuple[str, ...]:
        """The tables a KPI needs that were not supplied."""
        return tuple(source for source in definition.sources if source not in self.supplied)

    def compute(self, definition: Definition, overrides: Mapping[str, Any] | None = None) -> duckdb.DuckDBPyRelation:
        """The KPI's rows in the KPI-extract contract. Raises InputError naming the KPI when its query fails."""
        parameters = {**definition.parameters, **(overrides or {})}
        try:
            return self.connection.sql(definition.sql, params=parameters)
        except duckdb.Error as error:
            raise InputError(Problem(definition.file.name, f"the query failed: {error}")) from error


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
    declared = _source_settings(folder / "source.toml", problems)
    if problems:
        raise InputError(problems)
    if not files:
        known = ", ".join(sorted(declared_tables()))
        raise InputError(
            Problem(folder, "holds no table of the dashboard's", allowed=f"<table>.parquet or .csv: {known}")
        )
    return SourceFolder(folder, files, declared.get("edition"), declared.get("first_day"))


def _source_settings(file: Path, problems: list[Problem]) -> dict[str, Any]:
    if not file.is_file():
        return {}
    try:
        declared = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problems.append(Problem(file, f"is not valid TOML: {error}"))
        return {}
    allowed = ", ".join(sorted(SOURCE_KEYS))
    problems.extend(
        Problem(file, "is not a known key", column=key, allowed=allowed) for key in declared.keys() - SOURCE_KEYS
    )
    for key in ("edition", "first_day"):
        if key in declared and type(declared[key]) is not date:
            problems.append(
                Problem(file, "is not a date", column=key, value=declared[key], allowed="such as 2026-09-30")
            )
    return declared


def open_records(
    source: SourceFolder, authority: str, last_day: date, overrides: Mapping[str, Mapping[str, Any]] | None = None
) -> Records:
    """Open every table, the calendar and the shared tables up to an edition date, for one authority (GSS code).

    `overrides` are parameters by KPI or shared query, as in the plan. Raises InputError naming file, column and value
    for data that does not fit the declared types.
    """
    connection = duckdb.connect()
    try:
        for table in declared_tables().values():
            _open_table(connection, table, source.files.get(table.name))
        first_day = source.first_day or _first_day(connection, source.files, last_day)
        add_calendar(connection, authority, first_day, last_day)
        _add_coverage(connection, source.files, first_day)
        add_shared_tables(connection, overrides or {})
    except BaseException:
        connection.close()
        raise
    return Records(connection, frozenset(source.files), first_day, last_day)


def _open_table(connection: duckdb.DuckDBPyConnection, table: Table, file: Path | None) -> None:
    columns = ", ".join(f'"{column.name}" {column.duckdb_type}' for column in table.columns)
    connection.execute(f'create table "{table.name}" ({columns})')
    if file is None:
        return
    try:
        read = connection.read_parquet(str(file)) if file.suffix == ".parquet" else _read_csv(connection, file)
        there = {name.lower(): name for name in read.columns}
        missing = [name for name in table.key if name not in there]
        if missing:
            raise InputError(Problem(file, "the column is missing", column=missing[0], allowed=", ".join(table.key)))
        problems = unfit_values(read, table, there, file)
        if problems:
            raise InputError(problems)
        parts = [cast_to(there.get(column.name), column.duckdb_type) for column in table.columns]
        read.select(*(duckdb.SQLExpression(part) for part in parts)).insert_into(table.name)
    except duckdb.Error as error:
        raise InputError(Problem(file, _first_line(error))) from error


def _read_csv(connection: duckdb.DuckDBPyConnection, file: Path) -> duckdb.DuckDBPyRelation:
    return connection.read_csv(str(file), header=True, all_varchar=True)


def _first_line(error: duckdb.Error) -> str:
    return str(error).strip().splitlines()[0]


def _first_day(connection: duckdb.DuckDBPyConnection, files: Iterable[str], last_day: date) -> date:
    starts = [found for found in (_earliest(connection, name) for name in files) if found is not None]
    return min(starts, default=last_day).replace(day=1)


def _earliest(connection: duckdb.DuckDBPyConnection, name: str) -> date | None:
    dated_by = declared_tables()[name].dated_by
    if dated_by is None:
        return None
    found = connection.table(name).aggregate(f'cast(min("{dated_by}") as date)').fetchall()
    earliest: date | None = found[0][0]
    return earliest


def add_calendar(connection: duckdb.DuckDBPyConnection, authority: str, first_day: date, last_day: date) -> None:
    """Tables `council` (authority, first_day, last_day) and `bank_holidays` (day), for the shared queries."""
    connection.execute("create table council (authority varchar, first_day date, last_day date)")
    connection.execute("insert into council values (?, ?, ?)", [authority, first_day, last_day])
    years = range(first_day.year - 5, last_day.year + 2)
    days = sorted(holidays.country_holidays("GB", subdiv="ENG", years=years))
    connection.execute("create table bank_holidays (day date)")
    connection.execute("insert into bank_holidays select unnest(?::date[])", [days])


def _add_coverage(connection: duckdb.DuckDBPyConnection, files: Iterable[str], first_day: date) -> None:
    """Table `coverage` (source, first_period_end): the first month from which each supplied table can be trusted."""
    connection.execute("create table coverage (source varchar, first_period_end date)")
    for name in files:
        start = max(first_day, _earliest(connection, name) or first_day)
        connection.execute("insert into coverage values (?, last_day(?::date))", [name, start])


def add_shared_tables(connection: duckdb.DuckDBPyConnection, overrides: Mapping[str, Mapping[str, Any]]) -> None:
    """Run `queries/shared` in order, each into a table of its name."""
    for query in shared_queries():
        parameters = {**query.parameters, **overrides.get(query.name, {})}
        try:
            connection.sql(query.sql, params=parameters).create(query.name)
        except duckdb.Error as error:
            raise InputError(Problem(f"queries/shared/{query.name}.sql", f"the query failed: {error}")) from error


def month_end(day: date) -> date:
    """The last day of a day's month."""
    following = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return following - timedelta(days=1)
