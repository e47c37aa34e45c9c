"""Children seen at a visit in the last working days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recompute.common import Row, Tables, by, source_start, working_days


class Visits:
    """The visits of one table, by the prefix of its columns (`cinv_cin_visit`, `cppv_cp_visit`)."""

    def __init__(self, tables: Tables, table: str, prefix: str, limit_working_days: int) -> None:
        self._date, self._seen, self._limit = f"{prefix}_date", f"{prefix}_seen", limit_working_days
        self._rows = by(tables.get(table, ()), prefix.split("_", maxsplit=1)[0] + "_person_id")

    def saw(self, person: str, day: date) -> bool:
        """Whether the child was seen, fewer working days ago than the limit."""
        return any(
            row.get(self._seen) == "Y"
            and row.get(self._date) is not None
            and row[self._date] <= day
            and working_days(row[self._date], day) < self._limit
            for row in self._rows.get(person, ())
        )


def covered(
    tables: Tables, months: Sequence[date], first_day: date, plans: str, visits: str, limit_working_days: int
) -> list[date]:
    """Month ends from the plans' first month on, so many working days after the visits begin."""
    since = source_start(tables, visits, first_day)
    return [
        day
        for day in months
        if day >= max(source_start(tables, plans, first_day), since) and working_days(since, day) >= limit_working_days
    ]


def is_due(plan: Row | None, start: str, day: date, limit_working_days: int) -> bool:
    """Whether a plan has been open long enough for a visit to be due."""
    return plan is not None and working_days(plan[start], day) >= limit_working_days
