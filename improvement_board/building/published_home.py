"""A data home for one real authority from published statistics alone: plan, comparators and one yearly edition.

No target is invented, no figure is estimated: a suppressed or missing year stays a gap, and the note kept with its KPI
says why. The edition's date is the last day of the latest published year among the authority's figures.
"""

from __future__ import annotations

import json
import re
import shutil
import tomllib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from improvement_board.benchmarks.aliases import aliases_file
from improvement_board.benchmarks.areas import Authority
from improvement_board.benchmarks.own_figures import OwnFigures, fill_own_figures, own_figures
from improvement_board.benchmarks.published import Progress, Published, load_published
from improvement_board.benchmarks.write import write_benchmarks
from improvement_board.building.publish import EditionContents, Extract, publish
from improvement_board.common.files import sha256_of, write_whole
from improvement_board.common.shipped import DATA
from improvement_board.declared.events import COLUMNS as EVENT_COLUMNS
from improvement_board.declared.home import Home
from improvement_board.declared.plan import Plan
from improvement_board.declared.plan_file import read_plan
from improvement_board.declared.toml import load_toml
from improvement_board.editions.manifest import EditionName, SourceRecord
from improvement_board.editions.shelf import read_shelf
from improvement_board.errors import InputError, Problem

POPULATION = re.compile(r"\s*\[\s*population\s*\]\s*(#.*)?")
YEAR_OF_POPULATION = re.compile(r"""\s*["']?\d{4}["']?\s*=""")
AREA_TYPES_KEPT = ("England", "Region", "Local authority")


@dataclass(frozen=True)
class PublishedSummary:
    """What was made: the authority, the edition, the KPIs with figures, and what was left out and why."""

    authority: Authority
    edition: EditionName
    kpis: tuple[str, ...]
    notes: tuple[str, ...]

    def text(self) -> str:
        """The summary in lines for a person."""
        made = f"Published edition {self.edition} of {self.authority.name} with {len(self.kpis)} KPIs"
        return "\n".join([made, *(f"  {note}" for note in self.notes)])


def ambitions_file() -> Path:
    """Which KPIs stand under which ambition in a home made from published figures."""
    return DATA / "published.toml"


def make_published_home(
    files: Sequence[Path], authority: str, home: Path, progress: Progress | None = None
) -> PublishedSummary:
    """Make a data home for an authority (name, GSS code or number) from published files or folders of them.

    A new home is written beside its place and renamed into it. An existing one must be a published home of the same
    authority: its plan (but for years of population that it lacks), events and aliases stay as they are, comparators
    are renewed and an edition is added. Raises InputError, and changes nothing, when anything is wrong with the files
    or the authority is not known.
    """
    with load_published(files, home, progress=progress) as published:
        fill_own_figures(published)
        return publish_home(published, published.authority(authority), home, progress)


def publish_home(
    published: Published, authority: Authority, home: Path, progress: Progress | None = None
) -> PublishedSummary:
    """As `make_published_home`, from figures that are already read and put together (`fill_own_figures`)."""
    if progress:
        progress(f"Making the home of {authority.name}", 0, 1)
    figures = own_figures(published, authority)
    if not figures.kpis:
        raise InputError(Problem(None, f"{authority.name}: the files have no figure of any KPI"))
    if home.is_dir() and any(home.iterdir()):
        _check_same(home, authority, published)
        before = Home(home).plan.read_text(encoding="utf-8")
        years = _add_population(Home(home).plan, before, figures, published)
        try:
            summary = _fill(published, figures, home)
        except BaseException:
            write_whole(Home(home).plan, before)
            raise
        return replace(summary, notes=(*years, *summary.notes))
    home.parent.mkdir(parents=True, exist_ok=True)
    beside = home.parent / f".{home.name}-{uuid.uuid4().hex}"
    try:
        beside.mkdir()
        _write_settings(published, figures, beside, home)
        summary = _fill(published, figures, beside)
        if home.is_dir():
            home.rmdir()
        beside.rename(home)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return summary


def _check_same(home: Path, authority: Authority, published: Published) -> None:
    plan = read_plan(Home(home).plan, published.library)
    if not plan.council.published or plan.council.code != authority.code:
        message = "is the home of another plan: give an empty folder, or the published home of the same authority"
        raise InputError(Problem(home, message, value=plan.council.name))
    own = ", ".join(folder.name for folder in read_shelf(Home(home)).own_folders)
    if own:
        message = "holds editions that are, or may be, of the council's own records: give an empty folder"
        raise InputError(Problem(home, message, column="edition", value=own))


