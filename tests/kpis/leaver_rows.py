"""Rows of care leavers, for the tests of the KPIs about them."""

from __future__ import annotations

from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from rows import Row
from twice import Result, twice

FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)
FEBRUARY, MARCH = date(2026, 2, 28), date(2026, 3, 31)
AGED_20 = date(2006, 3, 5)
_numbers = count(1)


def leaver(person: str | None = "C1", as_at: date | None = MARCH, **columns: Any) -> Row:
    """A former relevant young person whom the council is in touch with, of worker W1 in team T1."""
    usual = {
        "clea_table_id": f"L{next(_numbers):03}",
        "clea_person_id": person,
        "clea_care_leaver_eligibility": "Former Relevant",
        "clea_care_leaver_in_touch": "YES",
        "clea_care_leaver_allocated_team": "T1",
        "clea_care_leaver_worker_id": "W1",
        "as_at": as_at,
    }
    return {**usual, **columns}


def figures(kpi: str, folder: Path, leavers: list[Row], born: date | None = AGED_20, **tables: Any) -> Result:
    """The KPI of these care leavers, all born on one day."""
    people = sorted({row["clea_person_id"] for row in leavers if row["clea_person_id"] is not None})
    given = {
        "ssd_care_leavers": leavers,
        "ssd_person": [{"pers_person_id": person, "pers_dob": born} for person in people],
        **tables,
    }
    return twice(kpi, folder, given, first_day=FIRST, last_day=LAST)
