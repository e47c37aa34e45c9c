"""Open assessments past 45 working days, by either clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recompute.assessments_45_days import clock_start
from recompute.children import Allocations
from recompute.common import Result, Tables, Tally, by, is_open, month_end, once, source_start, working_days


def recompute(
    tables: Tables, months: Sequence[date], first_day: date, last_day: date, *, clock: str, limit_days: int
) -> Result:
    """In the assessment's own team, else where the child's case is held at the month's end."""
    allocations, tally = Allocations(tables), Tally()
    referrals = {row["cine_referral_id"]: row for row in once(tables["ssd_cin_episodes"], "cine_referral_id")}
    siblings = by(tables["ssd_cin_assessments"], "cina_referral_id")
    start = source_start(tables, "ssd_cin_assessments", first_day)
    for row in once(tables["ssd_cin_assessments"], "cina_assessment_id"):
        started = row.get("cina_assessment_start_date")
        since = clock_start(row, siblings, referrals) if clock == "referral" else started
        own = row.get("cina_assessment_team"), row.get("cina_assessment_worker_id")
        for day in (day for day in months if start != date.max and day >= month_end(start)):
            if is_open(started, row.get("cina_assessment_auth_date"), day):
                is_late = since is not None and working_days(since, day) > limit_days
                tally.add(day, *allocations.own_or_allocated(*own, row.get("cina_person_id"), day), None, is_late, 1)
    return tally.ratios()
