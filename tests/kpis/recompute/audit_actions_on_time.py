"""Actions from audits closed by their due date, of those due in the month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recompute.children import Allocations
from recompute.common import Result, Tables, Tally, month_end, once


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date) -> Result:
    """Figures by month, and the team and worker of the audit."""
    allocations, tally = Allocations(tables), Tally()
    audits = {audit["audit_id"]: audit for audit in once(tables.get("audits", ()), "audit_id")}
    for action in once(tables["audit_actions"], "action_id"):
        due, closed = action.get("due_date"), action.get("closed_date")
        if due is None or month_end(due) not in months:
            continue
        audit = audits.get(action.get("audit_id"), {})
        team, worker = allocations.own_or_allocated(
            audit.get("team"), audit.get("professional_id"), audit.get("person_id"), due
        )
        tally.add(month_end(due), team, worker, None, closed is not None and closed <= due, 1)
    return tally.ratios()
