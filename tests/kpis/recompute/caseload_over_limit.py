"""Case-holding social workers with more cases than the limit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recompute.caseloads import caseloads
from recompute.common import Result, Tables, Tally, team_names


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date, *, limit_cases: int) -> Result:
    """Heads, not full-time equivalents."""
    tally, name = Tally(), team_names(tables)
    for day, worker, children in caseloads(tables, months, first_day):
        team = name(worker.get("team"))
        tally.add(day, team, worker["professional_id"], None, len(children) > limit_cases, 1)
    return tally.ratios()
