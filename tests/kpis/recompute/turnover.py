"""Full-time equivalent of leavers of the last 12 months over that in post."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from recompute.caseloads import social_workers
from recompute.common import (
    Result,
    Row,
    Tables,
    Tally,
    add_months,
    by,
    source_start,
    team_names,
    within_months,
    working_days,
)


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date) -> Result:
    """A team without anybody in post keeps its leavers, for the service's sake."""
    name, kpi_figures = team_names(tables), {}
    leavers = list(_leavers(tables, last_day))
    start = source_start(tables, "workforce", first_day)
    for day in (day for day in months if start != date.max and day >= add_months(start, 12)):
        tally = Tally()
        for row in leavers:
            if within_months(row["end_date"], day, 12):
                tally.add(day, name(row.get("team")), None, None, row["fte"], 0)
        in_post = [row for row in social_workers(tables, day) if row.get("agency_flag") != "Y"]
        for row in in_post:
            tally.add(day, name(row.get("team")), None, None, 0, row["fte"])
        if in_post:
            kpi_figures.update(tally.sums())
    return kpi_figures


def _leavers(tables: Tables, last_day: date) -> Iterator[Row]:
    """The last row of each who left, with the day; also of those who stayed, no longer as employed social workers."""
    served = [row for row in tables.get("workforce", ()) if row["period_end"] <= last_day]
    for rows in by(served, "professional_id").values():
        counted = set()
        for end in sorted({row["end_date"] for row in rows if row.get("end_date") is not None}):
            last = max((row for row in rows if row.get("end_date") == end), key=lambda row: row["period_end"])
            is_social_worker = _is_employed(last) and (last.get("fte") or 0) > 0
            if is_social_worker and not any(_is_back(row, end) for row in rows if _is_employed(row)):
                counted.add(end)
                yield last
        for month, following in pairwise(sorted({row["period_end"] for row in rows})):
            before, after = ([row for row in rows if row["period_end"] == end] for end in (month, following))
            if not any(map(_is_employed, after)):
                own = [row for row in before if _is_employed(row) and row.get("end_date") not in counted]
                last = max(own, key=lambda row: row.get("fte") or 0, default={})
                if last.get("fte"):
                    yield {**last, "end_date": following}


def _is_employed(row: Row) -> bool:
    return row.get("social_worker_flag") == "Y" and row.get("agency_flag") != "Y"


def _is_back(row: Row, end: date) -> bool:
    """Still there, or there again by the next working day."""
    if row["period_end"] <= end or (row.get("end_date") is not None and row["end_date"] <= end):
        return False
    start = row.get("start_date")
    return start is None or start <= end or working_days(end, start) <= 1
