"""Feedback conversations that families rated positive."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recompute.children import Allocations
from recompute.common import Result, Tables, Tally, month_end, once


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date) -> Result:
    """Figures by month, team and worker."""
    allocations, tally = Allocations(tables), Tally()
    for row in once(tables["feedback"], "feedback_id"):
        day = row.get("feedback_date")
        if day is not None and month_end(day) in months:
            tally.add(
                month_end(day), *allocations.at(row.get("person_id"), day), None, row.get("rating") == "positive", 1
            )
    return tally.ratios()
