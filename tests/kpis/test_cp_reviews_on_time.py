"""Reviews of protection plans on hand-written rows.

The child's plan starts on 15 June 2025: without due dates the first review is due on 15 September 2025.
"""

from __future__ import annotations

from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from holders import handed_over
from rows import Row, protection_plan
from twice import Result, twice

FIRST, LAST = date(2025, 3, 1), date(2026, 3, 31)
MARCH = date(2026, 3, 31)
START = date(2025, 6, 15)
OTHER = {"cppr_cp_review_id": "other", "cppr_cp_plan_id": "other", "cppr_cp_review_due": FIRST}
Review = tuple[date | None, date | None]
_numbers = count(1)


def plan_of(person: str, start: date = START, end: date | None = None, **columns: Any) -> Row:
    return protection_plan(person, start, end, cppl_cp_plan_id=f"plan {person}", **columns)


def review(due: date | None, held: date | None, person: str = "C1") -> Row:
    return {
        "cppr_cp_review_id": f"V{next(_numbers):03}",
        "cppr_person_id": person,
        "cppr_cp_plan_id": f"plan {person}",
        "cppr_cp_review_due": due,
        "cppr_cp_review_date": held,
    }


def figures(folder: Path, plans: list[Row], reviews: list[Row], **tables: Any) -> Result:
    given = {"ssd_cp_plans": plans, "ssd_cp_reviews": [OTHER, *reviews], **tables}
    return twice("cp_reviews_on_time", folder, given, first_day=FIRST, last_day=LAST)


def is_on_time(folder: Path, *reviews: Review, start: date = START) -> bool:
    """Whether the one child's reviews were on time, given when each was due and held."""
    kpi_figures = figures(folder, [plan_of("C1", start)], [review(due, held) for due, held in reviews])
    ((numerator, denominator),) = kpi_figures.values()
    assert denominator == 1.0
    return numerator == 1.0


SEPTEMBER, OCTOBER, LAST_DUE = date(2025, 9, 10), date(2025, 10, 5), date(2026, 3, 10)


@pytest.mark.parametrize(
    ("reviews", "on_time"),
    [
        ([(SEPTEMBER, SEPTEMBER), (LAST_DUE, LAST_DUE)], True),
        ([(SEPTEMBER, date(2025, 9, 1)), (LAST_DUE, date(2026, 3, 1))], True),
        ([(SEPTEMBER, date(2025, 9, 11)), (LAST_DUE, LAST_DUE)], False),
        ([(SEPTEMBER, SEPTEMBER), (LAST_DUE, date(2026, 3, 11))], False),
        ([(SEPTEMBER, SEPTEMBER), (LAST_DUE, None)], False),
        ([(SEPTEMBER, None), (LAST_DUE, LAST_DUE)], False),
    ],
)
def test_every_review_due_must_be_held_by_its_day(tmp_path: Path, reviews: list[Review], on_time: bool) -> None:
    assert is_on_time(tmp_path, *reviews) == on_time


def test_a_review_due_after_the_months_end_is_not_due_yet(tmp_path: Path) -> None:
    held = (SEPTEMBER, SEPTEMBER), (OCTOBER, OCTOBER)
    assert is_on_time(tmp_path, *held, (date(2026, 4, 1), None))
    assert not is_on_time(tmp_path, *held, (MARCH, None))


@pytest.mark.parametrize(("due", "on_time"), [(date(2025, 3, 31), True), (date(2025, 4, 1), False)])
def test_only_the_last_12_months_are_looked_at(tmp_path: Path, due: date, on_time: bool) -> None:
    long_ago, held = date(2025, 1, 1), date(2025, 6, 1)
    later = [(date(2025, 10, 1), date(2025, 10, 1)), (MARCH, MARCH)]
    assert is_on_time(tmp_path, (due, held), *later, start=long_ago) == on_time


@pytest.mark.parametrize(
    ("held", "on_time"),
    [
        ([date(2025, 9, 15), date(2026, 3, 15)], True),
        ([date(2025, 9, 16), date(2026, 3, 15)], False),
        ([date(2025, 9, 1), date(2026, 3, 1)], True),
        ([date(2025, 9, 1), date(2026, 3, 2)], False),
        ([date(2025, 9, 15)], False),
        ([date(2025, 9, 15), date(2025, 12, 1)], True),
        ([], False),
    ],
)
def test_without_due_dates_3_months_from_the_start_then_6(tmp_path: Path, held: list[date], on_time: bool) -> None:
    assert is_on_time(tmp_path, *((None, day) for day in held)) == on_time


