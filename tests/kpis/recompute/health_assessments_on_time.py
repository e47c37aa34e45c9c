"""Children in care for a year who had their health assessments in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recompute.care import Care
from recompute.children import Allocations
from recompute.common import Result, Tables, Tally, add_months, by, source_start, within_months


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date) -> Result:
    """Figures by month, team and worker."""
    allocations, care, tally = Allocations(tables), Care(tables, last_day), Tally()
    births = {row["pers_person_id"]: row["pers_dob"] for row in tables.get("ssd_person", ()) if row.get("pers_dob")}
    checks = by(tables.get("ssd_cla_health", ()), "clah_person_id")
    start = max(source_start(tables, table, first_day) for table in ("ssd_cla_episodes", "ssd_cla_health"))
    for end in (end for end in months if start != date.max and end >= add_months(start, 12)):
        for person in care.people():
            if not care.lasts(person, end, 12):
                continue
            held = {
                row["clah_health_check_date"]
                for row in checks.get(person, ())
                if "health assessment" in (row.get("clah_health_check_type") or "").lower()
                and (row.get("clah_health_check_status") or "").lower() == "completed"
                and within_months(row.get("clah_health_check_date"), end, 12)
            }
            is_young = person in births and births[person] > add_months(end, -60)
            tally.add(end, *allocations.at(person, end), None, len(held) >= (2 if is_young else 1), 1)
    return tally.ratios()
