"""Open referrals about which a manager decided something lately."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from recompute.children import Allocations
from recompute.common import Result, Tables, Tally, by, is_open, month_end, once, source_start, within_days


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date, *, limit_days: int) -> Result:
    """Referrals open that long, in the team that holds the child's case."""
    allocations, tally = Allocations(tables), Tally()
    decisions = by(tables.get("management_decisions", ()), "referral_id")
    referrals = once(tables.get("ssd_cin_episodes", ()), "cine_referral_id")
    decided_from = source_start(tables, "management_decisions", first_day)
    referred_from = source_start(tables, "ssd_cin_episodes", first_day)
    for day in months:
        if decided_from == date.max or day < decided_from + timedelta(days=limit_days):
            continue
        if referred_from == date.max or day < month_end(referred_from):
            continue
        for row in referrals:
            made = row.get("cine_referral_date")
            if row.get("cine_referral_nfa") == "Y" or not is_open(made, row.get("cine_close_date"), day):
                continue
            if (day - made).days < limit_days:
                continue
            has_oversight = any(
                within_days(decision.get("decision_date"), day, limit_days)
                for decision in decisions.get(row["cine_referral_id"], ())
            )
            tally.add(day, *allocations.at(row.get("cine_person_id"), day), None, has_oversight, 1)
    return tally.ratios()
