from datetime import date
from pathlib import Path
from typing import Any

from audit_rows import DAY, FEBRUARY, FIRST, JANUARY, LAST, MARCH, OTHER_TEAMS, audit, with_other_teams
from rows import Row
from twice import Result, twice


def standard(number: int, name: str | None = "plan", grade: str | None = "good") -> Row:
    return {"audit_id": f"A{number}", "standard": name, "grade": grade}


def figures(folder: Path, audits: list[Row], standards: list[Row], **tables: Any) -> Result:
    tables = {"audits": audits, "audit_standards": standards, **tables}
    return twice("audit_standards_good", folder, tables, first_day=FIRST, last_day=LAST)


def test_good_and_outstanding_of_the_standards_graded(tmp_path: Path) -> None:
    grades = ["outstanding", "good", "Good", "requires improvement", "inadequate", None, "not graded"]
    audits = [audit(number, DAY, None) for number in range(len(grades))]
    standards = [standard(number, "plan", grade) for number, grade in enumerate(grades)]
    assert figures(tmp_path, audits, standards) == {(FEBRUARY, "T1", "W1", "plan"): (3.0, 5.0)}


def test_an_audit_has_several_standards(tmp_path: Path) -> None:
    standards = [standard(1, "plan"), standard(1, "chronology", "inadequate"), standard(1, "supervision", None)]
    assert figures(tmp_path, [audit(1)], standards) == {
        (FEBRUARY, "T1", "W1", "chronology"): (0.0, 1.0),
        (FEBRUARY, "T1", "W1", "plan"): (1.0, 1.0),
    }


def test_counted_in_the_month_in_which_the_audit_was_completed(tmp_path: Path) -> None:
    days = [date(2025, 12, 31), date(2026, 1, 31), date(2026, 2, 1), LAST, date(2026, 4, 1), None]
    audits = [audit(number, day) for number, day in enumerate(days)]
    kpi_figures = figures(tmp_path, audits, [standard(number) for number in range(len(days))])
    assert kpi_figures == {(month, "T1", "W1", "plan"): (1.0, 1.0) for month in (JANUARY, FEBRUARY, MARCH)}


def test_team_and_worker_are_those_of_the_audit(tmp_path: Path) -> None:
    audits, tables = with_other_teams(DAY)
    kpi_figures = figures(tmp_path, audits, [standard(number) for number in range(1, 5)], **tables)
    assert kpi_figures == {(FEBRUARY, *team_and_worker, "plan"): (1.0, 1.0) for team_and_worker in OTHER_TEAMS}


def test_duplicates_count_once_and_standards_of_no_audit_not_at_all(tmp_path: Path) -> None:
    kpi_figures = figures(tmp_path, [audit(1)] * 2, [standard(1), standard(1), standard(7)])
    assert kpi_figures == {(FEBRUARY, "T1", "W1", "plan"): (1.0, 1.0)}
    assert figures(tmp_path, [audit(1)], []) == {}
    assert figures(tmp_path, [], [standard(1)]) == {}
