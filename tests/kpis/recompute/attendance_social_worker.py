"""Sessions attended by pupils with a social worker, of those possible."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recompute.children import Allocations
from recompute.common import Result, Tables, Tally
from recompute.pupils import Pupils


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date) -> Result:
    """Sessions by month, team, worker and plan type."""
    allocations, pupils, tally = Allocations(tables), Pupils(tables, last_day), Tally()
    for person, by_month in pupils.sessions.items():
        for end, (possible, missed) in by_month.items():
            plan_type = pupils.plan_type(person, end) if end in months else None
            if plan_type is not None:
                tally.add(end, *allocations.at(person, end), plan_type, possible - missed, possible)
    return tally.ratios()
