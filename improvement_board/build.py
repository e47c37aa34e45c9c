"""From a folder of records to a published edition: open, compute every KPI of the library, publish."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from improvement_board.editions.manifest import EditionName, SourceRecord, sha256_of
from improvement_board.editions.publish import Extract, Publication, publish
from improvement_board.errors import InputError, Problem
from improvement_board.home import Home
from improvement_board.kpis import Definition, load_library
from improvement_board.plan import Plan
from improvement_board.plan_file import read_plan
from improvement_board.progress import Report, silent
from improvement_board.records import Records, SourceFolder, month_end, open_records, read_source_folder

CORES = os.cpu_count() or 1
AT_ONCE = min(CORES, 4)  # KPIs computed at a time, sharing the cores: most queries are too small to divide


@dataclass(frozen=True)
class BuildSummary:
    """What was published: the edition, its KPIs, and those left out with the tables they need."""

    edition: EditionName
    kpis: tuple[str, ...]
    missing: Mapping[str, tuple[str, ...]]


def build(source: Path, home: Home, edition: dt.date | None = None, progress: Report = silent) -> BuildSummary:
    """Build and publish an edition from a folder of record-level tables into a data home.

    The edition's date is the one given, else the source's own (source.toml, else the folder's name). Raises InputError,
    leaving the home as it was, for a bad plan, unreadable records or a query that fails.
    """
    library = load_library()
    plan = read_plan(home.plan, library)
    folder = read_source_folder(source)
    day = _edition_day(folder, edition)
    progress("Opening the records")
    records = open_records(folder, plan.council.code, day, plan.parameters)
    try:
        extracts, missing = _compute(records, plan, library, progress)
        publication = Publication(
            edition=day,
            plan=plan,
            extracts=extracts,
            sources=_sources(folder, records),
            missing=missing,
            services=_services(records),
            at_once=AT_ONCE,
        )
        progress("Publishing")
        name = publish(home, publication)
    finally:
        records.connection.close()
    return BuildSummary(name, tuple(one.definition.id for one in extracts), missing)


def _edition_day(folder: SourceFolder, asked: dt.date | None) -> dt.date:
    day = asked or folder.edition
    if day is None:
        try:
            day = dt.date.fromisoformat(folder.folder.name)
        except ValueError as error:
            message = "does not say which edition it is for: give --edition, or edition = … in its source.toml"
            raise InputError(Problem(folder.folder, message, allowed="the last day of a month")) from error
    if day != month_end(day):
        message = "an edition's date is the last day of its data, the last day of a month"
        raise InputError(Problem(folder.folder, message, column="edition", value=day.isoformat()))
    return day


def _compute(
    records: Records, plan: Plan, library: Mapping[str, Definition], progress: Report
) -> tuple[tuple[Extract, ...], dict[str, tuple[str, ...]]]:
    needs = {one.id: records.missing_sources(one) for one in library.values()}

    def compute(place: int, definition: Definition) -> Extract | None:
        progress(definition.title, place, len(library))
        if needs[definition.id] or not definition.has_query:
            return None
        overrides = plan.parameters.get(definition.id, {})
        rows = records.keep(definition, overrides)
        return Extract(definition, rows, {**definition.parameters, **overrides})

    records.connection.execute(f"set threads = {CORES // AT_ONCE}")
    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = list(pool.map(compute, range(len(library)), library.values()))
    extracts = tuple(extract for extract in found if extract is not None)
    computed = {one.definition.id for one in extracts}
    return extracts, {kpi: tables for kpi, tables in needs.items() if kpi not in computed}


def _sources(folder: SourceFolder, records: Records) -> tuple[SourceRecord, ...]:
    return tuple(
        SourceRecord(
            table=table,
            file=one.file.name,
            rows=one.rows,
            sha256=sha256_of(one.file),
            date=folder.edition,
        )
        for table, one in records.files.items()
    )


def _services(records: Records) -> dict[str, str | None]:
    return {team: service for _, team, service in records.table("team_names").fetchall()}
