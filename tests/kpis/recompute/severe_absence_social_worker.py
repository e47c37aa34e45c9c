"""Pupils with a social worker who missed half or more of their sessions in the school year to date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recompute.children import Allocations
from recompute.common import Result, Tables, Tally, source_start
from recompute.pupils import Pupils, school_year_start


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date) -> Result:
    """Pupils by month, team, worker and plan type."""
    allocations, pupils, tally = Allocations(tables), Pupils(tables, last_day), Tally()
    first = source_start(tables, "attendance", first_day)
    for person, by_month in pupils.sessions.items():
        for end in (end for end in months if school_year_start(end) >= first):
            counts = [parts for day, parts in by_month.items() if school_year_start(end) <= day <= end]
            possible, missed = sum(part[0] for part in counts), sum(part[1] for part in counts)
            plan_type = pupils.plan_type(person, end) if possible > 0 else None
            if plan_type is not None:
                tally.add(end, *allocations.at(person, end), plan_type, missed >= possible - missed, 1)
    return tally.ratios()
