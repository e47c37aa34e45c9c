"""Whether the Parquet files of an edition have the columns and types that the desk reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

import duckdb

from improvement_board.declared.extract_contract import COLUMNS as EXTRACT
from improvement_board.errors import Problem

TEAMS = MappingProxyType(
    {"team": "VARCHAR", "service": "VARCHAR", "first_period_end": "DATE", "last_period_end": "DATE"}
)
ANY = ""  # a type that loading casts: comparators may be written with any tool
BENCHMARKS = MappingProxyType(
    dict.fromkeys(
        (
            "kpi",
            "category",
            "area_type",
            "area_code",
            "area_name",
            "period_start",
            "period_end",
            "value",
            "symbol",
            "source",
            "vintage",
        ),
        ANY,
    )
)


def wrong_columns(connection: duckdb.DuckDBPyConnection, folder: Path, kpis: Iterable[str]) -> list[Problem]:
    """Every file of an edition that is no Parquet, lacks a column, or has one of another type."""
    expected = {folder / f"{kpi}.parquet": EXTRACT for kpi in kpis} | {folder / "teams.parquet": TEAMS}
    benchmarks = folder / "benchmarks.parquet"
    if benchmarks.is_file():
        expected[benchmarks] = BENCHMARKS
    return [problem for file, columns in expected.items() for problem in _compare_columns(connection, file, columns)]


def _compare_columns(connection: duckdb.DuckDBPyConnection, file: Path, columns: Mapping[str, str]) -> list[Problem]:
    try:
        read = connection.read_parquet(str(file))
    except duckdb.Error as error:
        return [Problem(file, f"cannot be read as Parquet: {error}")]
    column_types = dict(zip(read.columns, map(str, read.types), strict=True))
    return [
        Problem(file, _describe_fault(column_types.get(column)), column=column, allowed=kind or None)
        for column, kind in columns.items()
        if column not in column_types or column_types[column] != (kind or column_types[column])
    ]


def _describe_fault(column_type: str | None) -> str:
    return "the column is missing" if column_type is None else f"the column is of the type {column_type}"
