"""What is said of a file that is not recognised: its nearest publication, the meanings it lacks, the columns it has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from improvement_board.benchmarks.aliases import Aliases, Publication
from improvement_board.benchmarks.tabular import FileTable
from improvement_board.errors import Problem

Texts = Mapping[int, frozenset[str]]


def missing_value(
    table: FileTable,
    publication: Publication,
    places: Mapping[str, int],
    meanings: Mapping[str, Mapping[str, str]],
    texts: Texts,
) -> Problem | None:
    """The first breakdown in which a value of the publication is not found, with the values that are there."""
    for dimension, declared in publication.values.items():
        missing = [meaning for meaning in declared if meaning not in meanings[dimension].values()]
        if missing:
            known = "; ".join(f"{meaning}: {', '.join(declared[meaning])}" for meaning in missing)
            there = ", ".join(sorted(texts[places[dimension]]))
            message = (
                f"looks like “{publication.title}”, but no value means {', '.join(missing)} ({known}). It has: {there}"
            )
            return Problem(table.file.name, message, column=table.columns[places[dimension]])
    return None


def missing_columns(
    table: FileTable, publication: Publication, missing: Sequence[str], declared: Mapping[str, Sequence[str]]
) -> Problem:
    """Columns that a publication's file lacks, with the names they have had and the columns that are there."""
    known = "; ".join(f"{meaning} ({', '.join(declared[meaning])})" for meaning in missing)
    return Problem(
        table.file.name,
        f"looks like “{publication.title}”, but has no column for {known}. It has: {', '.join(table.columns)}. "
        "Add the new name to aliases.toml",
    )


def unknown_table(table: FileTable, references: Mapping[str, Mapping[str, Sequence[str]]], aliases: Aliases) -> Problem:
    """A table that is none of the known ones: the publication it is nearest to, what it lacks, and what it has."""
    declared: dict[str, tuple[str, Mapping[str, Sequence[str]]]] = {
        name: (publication.title, {m: n for m, n in publication.columns.items() if m not in publication.optional})
        for name, publication in aliases.publication.items()
    }
    declared |= {kind: (_title(kind, aliases), columns) for kind, columns in references.items()}
    shares = {name: len(table.find(columns)) / len(columns) for name, (_, columns) in declared.items()}
    nearest = max(shares, key=lambda name: shares[name])
    title, columns = declared[nearest]
    if not shares[nearest]:
        there = ", ".join(table.columns)
        titles = "; ".join(title for title, _ in declared.values())
        message = f"is none of the known publications. It has the columns: {there}"
        return Problem(table.file.name, message, allowed=titles)
    numbers = table.find(columns)
    known = "; ".join(f"{meaning} ({', '.join(names)})" for meaning, names in columns.items() if meaning not in numbers)
    return Problem(
        table.file.name,
        f"is nearest to “{title}”, but has no column for {known}. It has: {', '.join(table.columns)}. "
        "Add the new names to aliases.toml, or leave the file out",
    )


def _title(kind: str, aliases: Aliases) -> str:
    titles = {
        "neighbours": aliases.neighbours.title,
        "lait": aliases.lait.title,
        "lait_dictionary": aliases.lait_dictionary.title,
        "authority_list": aliases.authority_list.title,
    }
    return titles[kind]
