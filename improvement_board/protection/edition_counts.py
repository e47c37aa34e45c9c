"""The counts of an edition, from the table `extracts` of its connection, and the children behind them, from the rows of
the KPI queries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType

import duckdb

from improvement_board.declared.kpis import Definition
from improvement_board.errors import InputError, Problem
from improvement_board.protection.children import ChildRow
from improvement_board.protection.rows import CountRow, MeasuredKpi
from improvement_board.sql.session import QueryError, create, run, run_over, scratch

NAMED = ("children", "other_children")  # columns of a KPI's query that never come into an edition


def children_kpis(
    definitions: Mapping[str, Definition],
    named: Collection[str] = (),
    untils: Mapping[str, date | None] = MappingProxyType({}),
) -> list[MeasuredKpi]:
    """The KPIs that small-number protection is for: those that children stand behind, whatever they count.

    `named`: the KPIs of which it is known how many different children there are; `untils`: up to which month each could
    have figures.
    """
    # A count leaves nobody out, and what ripens at once leaves no month out: they are asked first.
    whole_first = sorted(
        definitions.values(), key=lambda definition: (definition.ripens_after is not None, definition.is_ratio)
    )
    wholes = {
        definition.children_of: definition.id for definition in reversed(whole_first) if definition.part_of is None
    }
    return [
        MeasuredKpi(
            definition.id,
            definition.unit,
            definition.timing,
            wholes.get(definition.part_of) if definition.part_of else None,
            has_teams=definition.protected_teams,
            is_certain=definition.children_of is not None and (definition.counts_each_once or definition.id in named),
            until=untils.get(definition.id),
            empty_months=definition.empty_months,
        )
        for definition in definitions.values()
        if definition.has_children
    ]


def names_children(definition: Definition, rows: duckdb.DuckDBPyRelation) -> bool:
    """Whether the rows of a KPI's query say which children they count: of a count one list, else two."""
    return definition.has_children and set(NAMED[: 1 + definition.is_ratio]) <= set(rows.columns)


def read_children(definition: Definition, rows: duckdb.DuckDBPyRelation) -> list[ChildRow]:
    """How many different children the rows of a KPI's query name. Raises InputError for columns that are not lists."""
    named = rows if NAMED[1] in rows.columns else rows.project("*, null as other_children")
    try:
        return [ChildRow(definition.id, *row) for row in run_over(named, "extract", "protection/children")]
    except QueryError as error:
        message = f"the children that it counts cannot be read: {error}"
        raise InputError(Problem(definition.file.name, message, column=NAMED[0], allowed="lists of ids")) from error


def read_counts(connection: duckdb.DuckDBPyConnection, kpis: Iterable[MeasuredKpi]) -> list[CountRow]:
    """The counts by team, category and month of KPIs in the table `extracts` (as the board opens an edition).

    Extracts by quarter or year are left out.
    """
    parameters = {"kpis": [kpi.id for kpi in kpis]}
    return [CountRow(*row) for row in run(connection, "protection/counts", parameters)]


def counts_of(folder: Path, kpis: Sequence[MeasuredKpi]) -> list[CountRow]:
    """The same, from the extracts in an edition's folder. Raises InputError where they cannot be read."""
    if not kpis:
        return []
    with scratch() as connection:
        files = [str(folder / f"{kpi.id}.parquet") for kpi in kpis]
        create(connection, "extracts", "protection/load", {"files": files})
        return read_counts(connection, kpis)
