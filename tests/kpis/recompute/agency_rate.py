"""Agency social workers' full-time equivalent over that of all social workers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recompute.caseloads import social_workers
from recompute.common import Result, Tables, Tally, source_start, team_names


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date) -> Result:
    """Never by worker."""
    tally, name = Tally(), team_names(tables)
    start = source_start(tables, "workforce", first_day)
    for day in (day for day in months if day >= start):
        for row in social_workers(tables, day):
            is_agency = row.get("agency_flag") == "Y"
            tally.add(day, name(row.get("team")), None, None, row["fte"] if is_agency else 0, row["fte"])
    return tally.ratios()
