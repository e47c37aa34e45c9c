"""Children in need seen at a visit in the last working days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recompute.children import Allocations, Plans
from recompute.common import Result, Tables, Tally, working_days
from recompute.visits import Visits, covered


def recompute(
    tables: Tables, months: Sequence[date], first_day: date, last_day: date, *, limit_working_days: int
) -> Result:
    """Children of plan type in need, in the team of their plan."""
    plans, allocations, tally = Plans(tables, last_day), Allocations(tables), Tally()
    visits = Visits(tables, "ssd_cin_visits", "cinv_cin_visit", limit_working_days)
    for day in covered(tables, months, first_day, "ssd_cin_plans", "ssd_cin_visits", limit_working_days):
        for person in plans.people_in_need():
            plan = plans.in_need(person, day)
            since = plans.in_need_since(person, day)
            if plan is None or since is None or working_days(since, day) < limit_working_days:
                continue
            if plans.plan_type(person, day) != "in need":
                continue
            own = plan.get("cinp_cin_plan_team"), plan.get("cinp_cin_plan_worker_id")
            tally.add(day, *allocations.own_or_allocated(*own, person, day), None, visits.saw(person, day), 1)
    return tally.ratios()
