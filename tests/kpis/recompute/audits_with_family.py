"""Audits with the family's feedback, of those completed in the month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recompute.audits import completed
from recompute.common import Result, Tables, Tally


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date) -> Result:
    """Figures by month, team and worker."""
    tally = Tally()
    for day, team, worker, audit in completed(tables, months):
        tally.add(day, team, worker, None, audit.get("family_feedback_flag") == "Y", 1)
    return tally.ratios()
