"""Children on a protection plan seen at a visit in the last working days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recompute.children import Allocations, Plans
from recompute.common import Result, Tables, Tally
from recompute.visits import Visits, covered, is_due


def recompute(
    tables: Tables, months: Sequence[date], first_day: date, last_day: date, *, limit_working_days: int
) -> Result:
    """Children on a plan, in care or not, in the team that holds their case."""
    plans, allocations, tally = Plans(tables, last_day), Allocations(tables), Tally()
    visits = Visits(tables, "ssd_cp_visits", "cppv_cp_visit", limit_working_days)
    for day in covered(tables, months, first_day, "ssd_cp_plans", "ssd_cp_visits", limit_working_days):
        for person in plans.people_protected():
            if is_due(plans.protection(person, day), "cppl_cp_plan_start_date", day, limit_working_days):
                tally.add(day, *allocations.at(person, day), None, visits.saw(person, day), 1)
    return tally.ratios()
