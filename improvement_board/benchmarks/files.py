"""Which publication a file is: told by its columns and the values of its breakdowns, never by its name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from improvement_board.benchmarks.aliases import Aliases, Publication, simplified
from improvement_board.benchmarks.tabular import SUFFIXES, Table, read_table
from improvement_board.errors import InputError, Problem

Kind = Literal["publication", "lait", "lait_dictionary", "neighbours", "authority_list", "unused"]

NEIGHBOURS = 10
NEEDED_GEOGRAPHY = ("time_period", "level", "region_code", "la_number", "la_code", "la_name")


@dataclass(frozen=True)
class Recognised:
    """A file and what it is.

    `id` is the publication (or unused file) of aliases.toml, else the kind. `places` says in which column (from 0)
    each meaning stands; `meanings` what the texts of each breakdown mean; `measures` those its columns allow.
    """

    table: Table
    kind: Kind
    id: str
    places: Mapping[str, int]
    meanings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    measures: frozenset[str] = frozenset()

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
    """What each file is, and a note for each that is left out. A folder stands for the files in it.

    Raises InputError with one problem for each table that is none of the known ones: its nearest publication, the
    meanings that are missing and the columns that it has.
    """
    found: list[Recognised] = []
    notes: list[str] = []
    problems: list[Problem] = []
    for file in _expanded(files):
        if not file.is_file():
            problems.append(Problem(file, "there is no such file"))
        elif file.suffix.lower() not in SUFFIXES:
            notes.append(f"{file.name}: left out, not a table ({', '.join(SUFFIXES)})")
        else:
            try:
                recognised = recognise(file, aliases)
            except InputError as error:
                problems.extend(error.problems)
                continue
            found.append(recognised)
            if recognised.kind == "unused":
                notes.append(f"{file.name}: left out, {aliases.unused[recognised.id].reason}")
    if problems:
        raise InputError(problems)
    return found, notes


def _expanded(files: Sequence[Path]) -> list[Path]:
    expanded: list[Path] = []
    for file in files:
        expanded.extend(sorted(file.iterdir()) if file.is_dir() else [file])
    return list(dict.fromkeys(expanded))


def recognise(file: Path, aliases: Aliases) -> Recognised:
    """What one table is. Raises InputError if it is none of the known ones."""
    references: dict[Kind, dict[str, tuple[str, ...]]] = {
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
        if {simplified(column) for column in unused.columns} <= {simplified(column) for column in table.columns}:
            return Recognised(table, "unused", name, {})
    raise InputError(_unknown(table, references, aliases))


def _publication(table: Table, aliases: Aliases) -> Recognised | None:
    geography = table.find(aliases.geography.columns)
    candidates: list[Recognised] = []
    problems: list[Problem] = []
    for name, publication in aliases.publication.items():
        places = table.find(publication.columns)
        if publication.columns.keys() - places.keys() - publication.optional:
            continue
        missing = [meaning for meaning in NEEDED_GEOGRAPHY if meaning not in geography]
        problem = _missing(table, publication, missing, aliases.geography.columns) if missing else None
        meanings = _meanings(table, publication, places)
        problem = problem or _missing_value(table, publication, places, meanings)
        if problem:
            problems.append(problem)
            continue
        measures = frozenset(key for key, measure in publication.measures.items() if measure.value in places)
        candidates.append(Recognised(table, "publication", name, {**geography, **places}, meanings, measures))
    if len(candidates) > 1:
        titles = "; ".join(aliases.publication[candidate.id].title for candidate in candidates)
        raise InputError(Problem(table.file.name, f"may be any of these: {titles}. Make aliases.toml tell them apart"))
    if candidates:
        return candidates[0]
    if problems:
        raise InputError(problems)
    return None


def _meanings(table: Table, publication: Publication, places: Mapping[str, int]) -> dict[str, dict[str, str]]:
    found = {}
    for dimension, declared in publication.values.items():
        known = {simplified(text): meaning for meaning, texts in declared.items() for text in texts}
        texts = table.distinct(places[dimension])
        found[dimension] = {text: known[simplified(text)] for text in texts if simplified(text) in known}
    return found


def _missing_value(
    table: Table, publication: Publication, places: Mapping[str, int], meanings: Mapping[str, Mapping[str, str]]
) -> Problem | None:
    for dimension, declared in publication.values.items():
        missing = [meaning for meaning in declared if meaning not in meanings[dimension].values()]
        if missing:
            known = "; ".join(f"{meaning}: {', '.join(declared[meaning])}" for meaning in missing)
            there = ", ".join(sorted(table.distinct(places[dimension])))
            return Problem(
                table.file.name,
                f"looks like “{publication.title}”, but no value means {', '.join(missing)} ({known}). It has: {there}",
                column=table.columns[places[dimension]],
            )
    return None


def _missing(
    table: Table, publication: Publication, missing: Sequence[str], declared: Mapping[str, Sequence[str]]
) -> Problem:
    known = "; ".join(f"{meaning} ({', '.join(declared[meaning])})" for meaning in missing)
    return Problem(
        table.file.name,
        f"looks like “{publication.title}”, but has no column for {known}. It has: {', '.join(table.columns)}. "
        "Add the new name to aliases.toml",
    )


def _unknown(table: Table, references: Mapping[Kind, Mapping[str, Sequence[str]]], aliases: Aliases) -> Problem:
    declared: dict[str, tuple[str, Mapping[str, Sequence[str]]]] = {
        name: (publication.title, {m: n for m, n in publication.columns.items() if m not in publication.optional})
        for name, publication in aliases.publication.items()
    }
    declared |= {kind: (_reference_title(kind, aliases), columns) for kind, columns in references.items()}
    shares = {name: len(table.find(columns)) / len(columns) for name, (_, columns) in declared.items()}
    nearest = max(shares, key=lambda name: shares[name])
    title, columns = declared[nearest]
    if not shares[nearest]:
        there = ", ".join(table.columns)
        titles = "; ".join(title for title, _ in declared.values())
        return Problem(
            table.file.name,
            f"is none of the known publications. It has the columns: {there}",
            None,
            None,
            None,
            None,
            titles,
        )
    found = table.find(columns)
    known = "; ".join(f"{meaning} ({', '.join(names)})" for meaning, names in columns.items() if meaning not in found)
    return Problem(
        table.file.name,
        f"is nearest to “{title}”, but has no column for {known}. It has: {', '.join(table.columns)}. "
        "Add the new names to aliases.toml, or leave the file out",
    )


def _reference_title(kind: Kind, aliases: Aliases) -> str:
    titles = {
        "neighbours": aliases.neighbours.title,
        "lait": aliases.lait.title,
        "lait_dictionary": aliases.lait_dictionary.title,
        "authority_list": aliases.authority_list.title,
    }
    return titles[kind]
