"""Audits moderated by the edition date, of those completed in the month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recompute.audits import completed
from recompute.common import Result, Tables, Tally


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date) -> Result:
    """Figures by month, team and worker."""
    tally = Tally()
    for day, team, worker, audit in completed(tables, months):
        moderated = audit.get("moderated_date")
        tally.add(day, team, worker, None, moderated is not None and moderated <= last_day, 1)
    return tally.ratios()
