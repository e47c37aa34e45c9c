"""One edition, loaded once into its own in-memory DuckDB connection, which is then locked.

No file and no setting can be reached by any query. Cursors of the connection serve every viewer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import duckdb

from improvement_board.board.columns import wrong_columns
from improvement_board.editions.manifest import EditionName, Manifest, damaged_files, read_manifest
from improvement_board.errors import InputError, Problem
from improvement_board.events import read_events
from improvement_board.kpis import Definition, read_definition
from improvement_board.models import Event
from improvement_board.plan import Plan
from improvement_board.plan_file import read_plan
from improvement_board.views import read_view

Row = Mapping[str, Any]


@dataclass(frozen=True)
class TeamRecord:
    """A team of the edition: its service, and the first and last month end it has figures for."""

    team: str
    service: str | None
    first_period_end: Any
    last_period_end: Any


@dataclass(frozen=True)
class Store:
    """An open edition: its settings, and a locked connection with tables extracts, benchmarks, teams, headlines."""

    folder: Path
    manifest: Manifest
    plan: Plan
    definitions: Mapping[str, Definition]
    events: tuple[Event, ...]
    teams: tuple[TeamRecord, ...]
    connection: duckdb.DuckDBPyConnection

    @property
    def name(self) -> EditionName:
        """The edition's date and revision."""
        return self.manifest.name

    def rows(self, view: str, **parameters: Any) -> list[Row]:
        """The rows of a view of `queries/views`, its parameters bound by name. Raises InputError naming the view."""
        bound = {name: _whole(value) for name, value in parameters.items()}
        try:
            relation = self.connection.cursor().sql(read_view(view), params=bound)
            columns = relation.columns
            return [dict(zip(columns, row, strict=True)) for row in relation.fetchall()]
        except duckdb.Error as error:
            raise InputError(Problem(f"queries/views/{view}.sql", f"the query failed: {error}")) from error


def _whole(value: Any) -> Any:
    """Text without half characters (lone surrogates, which an address can hold and DuckDB cannot take)."""
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value


def open_store(folder: Path, *, manifest: Manifest | None = None) -> Store:
    """Open an edition's folder. Raises InputError naming each file that is missing, damaged or cannot be read.

    `manifest` is given only for an edition that is being published and has no manifest yet.
    """
    if manifest is None:
        manifest = read_manifest(folder)
        damaged = damaged_files(folder, manifest)
        if damaged:
            raise InputError(damaged)
    definitions = _read_definitions(folder, manifest.kpis)
    plan = _edition_plan(folder, definitions, manifest)
    events = read_events(folder / "events.csv")
    connection = duckdb.connect()
    try:
        wrong = wrong_columns(connection, folder, manifest.kpis)
        if wrong:
            raise InputError(wrong)
        _load(connection, folder, definitions, manifest)
        teams = tuple(TeamRecord(*row) for row in connection.table("teams").order("team").fetchall())
        connection.execute("set enable_external_access = false")
        connection.execute("set lock_configuration = true")
    except duckdb.Error as error:
        connection.close()
        raise InputError(Problem(folder, f"the edition cannot be read: {error}")) from error
    except InputError:
        connection.close()
        raise
    return Store(folder, manifest, plan, definitions, events, teams, connection)


def _read_definitions(folder: Path, kpis: Iterable[str]) -> Mapping[str, Definition]:
    found = {}
    for kpi in kpis:
        found[kpi] = read_definition(folder / "definitions" / f"{kpi}.sql")
    return MappingProxyType(found)


def _edition_plan(folder: Path, definitions: Mapping[str, Definition], manifest: Manifest) -> Plan:
    """The plan as published. KPIs that were left out of the edition are known from the library of this installation."""
    from improvement_board.kpis import load_library

    return read_plan(folder / "plan.toml", {**load_library(), **definitions})


def _load(
    connection: duckdb.DuckDBPyConnection, folder: Path, definitions: Mapping[str, Definition], manifest: Manifest
) -> None:
    files = [str(folder / f"{kpi}.parquet") for kpi in manifest.kpis]
    connection.sql(read_view("load_extracts"), params={"files": files}).create("extracts")
    benchmarks = folder / "benchmarks.parquet"
    if benchmarks.is_file():
        connection.sql(read_view("load_benchmarks"), params={"file": str(benchmarks)}).create("benchmarks")
    else:
        connection.execute(read_view("create_benchmarks"))
    connection.read_parquet(str(folder / "teams.parquet")).create("teams")
    changes = folder / "changes.parquet"
    if changes.is_file():
        _load_changes(connection, changes)
    connection.execute("create table headlines (kpi varchar, category varchar)")
    headlines = [[kpi, one.benchmarks["headline"]] for kpi, one in definitions.items() if "headline" in one.benchmarks]
    if headlines:
        connection.executemany("insert into headlines values (?, ?)", headlines)


def _load_changes(connection: duckdb.DuckDBPyConnection, file: Path) -> None:
    """The changes as published; columns that came with a later version of the software are null in older editions."""
    connection.execute(read_view("create_changes"))
    published = connection.read_parquet(str(file))
    known = [column for column in connection.table("changes").columns if column in published.columns]
    published.select(*known).create("published_changes")
    connection.execute("insert into changes by name from published_changes")
