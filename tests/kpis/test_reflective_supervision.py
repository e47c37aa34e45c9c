from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from rows import Row, department, worker_month
from twice import Result, twice

FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)
JANUARY, FEBRUARY, MARCH = date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)
DAY = date(2026, 2, 10)
_numbers = count(1)


def session(day: date | None, is_reflective: str | None = "Y", worker: str | None = "W1") -> Row:
    return {
        "supervision_id": f"S{next(_numbers):03}",
        "professional_id": worker,
        "supervision_date": day,
        "reflective_flag": is_reflective,
    }


def figures(folder: Path, sessions: list[Row], **tables: Any) -> Result:
    return twice("reflective_supervision", folder, {"supervision": sessions, **tables}, first_day=FIRST, last_day=LAST)


def test_only_yes_is_reflective(tmp_path: Path) -> None:
    sessions = [session(DAY, flag) for flag in ("Y", "Y", "N", None)]
    assert figures(tmp_path, sessions) == {(FEBRUARY, None, "W1", None): (2.0, 4.0)}


def test_counted_in_the_month_it_was_held(tmp_path: Path) -> None:
    days = [date(2025, 12, 31), JANUARY, date(2026, 2, 1), LAST, date(2026, 4, 1), None]
    kpi_figures = figures(tmp_path, [session(day) for day in days])
    assert kpi_figures == {(month, None, "W1", None): (1.0, 1.0) for month in (JANUARY, FEBRUARY, MARCH)}


def test_the_team_is_the_workers_own_in_that_month_gone_by_its_end_or_not(tmp_path: Path) -> None:
    workforce = [
        worker_month("W1", JANUARY, team="T2"),
        worker_month("W1", FEBRUARY, end_date=date(2026, 2, 15)),
        worker_month("W2", FEBRUARY, team=None),
        worker_month("W2", FEBRUARY, team=None),
        worker_month("W3", FEBRUARY, social_worker_flag="N", agency_flag="Y", fte=None),
    ]
    sessions = [session(JANUARY), *(session(DAY, worker=worker) for worker in ("W1", "W2", "W3", "W4", None))]
    names = [department("T1", "North")]
    assert figures(tmp_path, sessions, workforce=workforce, ssd_department=names) == {
        (JANUARY, "T2", "W1", None): (1.0, 1.0),
        (FEBRUARY, "North", "W1", None): (1.0, 1.0),
        (FEBRUARY, None, "W2", None): (1.0, 1.0),
        (FEBRUARY, "North", "W3", None): (1.0, 1.0),
        (FEBRUARY, None, "W4", None): (1.0, 1.0),
        (FEBRUARY, None, None, None): (1.0, 1.0),
    }


def test_a_session_written_twice_counts_once_and_two_of_a_day_twice(tmp_path: Path) -> None:
    twin = session(DAY)
    assert figures(tmp_path, [twin, twin, session(DAY, "N")]) == {(FEBRUARY, None, "W1", None): (1.0, 2.0)}


def test_no_sessions_give_no_figure(tmp_path: Path) -> None:
    assert figures(tmp_path, [], workforce=[worker_month("W1", FEBRUARY)]) == {}
