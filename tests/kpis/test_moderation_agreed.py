from datetime import date
from pathlib import Path
from typing import Any

import pytest
from audit_rows import DAY, FEBRUARY, FIRST, JANUARY, LAST, MARCH, OTHER_TEAMS, audit, with_other_teams
from rows import Row
from twice import Result, twice


def figures(folder: Path, audits: list[Row], **tables: Any) -> Result:
    return twice("moderation_agreed", folder, {"audits": audits, **tables}, first_day=FIRST, last_day=LAST)


def moderated(number: int, day: date | None, before: str | None = "good", after: str | None = "good") -> Row:
    return audit(number, date(2025, 11, 3), before, moderated_date=day, moderated_grade=after)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("good", "good", (1.0, 1.0)),
        ("Good", "good", (1.0, 1.0)),
        ("good", "outstanding", (0.0, 1.0)),
        ("inadequate", "requires improvement", (0.0, 1.0)),
        ("good", None, None),
        (None, "good", None),
        (None, None, None),
        ("not graded", "not graded", None),
    ],
)
def test_the_grade_is_unchanged_where_there_are_two(
    tmp_path: Path, before: str | None, after: str | None, expected: tuple[float, float] | None
) -> None:
    kpi_figures = figures(tmp_path, [moderated(1, DAY, before, after)])
    assert kpi_figures == ({(FEBRUARY, "T1", "W1", None): expected} if expected else {})


def test_counted_in_the_month_of_moderation_whenever_completed(tmp_path: Path) -> None:
    days = [date(2025, 12, 31), date(2026, 1, 31), date(2026, 2, 1), LAST, date(2026, 4, 1), None]
    audits = [moderated(number, day) for number, day in enumerate(days)]
    assert figures(tmp_path, audits) == {(month, "T1", "W1", None): (1.0, 1.0) for month in (JANUARY, FEBRUARY, MARCH)}


def test_own_team_and_worker_first_then_those_allocated_at_moderation(tmp_path: Path) -> None:
    columns = {"completed": date(2025, 7, 7), "moderated_date": DAY, "moderated_grade": "good"}
    audits, tables = with_other_teams(DAY, **columns)
    assert figures(tmp_path, audits, **tables) == {
        (FEBRUARY, *team_and_worker, None): (1.0, 1.0) for team_and_worker in OTHER_TEAMS
    }


def test_duplicates_count_once_and_no_audits_give_no_figure(tmp_path: Path) -> None:
    assert figures(tmp_path, [moderated(1, DAY)] * 2) == {(FEBRUARY, "T1", "W1", None): (1.0, 1.0)}
    assert figures(tmp_path, []) == {}
