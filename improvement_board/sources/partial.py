"""Which formats hold only a part of a table, and for which KPIs that part is enough: `queries/partial_sources.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from improvement_board.kpis import Definition
from improvement_board.tables import QUERIES


@dataclass(frozen=True)
class PartialTable:
    """What a format holds of a table, the KPIs for which it is enough, and what to say beside some of them."""

    holds: str
    enough_for: tuple[str, ...]
    doubts: Mapping[str, str]


@cache
def partial_tables() -> Mapping[tuple[str, str], PartialTable]:
    """Every declaration, by format and table."""
    declared = tomllib.loads((QUERIES / "partial_sources.toml").read_text(encoding="utf-8"))
    return MappingProxyType(
        {
            (name, table): PartialTable(one["holds"], tuple(one["enough_for"]), one.get("doubts", {}))
            for name, tables in declared.items()
            for table, one in tables.items()
        }
    )


def still_needed(definition: Definition, formats: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """What a KPI needs and does not have: tables that no source has, or has only a part of. `formats`: by table, the
    formats that gave it."""
    return tuple(_still_needed(definition, formats))


def _still_needed(definition: Definition, formats: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for table in definition.sources:
        if table not in formats:
            yield table
            continue
        parts = [partial_tables().get((name, table)) for name in formats[table]]
        short = [part for part in parts if part is not None and definition.id not in part.enough_for]
        if parts and len(short) == len(parts):
            yield f"{table} in full (what was supplied holds {short[0].holds})"


def doubts_of(definition: Definition, formats: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Sentences to show beside a KPI because of what its sources lack."""
    found = []
    for table in definition.sources:
        parts = [partial_tables().get((name, table)) for name in formats.get(table, ())]
        if parts and all(parts):
            found += [part.doubts[definition.id] for part in parts if part and definition.id in part.doubts]
    return tuple(dict.fromkeys(found))