def _add_population(file: Path, text: str, figures: OwnFigures, published: Published) -> tuple[str, ...]:
    """Add the years of population that a plan lacks, and leave every other line as it is; gives a note of them."""
    known = read_plan(file, published.library).population
    added = [(year, people) for year, people in figures.population if str(year) not in known]
    if not added:
        return ()
    years = ", ".join(str(year) for year, _ in added)
    lines = text.splitlines()
    line_number = next((at for at, line in enumerate(lines, 1) if POPULATION.fullmatch(line)), 0)
    if not line_number:
        lines += ["", "[population]"]
        line_number = len(lines)
    while line_number < len(lines) and YEAR_OF_POPULATION.match(lines[line_number]):
        line_number += 1
    lines[line_number:line_number] = [f"{year} = {people}" for year, people in added]
    try:
        tomllib.loads("\n".join(lines))
    except tomllib.TOMLDecodeError:  # written in a way of its own, such as on one line
        return (f"plan.toml: lacks the population of {years}; write it in: {dict(added)}",)
    write_whole(file, "\n".join(lines) + "\n")
    return (f"plan.toml: the population of {years} was added",)


def _write_settings(published: Published, figures: OwnFigures, folder: Path, home: Path) -> None:
    (folder / "plan.toml").write_text(plan_text(published, figures), encoding="utf-8")
    (folder / "events.csv").write_text(",".join(EVENT_COLUMNS) + "\n", encoding="utf-8")
    shutil.copyfile(aliases_file(home), folder / "aliases.toml")


def _fill(published: Published, figures: OwnFigures, folder: Path) -> PublishedSummary:
    areas = (*AREA_TYPES_KEPT, figures.authority.code)
    write_benchmarks(published, folder, only_areas=areas)
    plan = read_plan(Home(folder).plan, published.library)
    name = publish(Home(folder), _publication(published, figures, plan))
    return PublishedSummary(figures.authority, name, figures.kpis, (*published.notes, *figures.notes))


def _publication(published: Published, figures: OwnFigures, plan: Plan) -> EditionContents:
    return EditionContents(
        edition=figures.last_period_end,
        plan=plan,
        extracts=tuple(
            Extract(published.library[kpi], figures.rows(kpi), source=figures.source(kpi), note=figures.note(kpi))
            for kpi in figures.kpis
        ),
        sources=published_source_records(published),
        made_from="published",
    )


def published_source_records(published: Published) -> tuple[SourceRecord, ...]:
    """The published files as the manifest keeps them: title, rows, SHA-256, how far the figures go."""
    return tuple(
        SourceRecord(
            table=source.id,
            file=source.file.name,
            rows=source.rows,
            sha256=sha256_of(source.file),
            date=source.day,
            title=source.title,
        )
        for source in published.files
    )


def plan_text(published: Published, figures: OwnFigures) -> str:
    """The plan of a published home, as TOML: ambitions with the KPIs that have figures, and no targets."""
    authority = figures.authority
    lines = [
        f"# {authority.name}: published figures only. Source: Department for Education.",
        f"# {published.aliases.licence.attribution}",
        "# Targets are the council's own to set: add targets = [{ from = 2026-04-01, value = 20.0 }] to a KPI.",
        "",
        "[council]",
        f"name = {_text(authority.name)}",
        f"code = {_text(authority.code)}",
        f"region = {_text(authority.region_code)}",
        "synthetic = false",
        "published = true",
        "",
    ]
    if figures.population:
        lines += ["[population]", *(f"{year} = {people}" for year, people in figures.population), ""]
    neighbours = published.neighbours.get(authority.number, ())
    if neighbours:
        ten = [published.authorities[number] for number in neighbours]
        lines += [
            f"# Nearest first: {', '.join(each.name for each in ten)}.",
            "[benchmarks]",
            f"neighbours = [{', '.join(_text(each.code) for each in ten)}]",
            f"note = {_text(published.aliases.neighbours.title)}",
            "",
        ]
    for ambition in _ambitions():
        kpis = [kpi for kpi in ambition["kpis"] if kpi in figures.kpis]
        if kpis:
            lines += ["[[ambition]]", *(f"{key} = {_text(ambition[key])}" for key in ("id", "title", "statement")), ""]
            for kpi in kpis:
                lines += ["[[ambition.kpi]]", f"kpi = {_text(kpi)}", ""]
    return "\n".join(lines).rstrip() + "\n"


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _ambitions() -> list[Mapping[str, str]]:
    declared: list[Mapping[str, str]] = load_toml(ambitions_file())["ambition"]
    return declared
