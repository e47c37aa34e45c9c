"""What checks are declared for in `queries/checks/declared.toml`: columns, and what goes into a check's query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from improvement_board.common.shipped import QUERIES
from improvement_board.declared.tables import Column, Table, declared_tables
from improvement_board.declared.toml import shipped_toml
from improvement_board.errors import InputError, Problem

FILE = QUERIES / "checks" / "declared.toml"


@dataclass(frozen=True)
class Declaration:
    """One thing a check is made for: `names` are tables and columns of the query, `values` are bound or said."""

    table: str
    column: str | None
    names: Mapping[str, str | Sequence[str]]
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class DeclaredColumn:
    """A declared column in its table."""

    table: Table
    column: Column

    @property
    def text(self) -> str:
        """As it is written in the declarations."""
        return f"{self.table.name}.{self.column.name}"


def read_declarations() -> Mapping[str, Any]:
    """The declarations as they stand in the file."""
    return shipped_toml("checks/declared.toml")


def declared_column(text: str) -> DeclaredColumn:
    """The column that `table.column` names. Raises InputError where there is none."""
    table_name, _, column_name = text.partition(".")
    table = declared_tables().get(table_name)
    column = next((each for each in table.columns if each.name == column_name), None) if table else None
    if table is None or column is None:
        raise InputError(Problem(FILE.name, "names no declared column", column=text))
    return DeclaredColumn(table, column)


def declaration_of(
    of: DeclaredColumn, *, more: Mapping[str, str | Sequence[str]] | None = None, **values: Any
) -> Declaration:
    """A declaration of one column, with further names and values."""
    table, column = of.table.name, of.column.name
    names = {"this_table": table, "this_column": column, **(more or {})}
    if of.table.dated_by:
        names.setdefault("dated_by", of.table.dated_by)
    return Declaration(table, column, names, {"table_name": table, "column_name": column, **values})
