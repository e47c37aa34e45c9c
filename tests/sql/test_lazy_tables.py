"""Tables are made when a query first names them: once, after what they need, and not before."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import duckdb
import pytest

from improvement_board.sql.lazy_tables import LazyTables, Waiting


def test_a_table_is_made_once_and_after_what_it_needs() -> None:
    made: list[str] = []
    tables = LazyTables(duckdb.connect())
    needs = {"months": set(), "workers": {"months"}, "caseloads": {"workers", "months"}, "visits": {"months"}}
    tables.add({name: Waiting(lambda _, name=name: made.append(name), others) for name, others in needs.items()})
    tables.make(["caseloads", "unknown"])
    tables.make(["caseloads", "workers"])
    assert made == ["months", "workers", "caseloads"]
    assert tables.waiting.keys() == {"visits"}


def test_a_table_that_cannot_be_made_says_so_each_time() -> None:
    def fail(_: duckdb.DuckDBPyConnection) -> None:
        raise ValueError("damaged")

    tables = LazyTables(duckdb.connect())
    tables.add({"visits": Waiting(fail)})
    for _ in range(2):
        with pytest.raises(ValueError, match="damaged"):
            tables.make(["visits"])


def test_whoever_asks_for_a_table_that_is_being_made_waits_for_it() -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(connection: duckdb.DuckDBPyConnection) -> None:
        begun.set()
        assert go_on.wait(30)
        connection.execute("create table visits (day date)")

    tables = LazyTables(duckdb.connect())
    tables.add({"visits": Waiting(slow)})
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(tables.make, ["visits"])
        assert begun.wait(30)
        second = pool.submit(tables.make, ["visits"])
        assert not second.done()
        go_on.set()
        first.result(30)
        second.result(30)
    assert tables.connection.table("visits").fetchall() == []
