"""How each table of an open source is made: the record-level ones, the calendar, and those of `queries/shared`."""

from __future__ import annotations

from collections.abc import Mapping, Set
from datetime import date
from functools import partial
from typing import Any

import duckdb

from improvement_board.common.working_days import bank_holidays
from improvement_board.declared.shared_queries import SharedQuery, shared_queries
from improvement_board.declared.tables import declared_tables
from improvement_board.records.files import RecordFile, create_empty
from improvement_board.sql.lazy_tables import Waiting
from improvement_board.sql.parsing import tables_of
from improvement_board.sql.queries import query_file
from improvement_board.sql.session import asking, create_as


def record_tables(files: Mapping[str, RecordFile]) -> dict[str, Waiting]:
    """Every declared table: with the rows of its file, or empty. A file that was read when it was opened is there."""
    waiting = {name: Waiting(file.create) for name, file in files.items() if file.waits}
    absent = [table for name, table in declared_tables().items() if name not in files]
    return {**waiting, **{table.name: Waiting(partial(create_empty, table=table)) for table in absent}}


def calendar(authority: str, first_day: date, last_day: date) -> dict[str, Waiting]:
    """Tables `council` (authority, first_day, last_day) and `bank_holidays` (day), for the shared queries."""

    def council(connection: duckdb.DuckDBPyConnection) -> None:
        connection.execute("create table council (authority varchar, first_day date, last_day date)")
        connection.execute("insert into council values (?, ?, ?)", [authority, first_day, last_day])

    def holidays_of_england(connection: duckdb.DuckDBPyConnection) -> None:
        connection.execute("create table bank_holidays (day date)")
        days = bank_holidays(first_day.year - 5, last_day.year + 1)
        connection.execute("insert into bank_holidays select unnest(?::date[])", [days])

    return {"council": Waiting(council), "bank_holidays": Waiting(holidays_of_england)}


def coverage(first_period_ends: Mapping[str, date]) -> dict[str, Waiting]:
    """Table `coverage` (source, first_period_end): the first month from which each supplied table can be trusted."""

    def create(connection: duckdb.DuckDBPyConnection) -> None:
        connection.execute("create table coverage (source varchar, first_period_end date)")
        insert = "insert into coverage select unnest(?::varchar[]), unnest(?::date[])"
        connection.execute(insert, [list(first_period_ends), list(first_period_ends.values())])

    return {"coverage": Waiting(create)}


def shared_tables(overrides: Mapping[str, Mapping[str, Any]], others: Set[str]) -> dict[str, Waiting]:
    """`queries/shared`, each into a table of its name, after those of `others` and of the shared ones that it reads."""

    def create(query: SharedQuery, connection: duckdb.DuckDBPyConnection) -> None:
        parameters = {**query.parameters, **overrides.get(query.name, {})}
        with asking(query_file(f"shared/{query.name}")):
            create_as(connection, query.name, query.sql, parameters)

    return {
        query.name: Waiting(partial(create, query), {*query.uses, *(tables_of(query.sql, query.parameters) & others)})
        for query in shared_queries()
    }
