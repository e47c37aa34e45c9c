"""Hand-written tables for tests of the checks: a few rows in, what failed out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from improvement_board.checks import CheckOutcome, run_checks
from improvement_board.declared.tables import declared_tables
from improvement_board.sources.merge import FileCount, Merged
from improvement_board.sources.staging import ARROW_TYPES

EDITION = date(2026, 9, 30)
Row = Mapping[str, Any]


def merged(folder: Path, tables: Mapping[str, Sequence[Row]]) -> dict[str, Merged]:
    """Each table as a file of its own, as one source gave it; a row has some of the columns, the others are null."""
    merged_tables = {}
    for name, rows in tables.items():
        fields = [(column.name, ARROW_TYPES[column.type]) for column in declared_tables()[name].columns]
        assert all(row.keys() <= dict(fields).keys() for row in rows), name
        file = folder / f"{name}.parquet"
        file.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(pa.Table.from_pylist([dict(row) for row in rows], pa.schema(fields)), file)
        merged_tables[name] = Merged(name, file, (FileCount("ssd", str(file), len(rows), 0),))
    return merged_tables


def checked(
    folder: Path, tables: Mapping[str, Sequence[Row]], *, edition: date = EDITION, own: Path | None = None
) -> CheckOutcome:
    """What the checks find in these tables."""
    return run_checks(merged(folder / "read", tables), edition, folder / "checked", own=own)


def failing(outcome: CheckOutcome, check: str, table: str, column: str | None = None) -> list[int]:
    """The numbers of the rows, from 1, that fail a check of a table (and column)."""
    assert any(
        check_result.check.name == check and check_result.check.table == table for check_result in outcome.results
    ), "it did not run"
    return sorted(
        finding.problem.row
        for finding in outcome.findings
        if finding.rule == check
        and finding.table == table
        and finding.problem.row is not None
        and column in (None, finding.problem.column)
    )


def values(outcome: CheckOutcome, check: str) -> list[object]:
    """What is shown of the rows that fail a check."""
    return [finding.problem.value for finding in outcome.findings if finding.rule == check]


def rows_left(outcome: CheckOutcome, table: str) -> list[dict[str, Any]]:
    """The rows of a table that are counted."""
    table_rows: list[dict[str, Any]] = pq.read_table(outcome.tables[table]).to_pylist()
    return table_rows


def spoiled(connection: duckdb.DuckDBPyConnection, file: Path, table: str, folder: Path) -> Merged:
    """A table with rows there twice, keys that are empty, and days far off, as two files of one source gave it."""
    key, dated_by = declared_tables()[table].key[0], declared_tables()[table].dated_by
    rows = connection.read_parquet(str(file)).project("*, row_number() over () as number")
    columns = [
        f"case when number % 17 = 0 then null else {key} end as {key}",
        f"case when number % 13 = 0 then date '2062-01-01' else {dated_by} end as {dated_by}",
        "'ssd' as _source",
        "case when number % 2 = 0 then 'even.csv' else 'odd.csv' end as _file",
        "number as _row",
    ]
    others = [name for name in rows.columns if name not in (key, dated_by, "number")]
    bad = rows.project(", ".join([*columns, *others]))
    bad.union(bad.filter("_row % 11 = 0")).write_parquet(str(folder / f"{table}.parquet"))
    return Merged(table, folder / f"{table}.parquet", (FileCount("ssd", "even.csv", 0, 0),))
