"""The team a worker served in, in a month."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from recompute.common import Row, Tables, month_end, once, team_names


def service_rows(tables: Tables) -> list[Row]:
    """A workforce row for each worker and month, in post at its end or not."""
    rows = once(tables.get("workforce", ()), "professional_id", "period_end")
    return [row for row in rows if row.get("professional_id") is not None]


def team_in_month(tables: Tables) -> Callable[[str | None, date], str | None]:
    """A function from a worker and a day to the worker's team in that month; nothing for who is not there."""
    name = team_names(tables)
    team_by_month = {(row["professional_id"], row["period_end"]): name(row.get("team")) for row in service_rows(tables)}
    return lambda worker, day: team_by_month.get((worker, month_end(day)))
