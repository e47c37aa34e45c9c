"""The one seam to DuckDB: runs a query of `queries/benchmarks` by name, and names it when it fails."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import duckdb
import pyarrow

from improvement_board.common.shipped import QUERIES

FOLDER = QUERIES / "benchmarks"


class QueryFailed(Exception):  # noqa: N818 (says what happened)
    """A query of this package failed; the message is DuckDB's, after the query's name. `error` is DuckDB's."""

    def __init__(self, name: str, error: duckdb.Error) -> None:
        self.error = error
        super().__init__(f"queries/benchmarks/{name}.sql: {error}")


@cache
def query_text(name: str) -> str:
    """The text of `queries/benchmarks/<name>.sql`."""
    return (FOLDER / f"{name}.sql").read_text(encoding="utf-8")


class Engine:
    """An in-memory DuckDB connection with the tables of `tables.sql`."""

    def __init__(self) -> None:
        self.connection = duckdb.connect()
        self.connection.execute("set preserve_insertion_order = true")
        self.connection.execute(query_text("tables"))

    def __enter__(self) -> Engine:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the connection."""
        self.connection.close()

    def run(self, name: str, parameters: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """Run a query with its `$parameters` and return its rows. Raises QueryFailed."""
        try:
            return self.connection.execute(query_text(name), dict(parameters or {})).fetchall()
        except duckdb.Error as error:
            raise QueryFailed(name, error) from error

    def fill(self, table: str, rows: Iterable[Sequence[Any]]) -> None:
        """Append rows, in the order of the table's columns."""
        columns = [list(column) for column in zip(*rows, strict=True)]
        if columns:
            names = self.connection.table(table).columns
            arrays = [pyarrow.array(column) for column in columns]
            self.connection.from_arrow(pyarrow.table(arrays, names=names)).insert_into(table)

    def empty(self, table: str) -> None:
        """Take away every row of a table."""
        self.connection.execute(f'truncate "{table}"')
