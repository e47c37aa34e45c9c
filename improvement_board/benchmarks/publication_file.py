"""A publication's file into DuckDB: its cells, what its breakdowns mean, and its measures."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb

from improvement_board.benchmarks.aliases import MOST_DIMENSIONS, SCALES, Publication
from improvement_board.benchmarks.engine import Engine
from improvement_board.benchmarks.files import Recognised
from improvement_board.errors import InputError, Problem
from improvement_board.sql.session import QueryError

GEOGRAPHY = ("level", "region_code", "region_name", "la_number", "la_code", "la_name", "time_period")
GLOB_MARKS = re.compile(r"([*?\[])")


def duckdb_path(file: Path) -> str:
    """A path that DuckDB reads as this one file, even with `*`, `?` or `[` in its name."""
    return GLOB_MARKS.sub(r"[\1]", str(file.resolve()))


def read_publication(engine: Engine, file: Recognised, publication: Publication) -> None:
    """Load one publication: its cells, the meanings of its breakdowns, and the measures that its columns allow.

    Raises InputError naming the file when it is not rectangular UTF-8 CSV.
    """
    dimensions = {name: position for position, name in enumerate(publication.values, start=1)}
    names = [f"unused_{number}" for number in range(len(file.table.columns))]
    for meaning, number in file.places.items():
        if meaning in dimensions:
            names[number] = f"dimension_{dimensions[meaning]}"
        elif meaning in GEOGRAPHY:
            names[number] = meaning
        elif meaning in publication.columns:
            names[number] = f"value_{meaning}"
    parameters = {
        "file": duckdb_path(file.file),
        "columns": dict.fromkeys(names, "VARCHAR"),
        "publication_id": file.id,
    }
    try:
        engine.run("read_publication", parameters)
    except QueryError as error:
        if not isinstance(error.error, (duckdb.InvalidInputException, duckdb.ConversionException)):
            raise
        message = f"cannot be read as CSV: {str(error.error).splitlines()[0]}"
        raise InputError(Problem(file.file.name, message)) from error
    engine.fill(
        "dimension_values",
        [
            (file.id, dimensions[dimension], text, meaning)
            for dimension, meanings in file.meanings.items()
            for text, meaning in meanings.items()
        ],
    )
    engine.fill("measures", _measures(file, publication))


def _measures(file: Recognised, publication: Publication) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for name, measure in publication.measures.items():
        if name not in file.measures:
            continue
        kinds = [measure.where.get(dimension, "") for dimension in publication.values]
        others = [
            measure.denominator_where.get(dimension, measure.where.get(dimension, ""))
            for dimension in publication.values
        ]
        blank = [""] * (MOST_DIMENSIONS - len(kinds))
        rows.append(
            (
                file.id,
                name,
                measure.unit,
                SCALES[measure.unit],
                publication.decimals,
                measure.highest,
                publication.year,
                measure.value,
                measure.numerator,
                list(measure.denominator),
                *kinds,
                *blank,
                *others,
                *blank,
            )
        )
    return rows
