"""Protection plans whose latest category is neglect, alone or within Multiple."""

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
        for end in months:
            plan = plans.protection(person, end)
            if end >= start and plan is not None:
                category = (plan.get("cppl_cp_plan_latest_category") or "").casefold()
                is_neglect = category == "neg" or "neglect" in category
                tally.add(end, *allocations.at(person, end), None, is_neglect, 1)
    return tally.ratios()
