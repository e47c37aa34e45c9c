"""Children who were missing in the month, each once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from recompute.children import Allocations
from recompute.common import Result, Row, Tables, Tally, by, once, source_start
from recompute.missing_episodes import day_of


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date) -> Result:
    """In the team of the latest episode."""
    allocations, tally = Allocations(tables), Tally()
    start = source_start(tables, "ssd_missing", first_day)
    episodes = [
        row
        for row in once(tables["ssd_missing"], "miss_table_id")
        if (row.get("miss_missing_episode_type") or "").lower() in {"missing", "m"}
        and row.get("miss_missing_episode_start_date") is not None
    ]
    for person, rows in by(episodes, "miss_person_id").items():
        for end in (end for end in months if end >= start):
            missing_rows = [row for row in rows if _is_missing(row, end)]
            if missing_rows:
                latest = max(moment(row["miss_missing_episode_start_date"]) for row in missing_rows)
                tally.add(end, *allocations.at(person, latest.date()), None, 1)
    return tally.counts()


def _is_missing(row: Row, end: date) -> bool:
    begun, ended = row["miss_missing_episode_start_date"], row.get("miss_missing_episode_end_date")
    if day_of(begun) > end:
        return False
    midnight = datetime.combine(end.replace(day=1), time())
    return day_of(begun) >= end.replace(day=1) or ended is None or moment(ended) > midnight


def moment(when: date) -> datetime:
    """The time of a time or of the beginning of a day."""
    return when if isinstance(when, datetime) else datetime.combine(when, time())
