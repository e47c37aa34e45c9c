"""Homeless 16 and 17 year olds assessed jointly."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recompute.children import Allocations
from recompute.common import Result, Tables, Tally, month_end, once


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date) -> Result:
    """By month of presenting; the assessment may come later."""
    allocations, tally = Allocations(tables), Tally()
    for row in once(tables["homeless_young_people"], "person_id", "presented_date"):
        person, day, joint = row.get("person_id"), row.get("presented_date"), row.get("joint_assessment_date")
        if person is not None and day is not None and month_end(day) in months:
            tally.add(month_end(day), *allocations.at(person, day), None, joint is not None and joint <= last_day, 1)
    return tally.ratios()
