"""Care leavers of each month, for the KPIs about them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from recompute.care_leavers_in_touch import age
from recompute.children import Allocations
from recompute.common import Row, Tables

Leaver = tuple[date, str | None, str | None, str, Row]


def leavers(tables: Tables, months: Sequence[date], last_day: date) -> Iterator[Leaver]:
    """Month end, team, worker, age group and row of each care leaver aged 17 to 21, once a month."""
    allocations = Allocations(tables)
    births = {row["pers_person_id"]: row["pers_dob"] for row in tables["ssd_person"] if row.get("pers_dob")}
    latest_rows: dict[tuple[date, str], Row] = {}
    for row in sorted(tables["ssd_care_leavers"], key=lambda row: row["clea_table_id"]):
        if row.get("clea_person_id") is not None:
            key = (row.get("as_at") or last_day, row["clea_person_id"])
            if key not in latest_rows or _contact(row) > _contact(latest_rows[key]):
                latest_rows[key] = row
    for (end, person), row in latest_rows.items():
        is_eligible = row.get("clea_care_leaver_eligibility") in ("Relevant", "Former Relevant")
        is_gone = row.get("clea_care_leaver_in_touch") in ("DIED", "RHOM")
        if end in months and person in births and is_eligible and not is_gone and 17 <= age(births[person], end) <= 21:
            own = row.get("clea_care_leaver_allocated_team"), row.get("clea_care_leaver_worker_id")
            group = "17–18" if age(births[person], end) < 19 else "19–21"
            yield end, *allocations.own_or_allocated(*own, person, end), group, row


def _contact(row: Row) -> date:
    return row.get("clea_care_leaver_latest_contact") or date.min
