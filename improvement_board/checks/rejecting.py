"""Rows that errors keep out: tables written anew without them, and a file of them with the reasons."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb

from improvement_board.checks.views import PLACE
from improvement_board.declared.tables import declared_tables
from improvement_board.sources.merge import Merged
from improvement_board.sql.quote import quoted

REJECTS = "rejects.parquet"
COLUMNS = ("table", *PLACE, "check", "column", "value", "row")
NAMES = frozenset({"pers_forename", "pers_surname", "prof_professional_name"})  # file and line find a row without them

Rejected = dict[tuple[str, str, str], int]  # rows by source, file and table


def keep_out(
    connection: duckdb.DuckDBPyConnection, tables: Mapping[str, Merged], folder: Path
) -> tuple[dict[str, Path], Rejected]:
    """Write each table that has rows to be kept out without them, and `rejects.parquet`: a row for each reason.

    `connection` has the views of the tables and `kept_out`. Gives the file of every table, unchanged where nothing was
    rejected, and how many rows of it each source and file lost. The rejected row itself stands there as JSON, without
    the names of people.
    """
    columns = ", ".join(f"{quoted(column)} {'bigint' if column == '_row' else 'varchar'}" for column in COLUMNS)
    connection.execute(f"create table rejects ({columns})")
    touched = sorted(row[0] for row in connection.view("kept_out").project("table_name").distinct().fetchall())
    files = {name: merged.file for name, merged in tables.items()}
    rejected: Rejected = {}
    for table in touched:
        files[table] = _write_without_rejects(connection, table, folder)
        _note_rejects(connection, table)
        counts = connection.view(table).join(_find_rows_out(connection, table), "_id = row_id", "semi")
        for source, file, how_many in counts.aggregate("_source, _file, count(*)").order("_source, _file").fetchall():
            rejected[source, file, table] = how_many
    order = ", ".join(quoted(column) for column in COLUMNS[:-1])
    connection.table("rejects").order(order).write_parquet(str(folder / REJECTS), compression="zstd")
    return files, rejected


def _find_rows_out(connection: duckdb.DuckDBPyConnection, table: str) -> duckdb.DuckDBPyRelation:
    """Why each row of a table is kept out: row_id, check_name, column_name, value."""
    return connection.view("kept_out").filter(f"table_name = '{table}'")


def _write_without_rejects(connection: duckdb.DuckDBPyConnection, table: str, folder: Path) -> Path:
    """The table's file without the rows kept out, in the order they had."""
    file = folder / f"{table}.parquet"
    declared = [quoted(column.name) for column in declared_tables()[table].columns]
    left = connection.view(table).join(_find_rows_out(connection, table), "_id = row_id", "anti")
    left.order("_id").project(", ".join([*declared, *PLACE])).write_parquet(str(file), compression="zstd")
    return file


def _note_rejects(connection: duckdb.DuckDBPyConnection, table: str) -> None:
    """Add the rows kept out of a table to `rejects`, one for each reason."""
    shown = [column.name for column in declared_tables()[table].columns if column.name not in NAMES]
    row = ", ".join(f"'{name}', {quoted(name)}" for name in shown)
    places = ", ".join(PLACE)
    rows = connection.view(table).join(_find_rows_out(connection, table), "_id = row_id")
    rows.project(
        f"'{table}', {places}, check_name, column_name, value, cast(json_object({row}) as varchar)"
    ).insert_into("rejects")
