"""Which formats hold only a part of a table, and for which KPIs that part is enough: `queries/partial_sources.toml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from improvement_board.declared.kpis import Definition
from improvement_board.declared.toml import shipped_toml
from improvement_board.records.column_use import TableColumn, columns_needed, may_read
from improvement_board.sources.gaps import Gap, gaps_of

NO_GAPS: Mapping[TableColumn, Gap] = MappingProxyType({})


@dataclass(frozen=True)
class PartialTable:
    """What a format holds of a table, the KPIs for which it is enough, and what to say beside some of them."""

    holds: str
    enough_for: tuple[str, ...]
    caveats: Mapping[str, str]


@cache
def partial_tables() -> Mapping[tuple[str, str], PartialTable]:
    """Every declaration, by format and table."""
    declared = shipped_toml("partial_sources.toml")
    return MappingProxyType(
        {
            (name, table): PartialTable(part["holds"], tuple(part["enough_for"]), part.get("doubts", {}))
            for name, tables in declared.items()
            for table, part in tables.items()
        }
    )


def still_needed(
    definition: Definition,
    formats: Mapping[str, Sequence[str]],
    gaps: Mapping[TableColumn, Gap] = NO_GAPS,
    parameters: Mapping[str, Any] | None = None,
) -> tuple[str, ...]:
    """What a KPI needs and does not have: tables that no source has, or has only a part of, and columns that say
    nothing. `formats`: by table, the formats that gave it; `parameters`: the plan's for this KPI."""
    tables = tuple(_still_needed(definition, formats))
    return tables or tuple(
        gap.needed
        for gap in column_gaps(definition, formats, gaps, parameters)
        if gap.is_fatal and gap.table in definition.sources
    )


def column_gaps(
    definition: Definition,
    formats: Mapping[str, Sequence[str]],
    gaps: Mapping[TableColumn, Gap],
    parameters: Mapping[str, Any] | None = None,
) -> tuple[Gap, ...]:
    """The gaps in columns that decide a KPI's figures, but for those of a part that is enough for it."""
    open_gaps = {column: gap for column, gap in gaps.items() if not _is_enough(definition, column[0], formats)}
    if not may_read(definition, open_gaps):
        return ()
    return tuple(gaps_of(columns_needed(definition, parameters), open_gaps))


def _is_enough(definition: Definition, table: str, formats: Mapping[str, Sequence[str]]) -> bool:
    """Whether a table comes only as parts that are known to be enough for a KPI."""
    parts = [partial_tables().get((name, table)) for name in formats.get(table, ())]
    return bool(parts) and all(part is not None and definition.id in part.enough_for for part in parts)


def _still_needed(definition: Definition, formats: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for table in definition.sources:
        if table not in formats:
            yield table
            continue
        parts = [partial_tables().get((name, table)) for name in formats[table]]
        short = [part for part in parts if part is not None and definition.id not in part.enough_for]
        if parts and len(short) == len(parts):
            yield f"{table} in full (what was supplied holds {short[0].holds})"


def caveats_of_parts(definition: Definition, formats: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Sentences to show beside a KPI because of what its sources lack."""
    caveats = []
    for table in definition.sources:
        parts = [partial_tables().get((name, table)) for name in formats.get(table, ())]
        if parts and all(parts):
            caveats += [part.caveats[definition.id] for part in parts if part and definition.id in part.caveats]
    return tuple(dict.fromkeys(caveats))
