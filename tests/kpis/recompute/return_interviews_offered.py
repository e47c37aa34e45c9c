"""Return interviews offered, of the missing episodes that ended in the month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recompute.children import Allocations
from recompute.common import Result, Tables, Tally, month_end, once
from recompute.missing_episodes import day_of


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date) -> Result:
    """Figures by month, team and worker."""
    allocations, tally = Allocations(tables), Tally()
    for episode in once(tables["ssd_missing"], "miss_table_id"):
        ended, offered = episode.get("miss_missing_episode_end_date"), episode.get("miss_missing_rhi_offered")
        if ended is None or offered == "NA" or month_end(day_of(ended)) not in months:
            continue
        day = day_of(ended)
        tally.add(month_end(day), *allocations.at(episode.get("miss_person_id"), day), None, offered == "Y", 1)
    return tally.ratios()
