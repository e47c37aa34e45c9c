"""Audits completed in a month, in the team and with the worker whose work was audited."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from recompute.children import Allocations
from recompute.common import Row, Tables, month_end, once

GRADES = ("outstanding", "good", "requires improvement", "inadequate")


def grade_of(row: Row, name: str = "grade") -> str | None:
    """One of the four grades, or nothing."""
    grade = (row.get(name) or "").lower()
    return grade if grade in GRADES else None


def completed(
    tables: Tables, months: Sequence[date], dated_by: str = "completed_date"
) -> Iterator[tuple[date, str | None, str | None, Row]]:
    """Month end, team, worker and row of each audit completed (or otherwise dated) in one of the months."""
    allocations = Allocations(tables)
    for audit in once(tables["audits"], "audit_id"):
        day = audit.get(dated_by)
        if day is not None and month_end(day) in months:
            own = audit.get("team"), audit.get("professional_id")
            yield month_end(day), *allocations.own_or_allocated(*own, audit.get("person_id"), day), audit
