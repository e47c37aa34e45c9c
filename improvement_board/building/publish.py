"""Publishing an edition: written beside its place, checked, and renamed into it, the manifest last.

A crash at any moment leaves the editions that were there. Publishing a date again makes a revision, never an overwrite.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

import improvement_board
from improvement_board.building.extracts import broken_rules, count_extract_rows, write_extract, write_teams
from improvement_board.building.protect import editions_beside, write_protected
from improvement_board.common.files import sha256_of
from improvement_board.common.progress import Report, report_nothing
from improvement_board.declared.events import read_events
from improvement_board.declared.home import Home
from improvement_board.declared.kpis import Definition
from improvement_board.declared.plan import Plan
from improvement_board.declared.ripening import Unripe
from improvement_board.editions.file_names import PROTECTED
from improvement_board.editions.leftovers import clear_leftovers, working_folder
from improvement_board.editions.manifest import (
    FORMAT,
    MANIFEST,
    CheckRecord,
    EditionName,
    KpiRecord,
    MadeFrom,
    Manifest,
    SourceRecord,
)
from improvement_board.editions.scope import Managed
from improvement_board.editions.shelf import read_shelf
from improvement_board.editions.writing import sync, write_synced, writing_edition
from improvement_board.errors import InputError, Problem
from improvement_board.protection import ChildRow, names_children, read_children


@dataclass(frozen=True)
class Extract:
    """One KPI ready to publish: its definition, a DuckDB relation or Parquet file in the KPI-extract contract, and
    where the figures come from; `until`: the last month that it could have figures of, where that is known; `unripe`:
    the first that cannot be judged yet."""

    definition: Definition
    rows: duckdb.DuckDBPyRelation | Path
    parameters: Mapping[str, Any] = field(default_factory=dict)
    source: str = ""
    note: str = ""
    caveats: tuple[str, ...] = ()
    until: dt.date | None = None
    unripe: Unripe | None = None


@dataclass(frozen=True)
class EditionContents:
    """All that an edition is made of. `services` gives the service of each team; `made_from` and `worker_key` are as
    the manifest has them.

    `at_once`: how many extracts may be written at a time; more than one only where each has a connection of its own.
    `managed`: the teams and services that `access.toml` gives to managers, by person.
    """

    edition: dt.date
    plan: Plan
    extracts: tuple[Extract, ...]
    sources: tuple[SourceRecord, ...] = ()
    missing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    services: Mapping[str, str | None] = field(default_factory=dict)
    checks: tuple[CheckRecord, ...] = ()
    wins: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    made_from: MadeFrom = "records"
    worker_key: str = ""
    at_once: int = 1
    managed: tuple[Managed, ...] = ()


def publish(home: Home, publication: EditionContents, progress: Report = report_nothing) -> EditionName:
    """Publish an edition into a data home and return its name.

    Raises InputError, leaving nothing behind, where an extract breaks the contract, there is nothing to publish, the
    edition could not be opened again (events or comparators that cannot be read), what another edition gave to the
    protected roles cannot be read, or a file cannot be written (a full disk). What dead processes left behind is
    cleared away first.
    """
    if not publication.extracts:
        raise InputError(Problem(home.folder, "there is no KPI to publish: no source of any KPI was supplied"))
    read_events(home.events)  # said of the home's own file, before any work
    staging = working_folder(home.editions, publication.edition)
    with writing_edition(home.editions):
        try:
            home.editions.mkdir(parents=True, exist_ok=True)
            clear_leftovers(home.editions)
            staging.mkdir()
            kpis = _write_extracts(staging, publication)
            _copy_settings(staging, home, publication)
            with writing_edition(staging / "teams.parquet"):
                write_teams(staging, publication.plan, publication.services, publication.edition)
            return _finish(staging, home, publication, kpis, progress)
        finally:
            shutil.rmtree(staging, ignore_errors=True)


def _file_of(extract: Extract, staging: Path) -> Path:
    return staging / f"{extract.definition.id}.parquet"


def _write_extracts(staging: Path, publication: EditionContents) -> dict[str, KpiRecord]:
    def write(extract: Extract) -> tuple[Problem, ...]:
        try:
            write_extract(extract.rows, _file_of(extract, staging), extract.definition)
        except InputError as error:
            return error.problems
        return ()

    with ThreadPoolExecutor(publication.at_once) as pool:
        told = list(pool.map(write, publication.extracts))
    written = [extract for extract, problems in zip(publication.extracts, told, strict=True) if not problems]
    files = [_file_of(extract, staging) for extract in written]
    ratios = [extract.definition.id for extract in written if extract.definition.is_ratio]
    broken = broken_rules(files, ratios, publication.plan.council.code, publication.edition)
    if broken or len(written) < len(told):
        raise InputError([*(problem for problems in told for problem in problems), *broken])
    return _records_of(written, staging)


def _records_of(extracts: Sequence[Extract], staging: Path) -> dict[str, KpiRecord]:
    rows = count_extract_rows([_file_of(extract, staging) for extract in extracts])
    return {
        extract.definition.id: KpiRecord(
            rows=rows.get(extract.definition.id, 0),
            sha256=sha256_of(_file_of(extract, staging)),
            definition=extract.definition.hash,
            parameters=extract.parameters,
            source=extract.source,
            note=extract.note,
            caveats=extract.caveats,
            unripe=extract.unripe,
        )
        for extract in extracts
    }


def _copy_settings(staging: Path, home: Home, publication: EditionContents) -> None:
    definitions = staging / "definitions"
    definitions.mkdir()
    for extract in publication.extracts:
        _copy(extract.definition.file, definitions / f"{extract.definition.id}.sql")
    for file in (home.plan, home.events, home.benchmarks):
        if file.is_file():
            _copy(file, staging / file.name)


def _copy(file: Path, to: Path) -> None:
    with writing_edition(to):
        shutil.copyfile(file, to)


def _finish(
    staging: Path, home: Home, publication: EditionContents, kpis: Mapping[str, KpiRecord], progress: Report
) -> EditionName:
    """Work out the changes, write the manifest and rename the staging folder into the next free revision.

    Begun again where another edition was published meanwhile: this one must be protected beside that one too.
    """
    from improvement_board.building.changes import write_changes

    while True:
        name, beside = _next_name(home, publication.edition), editions_beside(home)
        _protect(staging, publication, beside, progress)
        manifest = _manifest(staging, publication, kpis, name)
        with writing_edition(staging / "changes.parquet"):
            write_changes(staging, manifest, home)
        manifest = _manifest(staging, publication, kpis, name)
        for file in manifest.files:
            sync(staging / file)
        with writing_edition(staging / MANIFEST):
            write_synced(staging / MANIFEST, manifest.model_dump_json(indent=1))
        if editions_beside(home).keys() != beside.keys():
            continue
        try:
            staging.rename(home.editions / str(name))
        except OSError:
            if (home.editions / str(name)).exists():
                continue
            raise
        sync(home.editions)
        return name


def _protect(staging: Path, publication: EditionContents, beside: Mapping[EditionName, Path], progress: Report) -> None:
    """Write what the protected roles may see; published figures have nothing to protect."""
    if publication.made_from == "published":
        return
    progress("Protecting small numbers")
    kpis = {extract.definition.id: extract.definition for extract in publication.extracts}
    untils = {extract.definition.id: extract.until for extract in publication.extracts}
    children, edition, plan = _children(publication), publication.edition, publication.plan
    folders, managed = list(beside.values()), publication.managed
    with writing_edition(staging / PROTECTED):
        write_protected(staging, kpis, children, untils, edition, plan, folders, managed, progress)


def _children(publication: EditionContents) -> dict[str, Sequence[ChildRow]]:
    """How many different children stand behind each extract that says which they are; those are written nowhere."""
    named = [
        (pair.definition, pair.rows)
        for pair in publication.extracts
        if isinstance(pair.rows, duckdb.DuckDBPyRelation) and names_children(pair.definition, pair.rows)
    ]
    with ThreadPoolExecutor(publication.at_once) as pool:
        children = pool.map(lambda pair: read_children(*pair), named)
        return {definition.id: rows for (definition, _), rows in zip(named, children, strict=True)}


def _next_name(home: Home, edition: dt.date) -> EditionName:
    revisions = [name.revision for name in read_shelf(home).folders if name.day == edition]
    return EditionName(edition, max(revisions, default=0) + 1)


def _manifest(
    staging: Path, publication: EditionContents, kpis: Mapping[str, KpiRecord], name: EditionName
) -> Manifest:
    files = sorted(file for file in staging.rglob("*") if file.is_file() and file.name != MANIFEST)
    return Manifest(
        format=FORMAT,
        edition=publication.edition,
        revision=name.revision,
        published=dt.datetime.now(dt.UTC).replace(microsecond=0),
        software=improvement_board.__version__,
        council=publication.plan.council.code,
        sources=publication.sources,
        kpis=kpis,
        missing=publication.missing,
        checks=publication.checks,
        wins=publication.wins,
        made_from=publication.made_from,
        worker_key=publication.worker_key,
        files={file.relative_to(staging).as_posix(): sha256_of(file) for file in files},
    )
