"""What is odd about a ready KPI extract as a whole: rows that add up others, shares for percentages, parts above their
whole. Each row by itself keeps the contract."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb

from improvement_board.declared.kpis import Definition
from improvement_board.errors import Problem
from improvement_board.sources.findings import Finding, Severity
from improvement_board.sources.sums import MESSAGE, NUMBERS_TO_BE_SURE, RULE, WAY_OUT, sums_of_others
from improvement_board.sql.session import run_over, scratch

PERCENT = "percent"
NAMES = ("team", "category")
SURE_WITHOUT_NAME = 2  # different numbers, of a row that has no name beside rows that have


def find_oddities(written: Path, definition: Definition, file: Path) -> Iterator[Finding]:
    """Findings about a KPI's rows, written in the columns of the contract; `file` is the one that is named."""
    with scratch() as connection:
        rows = connection.read_parquet(str(written))
        for column in NAMES:
            yield from _sums(rows, column, file)
        if definition.unit == PERCENT:
            yield from _no_percentages(rows, file)


def _sums(rows: duckdb.DuckDBPyRelation, column: str, file: Path) -> Iterator[Finding]:
    columns = {"period_end": "period_end", column: "name", "numerator": "first_number", "denominator": "second_number"}
    named = rows.select(*(duckdb.ColumnExpression(written).alias(other) for written, other in columns.items()))
    for name, different in sums_of_others(named.filter("first_number is not null")).items():
        is_sure = different >= (NUMBERS_TO_BE_SURE if name else SURE_WITHOUT_NAME)
        severity: Severity = "stop" if is_sure else "warning"
        message = f"{MESSAGE}, and the dashboard would count it twice" if is_sure else f"{MESSAGE}? It was counted"
        yield Finding(RULE, severity, Problem(file, message, column=column, value=name, allowed=WAY_OUT))


def _no_percentages(rows: duckdb.DuckDBPyRelation, file: Path) -> Iterator[Finding]:
    for greatest, has_parts, above in run_over(rows, "extract", "checking/extract_sense"):
        if greatest is not None and 0 < greatest <= 1 and has_parts:
            message = "has no value above 1: are these shares, where percentages are asked for?"
            problem = Problem(file, message, column="value", value=str(greatest), allowed="20 for 20%")
            yield Finding("shares-not-percentages", "warning", problem)
        if above:
            message = f"has a numerator above its denominator in {above:,} rows: more than 100%"
            yield Finding("more-than-all", "warning", Problem(file, message, column="numerator"))
