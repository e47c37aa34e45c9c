"""A record-level file as rows of the declared columns and types.

Parquet of just these types waits until a query asks for it; anything else is read at once, so that what does not fit is
told before any work.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

import duckdb

from improvement_board.errors import InputError, Problem
from improvement_board.record_types import cast_to, quoted, unfit_values
from improvement_board.tables import Table


@dataclass(frozen=True)
class RecordFile:
    """One supplied file. `source` has its rows, with columns of the declared types by the names in `there`.

    `waits`: the rows are in no table yet; else `source` is that table.
    """

    table: Table
    file: Path
    source: duckdb.DuckDBPyRelation
    there: Mapping[str, str]
    waits: bool

    @cached_property
    def facts(self) -> tuple[int, date | None]:
        """How many rows there are, and the first day one is dated by (None: nothing dates them, or none has a date)."""
        dated_by = self.there.get(self.table.dated_by or "")
        earliest = f"cast(min({quoted(dated_by)}) as date)" if dated_by else "null"
        rows, first = self.source.aggregate(f"count(*), {earliest}").fetchall()[0]
        return rows, first

    def create(self) -> None:
        """Copy the rows into the table of their name. Raises InputError where the file cannot be read to its end."""
        types = dict(zip(self.source.columns, map(str, self.source.types), strict=True))
        parts = []
        for column in self.table.columns:
            found = self.there.get(column.name)
            cast = cast_to(found, column.duckdb_type, types.get(found or ""))
            parts.append(f"{cast} as {quoted(column.name)}")
        try:
            self.source.project(", ".join(parts)).create(quoted(self.table.name))
        except duckdb.Error as error:
            raise InputError(Problem(self.file, first_line(error))) from error


def open_file(connection: duckdb.DuckDBPyConnection, table: Table, file: Path) -> RecordFile:
    """Check a file against a table's declaration.

    Raises InputError naming file, column and value where the file cannot be read, a key column is missing or a value
    does not fit its type.
    """
    try:
        read = connection.read_parquet(str(file)) if file.suffix == ".parquet" else _read_csv(connection, file)
        there = {name.lower(): name for name in read.columns}
        missing = [name for name in table.key if name not in there]
        if missing:
            raise InputError(Problem(file, "the column is missing", column=missing[0], allowed=", ".join(table.key)))
        problems = unfit_values(read, table, there, file)
        if problems:
            raise InputError(problems)
    except duckdb.Error as error:
        raise InputError(Problem(file, first_line(error))) from error
    is_declared = file.suffix == ".parquet" and _has_declared_types(read, table, there)
    found = RecordFile(table, file, read, there, waits=is_declared)
    if is_declared:
        return found
    found.create()
    own_names = {column.name: column.name for column in table.columns}
    return replace(found, source=connection.table(table.name), there=own_names)


def _read_csv(connection: duckdb.DuckDBPyConnection, file: Path) -> duckdb.DuckDBPyRelation:
    return connection.read_csv(str(file), header=True, all_varchar=True)


def _has_declared_types(read: duckdb.DuckDBPyRelation, table: Table, there: Mapping[str, str]) -> bool:
    types = dict(zip(read.columns, map(str, read.types), strict=True))
    return all(types[there[column.name]] == column.duckdb_type for column in table.columns if column.name in there)


def create_empty(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    """A table without rows, for one that was not supplied."""
    columns = ", ".join(f'"{column.name}" {column.duckdb_type}' for column in table.columns)
    connection.execute(f'create table "{table.name}" ({columns})')


def first_line(error: duckdb.Error) -> str:
    """What DuckDB says, without its excerpt of the query."""
    return str(error).strip().splitlines()[0]
