"""Early help episodes started, by the kind of organisation that leads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recompute.children import Allocations
from recompute.common import Result, Tables, Tally, month_end, once


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date) -> Result:
    """One for each child."""
    allocations, tally = Allocations(tables), Tally()
    kinds: dict[str, str] = {}
    for row in tables["organisations"]:
        if row.get("organisation") is not None and row.get("kind") is not None:
            kinds[row["organisation"]] = min(row["kind"], kinds.get(row["organisation"], row["kind"]))
    for row in once(tables["ssd_early_help_episodes"], "earl_episode_id"):
        day = row.get("earl_episode_start_date")
        if day is not None and month_end(day) in months:
            own = row.get("earl_episode_worker_id")
            team, worker = allocations.own_or_allocated(None, own, row.get("earl_person_id"), day)
            tally.add(month_end(day), team, worker, kinds.get(row.get("earl_episode_organisation") or ""), 1)
    return tally.counts()
