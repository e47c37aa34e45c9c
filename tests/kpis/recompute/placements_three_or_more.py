"""Children in care who lived in three or more placements in the 12 months to the month's end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recompute.care import homes
from recompute.children import Allocations, Plans
from recompute.common import Result, Row, Tables, Tally, add_months, by, month_end, once, source_start


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date) -> Result:
    """Figures by month, team and worker."""
    allocations, plans, tally = Allocations(tables), Plans(tables, last_day), Tally()
    start = max(source_start(tables, table, first_day) for table in ("ssd_cla_episodes", "ssd_cla_placement"))
    first_end = date.max if start == date.max else month_end(add_months(start, 12))
    placements = by(once(tables["ssd_cla_placement"], "clap_cla_placement_id"), "clap_person_id")
    for person in by(tables["ssd_cla_episodes"], "clae_person_id"):
        lived = homes(placements.get(person, []))
        for end in months:
            if end >= first_end and plans.in_care(person, end):
                lived_in = sum(any(_open_in_year(row, end) for row in home) for home in lived)
                tally.add(end, *allocations.at(person, end), None, lived_in >= 3, 1)
    return tally.ratios()


def _open_in_year(row: Row, end: date) -> bool:
    ended = row.get("clap_cla_placement_end_date")
    return row["clap_cla_placement_start_date"] <= end and (ended is None or ended > add_months(end, -12))
