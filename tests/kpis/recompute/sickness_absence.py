"""Working days lost to sickness in 12 months, of those that the social workers in post would work."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recompute.caseloads import social_workers
from recompute.common import Result, Row, Tables, Tally, add_months, by, month_end, source_start, team_names
from recompute.service import service_rows


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date) -> Result:
    """A team without anybody in post keeps its days lost, for the service's sake."""
    name, kpi_figures = team_names(tables), {}
    recorded = by((row for row in service_rows(tables) if _days(row) is not None), "period_end")
    start = source_start(tables, "workforce", first_day)
    for day in (day for day in months if start != date.max and day >= add_months(start, 12)):
        year = [month_end(add_months(day.replace(day=1), -number)) for number in range(12)]
        in_post = [row for row in social_workers(tables, day) if row.get("agency_flag") != "Y"]
        if not in_post or not all(recorded.get(end) for end in year):
            continue
        tally = Tally()
        for row in (row for end in year for row in recorded[end]):
            if row.get("social_worker_flag") == "Y" and row.get("agency_flag") != "Y":
                tally.add(day, name(row.get("team")), None, None, _days(row) or 0, 0)
        days = 254 if any((end.month, end.day) == (2, 29) for end in year) else 253
        for row in in_post:
            tally.add(day, name(row.get("team")), None, None, 0, row["fte"] * days)
        kpi_figures.update({key: sums for key, sums in tally.sums().items() if any(sums)})
    return kpi_figures


def _days(row: Row) -> float | None:
    days: float | None = row.get("working_days_lost")
    return days if days is not None and days >= 0 else None
