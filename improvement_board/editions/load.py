"""The tables of an open edition: those that its scope may see, and no more.

This is where what a viewer may see is decided. Whatever is asked later, a row that is not in these tables cannot come.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb

from improvement_board.declared.kpis import Definition
from improvement_board.editions.file_names import CHANGES, CHANGES_PROTECTED, PROTECTED, PROTECTED_MANAGERS
from improvement_board.editions.manifest import Manifest
from improvement_board.editions.scope import Scope
from improvement_board.sql.queries import query_text
from improvement_board.sql.session import create, run

NOBODY = NO_KPI = ""  # DuckDB cannot bind an empty list; no team and no KPI has this name


def load(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    definitions: Mapping[str, Definition],
    manifest: Manifest,
    scope: Scope,
    protected: frozenset[str],
) -> bool:
    """Make the tables extracts, figures, benchmarks, teams, changes and headlines of an edition for a scope.

    `protected`: the KPIs that come as small-number protection publishes them. Returns whether it is known what of them
    the scope may see: not where it has own teams for which publishing did not work it out, so that it sees none but
    theirs.
    """
    files = [str(folder / f"{kpi}.parquet") for kpi in manifest.kpis]
    _load_teams(connection, folder, files, definitions)
    own_teams = _list_own_teams(connection, scope)
    is_managed = scope.is_protected and bool(own_teams)
    is_known = not is_managed or _load_managed(connection, folder, own_teams)
    if scope.sees_everything:
        create(connection, "extracts", "views/load_extracts", {"files": files})
    else:
        connection.sql(query_text("views/load_extracts"), params={"files": files}).create_view("published")
        _load_scope(connection, folder, manifest, scope, own_teams, protected)
    create(connection, "figures", "views/load_figures")
    benchmarks = folder / "benchmarks.parquet"
    if benchmarks.is_file():
        create(connection, "benchmarks", "views/load_benchmarks", {"file": str(benchmarks)})
    else:
        run(connection, "views/create_benchmarks")
    changes = folder / (CHANGES_PROTECTED if scope.is_protected else CHANGES)  # those of KPIs that went, too
    run(connection, "views/create_changes")
    if changes.is_file():
        _load_changes(connection, changes)
    connection.execute("create table headlines (kpi varchar, category varchar)")
    headlines = [
        [kpi, definition.benchmarks["headline"]]
        for kpi, definition in definitions.items()
        if "headline" in definition.benchmarks
    ]
    if headlines:
        connection.executemany("insert into headlines values (?, ?)", headlines)
    if is_managed:
        _keep_changes(connection, protected)
        connection.execute("drop table managed")
    return is_known


def _load_teams(
    connection: duckdb.DuckDBPyConnection, folder: Path, files: list[str], definitions: Mapping[str, Definition]
) -> None:
    """Make the table teams: alike for every scope, whatever figures it may see."""
    snapshots = [kpi for kpi, each in definitions.items() if each.timing == "snapshot" and each.control_chart]
    parameters = {"file": str(folder / "teams.parquet"), "files": files, "snapshots": snapshots or [NO_KPI]}
    create(connection, "teams", "views/load_teams", parameters)


def _list_own_teams(connection: duckdb.DuckDBPyConnection, scope: Scope) -> list[str]:
    """The teams of an edition that a manager's scope names, alone or by their service, in order."""
    rows = connection.table("teams").project("team, service").fetchall()
    return sorted(team for team, service in rows if team in scope.own_teams or service in scope.own_services)


def _load_managed(connection: duckdb.DuckDBPyConnection, folder: Path, own_teams: list[str]) -> bool:
    """Make the table managed: what managers of these teams may see. Returns whether it was worked out."""
    file = folder / PROTECTED_MANAGERS
    if not file.is_file():
        run(connection, "views/create_managed")
        return False
    create(connection, "managed", "views/load_managed", {"file": str(file), "own_teams": own_teams})
    return bool(connection.table("managed").limit(1).fetchall())


def _keep_changes(connection: duckdb.DuckDBPyConnection, protected: frozenset[str]) -> None:
    """Of protected KPIs, leave only changes that managers of these teams may be told. Of KPIs that went, no figure."""
    parameters = {"protected": sorted(protected) or [NOBODY]}
    run(connection, "views/drop_changes_managed", parameters)
    connection.execute("update changes set before = null, now = null where kind = 'lost'")


def _load_scope(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    manifest: Manifest,
    scope: Scope,
    own_teams: list[str],
    protected: frozenset[str],
) -> None:
    """Keep what the scope may see of the extracts, then let go of all that they were made from."""
    rows = folder / PROTECTED
    if rows.is_file():
        connection.read_parquet(str(rows)).create("protected_rows")
    else:
        run(connection, "views/create_protected")
    if scope.is_protected and own_teams:
        create(connection, "managed_rows", "views/load_protected_managed")
        connection.execute("drop table protected_rows")
        connection.execute("alter table managed_rows rename to protected_rows")
    parameters = {
        "protected": sorted(protected) or [NOBODY],
        "own_teams": own_teams or [NOBODY],
        "sees_teams": scope.sees_teams,
        "sees_all_workers": scope.sees_all_workers,
        "authority": manifest.council,
        "edition": manifest.edition,
    }
    create(connection, "extracts", "views/load_scope", parameters)
    connection.execute("drop view published")
    connection.execute("drop table protected_rows")
    if not scope.sees_teams:
        connection.execute("delete from teams")


def _load_changes(connection: duckdb.DuckDBPyConnection, file: Path) -> None:
    """The changes as published. Columns that came with a later version of the software are null in older editions."""
    published = connection.read_parquet(str(file))
    known = [column for column in connection.table("changes").columns if column in published.columns]
    published.select(*known).create("published_changes")
    connection.execute("insert into changes by name from published_changes")
    connection.execute("drop table published_changes")
