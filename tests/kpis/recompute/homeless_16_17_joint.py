"""Homeless 16 and 17 year olds assessed jointly."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recompute.children import Allocations
from recompute.common import Result, Tables, Tally, month_end, once, working_days


def recompute(
    tables: Tables, months: Sequence[date], first_day: date, last_day: date, *, limit_working_days: int
) -> Result:
    """By month of presenting."""
    allocations, tally = Allocations(tables), Tally()
    for row in once(tables["homeless_young_people"], "person_id", "presented_date"):
        person, day, joint = row.get("person_id"), row.get("presented_date"), row.get("joint_assessment_date")
        if person is None or day is None or month_end(day) not in months:
            continue
        in_time = joint is not None and joint >= day and working_days(day, joint) <= limit_working_days
        tally.add(month_end(day), *allocations.at(person, day), None, in_time, 1)
    return tally.ratios()
