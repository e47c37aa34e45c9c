"""A record-level file as rows of the declared columns and types.

Parquet of just these types waits until a query asks for it; anything else is read at once, so that what does not fit is
told before any work.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import duckdb

from improvement_board.errors import InputError, Problem
from improvement_board.record_types import cast_to, unfit_values
from improvement_board.tables import Table


@dataclass(frozen=True)
class RecordFile:
    """One supplied file and its rows in the declared columns and types. `waits`: they are no table yet."""

    table: Table
    file: Path
    rows: duckdb.DuckDBPyRelation
    waits: bool = True

    def earliest(self) -> date | None:
        """The first day a row is dated by; None where nothing dates its rows, or none has a date."""
        if self.table.dated_by is None:
            return None
        found = self.rows.aggregate(f'cast(min("{self.table.dated_by}") as date)').fetchall()
        first: date | None = found[0][0]
        return first

    def create(self) -> None:
        """Copy the rows into the table of their name. Raises InputError where the file cannot be read to its end."""
        try:
            self.rows.create(f'"{self.table.name}"')
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
        found = RecordFile(table, file, _declared_columns(read, table, there))
    except duckdb.Error as error:
        raise InputError(Problem(file, first_line(error))) from error
    if file.suffix == ".parquet" and _has_declared_types(read, table, there):
        return found
    found.create()
    return replace(found, rows=connection.table(table.name), waits=False)


def _read_csv(connection: duckdb.DuckDBPyConnection, file: Path) -> duckdb.DuckDBPyRelation:
    return connection.read_csv(str(file), header=True, all_varchar=True)


def _declared_columns(read: duckdb.DuckDBPyRelation, table: Table, there: Mapping[str, str]) -> duckdb.DuckDBPyRelation:
    types = dict(zip(read.columns, map(str, read.types), strict=True))
    parts = []
    for column in table.columns:
        name = there.get(column.name)
        cast = cast_to(name, column.duckdb_type, types.get(name or ""))
        parts.append(duckdb.SQLExpression(cast).alias(column.name))
    return read.select(*parts)


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
