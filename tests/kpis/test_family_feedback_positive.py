from datetime import date
from pathlib import Path
from typing import Any

from holders import BEFORE_DAY, DAY, DAY_BEFORE, FEBRUARY, FIRST, JANUARY, LAST, MARCH, ON_DAY, handed_over
from rows import Row
from twice import Result, twice


def talk(number: int, rating: str | None, day: date | None = DAY, person: str | None = "C1") -> Row:
    return {"feedback_id": f"F{number}", "person_id": person, "feedback_date": day, "rating": rating}


def figures(folder: Path, feedback: list[Row], **tables: Any) -> Result:
    given = {"feedback": feedback, **tables}
    return twice("family_feedback_positive", folder, given, first_day=FIRST, last_day=LAST)


def test_only_positive_counts_and_a_conversation_without_a_rating_stays(tmp_path: Path) -> None:
    ratings = ["positive", "positive", "mixed", "negative", None]
    feedback = [talk(number, rating) for number, rating in enumerate(ratings)]
    assert figures(tmp_path, feedback) == {(FEBRUARY, None, None, None): (2.0, 5.0)}


def test_counted_in_the_month_it_was_held_from_its_first_day_to_its_last(tmp_path: Path) -> None:
    days = [date(2025, 12, 31), date(2026, 1, 31), date(2026, 2, 1), date(2026, 3, 31), date(2026, 4, 1), None]
    kpi_figures = figures(tmp_path, [talk(number, "positive", day) for number, day in enumerate(days)])
    assert kpi_figures == {(end, None, None, None): (1.0, 1.0) for end in (JANUARY, FEBRUARY, MARCH)}


def test_a_conversation_written_twice_counts_once(tmp_path: Path) -> None:
    assert figures(tmp_path, [talk(1, "positive")] * 2) == {(FEBRUARY, None, None, None): (1.0, 1.0)}


def test_team_and_worker_are_those_allocated_on_the_day(tmp_path: Path) -> None:
    feedback = [
        talk(1, "negative", DAY_BEFORE),
        talk(2, "positive"),
        talk(3, "positive", person="C2"),
        talk(4, "mixed", person=None),
    ]
    assert figures(tmp_path, feedback, **handed_over()) == {
        (FEBRUARY, *BEFORE_DAY, None): (0.0, 1.0),
        (FEBRUARY, *ON_DAY, None): (1.0, 1.0),
        (FEBRUARY, None, None, None): (1.0, 2.0),
    }


def test_no_conversations_give_no_figures(tmp_path: Path) -> None:
    assert figures(tmp_path, []) == {}
