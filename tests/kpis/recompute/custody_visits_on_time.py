"""Young people in custody visited in the last days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from recompute.children import Allocations
from recompute.common import Result, Tables, Tally, by, is_open, month_end, source_start, within_days


def recompute(
    tables: Tables, months: Sequence[date], first_day: date, last_day: date, *, limit_days: int = 42
) -> Result:
    """Each young person once, in custody since the earliest open spell began."""
    allocations, tally = Allocations(tables), Tally()
    visits = by(tables.get("custody_visits", ()), "custody_id")
    visited_from = source_start(tables, "custody_visits", first_day)
    held_from = source_start(tables, "custody", first_day)
    if date.max in (visited_from, held_from):
        return {}
    for end in months:
        if end < month_end(held_from) or (end - visited_from).days < limit_days:
            continue
        for person, spells in by(tables["custody"], "person_id").items():
            starts = [row["start_date"] for row in spells if is_open(row.get("start_date"), row.get("end_date"), end)]
            if starts and min(starts) <= end - timedelta(days=limit_days):
                days = [visit.get("visit_date") for row in spells for visit in visits.get(row["custody_id"], ())]
                tally.add(
                    end, *allocations.at(person, end), None, any(within_days(day, end, limit_days) for day in days), 1
                )
    return tally.ratios()
