"""Audits graded inadequate, of those completed in the month and graded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recompute.audits import completed, grade_of
from recompute.common import Result, Tables, Tally


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date) -> Result:
    """Figures by month, team and worker."""
    tally = Tally()
    for day, team, worker, audit in completed(tables, months):
        if grade_of(audit):
            tally.add(day, team, worker, None, grade_of(audit) == "inadequate", 1)
    return tally.ratios()
