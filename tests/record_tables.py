"""Hand-written record-level tables for KPI tests: a few rows in, the KPI's rows out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow
from pyarrow import parquet
from shared_records import AUTHORITY, shared_records

from improvement_board.building.records import SourceFolder
from improvement_board.declared.kpis import Definition, load_library
from improvement_board.declared.tables import declared_tables
from improvement_board.protection.edition_counts import NAMED

Row = Mapping[str, Any]
__all__ = ["AUTHORITY", "brief", "compute", "key_of"]


def compute(
    kpi: str | Definition,
    folder: Path,
    tables: Mapping[str, Sequence[Row]],
    *,
    last_day: date,
    first_day: date,
    parameters: Mapping[str, Any] | None = None,
) -> list[dict[str, Any]]:
    """The rows a KPI's query gives over these tables, as dictionaries in a fixed order.

    Which children it counts is left out. Each row of a table is a dictionary of some of its columns; the others are
    null. A table with no rows is there and empty.
    """
    files = {}
    for name, rows in tables.items():
        file = folder / f"{name}.parquet"
        columns = sorted({column for row in rows for column in row} | key_of(name))
        cells = {column: [_text_of(row.get(column)) for row in rows] for column in columns}
        parquet.write_table(
            pyarrow.table(cells, pyarrow.schema([(column, pyarrow.string()) for column in columns])), file
        )
        files[name] = file
    source = SourceFolder(folder, files, None, first_day)
    with shared_records(source, last_day) as records:
        relation = records.compute(load_library()[kpi] if isinstance(kpi, str) else kpi, parameters)
        kept = relation.project(", ".join(name for name in relation.columns if name not in NAMED))
        kept_rows = [dict(zip(kept.columns, row, strict=True)) for row in kept.fetchall()]
    return sorted(
        kept_rows, key=lambda row: tuple(str(row[key]) for key in ("period_end", "team", "worker", "category"))
    )


def _text_of(value: Any) -> str | None:
    return None if value is None else str(value)


def key_of(table: str) -> set[str]:
    """The primary key columns of a table."""
    return set(declared_tables()[table].key)


def brief(rows: Sequence[Row], *keys: str) -> list[tuple[Any, ...]]:
    """Some columns of each row, in order, for short comparisons."""
    return [tuple(row[key] for key in keys) for row in rows]
