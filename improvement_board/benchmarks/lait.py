"""The Local Authority Interactive Tool: one long file of many measures, without GSS codes.

Its data dictionary says of which type of year a measure is and to how many decimal places it is published.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import duckdb

from improvement_board.benchmarks.aliases import SCALES, Aliases
from improvement_board.benchmarks.declared import LAIT
from improvement_board.benchmarks.engine import Engine
from improvement_board.benchmarks.files import Recognised
from improvement_board.benchmarks.periods import year_type_named
from improvement_board.benchmarks.publication_file import duckdb_path
from improvement_board.benchmarks.tabular import read_csv_rows
from improvement_board.errors import InputError, Problem

PARTLESS: tuple[object, ...] = (None, None, [], *[""] * 6)


def load_lait(
    engine: Engine, files: Sequence[Recognised], units: Mapping[str, str], aliases: Aliases, notes: list[str]
) -> frozenset[str]:
    """Load the measures wanted (`units` by Short Desc) from the file that is there; returns those that it has.

    A measure that it lacks, or whose type of year nobody says, is noted and left out.
    """
    lait = next((recognised for recognised in files if recognised.kind == "lait"), None)
    if lait is None or not units:
        return frozenset()
    there = read_lait(engine, lait, sorted(units))
    notes.extend(f"{lait.file.name}: has no measure {code}" for code in sorted(units.keys() - there))
    dictionary = next((recognised for recognised in files if recognised.kind == "lait_dictionary"), None)
    rules = lait_rules(dictionary, sorted(there), aliases)
    undated = frozenset(code for code, (year_type, _) in rules.items() if year_type is None)
    notes.extend(f"{lait.file.name}: left out {code}, its type of year is not known" for code in sorted(undated))
    engine.fill(
        "measures",
        [
            (LAIT, code, units[code], SCALES[units[code]], decimals, None, year_type, *PARTLESS)
            for code, (year_type, decimals) in rules.items()
            if code not in undated
        ],
    )
    return there - undated


def read_lait(engine: Engine, recognised: Recognised, wanted: Sequence[str]) -> frozenset[str]:
    """Load the wanted measures (Short Desc) of the Local Authority Interactive Tool; returns those that it has."""
    columns = recognised.table.columns
    file = duckdb_path(recognised.file)
    try:
        read = (
            engine.connection.read_parquet(file)
            if recognised.file.suffix.lower() == ".parquet"
            else engine.connection.read_csv(file, header=True, all_varchar=True)
        )
        parts = {meaning: duckdb.ColumnExpression(columns[number]) for meaning, number in recognised.places.items()}
        rows = read.filter(parts["measure"].isin(*(duckdb.ConstantExpression(code) for code in wanted)))
        order = ("measure", "years", "area_name", "la_number", "value")
        rows.select(*(parts[meaning].cast("VARCHAR") for meaning in order)).insert_into("lait_cells")
    except duckdb.Error as error:
        raise InputError(Problem(recognised.file.name, f"cannot be read: {str(error).splitlines()[0]}")) from error
    engine.run("tidy_lait")
    return frozenset(row[0] for row in engine.run("lait_measures"))


def lait_rules(
    dictionary: Recognised | None, codes: Iterable[str], aliases: Aliases
) -> dict[str, tuple[str | None, int | None]]:
    """Type of year and decimal places of each measure of the Local Authority Interactive Tool.

    From the data dictionary where it is given and says so, else the type of year from aliases.toml. A measure stands
    in the dictionary once a topic: decimal places on which its topics differ are left out.
    """
    declared: dict[str, tuple[set[str], set[str]]] = {}
    if dictionary is not None:
        for _, row in read_csv_rows(dictionary.file):
            cells = {meaning: row[number].strip() for meaning, number in dictionary.places.items() if number < len(row)}
            types, decimals = declared.setdefault(cells.get("measure", ""), (set(), set()))
            types.add(cells.get("year_type", ""))
            decimals.add(cells.get("decimals", ""))
    rules: dict[str, tuple[str | None, int | None]] = {}
    for code in codes:
        types, decimals = declared.get(code, (set(), set()))
        named = {known_type for name in types if (known_type := year_type_named(name, aliases))}
        year_type = named.pop() if len(named) == 1 else aliases.lait.year_types.get(code)
        places = decimals.pop() if len(decimals) == 1 else ""
        rules[code] = (year_type, int(places) if places.isdigit() else None)
    return rules
