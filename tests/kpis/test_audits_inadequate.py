from datetime import date
from pathlib import Path
from typing import Any

from audit_rows import DAY, FEBRUARY, FIRST, JANUARY, LAST, MARCH, OTHER_TEAMS, audit, with_other_teams
from rows import Row
from twice import Result, twice


def figures(folder: Path, audits: list[Row], **tables: Any) -> Result:
    return twice("audits_inadequate", folder, {"audits": audits, **tables}, first_day=FIRST, last_day=LAST)


def test_inadequate_of_those_graded_by_the_overall_grade(tmp_path: Path) -> None:
    grades = ["outstanding", "good", "requires improvement", "inadequate", "Inadequate", None, "not graded"]
    audits = [audit(number, DAY, grade) for number, grade in enumerate(grades)]
    audits.append(audit(9, DAY, "good", moderated_grade="inadequate", moderated_date=date(2026, 2, 12)))
    assert figures(tmp_path, audits) == {(FEBRUARY, "T1", "W1", None): (2.0, 6.0)}


def test_a_month_of_ungraded_audits_has_no_figure(tmp_path: Path) -> None:
    assert figures(tmp_path, [audit(1, DAY, None)]) == {}
    assert figures(tmp_path, []) == {}


def test_counted_in_the_month_of_completion(tmp_path: Path) -> None:
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 31), date(2026, 2, 1), LAST, date(2026, 4, 1), None]
    audits = [audit(number, day, "inadequate") for number, day in enumerate(days)]
    assert figures(tmp_path, audits) == {
        (JANUARY, "T1", "W1", None): (2.0, 2.0),
        (FEBRUARY, "T1", "W1", None): (1.0, 1.0),
        (MARCH, "T1", "W1", None): (1.0, 1.0),
    }


def test_own_team_and_worker_first_then_the_allocated_ones(tmp_path: Path) -> None:
    audits, tables = with_other_teams(DAY, grade="inadequate")
    assert figures(tmp_path, audits, **tables) == {
        (FEBRUARY, *team_and_worker, None): (1.0, 1.0) for team_and_worker in OTHER_TEAMS
    }


def test_one_audit_written_twice_counts_once(tmp_path: Path) -> None:
    assert figures(tmp_path, [audit(1, DAY, "inadequate")] * 2) == {(FEBRUARY, "T1", "W1", None): (1.0, 1.0)}
