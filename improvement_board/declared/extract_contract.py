"""The KPI-extract contract: the columns every extract has, their types and order."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType

import duckdb

from improvement_board.errors import InputError, Problem

COLUMNS = MappingProxyType(
    {
        "authority": "VARCHAR",
        "period_end": "DATE",
        "period": "VARCHAR",
        "team": "VARCHAR",
        "worker": "VARCHAR",
        "category": "VARCHAR",
        "numerator": "DOUBLE",
        "denominator": "DOUBLE",
        "value": "DOUBLE",
        "symbol": "VARCHAR",
    }
)
OPTIONAL = MappingProxyType({"period": "'month'", "value": "null", "symbol": "null"})
ORDER = "period_end, team nulls first, worker nulls first, category nulls first"


def has_columns(rows: duckdb.DuckDBPyRelation, file: str | Path) -> frozenset[str]:
    """The columns, in small letters, of rows from a file, or of its query. Raises InputError naming each column of the
    contract that they lack."""
    there = frozenset(name.lower() for name in rows.columns)
    missing = [column for column in COLUMNS if column not in there and column not in OPTIONAL]
    if missing:
        allowed = ", ".join(COLUMNS)
        raise InputError([Problem(file, "the column is missing", column=column, allowed=allowed) for column in missing])
    return there
