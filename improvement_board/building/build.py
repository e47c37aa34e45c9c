"""From a folder of sources to a published edition: read, check, compute every KPI of the library, publish."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from improvement_board.access.reach import managed_in
from improvement_board.building.caveats import caveats_of, caveats_of_tables
from improvement_board.building.losses import edition_up_to, told_losses
from improvement_board.building.publish import EditionContents, Extract, publish
from improvement_board.building.records import Records, open_records
from improvement_board.building.supply import Supply, check_records, source_records, supply
from improvement_board.common.progress import Report, report_nothing
from improvement_board.declared.events import read_events
from improvement_board.declared.home import Home
from improvement_board.declared.kpis import Definition, load_library
from improvement_board.declared.plan import Plan
from improvement_board.declared.plan_file import read_plan
from improvement_board.declared.ripening import first_unripe
from improvement_board.editions.key_of_home import fingerprint, key_of_home, known_pseudonyms
from improvement_board.editions.manifest import EditionName, SourceRecord, read_manifest
from improvement_board.editions.scope import Managed
from improvement_board.errors import InputError, Problem
from improvement_board.records.demonstration import is_demonstration
from improvement_board.records.pseudonyms import Concealment
from improvement_board.sources.gather import UNKNOWN_FILE
from improvement_board.sources.partial import column_gaps
from improvement_board.sql.limits import lock
from improvement_board.words.caveats import no_population_words

CORES = os.cpu_count() or 1
AT_ONCE = min(CORES, 4)  # KPIs computed at a time, sharing the cores: most queries are too small to divide
HOME_OF_PUBLISHED = "this is a home of published figures, which anybody may see; records do not go into it"
ANOTHER = "another data home for the council's own records, with published = false or without the key"
PREFIX = "improvement-board-"  # of the folder that a build works in, gone when it ends


@dataclass(frozen=True)
class BuildSummary:
    """What was published: the edition, its KPIs, those left out with what they need, and what was found wrong.

    `notes` are sentences on what the plan lacks, by KPI.
    `is_said_synthetic`: the plan calls the figures made up, and the records are not those that the program made.
    `lost`: what the edition `before` gave and this one does not, in sentences.
    """

    edition: EditionName
    kpis: tuple[str, ...]
    missing: Mapping[str, tuple[str, ...]]
    supplied: Supply
    notes: Mapping[str, str]
    is_said_synthetic: bool = False
    before: EditionName | None = None
    lost: tuple[str, ...] = ()


def build(
    source: Path,
    home: Home,
    edition: dt.date | None = None,
    progress: Report = report_nothing,
    look: Callable[[Supply], None] = lambda supplied: None,
) -> BuildSummary:
    """Build and publish an edition from a folder of sources into a data home.

    The edition's date is the one given, else the source's own (sources.toml, else the folder's name). Raises
    InputError, leaving the home as it was, for a bad plan, a home of published figures, sources that a check stops, a
    key of pseudonyms that is not the one of earlier editions, or a query that fails. `look` is shown what was read and
    found, before anything is decided by it.
    """
    plan = read_plan(home.plan, load_library())
    read_events(home.events)  # the home's own file: what is wrong with it is said before any work
    if plan.council.published:
        raise InputError(Problem(home.plan, HOME_OF_PUBLISHED, column="council.published", value=True, allowed=ANOTHER))
    with TemporaryDirectory(prefix=PREFIX) as work:
        supplied = supply(source, Path(work), edition, home.checks, progress, plan.council)
        look(supplied)
        if supplied.stops:
            raise InputError(supplied.stops)
        return _publish_supplied(source, home, Path(work), plan, supplied, progress)


def _publish_supplied(
    source: Path, home: Home, work: Path, plan: Plan, supplied: Supply, progress: Report
) -> BuildSummary:
    """Compute every KPI from what was read, and publish the edition."""
    library = load_library()
    is_made_up = is_demonstration(source, [each.file for each in supplied.gathered.files if each.format])
    conceal = None if is_made_up else Concealment(key_of_home(home), known_pseudonyms(home))
    sources = source_records(supplied)
    progress("Opening the records")
    records = open_records(supplied.folder, plan.council.code, supplied.edition, plan.parameters)
    with closing(records.connection):
        _confine(records, supplied, work, home)
        extracts = (*_compute(records, supplied, sources, plan, conceal, progress), *_ready(supplied, library))
        if not extracts:
            raise InputError(_nothing_to_publish(source, supplied))
        kpis = tuple(each.definition.id for each in extracts)
        left_out = (each for each in library.values() if each.id not in kpis)
        missing = {each.id: supplied.needs(each, plan.parameters.get(each.id)) for each in left_out}
        publication = _publication(supplied, sources, plan, extracts, missing, records, conceal, managed_in(home))
        before = edition_up_to(home, supplied.edition)
        progress("Publishing")
        name = publish(home, publication, progress)
        notes = dict(_without_population(plan, extracts))
    taken_for = plan.council.synthetic and not is_made_up
    lost = tuple(told_losses(before, read_manifest(home.editions / str(name)))) if before else ()
    return BuildSummary(name, kpis, missing, supplied, notes, taken_for, before.name if before else None, lost)


def _confine(records: Records, supplied: Supply, work: Path, home: Home) -> None:
    """Let the KPIs' queries read the supplied tables alone, and their rows be written into the home's editions."""
    spill = work / "spill"
    spill.mkdir()
    records.connection.execute("set threads = $threads", {"threads": CORES // AT_ONCE})
    records.connection.execute("set temp_directory = $folder", {"folder": str(spill)})
    lock(records.connection, supplied.folder.files.values(), [spill, home.editions])


def _nothing_to_publish(source: Path, supplied: Supply) -> list[Problem]:
    allowed = "the files that docs/reference/sources.md names"
    nothing = Problem(source, "holds nothing that an indicator can be computed from", allowed=allowed)
    of_tables = (
        definition for definition in load_library().values() if set(definition.sources) <= supplied.formats.keys()
    )
    gaps = {
        gap
        for definition in of_tables
        for gap in column_gaps(definition, supplied.formats, supplied.gaps)
        if gap.is_fatal
    }
    needed = [Problem(gap.table, gap.why, column=gap.column) for gap in sorted(gaps, key=lambda gap: gap.needed)]
    return [nothing, *needed, *(finding.problem for finding in supplied.findings if finding.rule == UNKNOWN_FILE)]


def _compute(
    records: Records,
    supplied: Supply,
    sources: tuple[SourceRecord, ...],
    plan: Plan,
    conceal: Concealment | None,
    progress: Report,
) -> tuple[Extract, ...]:
    """The KPIs whose tables are there in full, but for those that come ready."""
    library, of_tables = load_library(), caveats_of_tables(supplied.outcome, sources)

    def compute(number: int, definition: Definition) -> Extract | None:
        progress(definition.title, number, len(library))
        ready = definition.id in supplied.gathered.extracts
        overrides = plan.parameters.get(definition.id, {})
        if ready or not definition.has_query or supplied.needs(definition, overrides):
            return None
        parameters = {**definition.parameters, **overrides}
        rows = records.compute(definition, overrides, conceal)
        gaps = column_gaps(definition, supplied.formats, supplied.gaps, overrides)
        caveats = caveats_of(definition, supplied.formats, of_tables, gaps)
        unripe = first_unripe(definition.ripens_after, supplied.edition, parameters)
        _, until = records.months_of(definition, parameters)
        return Extract(definition, rows, parameters, caveats=caveats, until=until, unripe=unripe)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        extracts = list(pool.map(compute, range(len(library)), library.values()))
    return tuple(extract for extract in extracts if extract is not None)


def _without_population(plan: Plan, extracts: Iterable[Extract]) -> Iterator[tuple[str, str]]:
    """Why there is no rate for some years, by KPI."""
    for extract in extracts:
        if not extract.definition.is_rate_of_population or isinstance(extract.rows, Path):
            continue
        (first,) = extract.rows.aggregate("min(period_end)").fetchall()[0]
        missing = plan.years_without_population(first) if first else None
        if missing:
            yield extract.definition.id, no_population_words(*missing)


def _ready(supplied: Supply, library: Mapping[str, Definition]) -> tuple[Extract, ...]:
    """The KPIs that came as ready extracts, as they came."""
    extracts = supplied.gathered.extracts
    return tuple(Extract(library[kpi], file, source="ready KPI extract") for kpi, file in extracts.items())


def _publication(
    supplied: Supply,
    sources: tuple[SourceRecord, ...],
    plan: Plan,
    extracts: tuple[Extract, ...],
    missing: Mapping[str, tuple[str, ...]],
    records: Records,
    conceal: Concealment | None,
    managed: tuple[Managed, ...],
) -> EditionContents:
    several = {table: merged.sources for table, merged in supplied.gathered.tables.items() if len(merged.sources) > 1}
    return EditionContents(
        edition=supplied.edition,
        plan=plan,
        extracts=extracts,
        sources=sources,
        missing=missing,
        services={team: service for _, team, service in records.table("team_names").fetchall()},
        checks=check_records(supplied),
        wins={table: _in_order(supplied, table, sources) for table, sources in several.items()},
        made_from="records" if conceal else "demonstration",
        worker_key=fingerprint(conceal.key) if conceal else "",
        at_once=AT_ONCE,
        managed=managed,
    )


def _in_order(supplied: Supply, table: str, sources: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(source for source in supplied.gathered.settings.order_for(table) if source in sources)
