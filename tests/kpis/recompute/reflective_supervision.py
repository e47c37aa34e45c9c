"""Supervision sessions recorded as reflective, of those held."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recompute.common import Result, Tables, Tally, month_end, once
from recompute.service import team_in_month


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date) -> Result:
    """In the worker's own team."""
    tally, team = Tally(), team_in_month(tables)
    for row in once(tables["supervision"], "supervision_id"):
        day, worker = row.get("supervision_date"), row.get("professional_id")
        if day is not None and month_end(day) in months:
            tally.add(month_end(day), team(worker, day), worker, None, row.get("reflective_flag") == "Y", 1)
    return tally.ratios()
