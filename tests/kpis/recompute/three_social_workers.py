"""Children who had three or more allocated workers in the 12 months to the month's end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache

from recompute.children import ALLOCATED_ROLES, Allocations, Plans
from recompute.common import Result, Tables, Tally, add_months, by, source_start

DATES = ("invo_involvement_start_date", "invo_involvement_end_date")


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date) -> Result:
    """By plan type. The worker can only change on a day on which some allocation starts or ends."""
    allocations, plans, tally = Allocations(tables), Plans(tables, last_day), Tally()
    held = [
        row for row in tables.get("ssd_involvements", ()) if row.get("invo_professional_role_id") in ALLOCATED_ROLES
    ]
    turns = {
        person: sorted({row[name] for row in rows for name in DATES if row.get(name) is not None})
        for person, rows in by(held, "invo_person_id").items()
    }

    @cache
    def worker_on(person: str, day: date) -> str | None:
        return allocations.at(person, day)[1]

    start = source_start(tables, "ssd_involvements", first_day)
    for end in (end for end in months if start != date.max and end >= add_months(start, 12)):
        begin = add_months(end, -12)
        for workers in allocations.held(end).values():
            for person in workers:
                days = [begin, *(day for day in turns[person] if begin < day <= end)]
                several = {worker_on(person, day) for day in days} - {None}
                tally.add(end, *allocations.at(person, end), plans.plan_type(person, end), len(several) >= 3, 1)
    return tally.ratios()
