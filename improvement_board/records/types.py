"""The cells of record-level files as values of the declared types: blank text is null, all else fits or is told."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import duckdb

from improvement_board.declared.tables import Column, Table
from improvement_board.errors import Problem
from improvement_board.sql.queries import fill_query
from improvement_board.sql.quote import quoted

ALLOWED = MappingProxyType(
    {
        "date": "YYYY-MM-DD",
        "time": "YYYY-MM-DD HH:MM:SS",
        "number": "a number, such as 0.6",
        "integer": "a whole number",
    }
)


def unfit_values(
    connection: duckdb.DuckDBPyConnection, read: duckdb.DuckDBPyRelation, rows: str, table: Table, file: Path
) -> list[Problem]:
    """A problem for each column with values that are not of its type: one such value, and how many there are.

    `rows` is how a query's text names what `read` holds.
    """
    there, problems = names_in(read), []
    for column in table.columns:
        if column.type not in ALLOWED or column.name not in there:
            continue
        asked = fill_query(
            "records/unfit_values",
            this_column=quoted(there[column.name]),
            these_rows=rows,
            this_type=column.duckdb_type,
            is_whole=str(column.type == "integer"),
        )
        ((value, how_many),) = connection.execute(asked).fetchall()
        if how_many:
            what = f"is not a {column.type} ({how_many} rows)"
            problems.append(Problem(file, what, column=column.name, value=value, allowed=ALLOWED[column.type]))
    return problems


def names_in(read: duckdb.DuckDBPyRelation) -> dict[str, str]:
    """The columns of a file by their names in small letters, as declared."""
    return {name.lower(): name for name in read.columns}


def has_declared_types(read: duckdb.DuckDBPyRelation, table: Table) -> bool:
    """Whether every declared column that a file has is of its type already, so that no value can fail to fit."""
    types = dict(zip(map(str.lower, read.columns), map(str, read.types), strict=True))
    return all(types.get(column.name, column.duckdb_type) == column.duckdb_type for column in table.columns)


def declared_columns(read: duckdb.DuckDBPyRelation, table: Table) -> list[str]:
    """The SQL expression of each declared column, which fails for a value that does not fit; one that the file lacks is
    null."""
    there, types = names_in(read), dict(zip(read.columns, map(str, read.types), strict=True))
    return [f"{_value_of(column, there.get(column.name), types)} as {quoted(column.name)}" for column in table.columns]


def _value_of(column: Column, name: str | None, types: Mapping[str, str]) -> str:
    kind = column.duckdb_type
    if name is None:
        return f"cast(null as {kind})"
    text = f"nullif(trim(cast({quoted(name)} as varchar)), '')"
    if kind == "VARCHAR":
        return text
    if types[name] == kind:
        return quoted(name)
    if column.type == "integer":  # DuckDB rounds 3.7 to a whole number
        return f"if(cast({text} as double) <> cast({text} as {kind}), error('no whole number'), cast({text} as {kind}))"
    return f"cast({text} as {kind})"
