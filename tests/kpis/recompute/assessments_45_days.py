"""Assessments authorised within 45 working days, by either clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recompute.assessments import authorised
from recompute.common import Result, Row, Tables, Tally, by, once, working_days


def recompute(
    tables: Tables, months: Sequence[date], first_day: date, last_day: date, *, clock: str, limit_days: int
) -> Result:
    """The first assessment of a referral counts from the referral, later ones from their own start."""
    referrals = {row["cine_referral_id"]: row for row in once(tables["ssd_cin_episodes"], "cine_referral_id")}
    siblings = by(tables["ssd_cin_assessments"], "cina_referral_id")
    tally = Tally()
    for day, team, worker, row in authorised(tables, months):
        start = row.get("cina_assessment_start_date")
        if clock == "referral":
            start = clock_start(row, siblings, referrals)
        end = row["cina_assessment_auth_date"]
        is_in_time = start is not None and start <= end and working_days(start, end) <= limit_days
        tally.add(day, team, worker, None, is_in_time, 1)
    return tally.ratios()


def clock_start(row: Row, siblings: dict[str, list[Row]], referrals: dict[str, Row]) -> date | None:
    """From when an assessment counts: the referral for the first of a referral, else its own start."""
    start: date | None = row.get("cina_assessment_start_date")
    referral = referrals.get(row.get("cina_referral_id") or "")
    if referral is None or referral.get("cine_referral_date") is None:
        return start
    starts = [sibling.get("cina_assessment_start_date") for sibling in siblings[row["cina_referral_id"]]]
    earliest = min((other for other in starts if other is not None), default=None)
    return referral["cine_referral_date"] if start == earliest else start
