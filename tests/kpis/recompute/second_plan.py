"""Protection plans starting for a child who had an earlier one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recompute.children import Allocations
from recompute.common import Result, Tables, Tally, by, month_end, once


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date) -> Result:
    """Figures by month, team and worker."""
    allocations, tally = Allocations(tables), Tally()
    own = [row for row in once(tables["ssd_cp_plans"], "cppl_cp_plan_id") if row.get("cppl_cp_plan_ola") != "Y"]
    for person, rows in by(own, "cppl_person_id").items():
        plans = [
            (row["cppl_cp_plan_start_date"], row.get("previous_plans") or 0)
            for row in rows
            if row.get("cppl_cp_plan_start_date")
        ]
        for start, previous in plans:
            if month_end(start) in months:
                again = previous > 0 or any(earlier < start for earlier, _ in plans)
                tally.add(month_end(start), *allocations.at(person, start), None, again, 1)
    return tally.ratios()
