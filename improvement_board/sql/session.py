"""How DuckDB is asked: connections, and queries that are bound, timed and named in whatever DuckDB refuses."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from time import perf_counter
from typing import Any

import duckdb

from improvement_board.errors import InputError, Problem
from improvement_board.sql.limits import only_reads
from improvement_board.sql.queries import query_file, query_text
from improvement_board.sql.quote import quoted

LOG = logging.getLogger(__name__)
MOST_SECONDS = 30.0
Parameters = Mapping[str, Any]


class QueryError(InputError):
    """A query that DuckDB refused, by its name. `error` is what DuckDB said."""

    def __init__(self, query: str | Path, error: duckdb.Error) -> None:
        self.error = error
        super().__init__(Problem(query, f"the query failed: {str(error).strip()}"))


def connect(
    *, memory: str | None = None, spill: Path | None = None, threads: int | None = None
) -> duckdb.DuckDBPyConnection:
    """A connection with no tables, which takes so much memory and so many threads at most, and writes what does not
    fit into memory into the folder `spill`."""
    limits = {"memory_limit": memory, "temp_directory": spill, "threads": threads}
    return duckdb.connect(config={name: str(limit) for name, limit in limits.items() if limit is not None})


@contextmanager
def scratch() -> Iterator[duckdb.DuckDBPyConnection]:
    """A database with no tables, for queries of the program's own: gone after the block.

    All of a process stand beside each other in one DuckDB, which is neither limited nor locked. Making one takes a
    tenth of the time that a DuckDB takes to start, which is longer than most of what is asked of it. A cursor of the
    connection does not see the database.
    """
    database = f"scratch_{next(_NUMBERS)}"
    connection = _scratches().cursor()
    try:
        connection.execute(f"attach ':memory:' as {database}")
        connection.execute(f"use {database}")
        yield connection
    finally:
        connection.close()
        _scratches().cursor().execute(f"detach database if exists {database}")


_NUMBERS = count(1)


@cache
def _scratches() -> duckdb.DuckDBPyConnection:
    return connect()


@contextmanager
def asking(query: str | Path) -> Iterator[None]:
    """Note how long a query takes, and name it (a file, mostly) in whatever DuckDB refuses: QueryError."""
    start = perf_counter()
    try:
        yield
    except duckdb.Error as error:
        raise QueryError(query, error) from error
    finally:
        LOG.debug("%s: %.1f ms", query, 1000 * (perf_counter() - start))


def run(
    connection: duckdb.DuckDBPyConnection, query: str, parameters: Parameters | None = None
) -> list[tuple[Any, ...]]:
    """The rows of a query that the program ships, none where it gives none. Raises QueryError."""
    with asking(query_file(query)):
        return connection.execute(query_text(query), parameters).fetchall()


def create(connection: duckdb.DuckDBPyConnection, table: str, query: str, parameters: Parameters | None = None) -> None:
    """Make a table of the rows of a query that the program ships. Raises QueryError."""
    with asking(query_file(query)):
        create_as(connection, table, query_text(query), parameters)


def create_as(
    connection: duckdb.DuckDBPyConnection, table: str, sql: str, parameters: Parameters | None = None
) -> None:
    """Make a table of the rows of a query: a relation would be bound twice, to be made and to be written."""
    connection.execute(f"create table {quoted(table)} as\n{sql}", parameters)


def run_over(rows: duckdb.DuckDBPyRelation, name: str, query: str) -> list[tuple[Any, ...]]:
    """The rows of a query that the program ships, which reads others by a name. Raises QueryError."""
    with asking(query_file(query)):
        answer = rows.query(name, query_text(query))
        return answer.fetchall() if answer else []


def ask(connection: duckdb.DuckDBPyConnection, view: str, parameters: Parameters) -> list[dict[str, Any]]:
    """The rows of a view, its parameters bound by name: one reading statement, with a limit on its time. No other
    thread may ask the connection meanwhile.

    Raises InputError naming the view where it fails, or runs for longer than `MOST_SECONDS`.
    """
    bound = {name: _whole(value) for name, value in parameters.items()}
    file = query_file(f"views/{view}")
    try:
        with asking(file), _limited(connection):
            connection.execute(reading(view), bound)  # a relation would be bound twice: to be made, and to be fetched
            columns = [name for name, *_ in connection.description or ()]
            return [dict(zip(columns, row, strict=True)) for row in connection.fetchall()]
    except QueryError as error:
        if not isinstance(error.error, duckdb.InterruptException):
            raise
        message = f"the query was stopped after {MOST_SECONDS:g} seconds: try a shorter period, or fewer indicators"
        raise InputError(Problem(file, message)) from error


@cache
def reading(view: str) -> str:
    """The text of a view, which must be one statement that reads. Raises InputError for any other."""
    text = query_text(f"views/{view}")
    only_reads(text, query_file(f"views/{view}"))
    return text


@contextmanager
def _limited(cursor: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Stop the cursor's query when its time is over."""
    timer = threading.Timer(MOST_SECONDS, cursor.interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()  # or the thread frees the cursor while Python shuts down, which ends the process by a signal


def _whole(value: Any) -> Any:
    """Text without half characters (lone surrogates, which an address can hold and DuckDB cannot take)."""
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value
