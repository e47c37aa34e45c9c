"""What a check's query may read: the supplied tables, with each row's number and place, and the edition's day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import duckdb

from improvement_board.declared.tables import Table, declared_tables
from improvement_board.sources.merge import Merged
from improvement_board.sql.quote import quoted, quoted_text
from improvement_board.sql.session import connect, create

MEMORY = "1GB"
PLACE = ("_source", "_file", "_sheet", "_row")
HOLIDAYS = "bank_holidays"


def open_views(
    tables: Mapping[str, Merged], edition: date, temporary: Path, helpers: Iterable[str], threads: int
) -> duckdb.DuckDBPyConnection:
    """A connection with a view of every table, a row of which is read from its file only when a query asks for it.

    `helpers` are the other tables that queries read: the bank holidays are there where they are among them. What does
    not fit into memory goes to the folder `temporary`.
    """
    connection = connect(memory=MEMORY, spill=temporary, threads=threads)
    for name, merged in tables.items():
        source = next(iter(merged.taken), "")
        _number_rows(connection, declared_tables()[name], merged.file, source).create_view(name)
    create(connection, "edition", "checking/edition", {"edition": edition})
    if HOLIDAYS in helpers:
        from improvement_board.common.working_days import bank_holidays

        connection.execute("create table bank_holidays (day date)")
        days = bank_holidays(edition.year - 10, edition.year + 1)
        connection.execute("insert into bank_holidays select unnest($days::date[])", {"days": days})
    return connection


def _number_rows(
    connection: duckdb.DuckDBPyConnection, table: Table, file: Path, source: str
) -> duckdb.DuckDBPyRelation:
    """The rows of a file as `merge.read_declared` gives them, with their number in it as `_id`."""
    read = connection.read_parquet(str(file), file_row_number=True)
    there = set(read.columns)
    usual = {
        "_source": quoted_text(source),
        "_file": quoted_text(str(file)),
        "_sheet": "cast(null as varchar)",
        "_row": "file_row_number + 1",
    }
    columns = ["file_row_number as _id"]
    for column in table.columns:
        name = quoted(column.name)
        columns.append(name if column.name in there else f"cast(null as {column.duckdb_type}) as {name}")
    columns += [
        place_column if place_column in there else f"{usual[place_column]} as {place_column}" for place_column in PLACE
    ]
    return read.project(", ".join(columns))
