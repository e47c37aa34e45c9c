"""Missing episodes started in the month, from care and from home."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from recompute.children import Allocations, Plans
from recompute.common import Result, Tables, Tally, month_end, once


def day_of(when: date) -> date:
    """The day of a date or a time."""
    return when.date() if isinstance(when, datetime) else when


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date) -> Result:
    """Counts by month, team, worker and where from."""
    allocations, plans, tally = Allocations(tables), Plans(tables, last_day), Tally()
    for episode in once(tables["ssd_missing"], "miss_table_id"):
        started, person = episode.get("miss_missing_episode_start_date"), episode.get("miss_person_id")
        is_missing = (episode.get("miss_missing_episode_type") or "").lower() in {"missing", "m"}
        if started is None or not is_missing or month_end(day_of(started)) not in months:
            continue
        day = day_of(started)
        category = None if person is None else "from care" if plans.in_care(person, day) else "from home"
        tally.add(month_end(day), *allocations.at(person, day), category, 1)
    return tally.counts()
