from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from rows import Row, department, worker_month
from twice import Result, twice

FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)
JANUARY, FEBRUARY, MARCH = date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)
DAY = date(2026, 2, 10)
_numbers = count(1)


def course_place(
    day: date | None = DAY, outcome: str | None = "attended", worker: str | None = "W1", **columns: Any
) -> Row:
    return {
        "training_id": f"P{next(_numbers):03}",
        "professional_id": worker,
        "course": "Neglect",
        "course_date": day,
        "required_flag": "Y",
        "outcome": outcome,
        **columns,
    }


def figures(folder: Path, places: list[Row], **tables: Any) -> Result:
    return twice("training_attended", folder, {"training": places, **tables}, first_day=FIRST, last_day=LAST)


@pytest.mark.parametrize(
    ("outcome", "required", "expected"),
    [
        ("attended", "Y", (1.0, 1.0)),
        ("absent", "Y", (0.0, 1.0)),
        (None, "Y", (0.0, 1.0)),
        ("cancelled", "Y", None),
        ("attended", "N", None),
        ("attended", None, None),
    ],
)
def test_attended_of_those_required_and_not_cancelled(
    tmp_path: Path, outcome: str | None, required: str | None, expected: tuple[float, float] | None
) -> None:
    kpi_figures = figures(tmp_path, [course_place(DAY, outcome, required_flag=required)])
    assert kpi_figures == ({(FEBRUARY, None, "W1", "Neglect"): expected} if expected else {})


def test_counted_in_the_month_of_the_course(tmp_path: Path) -> None:
    days = [date(2025, 12, 31), JANUARY, date(2026, 2, 1), LAST, date(2026, 4, 1), None]
    kpi_figures = figures(tmp_path, [course_place(day) for day in days])
    assert kpi_figures == {(month, None, "W1", "Neglect"): (1.0, 1.0) for month in (JANUARY, FEBRUARY, MARCH)}


def test_by_course_and_the_workers_own_team(tmp_path: Path) -> None:
    places = [
        course_place(),
        course_place(course="Exploitation"),
        course_place(course=None),
        course_place(worker="W2"),
        course_place(worker=None),
    ]
    workforce = [worker_month("W1", FEBRUARY, end_date=DAY), worker_month("W2", MARCH)]
    names = [department("T1", "North")]
    assert figures(tmp_path, places, workforce=workforce, ssd_department=names) == {
        (FEBRUARY, "North", "W1", "Neglect"): (1.0, 1.0),
        (FEBRUARY, "North", "W1", "Exploitation"): (1.0, 1.0),
        (FEBRUARY, "North", "W1", None): (1.0, 1.0),
        (FEBRUARY, None, "W2", "Neglect"): (1.0, 1.0),
        (FEBRUARY, None, None, "Neglect"): (1.0, 1.0),
    }


def test_duplicates_count_once_and_no_places_give_no_figure(tmp_path: Path) -> None:
    twin = course_place()
    assert figures(tmp_path, [twin, twin]) == {(FEBRUARY, None, "W1", "Neglect"): (1.0, 1.0)}
    assert figures(tmp_path, []) == {}
