"""Care leavers whose pathway plan started or was reviewed in the last 6 months."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recompute.common import Result, Tables, Tally, within_months
from recompute.leavers import leavers


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date) -> Result:
    """Figures by month, team, worker and age group."""
    tally = Tally()
    for end, team, worker, group, row in leavers(tables, months, last_day):
        tally.add(end, team, worker, group, within_months(row.get("clea_pathway_plan_review_date"), end, 6), 1)
    return tally.ratios()
