"""Places on courses attended, of those required and not cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recompute.common import Result, Tables, Tally, month_end, once
from recompute.service import team_in_month


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date) -> Result:
    """In the worker's own team, by course."""
    tally, team = Tally(), team_in_month(tables)
    for row in once(tables["training"], "training_id"):
        day, worker, outcome = row.get("course_date"), row.get("professional_id"), row.get("outcome")
        if day is None or month_end(day) not in months:
            continue
        if row.get("required_flag") == "Y" and outcome != "cancelled":
            tally.add(month_end(day), team(worker, day), worker, row.get("course"), outcome == "attended", 1)
    return tally.ratios()
