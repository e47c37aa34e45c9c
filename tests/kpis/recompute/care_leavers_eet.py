"""Care leavers in education, employment or training."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recompute.common import Result, Tables, Tally
from recompute.leavers import leavers


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date) -> Result:
    """Full time (F) or part time (P)."""
    tally = Tally()
    for end, team, worker, group, row in leavers(tables, months, last_day):
        activity = row.get("clea_care_leaver_activity") or ""
        tally.add(end, team, worker, group, activity.startswith(("F", "P")), 1)
    return tally.ratios()
