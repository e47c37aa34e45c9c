"""The tables of an open edition: those that its scope may see, and no more.

This is where what a viewer may see is decided. Whatever is asked later, a row that is not in these tables cannot come.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb

from improvement_board.board.viewer import Scope
from improvement_board.editions.manifest import Manifest
from improvement_board.editions.protected_file import PROTECTED
from improvement_board.kpis import Definition
from improvement_board.views import read_view

CHANGES = "changes.parquet"
CHANGES_PROTECTED = "changes_protected.parquet"
NOBODY = ""  # DuckDB cannot bind an empty list; no team has this name


def load(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    definitions: Mapping[str, Definition],
    manifest: Manifest,
    scope: Scope,
    protected: frozenset[str],
) -> None:
    """Make the tables extracts, benchmarks, teams, changes and headlines of an edition for a scope.

    `protected`: the KPIs that come as small-number protection publishes them.
    """
    connection.read_parquet(str(folder / "teams.parquet")).create("teams")
    files = [str(folder / f"{kpi}.parquet") for kpi in manifest.kpis]
    extracts = connection.sql(read_view("load_extracts"), params={"files": files})
    if scope.sees_everything:
        extracts.create("extracts")
    else:
        extracts.create_view("published")
        _load_scope(connection, folder, manifest, scope, protected)
    benchmarks = folder / "benchmarks.parquet"
    if benchmarks.is_file():
        connection.sql(read_view("load_benchmarks"), params={"file": str(benchmarks)}).create("benchmarks")
    else:
        connection.execute(read_view("create_benchmarks"))
    changes = folder / (CHANGES_PROTECTED if scope.is_protected else CHANGES)  # those of KPIs that went, too
    connection.execute(read_view("create_changes"))
    if changes.is_file():
        _load_changes(connection, changes)
    connection.execute("create table headlines (kpi varchar, category varchar)")
    headlines = [[kpi, one.benchmarks["headline"]] for kpi, one in definitions.items() if "headline" in one.benchmarks]
    if headlines:
        connection.executemany("insert into headlines values (?, ?)", headlines)


def _load_scope(
    connection: duckdb.DuckDBPyConnection, folder: Path, manifest: Manifest, scope: Scope, protected: frozenset[str]
) -> None:
    """Keep what the scope may see of the extracts, then let go of all that they were made from."""
    rows = folder / PROTECTED
    if rows.is_file():
        connection.read_parquet(str(rows)).create("protected_rows")
    else:
        connection.execute(read_view("create_protected"))
    connection.sql(
        read_view("load_scope"),
        params={
            "protected": sorted(protected) or [NOBODY],
            "own_teams": sorted(scope.own_teams) or [NOBODY],
            "own_services": sorted(scope.own_services) or [NOBODY],
            "sees_teams": scope.sees_teams,
            "sees_all_workers": scope.sees_all_workers,
            "authority": manifest.council,
            "edition": manifest.edition,
        },
    ).create("extracts")
    connection.execute("drop view published")
    connection.execute("drop table protected_rows")
    if not scope.sees_teams:
        connection.execute("delete from teams")


def _load_changes(connection: duckdb.DuckDBPyConnection, file: Path) -> None:
    """The changes as published; columns that came with a later version of the software are null in older editions."""
    published = connection.read_parquet(str(file))
    known = [column for column in connection.table("changes").columns if column in published.columns]
    published.select(*known).create("published_changes")
    connection.execute("insert into changes by name from published_changes")
