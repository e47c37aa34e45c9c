"""Visits at which a child who was seen was seen alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recompute.care_leavers_in_touch import age
from recompute.children import Allocations
from recompute.common import Result, Tables, Tally, month_end, once

VISITS = {
    "in need": ("ssd_cin_visits", "cinv_cin_visit", "cinv_person_id"),
    "protection": ("ssd_cp_visits", "cppv_cp_visit", "cppv_person_id"),
    "in care": ("ssd_cla_visits", "clav_cla_visit", "clav_person_id"),
}


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date, *, minimum_age: int) -> Result:
    """Figures by month, team, worker and kind of visit."""
    allocations, tally = Allocations(tables), Tally()
    births = {row["pers_person_id"]: row["pers_dob"] for row in tables["ssd_person"] if row.get("pers_dob")}
    for kind, (table, prefix, person_column) in VISITS.items():
        for row in once(tables[table], f"{prefix}_id"):
            person, day = row.get(person_column), row.get(f"{prefix}_date")
            if day is None or month_end(day) not in months or row.get(f"{prefix}_seen") != "Y":
                continue
            if person in births and age(births[person], day) >= minimum_age:
                is_alone = row.get(f"{prefix}_seen_alone") == "Y"
                tally.add(month_end(day), *allocations.at(person, day), kind, is_alone, 1)
    return tally.ratios()
