"""Cells of tables as values: the usual shapes in one go, the others one by one, and the same by either way."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from examples import tried
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tabular_reading import read, saved

from improvement_board.declared.tables import Column, declared_tables
from improvement_board.sources.tabular import LocalTables
from improvement_board.sources.values import UnfitValueError, value_of_column

MAY = dt.date(2026, 5, 4)
MOMENT = dt.datetime.fromisoformat("2026-05-04T13:14")
WORKFORCE = (
    "professional_id,period_end,team,role,social_worker_flag,agency_flag,fte,start_date,end_date,working_days_lost"
)


def column_of(folder: Path, table: str, column: str, cells: list[str], **options: Any) -> Any:
    """A reading of a table whose rows have these cells in a column, and their place in its key."""
    declared = declared_tables()[table]
    others = [declared_column.name for declared_column in declared.columns if declared_column.name != column]
    keys = {"professional_id", "period_end", "audit_id", "training_id", "supervision_id", "missing_id", "person_id"}
    lines = [",".join([*others, column])]
    for number, cell in enumerate(cells):
        filled = [
            f"{number}" if other_column in keys and "period" not in other_column else "" for other_column in others
        ]
        filled = [
            "2026-09-30" if other_column == "period_end" else cell_
            for other_column, cell_ in zip(others, filled, strict=True)
        ]
        lines.append(",".join([*filled, '"' + cell.replace('"', '""') + '"']))
    file = saved(folder, "\n".join(lines) + "\n", f"{table}.csv")
    return read(file, adapter=LocalTables(), **options)


def test_a_day_in_any_usual_shape(tmp_path: Path) -> None:
    days = ["2026-05-04", "2026-5-4", "04/05/2026", "4/5/2026", "4/5/26", "04-05-2026", "04.05.2026", "4 May 2026"]
    days += ["04-May-26", "4th May 2026", "46146", "46146.6", "2026-05-04T00:00:00", "2026-05-04 13:14:15.123456"]
    days += ["2026-05-04 13:14:15.1234567", "04/05/2026 13:14", " 2026-05-04 ", "2026-05-04\u00a0"]
    reading = column_of(tmp_path, "audits", "completed_date", days)
    assert reading.brief() == []
    assert reading.column("audits", "completed_date") == [MAY] * len(days)


def test_month_first_where_it_is_said(tmp_path: Path) -> None:
    cells = ["05/04/2026", "5/4/26", "2026-05-04"]
    reading = column_of(tmp_path, "audits", "completed_date", cells, day_first=False)
    assert reading.column("audits", "completed_date") == [MAY] * 3


@pytest.mark.parametrize("column", ["completed_date", "grade", "family_feedback_flag", "team"])
def test_blank_cells_in_their_usual_words_are_empty_without_a_finding(tmp_path: Path, column: str) -> None:
    cells = ["", "-", "N/A", "NULL", "null", "None", "nan", "--", " (blank) ", "Nil", "NA"]
    reading = column_of(tmp_path, "audits", column, cells)
    assert reading.brief() == []
    assert reading.column("audits", column) == [None] * len(cells)


def test_not_applicable_is_a_code_where_the_dataset_has_it(tmp_path: Path) -> None:
    rows = "M1,P1,NA,na\nM2,P1,Y, NA \nM3,P1,N/A,\n"
    text = f"miss_table_id,miss_person_id,miss_missing_rhi_offered,miss_missing_rhi_accepted\n{rows}"
    reading = read(saved(tmp_path, text, "ssd_missing.csv"))
    assert reading.column("ssd_missing", "miss_missing_rhi_offered") == ["NA", "Y", "NA"]
    assert reading.column("ssd_missing", "miss_missing_rhi_accepted") == ["NA", "NA", None]


@pytest.mark.parametrize(
    ("table", "column", "cells", "values"),
    [
        ("workforce", "fte", ["0.6", "1", "1,000.5", "60%", "-2", "1e3", " .5"], [0.6, 1, 1000.5, 0.6, -2, 1000, 0.5]),
        ("attendance", "sessions_possible", ["12", "12.0", "1,200", "-3"], [12, 12, 1200, -3]),
        (
            "supervision",
            "reflective_flag",
            ["Y", "y", "Yes", "TRUE", "1", "a) Yes", "N", "no", "b) No", "0", "f"],
            [*["Y"] * 6, *["N"] * 5],
        ),
        (
            "training",
            "outcome",
            ["attended", "ATTENDED", " Absent", "a) cancelled"],
            ["attended"] * 2 + ["absent", "cancelled"],
        ),
        (
            "return_interviews",
            "return_time",
            ["2026-05-04 13:14:15", "2026-05-04T13:14:15.9", "04/05/2026 13:14", "2026-05-04", "4/5/26 13:14"],
            [
                *[MOMENT.replace(second=15)] * 2,
                MOMENT,
                MOMENT.replace(hour=0, minute=0),
                MOMENT,
            ],
        ),
        (
            "training",
            "course",
            ["Basics", " two  spaces ", "line\nbreak", "00123", "1.50"],
            ["Basics", "two spaces", "line break", "00123", "1.50"],
        ),
    ],
)
def test_other_values(tmp_path: Path, table: str, column: str, cells: list[str], values: list[Any]) -> None:
    reading = column_of(tmp_path, table, column, cells)
    assert reading.brief() == []
    assert reading.column(table, column) == values


@pytest.mark.parametrize(
    ("table", "column", "cell", "rule", "allowed"),
    [
        ("audits", "completed_date", "32/01/2026", "not-a-date", "a date such as"),
        ("audits", "completed_date", "2026-02-30", "not-a-date", "a date such as"),
        ("audits", "completed_date", "12026-01-01", "not-a-date", "a date such as"),
        ("audits", "completed_date", "soon", "not-a-date", "a date such as"),
        ("audits", "completed_date", "infinity", "not-a-date", "a date such as"),
        ("return_interviews", "interview_time", "2026-01-01 25:00:00", "not-a-date", "a date such as"),
        ("workforce", "fte", "full", "not-a-number", "a number"),
        ("workforce", "fte", "inf", "not-a-number", "a number"),
        ("attendance", "sessions_possible", "12.5", "not-a-whole-number", "a whole number"),
        ("attendance", "sessions_possible", "88888888888", "not-a-whole-number", "a whole number"),
        ("supervision", "reflective_flag", "perhaps", "not-a-flag", "Y or N"),
        ("training", "outcome", "slept", "not-allowed", "absent, attended, cancelled"),
    ],
)
def test_a_cell_that_does_not_fit_is_told_and_left_empty(
    tmp_path: Path, table: str, column: str, cell: str, rule: str, allowed: str
) -> None:
    reading = column_of(tmp_path, table, column, ["", cell])
    assert reading.brief() == [(rule, "warning", column, 3)]
    problem = reading.only(rule).problem
    assert (problem.value, problem.sheet) == (cell, None)
    assert problem.allowed is not None
    assert problem.allowed.startswith(allowed)
    assert reading.column(table, column) == [None, None]


def test_a_row_whose_key_or_date_does_not_fit_is_kept_out(tmp_path: Path) -> None:
    rows = "W1,30/09/2026,,,,,one,,,\nW2,September,,,,,,,,\nW3,soon,,,,,0.5,,,\n"
    reading = read(saved(tmp_path, f"{WORKFORCE}\n{rows}", "workforce.csv"), adapter=LocalTables())
    assert reading.brief() == [
        ("not-a-date", "error", "period_end", 3),
        ("not-a-date", "error", "period_end", 4),
        ("not-a-number", "warning", "fte", 2),
    ]
    assert reading.column("workforce", "professional_id") == ["W1"]
    assert {key: len(rows) for key, rows in reading.findings.rejected.items()} == {("local", "workforce"): 2}


def test_a_long_cell_is_shown_by_its_beginning(tmp_path: Path) -> None:
    problem = column_of(tmp_path, "workforce", "fte", ["x" * 5000]).only("not-a-number").problem
    assert problem.value == "x" * 100 + "…"


def test_a_blank_row_is_no_row(tmp_path: Path) -> None:
    reading = read(saved(tmp_path, "pers_person_id,pers_sex\n1,F\n,\n\n  , - \n2,M\n"))
    assert reading.brief() == []
    assert reading.lines("ssd_person") == [2, 6]


CELLS = st.one_of(
    st.text(max_size=12),
    st.dates(dt.date(1, 1, 1)).map(str),
    st.datetimes().map(str),
    st.floats().map(str),
    st.integers().map(str),
    st.from_regex(r"\d{1,2}[/.-]\d{1,2}[/.-](\d\d|\d{4})( \d\d:\d\d)?", fullmatch=True),
    st.sampled_from(["Y", "no", "a) Yes", "b) Good", "good", "PN1", "NULL", " ", "-", "1,000", "5%", "3.0", "４"]),
)
COLUMNS = {
    "date": ("audits", "completed_date"),
    "time": ("return_interviews", "interview_time"),
    "number": ("workforce", "fte"),
    "integer": ("attendance", "sessions_possible"),
    "flag": ("supervision", "reflective_flag"),
    "allowed": ("audits", "grade"),
    "text": ("training", "course"),
}


def one_by_one(column: Column, cell: str) -> object:
    try:
        return value_of_column(column, cell)
    except UnfitValueError:
        return None


@pytest.mark.parametrize("kind", COLUMNS)
@settings(max_examples=tried(3), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=st.lists(CELLS, min_size=1, max_size=12))
def test_all_at_once_gives_what_one_by_one_gives(tmp_path: Path, kind: str, cells: list[str]) -> None:
    table, name = COLUMNS[kind]
    column = next(
        declared_column for declared_column in declared_tables()[table].columns if declared_column.name == name
    )
    cells = [cell.encode("utf-8", "ignore").decode() for cell in cells]
    reading = column_of(tmp_path, table, name, cells)
    assert reading.column(table, name) == [one_by_one(column, cell) for cell in cells]
