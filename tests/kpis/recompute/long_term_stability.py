"""Children in care for 2.5 years who have lived in the same placement for 2."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recompute.care import TEMPORARY, Care, homes, placement_at, placement_order
from recompute.children import Allocations
from recompute.common import Result, Row, Tables, Tally, add_months, by, once, source_start

ADOPTIVE = {"A3", "A4", "A5", "A6"}


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date) -> Result:
    """Figures by month, team and worker."""
    allocations, care, tally = Allocations(tables), Care(tables, last_day), Tally()
    births = {row["pers_person_id"]: row["pers_dob"] for row in tables.get("ssd_person", ()) if row.get("pers_dob")}
    placements = by(once(tables.get("ssd_cla_placement", ()), "clap_cla_placement_id"), "clap_person_id")
    in_care_from = source_start(tables, "ssd_cla_episodes", first_day)
    placed_from = source_start(tables, "ssd_cla_placement", first_day)
    if date.max in (in_care_from, placed_from):
        return {}
    for end in months:
        if end < add_months(in_care_from, 30) or end < add_months(placed_from, 24):
            continue
        for person in care.people():
            birth = births.get(person)
            if birth is not None and birth > add_months(end, -16 * 12) and care.lasts(person, end, 30):
                since = _at_home_since(placements.get(person, []), end)
                is_settled = since is not None and since <= add_months(end, -24)
                tally.add(end, *allocations.at(person, end), None, is_settled, 1)
    return tally.ratios()


def _at_home_since(rows: Sequence[Row], day: date) -> date | None:
    """From when a child has lived where they live on a day; a temporary placement is part of the home before it."""
    now, homes_in_order = placement_at(rows, day), homes(rows)
    if now is None:
        return None
    if now.get("clap_cla_placement_type") in TEMPORARY:
        places = [
            home_number
            for home_number, home in enumerate(homes_in_order)
            if placement_order(home[0]) < placement_order(now)
        ]
        if not places:
            return None
        home_number = max(places)
    else:
        home_number = next(home_number for home_number, home in enumerate(homes_in_order) if now in home)
    if home_number > 0 and homes_in_order[home_number][0].get("clap_cla_placement_type") in ADOPTIVE:
        home_number -= 1
    return min(row["clap_cla_placement_start_date"] for row in homes_in_order[home_number])
