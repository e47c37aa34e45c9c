"""The calendar and the tables that KPIs share, over hand-made rows."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from record_folders import read_source_folder
from test_records import AUTHORITY, LAST, SUPERVISION, opened, put, rows_of

from improvement_board.building.records import Records, open_records
from improvement_board.common.working_days import bank_holidays
from improvement_board.declared.shared_queries import SharedQuery, shared_queries
from improvement_board.errors import InputError


@pytest.fixture(scope="module")
def calendar(tmp_path_factory: pytest.TempPathFactory) -> Records:
    text = SUPERVISION + "1,w1,2024-12-20\n"
    return opened(tmp_path_factory.mktemp("records"), {"supervision.csv": text})


def test_months_run_whole_from_the_first_record_to_the_edition(calendar: Records) -> None:
    months = rows_of(calendar, "months")
    assert calendar.first_day == date(2024, 12, 1)
    assert months[0] == (AUTHORITY, date(2024, 12, 1), date(2024, 12, 31))
    assert months[-1] == (AUTHORITY, date(2026, 6, 1), date(2026, 6, 30))
    assert len(months) == 19


def test_a_month_that_is_not_over_is_left_out(tmp_path: Path) -> None:
    source = read_source_folder(put(tmp_path, {"supervision.csv": SUPERVISION + "1,w,2026-05-01\n"}))
    records = open_records(source, AUTHORITY, date(2026, 6, 29))
    assert [end for _, _, end in rows_of(records, "months")] == [date(2026, 5, 31)]


@pytest.mark.parametrize(
    ("event", "day", "working_days"),
    [
        ("2026-06-05", "2026-06-05", 0),  # the day itself
        ("2026-06-05", "2026-06-08", 1),  # a Friday to a Monday
        ("2026-06-06", "2026-06-08", 1),  # from a Saturday
        ("2025-12-24", "2025-12-29", 1),  # Christmas Day and Boxing Day, then a weekend
        ("2025-12-31", "2026-01-02", 1),  # New Year's Day
        ("2026-04-02", "2026-04-07", 1),  # Good Friday to Easter Monday
        ("2026-05-01", "2026-05-05", 1),  # early May bank holiday
        ("2026-05-22", "2026-05-26", 1),  # spring bank holiday
        ("2025-08-22", "2025-08-26", 1),  # summer bank holiday: England's, in August's last week
        ("2026-03-16", "2026-03-18", 2),  # St Patrick's Day is Northern Ireland's
        ("2025-08-01", "2025-08-05", 2),  # and the first Monday of August Scotland's
        ("2021-12-24", "2021-12-29", 1),  # Christmas and Boxing Day at a weekend, kept on Monday and Tuesday
        ("2022-06-01", "2022-06-06", 1),  # the Platinum Jubilee: Thursday and Friday
        ("2022-09-16", "2022-09-20", 1),  # the state funeral of Elizabeth II
        ("2023-05-05", "2023-05-09", 1),  # the coronation of Charles III
        ("2026-01-02", "2026-03-09", 46),  # no bank holiday between: nine weeks and a day
    ],
)
def test_working_days_leave_out_weekends_and_englands_bank_holidays(
    calendar: Records, event: str, day: str, working_days: int
) -> None:
    number = {str(day): day_number for day, _, day_number in rows_of(calendar, "working_days")}
    assert number[day] - number[event] == working_days


def test_the_calendar_reaches_before_the_first_record_and_past_the_edition() -> None:
    days = bank_holidays(2014, 2027)
    assert {date(2015, 12, 25), date(2019, 4, 19), date(2027, 12, 27)} <= set(days)


@pytest.mark.parametrize("query", shared_queries(), ids=lambda query: query.name)
def test_a_shared_query_finds_all_that_it_reads(tmp_path: Path, query: SharedQuery) -> None:
    records = opened(tmp_path, {"supervision.csv": SUPERVISION + "1,w,2026-05-01\n"})
    records.table(query.name)
    waiting = records.tables.waiting.keys()
    others = {other.name for other in shared_queries()} - {query.name, *needed_by(query)}
    assert not waiting & {query.name, *query.uses}
    assert others <= waiting, "made, though nothing needs them"


def needed_by(query: SharedQuery) -> set[str]:
    by_name = {other.name: other for other in shared_queries()}
    return {name for use in query.uses for name in (use, *needed_by(by_name[use]))}


INVOLVEMENTS = (
    "invo_involvements_id,invo_person_id,invo_professional_id,invo_professional_role_id,invo_professional_team,"
    "invo_involvement_start_date,invo_involvement_end_date\n"
)
ROLE = "Allocated Case Worker"


def allocations(folder: Path, *rows: str, overrides: Any = None) -> list[tuple[Any, ...]]:
    files = {
        "ssd_involvements.csv": INVOLVEMENTS + "\n".join(rows) + "\n",
        "ssd_department.csv": "dept_team_id,dept_team_name,dept_team_parent_name\nt1,North,Help\nt1,Nørth,Other\n",
    }
    allocation_rows = rows_of(opened(folder, files, overrides), "allocations")
    return [
        (worker, team, start.isoformat(), end and end.isoformat()) for _, worker, team, start, end in allocation_rows
    ]


def test_where_allocations_overlap_the_latest_start_wins_and_the_earlier_returns(tmp_path: Path) -> None:
    assert allocations(
        tmp_path,
        f"1,p,anna,{ROLE},t1,2026-01-01,",
        f"2,p,ben,{ROLE},t2,2026-02-01,2026-03-01",
    ) == [
        ("anna", "North", "2026-01-01", "2026-02-01"),
        ("ben", "t2", "2026-02-01", "2026-03-01"),
        ("anna", "North", "2026-03-01", None),
    ]


def test_of_two_that_start_together_the_lowest_id_wins(tmp_path: Path) -> None:
    both = (f"2,p,ben,{ROLE},t2,2026-01-01,", f"1,p,anna,{ROLE},t2,2026-01-01,2026-04-01")
    assert allocations(tmp_path, *both) == [
        ("anna", "t2", "2026-01-01", "2026-04-01"),
        ("ben", "t2", "2026-04-01", None),
    ]


def test_other_roles_and_spells_without_a_day_in_them_are_no_allocation(tmp_path: Path) -> None:
    rows = (
        "1,p,anna,Family Support Worker,t2,2026-01-01,",
        f"2,p,ben,{ROLE},t2,2026-01-05,2026-01-05",
        f"3,p,cleo,{ROLE},t2,2026-01-09,2026-01-02",
        f"4,p,dev,{ROLE},t2,,2026-01-02",
        f"5,,eve,{ROLE},t2,2026-01-02,",
        f"6,q,flo,{ROLE},t2,2026-01-02,2026-01-10",
    )
    assert allocations(tmp_path, *rows) == [("flo", "t2", "2026-01-02", "2026-01-10")]
    overrides = {"allocations": {"allocated_roles": ["Family Support Worker"]}}
    assert allocations(tmp_path, *rows, overrides=overrides) == [("anna", "t2", "2026-01-01", None)]


def test_the_worker_of_a_month_end_is_the_one_allocated_then(tmp_path: Path) -> None:
    rows = (f"1,p,anna,{ROLE},t2,2026-01-31,2026-03-31", f"2,p,ben,{ROLE},t2,2026-03-31,2026-05-01")
    allocations(tmp_path, *rows)
    allocation_rows = rows_of(open_records(read_source_folder(tmp_path), AUTHORITY, LAST), "allocation_months")
    assert sorted((end.isoformat(), worker) for end, _, worker, _ in allocation_rows) == [
        ("2026-01-31", "anna"),
        ("2026-02-28", "anna"),
        ("2026-03-31", "ben"),
        ("2026-04-30", "ben"),
    ]


def test_a_bad_parameter_of_a_shared_query_names_the_query(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        allocations(tmp_path, overrides={"allocations": {"roles": 3}})
    assert error.value.problems[0].file == "queries/shared/allocations.sql"
