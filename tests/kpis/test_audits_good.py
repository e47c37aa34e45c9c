from datetime import date
from pathlib import Path
from typing import Any

from rows import Row, department, involvement
from twice import Result, twice

FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)
JANUARY, FEBRUARY, MARCH = date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)


def audit(number: int, completed: date | None, grade: str | None, **columns: Any) -> Row:
    usual = {"person_id": "C1", "team": "T1", "professional_id": "W1", "case_type": "in need"}
    return {"audit_id": f"A{number}", "completed_date": completed, "grade": grade, **usual, **columns}


def figures(folder: Path, audits: list[Row], **tables: Any) -> Result:
    return twice("audits_good", folder, {"audits": audits, **tables}, first_day=FIRST, last_day=LAST)


def test_good_and_outstanding_of_those_graded(tmp_path: Path) -> None:
    grades = ["outstanding", "good", "Good", "requires improvement", "inadequate", None, "not graded"]
    audits = [audit(number, date(2026, 2, 10), grade) for number, grade in enumerate(grades)]
    assert figures(tmp_path, audits) == {(FEBRUARY, "T1", "W1", "in need"): (3.0, 5.0)}


def test_a_month_of_ungraded_audits_has_no_figure(tmp_path: Path) -> None:
    assert figures(tmp_path, [audit(1, date(2026, 2, 10), None)]) == {}


def test_the_overall_grade_counts_and_not_the_moderated_one(tmp_path: Path) -> None:
    audits = [audit(1, date(2026, 2, 10), "good", moderated_grade="inadequate", moderated_date=date(2026, 2, 12))]
    assert figures(tmp_path, audits) == {(FEBRUARY, "T1", "W1", "in need"): (1.0, 1.0)}


def test_counted_in_the_month_of_completion_whenever_planned(tmp_path: Path) -> None:
    audits = [
        audit(1, date(2026, 1, 31), "good", planned_date=date(2025, 11, 1)),
        audit(2, date(2026, 2, 1), "good", planned_date=date(2026, 3, 1)),
        audit(3, date(2025, 12, 31), "good"),
        audit(4, date(2026, 4, 1), "good"),
        audit(5, None, "good", planned_date=date(2026, 3, 1)),
        audit(6, date(2026, 3, 31), "inadequate"),
    ]
    assert figures(tmp_path, audits) == {
        (JANUARY, "T1", "W1", "in need"): (1.0, 1.0),
        (FEBRUARY, "T1", "W1", "in need"): (1.0, 1.0),
        (MARCH, "T1", "W1", "in need"): (0.0, 1.0),
    }


def test_by_case_type_with_those_not_recorded_apart(tmp_path: Path) -> None:
    kinds = ["in care", "in care", None]
    audits = [audit(number, date(2026, 2, 10), "good", case_type=kind) for number, kind in enumerate(kinds)]
    assert figures(tmp_path, audits) == {
        (FEBRUARY, "T1", "W1", "in care"): (2.0, 2.0),
        (FEBRUARY, "T1", "W1", None): (1.0, 1.0),
    }


def test_the_audits_own_team_and_worker_stand_before_the_allocated_ones(tmp_path: Path) -> None:
    completed = date(2026, 2, 20)
    involvements = [
        involvement("C1", "W8", date(2025, 6, 1), completed, invo_professional_team="T8"),
        involvement("C1", "W9", completed, None, invo_professional_team="T9"),
    ]
    audits = [
        audit(1, completed, "good"),
        audit(2, completed, "good", team=None, professional_id=None, planned_date=date(2026, 2, 1)),
        audit(3, completed, "good", team=None, professional_id=None, person_id=None),
    ]
    names = [department("T1", "North")]
    assert figures(tmp_path, audits, ssd_involvements=involvements, ssd_department=names) == {
        (FEBRUARY, "North", "W1", "in need"): (1.0, 1.0),
        (FEBRUARY, "T9", "W9", "in need"): (1.0, 1.0),
        (FEBRUARY, None, None, "in need"): (1.0, 1.0),
    }


def test_one_audit_written_twice_counts_once(tmp_path: Path) -> None:
    twins = [audit(1, date(2026, 3, 3), "good"), audit(1, date(2026, 3, 3), "good")]
    assert figures(tmp_path, twins) == {(MARCH, "T1", "W1", "in need"): (1.0, 1.0)}


def test_no_audits_give_no_figures(tmp_path: Path) -> None:
    assert figures(tmp_path, []) == {}
