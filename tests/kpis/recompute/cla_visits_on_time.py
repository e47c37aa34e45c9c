"""Children in care visited in the last days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from recompute.children import Allocations, Plans
from recompute.common import Result, Tables, Tally, by, month_end, source_start, within_days


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date, *, limit_days: int) -> Result:
    """Children in care on each of those days and on the one before them, seen at the visit or not."""
    allocations, plans, tally = Allocations(tables), Plans(tables, last_day), Tally()
    visits = by(tables.get("ssd_cla_visits", ()), "clav_person_id")
    in_care_from = source_start(tables, "ssd_cla_episodes", first_day)
    visited_from = source_start(tables, "ssd_cla_visits", first_day)
    for end in months:
        if date.max in (in_care_from, visited_from) or end < month_end(in_care_from):
            continue
        if end < visited_from + timedelta(days=limit_days):
            continue
        for person in by(tables["ssd_cla_episodes"], "clae_person_id"):
            if all(plans.in_care(person, end - timedelta(days=number)) for number in range(limit_days + 1)):
                is_visited = any(
                    within_days(row.get("clav_cla_visit_date"), end, limit_days) for row in visits.get(person, ())
                )
                tally.add(end, *allocations.at(person, end), None, is_visited, 1)
    return tally.ratios()
