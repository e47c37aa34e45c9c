"""DuckDB with the tables of `queries/benchmarks`: runs its queries by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow

from improvement_board.sql.session import connect, run


class Engine:
    """An in-memory DuckDB connection with the tables of `tables.sql`."""

    def __init__(self) -> None:
        self.connection = connect()
        self.connection.execute("set preserve_insertion_order = true")
        self.run("tables")

    def __enter__(self) -> Engine:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the connection."""
        self.connection.close()

    def run(self, name: str, parameters: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """Run a query with its `$parameters` and return its rows. Raises QueryError."""
        return run(self.connection, f"benchmarks/{name}", parameters)

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
