"""The record-level tables that KPI queries may read, as `queries/tables.toml` and `queries/ssd_tables.toml` declare."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

QUERIES = Path(__file__).resolve().parent.parent / "queries"
DUCKDB_TYPES = MappingProxyType(
    {
        "text": "VARCHAR",
        "flag": "VARCHAR",
        "date": "DATE",
        "time": "TIMESTAMP",
        "number": "DOUBLE",
        "integer": "INTEGER",
    }
)


@dataclass(frozen=True)
class Column:
    """One column of a table: its type (text, flag, date, time, number, integer), meaning, unit, allowed values."""

    name: str
    type: str
    meaning: str = ""
    unit: str = ""
    allowed: tuple[str, ...] = ()

    @property
    def duckdb_type(self) -> str:
        """The type of the column in DuckDB."""
        return DUCKDB_TYPES[self.type]


@dataclass(frozen=True)
class Table:
    """One table: its grain, primary key, the column that dates a row (None where nothing does), and its columns."""

    name: str
    grain: str
    key: tuple[str, ...]
    dated_by: str | None
    columns: tuple[Column, ...]


def _column(name: str, declared: str | Mapping[str, Any]) -> Column:
    if isinstance(declared, str):
        return Column(name, declared)
    details: dict[str, Any] = {key: tuple(value) if key == "allowed" else value for key, value in declared.items()}
    return Column(name, **details)


@cache
def declared_tables() -> Mapping[str, Table]:
    """Every table by name: those of the Standard Safeguarding Dataset first, then the local ones."""
    tables = {}
    for file in ("ssd_tables.toml", "tables.toml"):
        for name, declared in tomllib.loads((QUERIES / file).read_text(encoding="utf-8")).items():
            columns = tuple(_column(column, detail) for column, detail in declared["columns"].items())
            tables[name] = Table(
                name, declared.get("grain", ""), tuple(declared["key"]), declared.get("dated_by"), columns
            )
    return MappingProxyType(tables)
