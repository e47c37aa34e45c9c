"""Which file serves: one vintage of each publication, and one source for the whole series of a KPI."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from improvement_board.benchmarks.aliases import Aliases
from improvement_board.benchmarks.declared import Comparators, SeriesReference
from improvement_board.benchmarks.files import Recognised
from improvement_board.benchmarks.periods import read_period
from improvement_board.errors import InputError, Problem

YEARS_SHOWN = 10


def newest_of_each(files: Sequence[Recognised], aliases: Aliases, notes: list[str]) -> dict[str, Recognised]:
    """One file for each publication, by id: of several, the one whose figures go furthest.

    Vintages are never mixed, since earlier years are revised from one to the next: what is left out is noted. Raises
    InputError for two files that go equally far, and for a file without any year that is understood.
    """
    newest: dict[str, tuple[date, Recognised]] = {}
    for recognised in files:
        if recognised.kind != "publication":
            continue
        latest = _latest(recognised, aliases)
        known = newest.get(recognised.id)
        if known is None:
            newest[recognised.id] = (latest, recognised)
            continue
        if known[0] == latest:
            message = f"holds the same publication and year as {known[1].file.name}"
            raise InputError(Problem(recognised.file.name, message, allowed="one file of each publication"))
        older = known[1] if known[0] < latest else recognised
        notes.append(f"{older.file.name}: left out, there is a newer file of the same publication")
        newest[recognised.id] = (latest, recognised) if known[0] < latest else known
    return {name: recognised for name, (_, recognised) in newest.items()}


def fullest_of_each(files: Sequence[Recognised], aliases: Aliases, notes: list[str]) -> list[Recognised]:
    """What was found, with one vintage of the Local Authority Interactive Tool and one of its dictionary.

    From one vintage to the next rows are added to both: the fuller file is taken, the other is noted. Raises
    InputError for two different files of equal length.
    """
    kept = list(files)
    for kind, title in (("lait", aliases.lait.title), ("lait_dictionary", aliases.lait_dictionary.title)):
        several = sorted((file for file in files if file.kind == kind), key=lambda file: -file.table.count_rows())
        if len(several) > 1 and several[0].table.count_rows() == several[1].table.count_rows():
            raise InputError(Problem(several[1].file.name, f"{title} is there twice", allowed="one file of it"))
        for older in several[1:]:
            kept.remove(older)
            notes.append(f"{older.file.name}: left out, {several[0].file.name} has more of {title}")
    return kept


def _latest(recognised: Recognised, aliases: Aliases) -> date:
    year_type = aliases.publication[recognised.id].year
    ends = [period.end for year in recognised.years if (period := read_period(year, year_type, aliases))]
    if not ends:
        shown = ", ".join(sorted(recognised.years)[:YEARS_SHOWN]) or "none"
        column = recognised.table.columns[recognised.places["time_period"]]
        message = f"has no year that is understood. It has: {shown}"
        raise InputError(Problem(recognised.file.name, message, column=column))
    return max(ends)


def check_needed_files(files: Sequence[Recognised], publications: Mapping[str, Recognised], aliases: Aliases) -> None:
    """Check that the files that everything else needs are there. Raises InputError naming all that are missing."""
    kinds = {recognised.kind for recognised in files}
    problems = []
    if not publications:
        titles = "; ".join(publication.title for publication in aliases.publication.values())
        message = (
            "the list of authorities is missing: no file given says which GSS code each authority has. "
            "Add one of the publications that do"
        )
        problems.append(Problem(None, message, allowed=titles))
    if "neighbours" not in kinds:
        model = aliases.neighbours
        problems.append(Problem(None, f"the neighbour model is missing: {model.title} ({model.download})"))
    if problems:
        raise InputError(problems)


def choose(
    comparators: Mapping[str, Comparators], publications: Mapping[str, Recognised], lait: frozenset[str]
) -> tuple[dict[str, tuple[SeriesReference, ...]], dict[str, tuple[SeriesReference, ...]], list[str]]:
    """The series taken for each KPI, the published counts of its own history, and a note for each without any.

    The publication wins for the whole series, in all categories, wherever it has them all; else the Local Authority
    Interactive Tool, if it has them all. `lait` are the measures that it has.
    """
    chosen: dict[str, tuple[SeriesReference, ...]] = {}
    own: dict[str, tuple[SeriesReference, ...]] = {}
    notes = []
    for kpi, each in comparators.items():
        series = _first_whole(each.file, each.lait, publications, lait)
        if series:
            chosen[kpi] = series
        else:
            wanted = sorted({f"{ref.publication}:{ref.measure}" for ref in (*each.file, *each.lait)})
            notes.append(f"{kpi}: no comparator, no file given has {' or '.join(wanted)}")
        counts = _first_whole(each.own_file, each.own_lait, publications, lait)
        if counts:
            own[kpi] = counts
        absent = [
            (publications[ref.publication].file.name, ref.measure)
            for ref in each.file
            if ref.publication in publications and not _is_there(ref, publications)
        ]
        notes.extend(
            f"{name}: has no column for {measure}; {kpi} is taken from the Local Authority Interactive Tool"
            for name, measure in absent
            if series
        )
    return chosen, own, notes


def _first_whole(
    file: tuple[SeriesReference, ...],
    lait: tuple[SeriesReference, ...],
    publications: Mapping[str, Recognised],
    lait_measures: frozenset[str],
) -> tuple[SeriesReference, ...]:
    if file and all(_is_there(reference, publications) for reference in file):
        return file
    if lait and all(reference.measure in lait_measures for reference in lait):
        return lait
    return ()


def _is_there(reference: SeriesReference, publications: Mapping[str, Recognised]) -> bool:
    recognised = publications.get(reference.publication)
    return recognised is not None and reference.measure in recognised.measures
