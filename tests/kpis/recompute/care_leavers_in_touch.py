"""Care leavers aged 17 to 21 whom the council is in touch with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recompute.children import Allocations
from recompute.common import Result, Tables, Tally


def age(birth: date, day: date) -> int:
    """Whole years; someone born on 29 February is a year older from 1 March."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date) -> Result:
    """Figures by month, team, worker and age group."""
    allocations, tally = Allocations(tables), Tally()
    births = {row["pers_person_id"]: row["pers_dob"] for row in tables["ssd_person"] if row.get("pers_dob")}
    leavers = {}
    for row in sorted(tables["ssd_care_leavers"], key=lambda row: row["clea_table_id"]):
        key = (row.get("as_at") or last_day, row["clea_person_id"])
        if key not in leavers or _contact(row) > _contact(leavers[key]):
            leavers[key] = row
    for (end, person), row in leavers.items():
        years = age(births[person], end) if person in births else None
        if (
            end not in months
            or years is None
            or not 17 <= years <= 21
            or row.get("clea_care_leaver_eligibility") not in {"Relevant", "Former Relevant"}
            or row.get("clea_care_leaver_in_touch") in {"DIED", "RHOM"}
        ):
            continue
        own = row.get("clea_care_leaver_allocated_team"), row.get("clea_care_leaver_worker_id")
        team, worker = allocations.own_or_allocated(*own, person, end)
        group = "17–18" if years < 19 else "19–21"
        tally.add(end, team, worker, group, row.get("clea_care_leaver_in_touch") == "YES", 1)
    return tally.ratios()


def _contact(row: dict[str, date | None]) -> date:
    return row.get("clea_care_leaver_latest_contact") or date.min
