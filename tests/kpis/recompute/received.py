"""Referrals received in a month, in the team and with the worker who took them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from recompute.children import Allocations
from recompute.common import Row, Tables, month_end, once


def received(tables: Tables, months: Sequence[date]) -> Iterator[tuple[date, str | None, str | None, Row]]:
    """Month end, team, worker and row of each referral received in one of the months."""
    allocations = Allocations(tables)
    for row in once(tables["ssd_cin_episodes"], "cine_referral_id"):
        day = row.get("cine_referral_date")
        if day is not None and month_end(day) in months:
            team, worker = row.get("cine_referral_team"), row.get("cine_referral_worker_id")
            yield month_end(day), *allocations.own_or_allocated(team, worker, row.get("cine_person_id"), day), row
