"""Agency social workers who have been in the council for 12 months or more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recompute.caseloads import in_post
from recompute.common import Result, Tables, Tally, add_months, source_start, team_names


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date) -> Result:
    """Heads, never by worker."""
    tally, name = Tally(), team_names(tables)
    start = source_start(tables, "workforce", first_day)
    for day in (day for day in months if day >= start):
        for row in in_post(tables, day):
            if row.get("social_worker_flag") == "Y" and row.get("agency_flag") == "Y":
                started = row.get("start_date")
                is_here_a_year = started is not None and started <= add_months(day, -12)
                tally.add(day, name(row.get("team")), None, None, is_here_a_year, 1)
    return tally.ratios()
