"""Children in care who lived in three or more placements in the 12 months to the month's end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from recompute.children import Allocations, Plans
from recompute.common import Result, Row, Tables, Tally, add_months, by, month_end, once, source_start

TEMPORARY = {"T0", "T1", "T2", "T3", "T4"}
SAME_CARER = {"A3", "A5"}
Home = list[Row]


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date) -> Result:
    """Figures by month, team and worker."""
    allocations, plans, tally = Allocations(tables), Plans(tables, last_day), Tally()
    start = max(source_start(tables, table, first_day) for table in ("ssd_cla_episodes", "ssd_cla_placement"))
    first_end = date.max if start == date.max else month_end(add_months(start, 12))
    placements = by(once(tables["ssd_cla_placement"], "clap_cla_placement_id"), "clap_person_id")
    for person in by(tables["ssd_cla_episodes"], "clae_person_id"):
        homes = _homes(placements.get(person, []))
        for end in months:
            if end >= first_end and plans.in_care(person, end):
                lived_in = sum(any(_open_in_year(row, end) for row in home) for home in homes)
                tally.add(end, *allocations.at(person, end), None, lived_in >= 3, 1)
    return tally.ratios()


def _homes(rows: Sequence[Row]) -> list[Home]:
    """A child's placements in order, those that are one home together."""
    kept = [
        row
        for row in rows
        if row.get("clap_cla_placement_start_date") is not None
        and (row.get("clap_cla_placement_end_date") or date.max) > row["clap_cla_placement_start_date"]
        and row.get("clap_cla_placement_type") not in TEMPORARY
    ]
    kept.sort(
        key=lambda row: (
            row["clap_cla_placement_start_date"],
            row.get("clap_cla_placement_end_date") or date.max,
            row["clap_cla_placement_id"],
        )
    )
    homes: list[Home] = [[row] for row in kept[:1]]
    for before, row in pairwise(kept):
        stays = before.get("clap_cla_placement_change_reason") == "PLACE"
        if stays or row.get("clap_cla_placement_type") in SAME_CARER:
            homes[-1].append(row)
        else:
            homes.append([row])
    return homes


def _open_in_year(row: Row, end: date) -> bool:
    ended = row.get("clap_cla_placement_end_date")
    return row["clap_cla_placement_start_date"] <= end and (ended is None or ended > add_months(end, -12))
