"""Assessments that found domestic abuse, of those with factors recorded."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from recompute.assessments import authorised
from recompute.common import Result, Tables, Tally

DOMESTIC_ABUSE = {"3A", "3B", "3C"}


def factors(document: str | None) -> set[str]:
    """The factors a document records: a list of codes, or an object of codes and Yes or No."""
    try:
        recorded_factors = json.loads(document or "")
    except ValueError:
        return set()
    if isinstance(recorded_factors, dict):
        recorded_factors = [
            code for code, answer in recorded_factors.items() if str(answer).upper() in ("YES", "Y", "TRUE", "1")
        ]
    codes = recorded_factors if isinstance(recorded_factors, list) else []
    return {str(code).strip().upper() for code in codes if code is not None} - {""}


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date) -> Result:
    """By month of authorisation."""
    recorded: dict[str, set[str]] = defaultdict(set)
    for row in tables["ssd_assessment_factors"]:
        recorded[row["cinf_assessment_id"]] |= factors(row.get("cinf_assessment_factors_json"))
    tally = Tally()
    for day, team, worker, row in authorised(tables, months):
        assessment_factors = recorded[row["cina_assessment_id"]]
        if assessment_factors:
            tally.add(day, team, worker, None, bool(assessment_factors & DOMESTIC_ABUSE), 1)
    return tally.ratios()
