"""The cells of record-level files as values of the declared types: blank text is null, all else fits or is told."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType

import duckdb

from improvement_board.declared.tables import Column, Table
from improvement_board.errors import Problem
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
    there, types = names_in(read), dict(zip(read.columns, map(str, read.types), strict=True))
    unfit = {
        column: _is_unfit(column, there[column.name])
        for column in table.columns
        if column.type in ALLOWED and column.name in there and types[there[column.name]] != column.duckdb_type
    }
    if not unfit:
        return []
    anywhere = f"select 1 from {rows} where {' or '.join(unfit.values())} limit 1"  # noqa: S608 -- declared names
    if not connection.execute(anywhere).fetchone():
        return []
    parts = [
        f"min({_text(there[column.name])}) filter ({is_unfit}), count(*) filter ({is_unfit})"
        for column, is_unfit in unfit.items()
    ]
    counts = connection.execute(f"select {', '.join(parts)} from {rows}").fetchall()[0]  # noqa: S608 -- declared names
    return [
        Problem(
            file,
            f"is not a {column.type} ({how_many} rows)",
            column=column.name,
            value=value,
            allowed=ALLOWED[column.type],
        )
        for column, value, how_many in zip(unfit, counts[::2], counts[1::2], strict=True)
        if how_many
    ]


def _is_unfit(column: Column, name: str) -> str:
    """The SQL condition of a value that does not fit."""
    text, kind = _text(name), column.duckdb_type
    unfit = f"{text} is not null and try_cast({text} as {kind}) is null"
    if column.type == "integer":  # DuckDB rounds 3.7 to a whole number
        unfit += f" or try_cast({text} as double) <> try_cast({text} as {kind})"
    return f"({unfit})"


def names_in(read: duckdb.DuckDBPyRelation) -> dict[str, str]:
    """The columns of a file by their names in small letters, as declared."""
    return {name.lower(): name for name in read.columns}


def has_declared_types(read: duckdb.DuckDBPyRelation, table: Table) -> bool:
    """Whether every declared column that a file has is of its type already, so that no value can fail to fit."""
    types = dict(zip(map(str.lower, read.columns), map(str, read.types), strict=True))
    return all(types.get(column.name, column.duckdb_type) == column.duckdb_type for column in table.columns)


def declared_columns(read: duckdb.DuckDBPyRelation, table: Table) -> list[str]:
    """The SQL expression of each declared column; one that the file lacks is null."""
    there, types = names_in(read), dict(zip(read.columns, map(str, read.types), strict=True))
    parts = []
    for column in table.columns:
        column_type, kind = there.get(column.name), column.duckdb_type
        if column_type is None:
            cast = f"cast(null as {kind})"
        elif kind == "VARCHAR":
            cast = _text(column_type)
        else:
            cast = quoted(column_type) if types[column_type] == kind else f"cast({_text(column_type)} as {kind})"
        parts.append(f"{cast} as {quoted(column.name)}")
    return parts


def _text(value: str) -> str:
    return f"nullif(trim(cast({quoted(value)} as varchar)), '')"
