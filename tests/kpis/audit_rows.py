"""Rows of the audits table, and the months in which the tests of the audit KPIs play."""

from __future__ import annotations

from datetime import date
from typing import Any

from rows import Row, department, involvement

FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)
JANUARY, FEBRUARY, MARCH = date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)
DAY = date(2026, 2, 10)


def audit(number: int, completed: date | None = DAY, grade: str | None = "good", **columns: Any) -> Row:
    """An audit of the work of W1 of team T1 with child C1."""
    usual = {"person_id": "C1", "team": "T1", "professional_id": "W1", "case_type": "in need"}
    return {"audit_id": f"A{number}", "completed_date": completed, "grade": grade, **usual, **columns}


def with_other_teams(day: date, **columns: Any) -> tuple[list[Row], dict[str, list[Row]]]:
    """Audits of one day with an own team and worker, with neither, with half of it and about nobody; and who held C1.

    In order they fall to North W1, T9 W9, T9 W3, and nobody.
    """
    nobody = {"team": None, "professional_id": None}
    audits = [
        audit(1, **columns),
        audit(2, **{**columns, **nobody}),
        audit(3, **{**columns, **nobody, "professional_id": "W3"}),
        audit(4, **{**columns, **nobody, "person_id": None}),
    ]
    held = [
        involvement("C1", "W8", date(2025, 6, 1), day, invo_professional_team="T8"),
        involvement("C1", "W9", day, None, invo_professional_team="T9"),
    ]
    return audits, {"ssd_involvements": held, "ssd_department": [department("T1", "North")]}


OTHER_TEAMS = (("North", "W1"), ("T9", "W9"), ("T9", "W3"), (None, None))
