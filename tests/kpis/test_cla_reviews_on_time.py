from datetime import date
from pathlib import Path
from typing import Any

from holders import BEFORE_DAY, DAY, DAY_BEFORE, FEBRUARY, FIRST, JANUARY, LAST, MARCH, OLD, ON_DAY, handed_over
from rows import Row, care_episode
from twice import Result, twice


def review(
    number: int, due: date | None, held: date | None, care: str | None = "K1", cancelled: str | None = None
) -> Row:
    return {
        "clar_cla_review_id": f"V{number}",
        "clar_cla_id": care,
        "clar_cla_review_due_date": due,
        "clar_cla_review_date": held,
        "clar_cla_review_cancelled": cancelled,
    }


def figures(folder: Path, reviews: list[Row], **tables: Any) -> Result:
    given = {"ssd_cla_reviews": reviews, **tables}
    return twice("cla_reviews_on_time", folder, given, first_day=FIRST, last_day=LAST)


def test_held_on_the_due_date_is_on_time_and_a_day_later_is_not(tmp_path: Path) -> None:
    held = [date(2026, 1, 20), DAY, date(2026, 2, 11), None]
    reviews = [review(number, DAY, day) for number, day in enumerate(held)]
    assert figures(tmp_path, reviews) == {(FEBRUARY, None, None, None): (2.0, 4.0)}


def test_cancelled_reviews_are_left_out(tmp_path: Path) -> None:
    reviews = [review(number, DAY, DAY, cancelled=flag) for number, flag in enumerate(("Y", "N", "y", "Yes", None))]
    assert figures(tmp_path, reviews) == {(FEBRUARY, None, None, None): (2.0, 2.0)}
    assert figures(tmp_path, [review(1, DAY, None, cancelled="Y")]) == {}


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


def test_team_and_worker_are_those_of_the_child_whose_period_of_care_it_is(tmp_path: Path) -> None:
    reviews = [
        review(1, DAY_BEFORE, DAY_BEFORE),
        review(2, DAY, None),
        review(3, DAY, DAY, "K2"),
        review(4, DAY, DAY, None),
        review(5, DAY, DAY, "K9"),
    ]
    episodes = [
        {**care_episode("C1", OLD, DAY), "clae_cla_id": "K1"},
        {**care_episode("C1", DAY), "clae_cla_id": "K1"},
        {**care_episode("C2", OLD), "clae_cla_id": "K2"},
        {**care_episode("C1", OLD), "clae_cla_id": None},
    ]
    assert figures(tmp_path, reviews, ssd_cla_episodes=episodes, **handed_over()) == {
        (FEBRUARY, *BEFORE_DAY, None): (1.0, 1.0),
        (FEBRUARY, *ON_DAY, None): (0.0, 1.0),
        (FEBRUARY, None, None, None): (3.0, 3.0),
    }


def test_one_review_written_twice_counts_once(tmp_path: Path) -> None:
    assert figures(tmp_path, [review(1, DAY, DAY)] * 2) == {(FEBRUARY, None, None, None): (1.0, 1.0)}


def test_no_reviews_give_no_figures(tmp_path: Path) -> None:
    assert figures(tmp_path, []) == {}
