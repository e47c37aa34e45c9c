"""Audits graded good or outstanding, of those completed in the month and graded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recompute.children import Allocations
from recompute.common import Result, Tables, Tally, month_end, once

GRADES = {"outstanding": True, "good": True, "requires improvement": False, "inadequate": False}


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date) -> Result:
    """Figures by month, team, worker and case type."""
    allocations, tally = Allocations(tables), Tally()
    for audit in once(tables["audits"], "audit_id"):
        completed, grade = audit.get("completed_date"), (audit.get("grade") or "").lower()
        if completed is None or grade not in GRADES or month_end(completed) not in months:
            continue
        team, worker = allocations.own_or_allocated(
            audit.get("team"), audit.get("professional_id"), audit.get("person_id"), completed
        )
        tally.add(month_end(completed), team, worker, audit.get("case_type"), GRADES[grade], 1)
    return tally.ratios()
