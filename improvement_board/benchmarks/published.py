"""Published statistics, put together once: figures by measure, area and period, and what each KPI is compared with."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from improvement_board.benchmarks.aliases import Aliases, load_aliases
from improvement_board.benchmarks.areas import Authority, find_authority
from improvement_board.benchmarks.checking import check_figures
from improvement_board.benchmarks.choosing import check_needed_files, choose, fullest_of_each, newest_of_each
from improvement_board.benchmarks.declared import LAIT, Comparators, SeriesReference, all_comparators
from improvement_board.benchmarks.engine import Engine
from improvement_board.benchmarks.files import Recognised, recognise_files
from improvement_board.benchmarks.lait import load_lait
from improvement_board.benchmarks.periods import read_period
from improvement_board.benchmarks.placing import Model, place_rows
from improvement_board.benchmarks.publication_file import read_publication
from improvement_board.common.progress import report_nothing
from improvement_board.declared.kpis import Definition, load_library

Progress = Callable[[str, int, int], None]
DATE_IN_NAME = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class SourceFile:
    """A file whose figures or lists are used: its publication (or kind), title, vintage, rows below the header, and
    the day that its name gives, if it gives one."""

    file: Path
    id: str
    title: str
    vintage: str
    rows: int
    day: date | None


@dataclass(frozen=True)
class Published:
    """Published figures in memory, open for questions; close it, or use it in a `with` statement.

    `comparators` are the KPIs with a published series; `chosen` the series taken for each of them that the files
    have; `own` the published counts of a KPI whose comparator is a rate. Authorities and neighbours are by number.
    """

    engine: Engine
    aliases: Aliases
    library: Mapping[str, Definition]
    comparators: Mapping[str, Comparators]
    authorities: Mapping[str, Authority]
    neighbours: Model
    chosen: Mapping[str, tuple[SeriesReference, ...]]
    own: Mapping[str, tuple[SeriesReference, ...]]
    files: tuple[SourceFile, ...]
    notes: tuple[str, ...]

    def __enter__(self) -> Published:
        return self

    def __exit__(self, *_: object) -> None:
        self.engine.close()

    def authority(self, wanted: str) -> Authority:
        """The authority meant by a name, GSS code or number. Raises InputError listing the closest names."""
        return find_authority(wanted, self.authorities.values())

    def source_of(self, publication: str) -> str:
        """What stands in `source`: publisher, title and licence."""
        origin = self.aliases.lait if publication == LAIT else self.aliases.publication[publication]
        return f"{origin.publisher}: {origin.title} ({self.aliases.licence.name})"

    def vintage_of(self, publication: str) -> str:
        """What stands in `vintage`: how far the file goes, or the day in its name."""
        return next((file.vintage for file in self.files if file.id == publication), "")


def load_published(
    files: Sequence[Path],
    home: Path | None = None,
    library: Mapping[str, Definition] | None = None,
    progress: Progress | None = None,
) -> Published:
    """Read published files (or folders of them) into memory, by the aliases of a data home.

    Raises InputError with every problem found: a table that is none of the known publications, a missing neighbour
    model or authority list, a value that is neither a number nor a known symbol.
    """
    tell = progress or report_nothing
    aliases = load_aliases(home)
    definitions = load_library() if library is None else library
    comparators = all_comparators(definitions, aliases)
    recognised_files, notes = recognise_files(files, aliases)
    readable = fullest_of_each(recognised_files, aliases, notes)
    publications = newest_of_each(readable, aliases, notes)
    check_needed_files(readable, publications, aliases)
    engine = Engine()
    try:
        engine.fill("symbols", [(symbol,) for symbol in aliases.symbols])
        for done, recognised in enumerate(publications.values()):
            tell(f"Reading {recognised.file.name}", done, len(publications) + 1)
            read_publication(engine, recognised, aliases.publication[recognised.id])
        lait = load_lait(engine, readable, _lait_units(comparators), aliases, notes)
        names = {name: recognised.file.name for name, recognised in publications.items()}
        names[LAIT] = next((recognised.file.name for recognised in readable if recognised.kind == LAIT), "")
        notes.extend(_load_periods(engine, aliases, names))
        authorities, model = place_rows(engine, readable, aliases, notes)
        tell("Putting figures together", len(publications), len(publications) + 1)
        engine.run("published_figures")
        engine.run("lait_figures", {"digits": aliases.lait.significant_digits})
        check_figures(engine, aliases, names)
        chosen, own, without = choose(comparators, publications, lait)
        sources = _source_files(engine, readable, publications, aliases)
        return Published(
            engine, aliases, definitions, comparators, authorities, model, chosen, own, sources, (*notes, *without)
        )
    except BaseException:
        engine.close()
        raise


def _lait_units(comparators: Mapping[str, Comparators]) -> dict[str, str]:
    units: dict[str, str] = {}
    for each in comparators.values():
        units |= {reference.measure: each.unit for reference in each.lait}
        units |= {reference.measure: "count" for reference in each.own_lait}
    return units


def _load_periods(engine: Engine, aliases: Aliases, names: Mapping[str, str]) -> list[str]:
    unknown: dict[str, set[str]] = {}
    periods = {}
    for publication, year_type, year in engine.run("years"):
        period = read_period(year, year_type, aliases)
        if period is None:
            unknown.setdefault(names[publication], set()).add(repr(year))
        else:
            periods[year_type, year] = period
    engine.fill("periods", [(*key, period.start, period.end) for key, period in periods.items()])
    return [
        f"{name}: left out the years {', '.join(sorted(years))}, which are not understood"
        for name, years in sorted(unknown.items())
    ]


def _source_files(
    engine: Engine, files: Sequence[Recognised], publications: Mapping[str, Recognised], aliases: Aliases
) -> tuple[SourceFile, ...]:
    latest: dict[str, date] = dict(engine.run("latest_periods"))
    titles = {
        "lait": aliases.lait.title,
        "lait_dictionary": aliases.lait_dictionary.title,
        "neighbours": aliases.neighbours.title,
        "authority_list": aliases.authority_list.title,
    }
    titles |= {name: publication.title for name, publication in aliases.publication.items()}
    others = (recognised for recognised in files if recognised.kind not in ("unused", "publication"))
    used = [*others, *publications.values()]
    return tuple(_source_file(recognised, titles[recognised.id], latest.get(recognised.id)) for recognised in used)


def _source_file(file: Recognised, title: str, latest: date | None) -> SourceFile:
    dated = DATE_IN_NAME.search(file.file.name)
    try:
        day = date.fromisoformat(dated[0]) if dated else None
    except ValueError:
        day = None
    vintage = f"to {latest.day} {latest:%B %Y}" if latest else ""
    if day:
        vintage = f"file of {day.day} {day:%B %Y}"
    return SourceFile(file.file, file.id, title, vintage, file.table.count_rows(), day)
