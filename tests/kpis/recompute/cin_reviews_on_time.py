"""Reviews of in-need plans held by their due date, of those due in the month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recompute.children import Allocations
from recompute.common import Result, Tables, Tally, month_end, once


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date) -> Result:
    """Figures by month, team and worker."""
    allocations, tally = Allocations(tables), Tally()
    for review in once(tables["cin_reviews"], "review_id"):
        due, held = review.get("due_date"), review.get("review_date")
        if due is None or month_end(due) not in months:
            continue
        team, worker = allocations.at(review.get("person_id"), due)
        tally.add(month_end(due), team, worker, None, held is not None and held <= due, 1)
    return tally.ratios()
