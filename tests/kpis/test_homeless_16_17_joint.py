from datetime import date
from pathlib import Path
from typing import Any

import pytest
from holders import BEFORE_DAY, DAY, DAY_BEFORE, FEBRUARY, FIRST, JANUARY, LAST, MARCH, ON_DAY, handed_over
from rows import Row
from twice import Result, twice


def presented(day: date | None, joint: date | None, person: str | None = "C1") -> Row:
    return {"person_id": person, "presented_date": day, "joint_assessment_date": joint}


def figures(
    folder: Path, rows: list[Row], last_day: date = LAST, limits: dict[str, Any] | None = None, **tables: Any
) -> Result:
    given = {"homeless_young_people": rows, **tables}
    return twice("homeless_16_17_joint", folder, given, first_day=FIRST, last_day=last_day, parameters=limits)


def test_assessed_within_10_working_days_counts_in_the_month_of_presenting(tmp_path: Path) -> None:
    """Presented on Tuesday 10 February: the tenth working day is Tuesday 24 February."""
    joint = [DAY, date(2026, 2, 24), date(2026, 2, 25), DAY_BEFORE, None]
    rows = [presented(DAY, day, f"C{number}") for number, day in enumerate(joint)]
    assert figures(tmp_path, rows) == {(FEBRUARY, None, None, None): (2.0, 5.0)}


@pytest.mark.parametrize(
    ("last_day", "limits", "is_given"),
    [
        (MARCH, None, False),
        (date(2026, 4, 15), None, False),
        (date(2026, 4, 16), None, True),
        (date(2026, 4, 16), {"limit_working_days": 11}, False),
        (date(2026, 4, 17), {"limit_working_days": 11}, True),
    ],
)
def test_a_month_is_not_judged_before_the_time_of_its_last_day_is_up(
    tmp_path: Path, last_day: date, limits: dict[str, Any] | None, is_given: bool
) -> None:
    """Also where that of those who did present is: the tenth working day after 31 March is 16 April, after Easter."""
    rows = [presented(date(2026, 3, 3), date(2026, 3, 3)), presented(date(2026, 3, 4), None)]
    kpi_figures = figures(tmp_path, rows, last_day, limits)
    assert kpi_figures == ({(MARCH, None, None, None): (1.0, 2.0)} if is_given else {})


def test_counted_from_the_months_first_day_to_its_last(tmp_path: Path) -> None:
    days = [date(2025, 12, 31), date(2026, 1, 31), date(2026, 2, 1), date(2026, 3, 17), date(2026, 4, 1), None]
    kpi_figures = figures(tmp_path, [presented(day, None) for day in days], date(2026, 4, 30))
    assert kpi_figures == {(end, None, None, None): (0.0, 1.0) for end in (JANUARY, FEBRUARY, MARCH)}


def test_each_presentation_counts_and_one_written_twice_counts_once(tmp_path: Path) -> None:
    rows = [presented(DAY, DAY), presented(DAY, DAY), presented(DAY_BEFORE, None)]
    assert figures(tmp_path, rows) == {(FEBRUARY, None, None, None): (1.0, 2.0)}


def test_team_and_worker_are_those_allocated_on_the_day(tmp_path: Path) -> None:
    rows = [presented(DAY_BEFORE, DAY), presented(DAY, None), presented(DAY, DAY, "C2"), presented(DAY, DAY, "C3")]
    assert figures(tmp_path, rows, **handed_over()) == {
        (FEBRUARY, *BEFORE_DAY, None): (1.0, 1.0),
        (FEBRUARY, *ON_DAY, None): (0.0, 1.0),
        (FEBRUARY, None, None, None): (2.0, 2.0),
    }


def test_nobody_presenting_gives_no_figures(tmp_path: Path) -> None:
    assert figures(tmp_path, []) == {}
    assert figures(tmp_path, [presented(DAY, DAY, None)]) == {}
