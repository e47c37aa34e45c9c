"""Protection plans open for 730 days or more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recompute.children import Allocations, Plans
from recompute.common import Result, Tables, Tally, source_start


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date) -> Result:
    """Figures by month, team and worker."""
    allocations, plans, tally = Allocations(tables), Plans(tables, last_day), Tally()
    start = source_start(tables, "ssd_cp_plans", first_day)
    for person in plans.people_protected():
        for end in (end for end in months if end >= start):
            plan = plans.protection(person, end)
            if plan is not None:
                is_long = (end - plan["cppl_cp_plan_start_date"]).days > 729
                tally.add(end, *allocations.at(person, end), None, is_long, 1)
    return tally.ratios()
