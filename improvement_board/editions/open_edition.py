"""One edition, loaded once for each scope into an in-memory DuckDB connection of its own, which is then locked.

It holds what the scope may see and no more; no file and no setting can be reached by any query. Cursors of the
connection serve every viewer of the scope.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import duckdb

from improvement_board.declared.events import Event, read_events
from improvement_board.declared.kpis import Definition, read_definition
from improvement_board.declared.plan import Plan
from improvement_board.declared.plan_file import read_plan
from improvement_board.editions.columns import wrong_columns
from improvement_board.editions.load import load
from improvement_board.editions.manifest import EditionName, Manifest, read_manifest
from improvement_board.editions.read_once import read_undamaged
from improvement_board.editions.scope import EVERYTHING, Scope
from improvement_board.errors import InputError, Problem
from improvement_board.sql.limits import lock_down
from improvement_board.sql.session import QueryError, ask, connect, scratch

Row = Mapping[str, Any]


@dataclass(frozen=True)
class TeamRecord:
    """A team of the edition: its service, and the first and last month end it has figures for.

    `at_work_until` is the last month end at which it was at work: figures of later months were recorded late, or look
    back. `known_until` is the last at which it could have been seen to be.
    """

    team: str
    service: str | None
    first_period_end: dt.date
    last_period_end: dt.date
    at_work_until: dt.date
    known_until: dt.date

    def is_closed(self, day: dt.date) -> bool:
        """Whether it was at work no more in the latest month, up to a day, in which it could have been seen to be."""
        return self.at_work_until < min(day, self.known_until)


@dataclass(frozen=True)
class Store:
    """An open edition: its settings, and a locked connection with tables extracts, figures, benchmarks, teams, changes
    and headlines.

    `scope` is what it holds. `protected` are the KPIs that come as small-number protection publishes them. Not
    `is_known`: what of these a manager may see beside the own teams was never worked out, so it is nothing. Not
    `is_served`: it is open to be compared, its connection is not locked, and one thread alone asks it.
    """

    folder: Path
    manifest: Manifest
    plan: Plan
    definitions: Mapping[str, Definition]
    events: tuple[Event, ...]
    teams: tuple[TeamRecord, ...]
    connection: duckdb.DuckDBPyConnection
    scope: Scope
    protected: frozenset[str]
    is_known: bool = True
    is_served: bool = True

    @property
    def own_teams(self) -> frozenset[str]:
        """The teams that a manager's scope sees exactly, with their workers."""
        scope = self.scope
        return frozenset(
            team_record.team
            for team_record in self.teams
            if team_record.team in scope.own_teams or team_record.service in scope.own_services
        )

    def closed_teams(self, day: dt.date) -> frozenset[str]:
        """The teams that had closed by a day: the one rule of comparisons, pages and changes."""
        return frozenset(record.team for record in self.teams if record.is_closed(day))

    def zeros_until(self, team: str | None) -> dt.date | None:
        """The last month in which a team's events are none where it has no figure; None where it is not known."""
        record = next((record for record in self.teams if record.team == team), None)
        if record is None:
            return None
        return record.at_work_until if record.is_closed(self.name.day) else record.last_period_end

    @property
    def name(self) -> EditionName:
        """The edition's date and revision."""
        return self.manifest.name

    def rows(self, view: str, **parameters: Any) -> Sequence[Row]:
        """The rows of a view of `queries/views`, its parameters bound by name. Raises InputError naming the view."""
        return ask(self.connection.cursor() if self.is_served else self.connection, view, parameters)


def open_store(folder: Path, scope: Scope) -> Store:
    """Open an edition's folder for a scope. Raises InputError naming each file that is missing, damaged or cannot be
    read. Published figures are public: everyone sees all of them.
    """
    connection = connect()
    try:
        store = _store_in(connection, folder, scope)
        lock_down(connection)
    except BaseException:
        connection.close()
        raise
    return store


@contextmanager
def open_beside(folder: Path, scope: Scope, *, manifest: Manifest | None = None) -> Iterator[Store]:
    """An edition as `open_store` opens it, for as long as the block takes and for one thread: to be compared, not
    served. It stands in a database beside others, which is made sooner than a DuckDB of its own. `manifest` is given
    only for an edition that is being published and has no manifest yet."""
    with scratch() as connection:
        yield replace(_store_in(connection, folder, scope, manifest), is_served=False)


def _store_in(
    connection: duckdb.DuckDBPyConnection, folder: Path, scope: Scope, manifest: Manifest | None = None
) -> Store:
    try:
        if manifest is None:
            manifest = published = read_manifest(folder)
            files = read_undamaged(folder, published, lambda: _read_files(connection, folder, published))
        else:
            files = _read_files(connection, folder, manifest)
        held = EVERYTHING if manifest.is_published else scope
        children = (kpi for kpi, definition in files.definitions.items() if definition.has_children)
        protected = frozenset(children) if held.is_protected else frozenset()
        is_known = load(connection, folder, files.definitions, manifest, held, protected)
        teams = tuple(TeamRecord(*row) for row in connection.table("teams").order("team").fetchall())
    except (duckdb.Error, QueryError) as error:
        raise InputError(Problem(folder, f"the edition cannot be read: {error}")) from error
    return Store(
        folder, manifest, files.plan, files.definitions, files.events, teams, connection, held, protected, is_known
    )


@dataclass(frozen=True)
class _Files:
    """What an edition's files say to every scope: its plan, definitions and events."""

    definitions: Mapping[str, Definition]
    plan: Plan
    events: tuple[Event, ...]


def _read_files(connection: duckdb.DuckDBPyConnection, folder: Path, manifest: Manifest) -> _Files:
    """Raises InputError naming each file that is wrong, the extracts for their columns too."""
    definitions = _read_definitions(folder, manifest.kpis)
    plan = _read_edition_plan(folder, definitions, manifest)
    events = read_events(folder / "events.csv")
    wrong = wrong_columns(connection, folder, manifest.kpis)
    if wrong:
        raise InputError(wrong)
    return _Files(definitions, plan, events)


def _read_definitions(folder: Path, kpis: Iterable[str]) -> Mapping[str, Definition]:
    definitions = {}
    for kpi in kpis:
        definitions[kpi] = read_definition(folder / "definitions" / f"{kpi}.sql")
    return MappingProxyType(definitions)


def _read_edition_plan(folder: Path, definitions: Mapping[str, Definition], manifest: Manifest) -> Plan:
    """The plan as published. KPIs that were left out of the edition are known from the library of this installation."""
    from improvement_board.declared.kpis import load_library

    return read_plan(folder / "plan.toml", {**load_library(), **definitions})
