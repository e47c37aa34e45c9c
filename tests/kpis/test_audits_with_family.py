from datetime import date
from pathlib import Path
from typing import Any

from audit_rows import DAY, FEBRUARY, FIRST, JANUARY, LAST, MARCH, OTHER_TEAMS, audit, with_other_teams
from rows import Row
from twice import Result, twice


def figures(folder: Path, audits: list[Row], **tables: Any) -> Result:
    return twice("audits_with_family", folder, {"audits": audits, **tables}, first_day=FIRST, last_day=LAST)


def test_with_feedback_of_those_completed_graded_or_not(tmp_path: Path) -> None:
    audits = [audit(number, DAY, None, family_feedback_flag=flag) for number, flag in enumerate(["Y", "Y", "N", None])]
    assert figures(tmp_path, audits) == {(FEBRUARY, "T1", "W1", None): (2.0, 4.0)}


def test_counted_in_the_month_of_completion(tmp_path: Path) -> None:
    days = [date(2025, 12, 31), date(2026, 1, 31), date(2026, 2, 1), LAST, date(2026, 4, 1), None]
    audits = [audit(number, day, family_feedback_flag="Y") for number, day in enumerate(days)]
    assert figures(tmp_path, audits) == {(month, "T1", "W1", None): (1.0, 1.0) for month in (JANUARY, FEBRUARY, MARCH)}


def test_own_team_and_worker_first_then_the_allocated_ones(tmp_path: Path) -> None:
    audits, tables = with_other_teams(DAY, family_feedback_flag="Y")
    assert figures(tmp_path, audits, **tables) == {
        (FEBRUARY, *team_and_worker, None): (1.0, 1.0) for team_and_worker in OTHER_TEAMS
    }


def test_duplicates_count_once_and_no_audits_give_no_figure(tmp_path: Path) -> None:
    assert figures(tmp_path, [audit(1)] * 2) == {(FEBRUARY, "T1", "W1", None): (0.0, 1.0)}
    assert figures(tmp_path, []) == {}
