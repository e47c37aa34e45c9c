from datetime import date
from pathlib import Path
from typing import Any

import pytest
from rows import Row, department, worker_month
from twice import Result, twice

FIRST, LAST = date(2024, 1, 1), date(2024, 3, 31)
FEBRUARY = date(2024, 2, 29)


def agency(worker: str, start: date | None, day: date = LAST, **columns: Any) -> Row:
    return worker_month(worker, day, agency_flag="Y", start_date=start, **columns)


def figures(folder: Path, *workforce: Row, **tables: Any) -> Result:
    return twice("agency_tenure", folder, {"workforce": list(workforce), **tables}, first_day=FIRST, last_day=LAST)


@pytest.mark.parametrize(
    ("day", "start", "is_here_a_year"),
    [
        (LAST, date(2023, 3, 31), 1.0),
        (LAST, date(2023, 4, 1), 0.0),
        (FEBRUARY, date(2023, 2, 28), 1.0),
        (FEBRUARY, date(2023, 3, 1), 0.0),
        (LAST, LAST, 0.0),
        (LAST, None, 0.0),
    ],
)
def test_12_months_by_the_calendar(tmp_path: Path, day: date, start: date | None, is_here_a_year: float) -> None:
    assert figures(tmp_path, agency("W1", start, day)) == {(day, "T1", None, None): (is_here_a_year, 1.0)}


def test_heads_of_agency_social_workers_in_post(tmp_path: Path) -> None:
    """Whatever their hours; who is employed, no social worker, gone or not yet there does not count."""
    long_ago = date(2020, 1, 1)
    kpi_figures = figures(
        tmp_path,
        agency("part time", long_ago, fte=0.2),
        agency("no hours", long_ago, fte=None),
        agency("goes tomorrow", long_ago, end_date=date(2024, 4, 1)),
        agency("new", LAST),
        agency("gone", long_ago, end_date=LAST),
        agency("to come", date(2024, 4, 1)),
        agency("adviser", long_ago, social_worker_flag="N"),
        agency("not recorded", long_ago, social_worker_flag=None),
        worker_month("employed", LAST),
        worker_month("agency not recorded", LAST, agency_flag=None),
        agency("after the edition", long_ago, date(2024, 4, 30)),
    )
    assert kpi_figures == {(LAST, "T1", None, None): (3.0, 4.0)}


def test_by_team_never_by_worker(tmp_path: Path) -> None:
    kpi_figures = figures(
        tmp_path,
        agency("W1", date(2020, 1, 1)),
        agency("W2", LAST),
        agency("W3", LAST, team=None),
        agency("W4", LAST, team="T2"),
        ssd_department=[department("T1", "North"), department("T2", "North")],
    )
    assert kpi_figures == {(LAST, "North", None, None): (1.0, 3.0), (LAST, None, None, None): (0.0, 1.0)}


def test_duplicates_count_once_and_nobody_gives_no_figure(tmp_path: Path) -> None:
    assert figures(tmp_path, agency("W1", LAST), agency("W1", LAST)) == {(LAST, "T1", None, None): (0.0, 1.0)}
    assert figures(tmp_path, worker_month("W1", LAST)) == {}
    assert figures(tmp_path) == {}
