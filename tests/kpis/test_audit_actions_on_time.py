from datetime import date
from pathlib import Path
from typing import Any

from rows import Row, department, involvement
from twice import Result, twice

FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)
JANUARY, FEBRUARY, MARCH = date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)
AUDITS = [{"audit_id": "A1", "person_id": "C1", "team": "T1", "professional_id": "W1"}]


def action(number: int, due: date | None, closed: date | None, audit: str | None = "A1") -> Row:
    return {"action_id": f"N{number}", "audit_id": audit, "due_date": due, "closed_date": closed}


def figures(folder: Path, actions: list[Row], audits: list[Row] = AUDITS, **tables: Any) -> Result:
    given = {"audit_actions": actions, "audits": audits, **tables}
    return twice("audit_actions_on_time", folder, given, first_day=FIRST, last_day=LAST)


def test_closed_on_the_due_date_is_on_time_and_a_day_later_is_not(tmp_path: Path) -> None:
    due = date(2026, 2, 10)
    days = [date(2026, 1, 5), due, date(2026, 2, 11), None]
    actions = [action(number, due, day) for number, day in enumerate(days)]
    assert figures(tmp_path, actions) == {(FEBRUARY, "T1", "W1", None): (2.0, 4.0)}


def test_counted_in_the_month_of_the_due_date_and_never_outside_the_records(tmp_path: Path) -> None:
    actions = [
        action(1, date(2025, 12, 31), date(2026, 1, 1)),
        action(2, date(2026, 1, 31), date(2026, 2, 1)),
        action(3, date(2026, 2, 1), date(2026, 2, 1)),
        action(4, date(2026, 3, 31), date(2026, 4, 1)),
        action(5, date(2026, 4, 1), date(2026, 3, 1)),
        action(6, None, date(2026, 3, 1)),
    ]
    assert figures(tmp_path, actions) == {
        (JANUARY, "T1", "W1", None): (0.0, 1.0),
        (FEBRUARY, "T1", "W1", None): (1.0, 1.0),
        (MARCH, "T1", "W1", None): (0.0, 1.0),
    }


def test_the_team_is_the_audits_else_the_one_allocated_on_the_due_date(tmp_path: Path) -> None:
    due = date(2026, 2, 10)
    audits = [*AUDITS, {"audit_id": "A2", "person_id": "C1"}, {"audit_id": "A3"}]
    involvements = [
        involvement("C1", "W8", date(2025, 6, 1), due, invo_professional_team="T8"),
        involvement("C1", "W9", due, None, invo_professional_team="T9"),
    ]
    actions = [
        action(1, due, due),
        action(2, due, due, "A2"),
        action(3, due, None, "A3"),
        action(4, due, None, "lost"),
        action(5, due, due, None),
    ]
    names = [department("T1", "North")]
    assert figures(tmp_path, actions, audits, ssd_involvements=involvements, ssd_department=names) == {
        (FEBRUARY, "North", "W1", None): (1.0, 1.0),
        (FEBRUARY, "T9", "W9", None): (1.0, 1.0),
        (FEBRUARY, None, None, None): (1.0, 3.0),
    }


def test_an_action_or_its_audit_written_twice_counts_once(tmp_path: Path) -> None:
    day = date(2026, 3, 3)
    assert figures(tmp_path, [action(1, day, day), action(1, day, day)], AUDITS * 2) == {
        (MARCH, "T1", "W1", None): (1.0, 1.0)
    }


def test_no_actions_give_no_figures(tmp_path: Path) -> None:
    assert figures(tmp_path, []) == {}
