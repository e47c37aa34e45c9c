"""A record-level file as rows of the declared columns and types.

Parquet of just these types waits until a query asks for it; anything else is read at once, so that what does not fit is
told before any work.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from improvement_board.declared.tables import Table
from improvement_board.errors import InputError, Problem
from improvement_board.records.types import declared_columns, has_declared_types, names_in, unfit_values
from improvement_board.sql.quote import quoted, quoted_text

READ_TEXT = """
    create or replace temp table supplied as select * from read_csv($file, header = true, all_varchar = true)
"""  # a copy, since every question of a file would read all of it again


@dataclass(frozen=True)
class RecordFile:
    """One supplied file: how many rows it has, and the first day one is dated by (None: nothing dates them, or none
    has a date). `waits`: the rows are in no table yet.
    """

    table: Table
    file: Path
    rows: int
    earliest: date | None
    waits: bool

    def create(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Copy the rows into the table of their name. Raises InputError where the file cannot be read to its end."""
        try:
            _create(connection, *_read(connection, self.file), self.table)
        except duckdb.Error as error:
            raise InputError(Problem(self.file, first_line(error))) from error


def open_file(connection: duckdb.DuckDBPyConnection, table: Table, file: Path) -> RecordFile:
    """Check a file against a table's declaration.

    Raises InputError naming file, column and value where the file cannot be read, a key column is missing or a value
    does not fit its type.
    """
    try:
        read, rows = _read(connection, file)
        there = names_in(read)
        missing = [name for name in table.key if name not in there]
        if missing:
            raise InputError(Problem(file, "the column is missing", column=missing[0], allowed=", ".join(table.key)))
        waits = file.suffix == ".parquet" and has_declared_types(read, table)
        if not waits:
            _create_fit(connection, read, rows, table, file)
            connection.execute("drop table if exists temp.supplied")
            read, rows = connection.table(table.name), quoted(table.name)
        return RecordFile(table, file, *_facts(connection, read, rows, table), waits=waits)
    except duckdb.Error as error:
        raise InputError(Problem(file, first_line(error))) from error


def _read(connection: duckdb.DuckDBPyConnection, file: Path) -> tuple[duckdb.DuckDBPyRelation, str]:
    """The rows of a file as they stand there, and how a query's text names them."""
    if file.suffix == ".parquet":
        return connection.read_parquet(str(file)), f"read_parquet({quoted_text(str(file))})"
    connection.execute(READ_TEXT, {"file": str(file)})
    return connection.table("temp.supplied"), "temp.supplied"


def _create(connection: duckdb.DuckDBPyConnection, read: duckdb.DuckDBPyRelation, rows: str, table: Table) -> None:
    columns = ", ".join(declared_columns(read, table))
    connection.execute(f"create table {quoted(table.name)} as select {columns} from {rows}")  # noqa: S608 -- declared names


def _create_fit(
    connection: duckdb.DuckDBPyConnection, read: duckdb.DuckDBPyRelation, rows: str, table: Table, file: Path
) -> None:
    """What does not fit is looked for only where making the table has failed: most files are right."""
    try:
        _create(connection, read, rows, table)
    except duckdb.Error:
        problems = unfit_values(connection, read, rows, table, file)
        if problems:
            raise InputError(problems) from None
        raise


def _facts(
    connection: duckdb.DuckDBPyConnection, read: duckdb.DuckDBPyRelation, rows: str, table: Table
) -> tuple[int, date | None]:
    dated_by = names_in(read).get(table.dated_by or "")
    earliest = f"cast(min({quoted(dated_by)}) as date)" if dated_by else "null"
    ((count, first),) = connection.execute(f"select count(*), {earliest} from {rows}").fetchall()  # noqa: S608 -- declared names
    return count, first


def create_empty(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    """A table without rows, for one that was not supplied."""
    columns = ", ".join(f'"{column.name}" {column.duckdb_type}' for column in table.columns)
    connection.execute(f'create table "{table.name}" ({columns})')


def first_line(error: duckdb.Error) -> str:
    """What DuckDB says, without its excerpt of the query."""
    return str(error).strip().splitlines()[0]
