"""Agencies that came to a conference or sent a report, of those invited."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recompute.children import Allocations
from recompute.common import Result, Tables, Tally, month_end, once


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date) -> Result:
    """By agency."""
    allocations, tally = Allocations(tables), Tally()
    for row in once(tables["conference_attendance"], "invitation_id"):
        day = row.get("conference_date")
        if day is not None and month_end(day) in months:
            took_part = "Y" in (row.get("attended_flag"), row.get("report_flag"))
            tally.add(month_end(day), *allocations.at(row.get("person_id"), day), row.get("agency"), took_part, 1)
    return tally.ratios()
