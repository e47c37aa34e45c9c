"""Pupils with a social worker at a month's end, for the two KPIs about school."""

from __future__ import annotations

from datetime import date

from recompute.children import Plans
from recompute.common import Tables, by, is_open, once


def school_year_start(day: date) -> date:
    """The 1 September on or before a day."""
    return date(day.year if day.month >= 9 else day.year - 1, 9, 1)


class Pupils:
    """Sessions and plan types of school-age children."""

    def __init__(self, tables: Tables, last_day: date) -> None:
        self._plans = Plans(tables, last_day)
        self._referrals = by(tables.get("ssd_cin_episodes", ()), "cine_person_id")
        self._births = {row["pers_person_id"]: row["pers_dob"] for row in tables["ssd_person"] if row.get("pers_dob")}
        self.sessions: dict[str, dict[date, tuple[int, int]]] = {}
        for row in once(tables["attendance"], "person_id", "period_end"):
            counts = [row.get(f"sessions_{kind}") for kind in ("possible", "authorised", "unauthorised")]
            if None not in counts and min(counts) >= 0 and counts[1] + counts[2] <= counts[0]:
                mine = self.sessions.setdefault(row["person_id"], {})
                mine[row["period_end"]] = (counts[0], counts[1] + counts[2])

    def plan_type(self, person: str, end: date) -> str | None:
        """In care, protection or in need; None for a child of another age or without any."""
        birth, year = self._births.get(person), school_year_start(end).year
        if birth is None or not 5 <= year - birth.year - ((birth.month, birth.day) > (8, 31)) <= 15:
            return None
        if self._plans.in_care(person, end):
            return "in care"
        if self._plans.protection(person, end):
            return "protection"
        has_referral = any(
            row.get("cine_referral_nfa") != "Y"
            and is_open(row.get("cine_referral_date"), row.get("cine_close_date"), end)
            for row in self._referrals.get(person, ())
        )
        return "in need" if has_referral else None
