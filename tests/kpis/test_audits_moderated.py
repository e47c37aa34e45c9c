from datetime import date
from pathlib import Path
from typing import Any

import pytest
from audit_rows import DAY, FEBRUARY, FIRST, JANUARY, LAST, MARCH, OTHER_TEAMS, audit, with_other_teams
from rows import Row
from twice import Result, twice


def figures(folder: Path, audits: list[Row], last_day: date = LAST, **tables: Any) -> Result:
    return twice("audits_moderated", folder, {"audits": audits, **tables}, first_day=FIRST, last_day=last_day)


def test_moderated_by_the_edition_date_of_those_completed_graded_or_not(tmp_path: Path) -> None:
    days = [DAY, date(2026, 3, 20), LAST, date(2026, 4, 1), None]
    audits = [audit(number, DAY, None, moderated_date=day) for number, day in enumerate(days)]
    assert figures(tmp_path, audits) == {(FEBRUARY, "T1", "W1", None): (3.0, 5.0)}


def test_counted_in_the_month_of_completion(tmp_path: Path) -> None:
    days = [date(2025, 12, 31), date(2026, 1, 31), date(2026, 2, 1), LAST, date(2026, 4, 1), None]
    audits = [audit(number, day, moderated_date=date(2026, 3, 9)) for number, day in enumerate(days)]
    kpi_figures = figures(tmp_path, audits, date(2026, 4, 30))
    assert kpi_figures == {(month, "T1", "W1", None): (1.0, 1.0) for month in (JANUARY, FEBRUARY, MARCH)}


@pytest.mark.parametrize(
    ("last_day", "is_given"), [(LAST, False), (date(2026, 4, 27), False), (date(2026, 4, 28), True)]
)
def test_a_month_is_not_judged_before_four_weeks_have_passed(tmp_path: Path, last_day: date, is_given: bool) -> None:
    kpi_figures = figures(tmp_path, [audit(1, date(2026, 3, 2), moderated_date=date(2026, 3, 9))], last_day)
    assert kpi_figures == ({(MARCH, "T1", "W1", None): (1.0, 1.0)} if is_given else {})


def test_own_team_and_worker_first_then_the_allocated_ones(tmp_path: Path) -> None:
    audits, tables = with_other_teams(DAY, moderated_date=LAST)
    assert figures(tmp_path, audits, **tables) == {
        (FEBRUARY, *team_and_worker, None): (1.0, 1.0) for team_and_worker in OTHER_TEAMS
    }


def test_duplicates_count_once_and_no_audits_give_no_figure(tmp_path: Path) -> None:
    assert figures(tmp_path, [audit(1)] * 2) == {(FEBRUARY, "T1", "W1", None): (0.0, 1.0)}
    assert figures(tmp_path, []) == {}
