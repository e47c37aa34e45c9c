"""Columns that are empty in a part of their rows: left out, or a caveat, wherever a KPI rests on them."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import pytest

from improvement_board.common.progress import report_nothing
from improvement_board.sources.adapter import ReadingOptions
from improvement_board.sources.findings import Findings
from improvement_board.sources.gaps import Gap, gaps_in
from improvement_board.sources.merge import merge
from improvement_board.sources.settings import SourceSettings
from improvement_board.sources.staging import Staging
from improvement_board.sources.tabular import LocalTables

EDITION = dt.date(2026, 3, 31)
MONTHS = ("2026-01-31", "2026-02-28", "2026-03-31")
HEADER = ("professional_id", "period_end", "team", "social_worker_flag", "agency_flag", "fte", "end_date")
ROWS = [[f"W{at}", month, "North", "Y", "N", "1", ""] for month in MONTHS for at in range(40)]


def gap_of(folder: Path, column: str, cells: Sequence[str]) -> Gap | None:
    """The gap of a column of workforce that has these cells, one a row."""
    at = HEADER.index(column)
    rows = [[*row[:at], cell, *row[at + 1 :]] for row, cell in zip(ROWS, cells, strict=True)]
    return gap_in(folder, "workforce", column, [HEADER, *rows])


def gap_in(folder: Path, table: str, column: str, rows: Sequence[Sequence[str]]) -> Gap | None:
    """The gap of a column of a local table that has these rows."""
    file = folder / f"{table}.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)
    findings = Findings()
    with Staging(folder / "staged", "local") as staging:
        LocalTables().read([file], staging, findings, ReadingOptions(EDITION), report_nothing)
    tables = merge({table: {"local": staging.tables[table].file}}, SourceSettings(), folder / "merged")
    return gaps_in(tables, {table: tables[table].file}, findings).get((table, column))


@pytest.mark.parametrize(
    ("column", "known", "empty", "why"),
    [
        ("agency_flag", "N", 61, "it is empty in 61 of 120 rows"),
        ("agency_flag", "N", 60, None),
        ("fte", "1", 2, "it is empty in 2 of 120 rows"),
        ("fte", "1", 1, None),
        ("end_date", "2026-01-31", 119, None),
    ],
)
def test_a_column_that_is_empty_in_many_rows_leaves_a_caveat(
    tmp_path: Path, column: str, known: str, empty: int, why: str | None
) -> None:
    cells = ["" if at < empty else known for at in range(len(ROWS))]
    gap = gap_of(tmp_path, column, cells)
    assert gap == (Gap("workforce", column, False, why) if why else None)


@pytest.mark.parametrize("column", ["agency_flag", "fte"])
def test_a_column_that_is_empty_in_the_latest_month_leaves_the_figure_out(tmp_path: Path, column: str) -> None:
    cells = ["" if row[1] == MONTHS[-1] else row[HEADER.index(column)] for row in ROWS]
    gap = gap_of(tmp_path, column, cells)
    assert gap == Gap("workforce", column, True, "it is empty in every row of the latest month")


@pytest.mark.parametrize(
    ("cell", "is_lost"),
    [("#N/A", True), ("Not known", True), ("TBC", False), ("-1", False), ("01/01/1900", False), ("31/12/9999", False)],
)
def test_a_day_that_is_not_known_is_lost_and_one_that_says_none_is_not(
    tmp_path: Path, cell: str, is_lost: bool
) -> None:
    cells = [cell if at < 5 else "2026-01-31" for at in range(len(ROWS))]
    gap = gap_of(tmp_path, "end_date", cells)
    assert gap == (Gap("workforce", "end_date", False, "5 of 120 values could not be read") if is_lost else None)


def test_a_day_that_dates_a_row_may_be_lost_too(tmp_path: Path) -> None:
    rows = [[f"R{at}", f"C{at}", "#N/A" if at < 2 else "2026-01-30", "2026-01-30", "attended"] for at in range(10)]
    header = ["review_id", "person_id", "due_date", "held_date", "participation"]
    gap = gap_in(tmp_path, "cin_reviews", "due_date", [header, *rows])
    assert gap == Gap("cin_reviews", "due_date", False, "2 of 10 values could not be read")
