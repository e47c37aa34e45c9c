"""Audits whose grade moderation left unchanged, of those moderated in the month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recompute.audits import completed, grade_of
from recompute.common import Result, Tables, Tally


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date) -> Result:
    """Only audits with a grade before and after."""
    tally = Tally()
    for day, team, worker, audit in completed(tables, months, "moderated_date"):
        before, after = grade_of(audit), grade_of(audit, "moderated_grade")
        if before and after:
            tally.add(day, team, worker, None, before == after, 1)
    return tally.ratios()
