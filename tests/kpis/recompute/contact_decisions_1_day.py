"""Contacts decided within one working day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recompute.children import Allocations
from recompute.common import Result, Tables, Tally, month_end, once, source_start, working_days


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date) -> Result:
    """One for each child, in the team that decided."""
    allocations, tally = Allocations(tables), Tally()
    decisions = {row["contact_id"]: row for row in once(tables.get("contact_decisions", ()), "contact_id")}
    start = source_start(tables, "contact_decisions", first_day)
    for row in once(tables.get("ssd_contacts", ()), "cont_contact_id", "cont_person_id"):
        day = row.get("cont_contact_date")
        if day is None or day < start or month_end(day) not in months or working_days(day, last_day) < 1:
            continue
        decision = decisions.get(row["cont_contact_id"], {})
        decided = decision.get("decision_date")
        in_time = decided is not None and day <= decided <= last_day and working_days(day, decided) <= 1
        team, worker = allocations.own_or_allocated(decision.get("team"), None, row.get("cont_person_id"), day)
        tally.add(month_end(day), team, worker, None, in_time, 1)
    return tally.ratios()
