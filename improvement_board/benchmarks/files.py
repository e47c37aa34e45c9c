"""Which publication a file is: told by its columns and the values of its breakdowns, never by its name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from filecmp import cmp
from pathlib import Path
from typing import Literal

from improvement_board.benchmarks.aliases import Aliases, Publication, simplify_name
from improvement_board.benchmarks.tabular import SUFFIXES, FileTable, read_table
from improvement_board.benchmarks.unrecognised import Texts, missing_columns, missing_value, unknown_table
from improvement_board.common.files import files_within
from improvement_board.errors import InputError, Problem

FileKind = Literal["publication", "lait", "lait_dictionary", "neighbours", "authority_list", "unused"]

NEIGHBOURS = 10
PACKED = (".zip", ".7z", ".gz", ".tar", ".rar")
NEEDED_GEOGRAPHY = ("time_period", "level", "region_code", "la_number", "la_code", "la_name")


@dataclass(frozen=True)
class Recognised:
    """A file and what it is.

    `id` is the publication (or unused file) of aliases.toml, else the kind. `places` says in which column (from 0)
    each meaning stands; `meanings` what the texts of each breakdown mean; `measures` those its columns allow; `years`
    its years as written.
    """

    table: FileTable
    kind: FileKind
    id: str
    places: Mapping[str, int]
    meanings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    measures: frozenset[str] = frozenset()
    years: frozenset[str] = frozenset()

    @property
    def file(self) -> Path:
        """The file itself."""
        return self.table.file


def neighbour_columns(aliases: Aliases) -> dict[str, tuple[str, ...]]:
    """The columns of the neighbour model: la_number, and neighbour_1 to neighbour_10."""
    patterns = aliases.neighbours.columns["neighbour"]
    numbered = {
        f"neighbour_{n}": tuple(pattern.replace("{n}", str(n)) for pattern in patterns)
        for n in range(1, NEIGHBOURS + 1)
    }
    return {"la_number": aliases.neighbours.columns["la_number"], **numbered}


def recognise_files(files: Sequence[Path], aliases: Aliases) -> tuple[list[Recognised], list[str]]:
    """What each file is, and a note for each that is left out.

    A folder stands for the files in it and in its folders; what in it is none of the known tables is left out and
    noted, with its nearest publication, the meanings that are missing and the columns that it has. Raises InputError
    with one problem for each file that was named itself and cannot be read, or is none of the known ones; and for
    each of the folders' where none is known at all.
    """
    known: list[Recognised] = []
    notes: list[str] = []
    problems: list[Problem] = []
    not_known: list[Problem] = []
    for file, is_named in _expanded(files).items():
        if not file.is_file():
            problems.append(Problem(file, "there is no such file"))
        elif file.suffix.lower() not in SUFFIXES:
            advice = ": unpack it first" if file.suffix.lower() in PACKED else ""
            notes.append(f"{file.name}: left out, not a table ({', '.join(SUFFIXES)}){advice}")
        else:
            try:
                recognised = recognise(file, aliases)
            except InputError as error:
                (problems if is_named else not_known).extend(error.problems)
                continue
            if any(other.id == recognised.id and cmp(other.file, file, shallow=False) for other in known):
                notes.append(f"{file.name}: left out, the same file is there twice")
                continue
            known.append(recognised)
            if recognised.kind == "unused":
                notes.append(f"{file.name}: left out, {aliases.unused[recognised.id].reason}")
    if problems or (not_known and not known):
        raise InputError([*problems, *not_known])
    return known, [*(f"NOT READ: {problem}" for problem in not_known), *notes]


def _expanded(files: Sequence[Path]) -> dict[Path, bool]:
    """Every file, and whether it was named itself. In a folder, hidden files and links are none of the downloads."""
    expanded: dict[Path, bool] = {}
    for file in files:
        if not file.is_dir():
            expanded[file] = True
            continue
        for inside in files_within(file):
            expanded.setdefault(inside, False)
    return expanded


def recognise(file: Path, aliases: Aliases) -> Recognised:
    """What one table is. Raises InputError if it is none of the known ones."""
    references: dict[FileKind, dict[str, tuple[str, ...]]] = {
        "neighbours": neighbour_columns(aliases),
        "lait": dict(aliases.lait.columns),
        "lait_dictionary": dict(aliases.lait_dictionary.columns),
        "authority_list": dict(aliases.authority_list.columns),
    }
    table = read_table(file, [references["neighbours"], references["authority_list"]])
    for kind, columns in references.items():
        places = table.find(columns)
        if places.keys() == columns.keys():
            return Recognised(table, kind, kind, places)
    if file.suffix.lower() == ".csv":
        publication = _publication(table, aliases)
        if publication:
            return publication
    for name, unused in aliases.unused.items():
        if {simplify_name(column) for column in unused.columns} <= {simplify_name(column) for column in table.columns}:
            return Recognised(table, "unused", name, {})
    known = {str(kind): columns for kind, columns in references.items()}
    raise InputError(unknown_table(table, known, aliases))


def _publication(table: FileTable, aliases: Aliases) -> Recognised | None:
    fitting = {
        name: places
        for name, publication in aliases.publication.items()
        if (places := table.find(publication.columns)).keys() >= publication.columns.keys() - publication.optional
    }
    if not fitting:
        return None
    geography = table.find(aliases.geography.columns)
    missing = [meaning for meaning in NEEDED_GEOGRAPHY if meaning not in geography]
    if missing:
        problems = [
            missing_columns(table, aliases.publication[name], missing, aliases.geography.columns) for name in fitting
        ]
        raise InputError(problems)
    wanted = {places[dimension] for name, places in fitting.items() for dimension in aliases.publication[name].values}
    texts = table.distinct(wanted | {geography["time_period"]})
    problems = []
    candidates: list[Recognised] = []
    for name, places in fitting.items():
        publication = aliases.publication[name]
        meanings = _meanings(publication, places, texts)
        problem = missing_value(table, publication, places, meanings, texts)
        if problem:
            problems.append(problem)
            continue
        measures = frozenset(key for key, measure in publication.measures.items() if measure.value in places)
        years = texts[geography["time_period"]]
        candidates.append(Recognised(table, "publication", name, {**geography, **places}, meanings, measures, years))
    if len(candidates) > 1:
        titles = "; ".join(aliases.publication[candidate.id].title for candidate in candidates)
        raise InputError(Problem(table.file.name, f"may be any of these: {titles}. Make aliases.toml tell them apart"))
    if not candidates:
        raise InputError(problems)
    return candidates[0]


def _meanings(publication: Publication, places: Mapping[str, int], texts: Texts) -> dict[str, dict[str, str]]:
    columns = {}
    for dimension, declared in publication.values.items():
        known = {simplify_name(text): meaning for meaning, names in declared.items() for text in names}
        there = texts[places[dimension]]
        columns[dimension] = {text: known[simplify_name(text)] for text in there if simplify_name(text) in known}
    return columns
