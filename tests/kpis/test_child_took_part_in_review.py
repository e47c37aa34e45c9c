from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from rows import Row, department, involvement
from twice import Result, twice

FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)
JANUARY, FEBRUARY, MARCH = date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)
DAY = date(2026, 2, 10)
_numbers = count(1)


def review(held: date | None, code: str | None = "PN1", person: str | None = "P1") -> Row:
    return {
        "review_id": f"R{next(_numbers):03}",
        "person_id": person,
        "due_date": date(2026, 1, 20),
        "review_date": held,
        "participation": code,
    }


def figures(folder: Path, reviews: list[Row], **tables: Any) -> Result:
    return twice(
        "child_took_part_in_review", folder, {"cin_reviews": reviews, **tables}, first_day=FIRST, last_day=LAST
    )


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("PN0", None),
        *((f"PN{number}", (1.0, 1.0)) for number in range(1, 7)),
        ("PN7", (0.0, 1.0)),
        ("PN8", (0.0, 1.0)),
        (None, (0.0, 1.0)),
    ],
)
def test_took_part_in_any_way_children_under_4_left_out(
    tmp_path: Path, code: str | None, expected: tuple[float, float] | None
) -> None:
    kpi_figures = figures(tmp_path, [review(DAY, code)])
    assert kpi_figures == ({(FEBRUARY, None, None, None): expected} if expected else {})


def test_counted_in_the_month_it_was_held_whenever_it_was_due(tmp_path: Path) -> None:
    days = [date(2025, 12, 31), JANUARY, date(2026, 2, 1), LAST, date(2026, 4, 1), None]
    kpi_figures = figures(tmp_path, [review(day) for day in days])
    assert kpi_figures == {(month, None, None, None): (1.0, 1.0) for month in (JANUARY, FEBRUARY, MARCH)}


def test_team_and_worker_are_those_allocated_on_the_day(tmp_path: Path) -> None:
    held = [
        involvement("P1", "W8", date(2025, 6, 1), DAY, invo_professional_team="T8"),
        involvement("P1", "W1", DAY),
    ]
    reviews = [review(DAY), review(DAY, person="P2"), review(DAY, person=None)]
    names = [department("T1", "North")]
    assert figures(tmp_path, reviews, ssd_involvements=held, ssd_department=names) == {
        (FEBRUARY, "North", "W1", None): (1.0, 1.0),
        (FEBRUARY, None, None, None): (2.0, 2.0),
    }


def test_duplicates_count_once_and_no_reviews_give_no_figure(tmp_path: Path) -> None:
    twin = review(DAY)
    assert figures(tmp_path, [twin, twin]) == {(FEBRUARY, None, None, None): (1.0, 1.0)}
    assert figures(tmp_path, []) == {}
