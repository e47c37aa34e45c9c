"""Return interviews held within 72 hours, of those accepted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from recompute.children import Allocations
from recompute.common import Result, Tables, Tally, month_end, once
from recompute.missing_children import moment
from recompute.missing_episodes import day_of


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date) -> Result:
    """By month of the return."""
    allocations, tally = Allocations(tables), Tally()
    interviews = {row["missing_id"]: row for row in once(tables.get("return_interviews", ()), "missing_id")}
    for episode in once(tables["ssd_missing"], "miss_table_id"):
        interview = interviews.get(episode["miss_table_id"], {})
        back = interview.get("return_time") or episode.get("miss_missing_episode_end_date")
        if episode.get("miss_missing_rhi_accepted") != "Y" or back is None or month_end(day_of(back)) not in months:
            continue
        if day_of(moment(back) + timedelta(hours=72)) > last_day:
            continue
        held = interview.get("interview_time")
        in_time = (
            held is not None and day_of(back) <= day_of(held) and moment(held) - moment(back) <= timedelta(hours=72)
        )
        team, worker = allocations.at(episode.get("miss_person_id"), day_of(back))
        tally.add(month_end(day_of(back)), team, worker, None, in_time, 1)
    return tally.ratios()
