"""Who is in post and what social workers hold at a month end, for the caseload KPIs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recompute.children import Allocations
from recompute.common import Row, Tables, month_end, once, source_start


def in_post(tables: Tables, day: date) -> list[Row]:
    """A workforce row for each worker who has started and not left by a month end."""
    return [
        row
        for row in once(tables.get("workforce", ()), "professional_id", "period_end")
        if row["period_end"] == day
        and row["professional_id"] is not None
        and (row.get("start_date") is None or row["start_date"] <= day)
        and (row.get("end_date") is None or row["end_date"] > day)
    ]


def social_workers(tables: Tables, day: date) -> list[Row]:
    """Those in post who are social workers with a full-time equivalent above 0."""
    return [row for row in in_post(tables, day) if row.get("social_worker_flag") == "Y" and (row.get("fte") or 0) > 0]


def caseloads(tables: Tables, months: Sequence[date], first_day: date) -> list[tuple[date, Row, list[str]]]:
    """Month end, social worker and the children they hold, from when both tables can be trusted."""
    start = max(source_start(tables, table, first_day) for table in ("ssd_involvements", "workforce"))
    allocations = Allocations(tables)
    caseload_rows = []
    for day in (day for day in months if day >= start):
        held = allocations.held(day)
        caseload_rows.extend(
            (day, row, held[row["professional_id"]])
            for row in social_workers(tables, day)
            if held.get(row["professional_id"])
        )
    return caseload_rows


def first_month_end(tables: Tables, table: str, first_day: date) -> date:
    """The first month end at which a table can be trusted."""
    start = source_start(tables, table, first_day)
    return start if start == date.max else month_end(start)
