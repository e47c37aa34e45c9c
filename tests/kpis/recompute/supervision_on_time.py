"""Case-holding workers supervised in the last days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from recompute.caseloads import in_post
from recompute.children import Allocations
from recompute.common import Result, Tables, Tally, by, source_start, team_names, within_days


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date, *, limit_days: int) -> Result:
    """Only workers known to have been in post that long."""
    tally, name, allocations = Tally(), team_names(tables), Allocations(tables)
    sessions = by(tables.get("supervision", ()), "professional_id")
    start = max(source_start(tables, table, first_day) for table in ("workforce", "ssd_involvements"))
    supervised_from = source_start(tables, "supervision", first_day)
    for day in months:
        if day < start or supervised_from == date.max or day < supervised_from + timedelta(days=limit_days):
            continue
        held = allocations.held(day)
        for row in in_post(tables, day):
            worker, started = row["professional_id"], row.get("start_date")
            if not held.get(worker) or started is None or (day - started).days < limit_days:
                continue
            is_on_time = any(
                within_days(session.get("supervision_date"), day, limit_days) for session in sessions.get(worker, ())
            )
            tally.add(day, name(row.get("team")), worker, None, is_on_time, 1)
    return tally.ratios()
