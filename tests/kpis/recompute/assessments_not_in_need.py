"""Assessments authorised with no further action."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recompute.assessments import authorised
from recompute.common import Result, Tables, Tally


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date) -> Result:
    """Figures by month, team and worker."""
    tally = Tally()
    for day, team, worker, row in authorised(tables, months):
        tally.add(day, team, worker, None, row.get("cina_assessment_outcome_nfa") == "Y", 1)
    return tally.ratios()
