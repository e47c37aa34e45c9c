from datetime import date
from pathlib import Path
from typing import Any

from rows import Row, assessment, department, involvement
from twice import Result, twice

FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)
JANUARY, FEBRUARY, MARCH = date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)
DAY = date(2026, 2, 10)


def ended(day: date | None, no_action: str | None = "Y", person: str | None = "P1", **columns: Any) -> Row:
    return assessment(person, date(2026, 1, 5), day, cina_assessment_outcome_nfa=no_action, **columns)


def figures(folder: Path, assessments: list[Row], **tables: Any) -> Result:
    tables = {"ssd_cin_assessments": assessments, **tables}
    return twice("assessments_not_in_need", folder, tables, first_day=FIRST, last_day=LAST)


def test_no_further_action_of_those_authorised(tmp_path: Path) -> None:
    assessments = [ended(DAY, flag) for flag in ("Y", "Y", "N", None)]
    assert figures(tmp_path, assessments) == {(FEBRUARY, "T1", "W1", None): (2.0, 4.0)}


def test_counted_in_the_month_it_was_authorised(tmp_path: Path) -> None:
    days = [date(2025, 12, 31), JANUARY, date(2026, 2, 1), LAST, date(2026, 4, 1), None]
    kpi_figures = figures(tmp_path, [ended(day) for day in days])
    assert kpi_figures == {(month, "T1", "W1", None): (1.0, 1.0) for month in (JANUARY, FEBRUARY, MARCH)}


def test_own_team_and_worker_first_then_those_allocated_that_day(tmp_path: Path) -> None:
    nobody = {"cina_assessment_team": None, "cina_assessment_worker_id": None}
    held = [
        involvement("P1", "W8", date(2025, 6, 1), DAY, invo_professional_team="T8"),
        involvement("P1", "W9", DAY, None, invo_professional_team="T9"),
    ]
    assessments = [ended(DAY), ended(DAY, **nobody), ended(DAY, person=None, **nobody)]
    names = [department("T1", "North")]
    assert figures(tmp_path, assessments, ssd_involvements=held, ssd_department=names) == {
        (FEBRUARY, "North", "W1", None): (1.0, 1.0),
        (FEBRUARY, "T9", "W9", None): (1.0, 1.0),
        (FEBRUARY, None, None, None): (1.0, 1.0),
    }


def test_duplicates_count_once_and_no_assessments_give_no_figure(tmp_path: Path) -> None:
    twin = ended(DAY, "N")
    assert figures(tmp_path, [twin, twin]) == {(FEBRUARY, "T1", "W1", None): (0.0, 1.0)}
    assert figures(tmp_path, []) == {}
