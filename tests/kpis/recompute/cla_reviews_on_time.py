"""Reviews of children in care held by their due date, of those due in the month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recompute.children import Allocations
from recompute.common import Result, Tables, Tally, by, month_end, once


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date) -> Result:
    """The child is the one whose period of care it is."""
    allocations, tally = Allocations(tables), Tally()
    people = {
        care: min((row["clae_person_id"] for row in rows if row.get("clae_person_id")), default=None)
        for care, rows in by(tables.get("ssd_cla_episodes", ()), "clae_cla_id").items()
    }
    for review in once(tables["ssd_cla_reviews"], "clar_cla_review_id"):
        due, held = review.get("clar_cla_review_due_date"), review.get("clar_cla_review_date")
        is_cancelled = (review.get("clar_cla_review_cancelled") or "N").upper() in ("Y", "YES")
        if due is not None and not is_cancelled and month_end(due) in months:
            child = people.get(review.get("clar_cla_id"))
            tally.add(month_end(due), *allocations.at(child, due), None, held is not None and held <= due, 1)
    return tally.ratios()
