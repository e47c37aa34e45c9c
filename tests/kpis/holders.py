"""Who holds the cases of children C1 and C2, for tests of the team and worker a KPI counts in."""

from __future__ import annotations

from datetime import date, timedelta

from rows import Row, department, involvement

FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)
JANUARY, FEBRUARY, MARCH = date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)
DAY = date(2026, 2, 10)
DAY_BEFORE = DAY - timedelta(days=1)
OLD = date(2025, 6, 1)
BEFORE_DAY = ("T1", "W1")
ON_DAY = ("South", "W2")
NOBODY = (None, None)


def handed_over(day: date = DAY) -> dict[str, list[Row]]:
    """C1 goes from W1 of a team without a name to W2 of team South on a day; C2's holder is not recorded."""
    return {
        "ssd_involvements": [
            involvement("C1", "W1", OLD, day),
            involvement("C1", "W2", day, invo_professional_team="T2"),
            involvement("C2", None, OLD, invo_professional_team=None),
        ],
        "ssd_department": [department("T2", "South")],
    }
