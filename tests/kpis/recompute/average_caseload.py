"""Average caseload: children over their workers' full-time equivalent, shared over plan types by cases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recompute.caseloads import caseloads
from recompute.children import Plans
from recompute.common import Result, Tables, Tally, team_names


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date) -> Result:
    """Each child is one case, with its share of the worker's full-time equivalent."""
    plans, tally, name = Plans(tables, last_day), Tally(), team_names(tables)
    for day, worker, children in caseloads(tables, months, first_day):
        for child in children:
            share = worker["fte"] / len(children)
            kind = plans.plan_type(child, day)
            tally.add(day, name(worker.get("team")), worker["professional_id"], kind, 1, share)
    return tally.ratios()