@pytest.mark.parametrize(
    ("reviews", "on_time"),
    [
        ([(SEPTEMBER, SEPTEMBER), (OCTOBER, OCTOBER)], True),
        ([(SEPTEMBER, SEPTEMBER)], False),
        ([(SEPTEMBER, SEPTEMBER), (None, date(2026, 3, 10))], True),
        ([(SEPTEMBER, SEPTEMBER), (None, date(2026, 3, 11))], False),
        ([(SEPTEMBER, date(2025, 9, 1)), (None, date(2026, 3, 1))], True),
        ([(SEPTEMBER, date(2025, 9, 1)), (None, date(2026, 3, 2))], False),
        ([(None, None)], False),
    ],
)
def test_the_next_review_is_due_6_months_after_the_last_was_held(
    tmp_path: Path, reviews: list[Review], on_time: bool
) -> None:
    assert is_on_time(tmp_path, *reviews) == on_time


@pytest.mark.parametrize(
    ("reviews", "on_time"),
    [
        ([(date(2025, 9, 15), date(2025, 9, 15)), (OCTOBER, OCTOBER)], True),
        ([(date(2025, 9, 16), date(2025, 9, 16)), (OCTOBER, OCTOBER)], False),
        ([(OCTOBER, SEPTEMBER), (OCTOBER, OCTOBER)], True),
        ([(SEPTEMBER, SEPTEMBER), (MARCH, date(2026, 3, 10))], True),
        ([(SEPTEMBER, SEPTEMBER), (MARCH, date(2026, 3, 11))], False),
        ([(SEPTEMBER, SEPTEMBER), (date(2026, 5, 1), None)], False),
    ],
)
def test_a_recorded_due_date_later_than_the_law_allows_is_not_trusted(
    tmp_path: Path, reviews: list[Review], on_time: bool
) -> None:
    """The first by 15 September, the next 6 months after that was held."""
    assert is_on_time(tmp_path, *reviews) == on_time


def test_a_review_of_another_plan_does_not_count(tmp_path: Path) -> None:
    kpi_figures = figures(
        tmp_path, [plan_of("C1")], [review(SEPTEMBER, SEPTEMBER, "C2"), review(LAST_DUE, LAST_DUE, "C2")]
    )
    assert kpi_figures == {(MARCH, None, None, None): (0.0, 1.0)}


@pytest.mark.parametrize(
    ("start", "end", "is_counted"),
    [
        (date(2025, 12, 31), None, True),
        (date(2026, 1, 1), None, False),
        (START, MARCH, False),
        (START, date(2026, 4, 1), True),
    ],
)
def test_plans_open_3_months_or_more(tmp_path: Path, start: date, end: date | None, is_counted: bool) -> None:
    kpi_figures = figures(tmp_path, [plan_of("C1", start, end)], [])
    assert kpi_figures == ({(MARCH, None, None, None): (0.0, 1.0)} if is_counted else {})


def test_another_councils_plan_is_left_out(tmp_path: Path) -> None:
    assert figures(tmp_path, [plan_of("C1", cppl_cp_plan_ola="Y")], []) == {}


def test_rows_written_twice_count_once(tmp_path: Path) -> None:
    plan, first_review, two = plan_of("C1"), review(SEPTEMBER, SEPTEMBER), review(LAST_DUE, LAST_DUE)
    assert figures(tmp_path, [plan, plan], [first_review, first_review, two]) == {(MARCH, None, None, None): (1.0, 1.0)}


def test_it_starts_12_months_after_the_reviews_begin(tmp_path: Path) -> None:
    tables = {"ssd_cp_plans": [plan_of("C1", date(2023, 1, 1))], "ssd_cp_reviews": [OTHER]}
    kpi_figures = twice("cp_reviews_on_time", tmp_path, tables, first_day=date(2023, 1, 1), last_day=date(2026, 4, 30))
    assert sorted(key[0] for key in kpi_figures) == [MARCH, date(2026, 4, 30)]


def test_team_and_worker_are_those_allocated_at_the_months_end(tmp_path: Path) -> None:
    reviews = [review(SEPTEMBER, SEPTEMBER), review(LAST_DUE, LAST_DUE)]
    kpi_figures = figures(tmp_path, [plan_of("C1"), plan_of("C2"), plan_of("C3")], reviews, **handed_over(MARCH))
    assert kpi_figures == {(MARCH, "South", "W2", None): (1.0, 1.0), (MARCH, None, None, None): (0.0, 2.0)}


def test_no_plans_or_no_reviews_at_all_give_no_figures(tmp_path: Path) -> None:
    assert figures(tmp_path, [], [review(SEPTEMBER, SEPTEMBER)]) == {}
    tables = {"ssd_cp_plans": [plan_of("C1")]}
    assert twice("cp_reviews_on_time", tmp_path, tables, first_day=FIRST, last_day=LAST) == {}
