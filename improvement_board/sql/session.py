"""How a view is asked: one reading statement, its parameters bound, with a limit on its time and memory."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any

import duckdb

from improvement_board.errors import InputError, Problem
from improvement_board.sql.limits import lock, only_reads
from improvement_board.sql.queries import read_view

MEMORY = "1GB"
MOST_SECONDS = 30.0


def lock_down(connection: duckdb.DuckDBPyConnection) -> None:
    """Once its tables are loaded, let a connection reach no file and no setting, and spill nothing onto the disk."""
    connection.execute("set temp_directory = ''")
    connection.execute(f"set memory_limit = '{MEMORY}'")
    lock(connection)


def ask(connection: duckdb.DuckDBPyConnection, view: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows of a view, its parameters bound by name.

    Raises InputError naming the view where it fails, or runs for longer than `MOST_SECONDS`.
    """
    bound = {name: _whole(value) for name, value in parameters.items()}
    cursor = connection.cursor()
    try:
        with _limited(cursor):
            relation = cursor.sql(reading(view), params=bound)
            columns = relation.columns
            return [dict(zip(columns, row, strict=True)) for row in relation.fetchall()]
    except duckdb.InterruptException as error:
        message = f"the query was stopped after {MOST_SECONDS:g} seconds: try a shorter period, or fewer indicators"
        raise InputError(Problem(f"queries/views/{view}.sql", message)) from error
    except duckdb.Error as error:
        raise InputError(Problem(f"queries/views/{view}.sql", f"the query failed: {error}")) from error


@cache
def reading(view: str) -> str:
    """The text of a view, which must be one statement that reads. Raises InputError for any other."""
    text = read_view(view)
    only_reads(text, f"queries/views/{view}.sql")
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
