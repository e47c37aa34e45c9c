"""Pupils in care whose education plan for the term was completed in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recompute.care_leavers_in_touch import age
from recompute.children import Allocations, Plans
from recompute.common import Result, Tables, Tally, by, source_start

TERMS = {12: 9, 4: 1, 8: 5}


def recompute(
    tables: Tables,
    months: Sequence[date],
    first_day: date,
    last_day: date,
    *,
    first_year_group: int,
    last_year_group: int,
) -> Result:
    """At the end of each term, for pupils of these year groups: Reception (0) has those who were 4 on 31 August."""
    allocations, plans, tally = Allocations(tables), Plans(tables, last_day), Tally()
    births = {row["pers_person_id"]: row["pers_dob"] for row in tables["ssd_person"] if row.get("pers_dob")}
    rows = by(tables["peps"], "person_id")
    start = source_start(tables, "peps", first_day)
    for end in (end for end in months if end.month in TERMS and end >= start):
        first, august = date(end.year, TERMS[end.month], 1), date(end.year - (end.month < 9), 8, 31)
        for person in by(tables["ssd_cla_episodes"], "clae_person_id"):
            is_pupil = person in births and first_year_group <= age(births[person], august) - 4 <= last_year_group
            if is_pupil and plans.in_care(person, end):
                is_done = any(
                    row["term_end_date"] == end and row.get("completed_date") and first <= row["completed_date"] <= end
                    for row in rows.get(person, ())
                )
                tally.add(end, *allocations.at(person, end), None, is_done, 1)
    return tally.ratios()
