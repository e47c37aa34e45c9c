"""Children looked after at each month's end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recompute.children import Allocations, Plans
from recompute.common import Result, Tables, Tally, by, source_start


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date) -> Result:
    """Counts by month, team and worker."""
    allocations, plans, tally = Allocations(tables), Plans(tables, last_day), Tally()
    start = source_start(tables, "ssd_cla_episodes", first_day)
    for person in by(tables["ssd_cla_episodes"], "clae_person_id"):
        for end in months:
            if end >= start and plans.in_care(person, end):
                tally.add(end, *allocations.at(person, end), None, 1)
    return tally.counts()
