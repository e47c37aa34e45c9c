"""Audits completed in the month they were planned for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recompute.children import Allocations
from recompute.common import Result, Tables, Tally, month_end, once


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date) -> Result:
    """Figures by month, team and worker."""
    allocations, tally = Allocations(tables), Tally()
    for audit in once(tables["audits"], "audit_id"):
        planned, completed = audit.get("planned_date"), audit.get("completed_date")
        if planned is None or month_end(planned) not in months:
            continue
        team, worker = allocations.own_or_allocated(
            audit.get("team"), audit.get("professional_id"), audit.get("person_id"), planned
        )
        same_month = completed is not None and (completed.year, completed.month) == (planned.year, planned.month)
        tally.add(month_end(planned), team, worker, None, same_month, 1)
    return tally.ratios()
