"""Contacts about domestic abuse of children who had another in the 12 months before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recompute.children import Allocations
from recompute.common import Result, Tables, Tally, add_months, by, month_end, once, source_start, within_months


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date) -> Result:
    """In the team that decided, from 12 months after the records begin."""
    allocations, tally = Allocations(tables), Tally()
    decisions = {row["contact_id"]: row for row in once(tables.get("contact_decisions", ()), "contact_id")}
    start = max(source_start(tables, table, first_day) for table in ("ssd_contacts", "contact_decisions"))
    about = [
        row
        for row in once(tables.get("ssd_contacts", ()), "cont_contact_id", "cont_person_id")
        if row.get("cont_contact_date") and decisions.get(row["cont_contact_id"], {}).get("domestic_abuse_flag") == "Y"
    ]
    by_child = by(about, "cont_person_id")
    for row in about:
        day, person = row["cont_contact_date"], row.get("cont_person_id")
        if start == date.max or month_end(day) < add_months(start, 12) or month_end(day) not in months:
            continue
        others = (other["cont_contact_date"] for other in by_child.get(person, ()))
        is_repeat = any(other != day and within_months(other, day, 12) for other in others)
        team, worker = allocations.own_or_allocated(decisions[row["cont_contact_id"]].get("team"), None, person, day)
        tally.add(month_end(day), team, worker, None, is_repeat, 1)
    return tally.ratios()
