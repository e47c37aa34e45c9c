"""Referrals of children who were referred in the 12 months before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recompute.common import Result, Tables, Tally, add_months, by, source_start, within_months
from recompute.received import received


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date) -> Result:
    """From 12 months after the records begin."""
    tally = Tally()
    by_child = by(tables["ssd_cin_episodes"], "cine_person_id")
    start = add_months(source_start(tables, "ssd_cin_episodes", first_day), 12)
    for day, team, worker, row in received(tables, months):
        if day < start:
            continue
        made = row["cine_referral_date"]
        others = (other.get("cine_referral_date") for other in by_child.get(row.get("cine_person_id"), ()))
        is_repeat = any(other != made and within_months(other, made, 12) for other in others)
        tally.add(day, team, worker, None, is_repeat, 1)
    return tally.ratios()
