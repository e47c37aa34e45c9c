"""Early help episodes led by a school."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recompute.children import Allocations
from recompute.common import Result, Tables, Tally, month_end, once


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date) -> Result:
    """Of those started in the month; a name that is not in the list is no school."""
    allocations, tally = Allocations(tables), Tally()
    schools = {
        row["organisation"] for row in once(tables["organisations"], "organisation") if row.get("kind") == "school"
    }
    for row in once(tables["ssd_early_help_episodes"], "earl_episode_id"):
        day = row.get("earl_episode_start_date")
        if day is not None and month_end(day) in months:
            own = row.get("earl_episode_worker_id")
            team, worker = allocations.own_or_allocated(None, own, row.get("earl_person_id"), day)
            tally.add(month_end(day), team, worker, None, row.get("earl_episode_organisation") in schools, 1)
    return tally.ratios()
