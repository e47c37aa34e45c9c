"""Assessments that found neglect, with the neglect tool used."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from recompute.assessments import authorised
from recompute.common import Result, Tables, Tally
from recompute.domestic_abuse_factor import factors


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date) -> Result:
    """By month of authorisation."""
    recorded: dict[str, set[str]] = defaultdict(set)
    for row in tables["ssd_assessment_factors"]:
        recorded[row["cinf_assessment_id"]] |= factors(row.get("cinf_assessment_factors_json"))
    used = {
        row["assessment_id"]
        for row in tables.get("assessment_tools", ())
        if row.get("tool") == "neglect" and (row.get("used_date") or last_day) <= last_day
    }
    tally = Tally()
    for day, team, worker, row in authorised(tables, months):
        if "16A" in recorded[row["cina_assessment_id"]]:
            tally.add(day, team, worker, None, row["cina_assessment_id"] in used, 1)
    return tally.ratios()
