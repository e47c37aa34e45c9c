from datetime import date
from pathlib import Path
from typing import Any

from rows import Row, department, involvement
from twice import Result, twice

FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)
JANUARY, FEBRUARY, MARCH = date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)


def review(number: int, due: date | None, held: date | None, person: str | None = "C1") -> Row:
    return {"review_id": f"V{number}", "person_id": person, "due_date": due, "review_date": held}


def figures(folder: Path, reviews: list[Row], **tables: Any) -> Result:
    return twice("cin_reviews_on_time", folder, {"cin_reviews": reviews, **tables}, first_day=FIRST, last_day=LAST)


def test_held_on_the_due_date_is_on_time_and_a_day_later_is_not(tmp_path: Path) -> None:
    due = date(2026, 2, 10)
    reviews = [
        review(1, due, date(2026, 1, 20)),
        review(2, due, due),
        review(3, due, date(2026, 2, 11)),
        review(4, due, None),
    ]
    assert figures(tmp_path, reviews) == {(FEBRUARY, None, None, None): (2.0, 4.0)}


def test_counted_in_the_month_of_the_due_date_from_its_first_day_to_its_last(tmp_path: Path) -> None:
    reviews = [
        review(1, date(2026, 1, 31), date(2026, 1, 31)),
        review(2, date(2026, 2, 1), date(2026, 1, 31)),
        review(3, date(2026, 2, 28), date(2026, 3, 1)),
    ]
    assert figures(tmp_path, reviews) == {
        (JANUARY, None, None, None): (1.0, 1.0),
        (FEBRUARY, None, None, None): (1.0, 2.0),
    }


def test_due_outside_the_records_or_without_a_due_date_is_not_counted(tmp_path: Path) -> None:
    reviews = [
        review(1, date(2025, 12, 31), date(2025, 12, 31)),
        review(2, date(2026, 4, 1), date(2026, 3, 30)),
        review(3, None, date(2026, 3, 30)),
        review(4, date(2026, 3, 31), date(2026, 4, 1)),
    ]
    assert figures(tmp_path, reviews) == {(MARCH, None, None, None): (0.0, 1.0)}


def test_team_and_worker_are_those_allocated_on_the_due_date(tmp_path: Path) -> None:
    handover = date(2026, 2, 10)
    involvements = [
        involvement("C1", "W1", date(2025, 6, 1), handover),
        involvement("C1", "W2", handover, None, invo_professional_team="T2"),
        involvement("C2", None, date(2025, 6, 1), None, invo_professional_team=None),
    ]
    reviews = [
        review(1, date(2026, 2, 9), date(2026, 2, 20)),
        review(2, handover, date(2026, 2, 9)),
        review(3, handover, handover, "C2"),
        review(4, handover, handover, None),
    ]
    kpi_figures = figures(
        tmp_path, reviews, ssd_involvements=involvements, ssd_department=[department("T1", "Safeguarding One")]
    )
    assert kpi_figures == {
        (FEBRUARY, "Safeguarding One", "W1", None): (0.0, 1.0),
        (FEBRUARY, "T2", "W2", None): (1.0, 1.0),
        (FEBRUARY, None, None, None): (2.0, 2.0),
    }


def test_one_review_written_twice_counts_once(tmp_path: Path) -> None:
    due = date(2026, 3, 3)
    assert figures(tmp_path, [review(1, due, due), review(1, due, due)]) == {(MARCH, None, None, None): (1.0, 1.0)}


def test_no_reviews_give_no_figures(tmp_path: Path) -> None:
    assert figures(tmp_path, []) == {}
