"""Referrals received, by source."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recompute.common import Result, Tables, Tally
from recompute.received import received
from recompute.source_groups import source_group


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date) -> Result:
    """Whatever came of them."""
    tally = Tally()
    for day, team, worker, row in received(tables, months):
        tally.add(day, team, worker, source_group(row.get("cine_referral_source_code")), 1)
    return tally.counts()
