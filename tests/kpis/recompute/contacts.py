"""Contacts received, one for each child."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recompute.children import Allocations
from recompute.common import Result, Tables, Tally, month_end, once
from recompute.source_groups import source_group


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date) -> Result:
    """In the team that held the child's case on the day."""
    tally, allocations = Tally(), Allocations(tables)
    for row in once(tables["ssd_contacts"], "cont_contact_id", "cont_person_id"):
        day = row.get("cont_contact_date")
        if day is not None and month_end(day) in months:
            group = source_group(row.get("cont_contact_source_code"))
            tally.add(month_end(day), *allocations.at(row.get("cont_person_id"), day), group, 1)
    return tally.counts()
