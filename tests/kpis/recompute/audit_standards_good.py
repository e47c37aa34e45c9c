"""Standards graded good or outstanding, of those graded in audits completed in the month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recompute.audits import completed, grade_of
from recompute.common import Result, Tables, Tally, by, once


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date) -> Result:
    """Figures by month, team, worker and standard."""
    tally = Tally()
    standards = by(once(tables["audit_standards"], "audit_id", "standard"), "audit_id")
    for day, team, worker, audit in completed(tables, months):
        for row in standards.get(audit["audit_id"], ()):
            grade = grade_of(row)
            if grade:
                tally.add(day, team, worker, row["standard"], grade in ("good", "outstanding"), 1)
    return tally.ratios()
