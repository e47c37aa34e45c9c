from datetime import date
from pathlib import Path
from typing import Any

from rows import Row, department, involvement
from twice import Result, twice

FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)
FEBRUARY, MARCH = date(2026, 2, 28), date(2026, 3, 31)


def audit(number: int, planned: date | None, completed: date | None, **columns: Any) -> Row:
    usual = {"person_id": "C1", "team": "T1", "professional_id": "W1", "grade": "good"}
    return {"audit_id": f"A{number}", "planned_date": planned, "completed_date": completed, **usual, **columns}


def figures(folder: Path, audits: list[Row], **tables: Any) -> Result:
    return twice("audits_completed", folder, {"audits": audits, **tables}, first_day=FIRST, last_day=LAST)


def test_completed_on_the_months_first_or_last_day_is_in_it_and_a_day_outside_is_not(tmp_path: Path) -> None:
    planned = date(2026, 2, 10)
    days = [date(2026, 1, 31), date(2026, 2, 1), date(2026, 2, 28), date(2026, 3, 1), None]
    audits = [audit(number, planned, day) for number, day in enumerate(days)]
    assert figures(tmp_path, audits) == {(FEBRUARY, "T1", "W1", None): (2.0, 5.0)}


def test_the_same_month_of_another_year_is_another_month(tmp_path: Path) -> None:
    assert figures(tmp_path, [audit(1, date(2026, 2, 10), date(2025, 2, 10))]) == {
        (FEBRUARY, "T1", "W1", None): (0.0, 1.0)
    }


def test_planned_outside_the_records_or_never_is_not_counted(tmp_path: Path) -> None:
    audits = [
        audit(1, date(2025, 12, 31), date(2026, 1, 5)),
        audit(2, date(2026, 4, 1), None),
        audit(3, None, date(2026, 3, 5)),
        audit(4, date(2026, 3, 31), date(2026, 3, 31)),
    ]
    assert figures(tmp_path, audits) == {(MARCH, "T1", "W1", None): (1.0, 1.0)}


def test_the_audits_own_team_and_worker_stand_before_the_allocated_ones(tmp_path: Path) -> None:
    planned, completed = date(2026, 2, 10), date(2026, 2, 20)
    involvements = [
        involvement("C1", "W8", date(2025, 6, 1), completed, invo_professional_team="T8"),
        involvement("C1", "W9", completed, None, invo_professional_team="T9"),
    ]
    audits = [
        audit(1, planned, completed),
        audit(2, planned, completed, team=None, professional_id=None),
        audit(3, planned, None, professional_id=None),
        audit(4, planned, None, team=None, professional_id=None, person_id=None),
    ]
    names = [department("T1", "North"), department("T8", "South")]
    assert figures(tmp_path, audits, ssd_involvements=involvements, ssd_department=names) == {
        (FEBRUARY, "North", "W1", None): (1.0, 1.0),
        (FEBRUARY, "South", "W8", None): (1.0, 1.0),
        (FEBRUARY, "North", "W8", None): (0.0, 1.0),
        (FEBRUARY, None, None, None): (0.0, 1.0),
    }


def test_one_audit_written_twice_counts_once(tmp_path: Path) -> None:
    day = date(2026, 3, 3)
    assert figures(tmp_path, [audit(1, day, day), audit(1, day, day)]) == {(MARCH, "T1", "W1", None): (1.0, 1.0)}


def test_no_audits_give_no_figures(tmp_path: Path) -> None:
    assert figures(tmp_path, []) == {}
