"""The record-level tables that KPI queries may read, as `queries/tables.toml` and `queries/ssd_tables.toml` declare,
with the code lists of `queries/codes.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from types import MappingProxyType
from typing import Any

from improvement_board.declared.toml import shipped_toml

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
    """One column of a table: its type (text, flag, date, time, number, integer), meaning, unit, allowed values.

    `words` are other words for these, each with its value; after the value `several` and a colon others may follow.
    `is_name`: it names a team or a worker.
    """

    name: str
    type: str
    meaning: str = ""
    unit: str = ""
    allowed: tuple[str, ...] = ()
    words: tuple[tuple[str, str], ...] = ()
    several: str = ""
    is_name: bool = False

    @property
    def duckdb_type(self) -> str:
        """The type of the column in DuckDB."""
        return DUCKDB_TYPES[self.type]

    @cached_property
    def codes(self) -> Mapping[str, str]:
        """The allowed values by themselves and by their words, in small letters."""
        return {value.lower(): value for value in self.allowed} | dict(self.words)


@dataclass(frozen=True)
class Table:
    """One table: its grain, primary key, the column that dates a row (None where nothing does), and its columns."""

    name: str
    grain: str
    key: tuple[str, ...]
    dated_by: str | None
    columns: tuple[Column, ...]


def _column(table: str, name: str, declared: str | Mapping[str, Any]) -> Column:
    details: dict[str, Any] = {"type": declared} if isinstance(declared, str) else dict(declared)
    details |= _listed().get(f"{table}.{name}", {})
    details["allowed"] = tuple(details.get("allowed", ()))
    return Column(name, **details, is_name=f"{table}.{name}" in names_of_people())


@cache
def _listed() -> Mapping[str, Mapping[str, Any]]:
    """What `queries/codes.toml` says of each column, by `table.column`."""
    by_column: dict[str, Mapping[str, Any]] = {}
    for listed in shipped_toml("codes.toml").values():
        words = tuple(listed.get("words", {}).items())
        details = {"allowed": listed["values"], "words": words, "several": listed.get("several", "")}
        by_column |= dict.fromkeys(listed["columns"], details)
    return by_column


@cache
def team_columns() -> tuple[tuple[str, str], ...]:
    """The columns that name a team by its id or name, or a service, as (table, column)."""
    declared = shipped_toml("checks/declared.toml")["teams"]["columns"]
    named = ("dept_team_id", "dept_team_name", "dept_team_parent_name")
    places = [*(f"ssd_department.{name}" for name in named), *declared]
    return tuple((table, column) for table, _, column in (column_path.partition(".") for column_path in places))


@cache
def names_of_people() -> frozenset[str]:
    """The columns that name a team or a worker, as `table.column`."""
    declared = shipped_toml("checks/declared.toml")
    return frozenset((*declared["teams"]["columns"], *declared["references"]["ssd_professionals.prof_professional_id"]))


@cache
def declared_tables() -> Mapping[str, Table]:
    """Every table by name: those of the Standard Safeguarding Dataset first, then the local ones."""
    tables = {}
    for file in ("ssd_tables.toml", "tables.toml"):
        for name, declared in shipped_toml(file).items():
            columns = tuple(_column(name, column, detail) for column, detail in declared["columns"].items())
            tables[name] = Table(
                name, declared.get("grain", ""), tuple(declared["key"]), declared.get("dated_by"), columns
            )
    return MappingProxyType(tables)
