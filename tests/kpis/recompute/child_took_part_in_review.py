"""Reviews of in-need plans in which the child took part."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recompute.children import Allocations
from recompute.common import Result, Tables, Tally, month_end, once


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date) -> Result:
    """Children under 4 (PN0) left out."""
    allocations, tally = Allocations(tables), Tally()
    for row in once(tables["cin_reviews"], "review_id"):
        held, code = row.get("review_date"), row.get("participation")
        if held is not None and month_end(held) in months and code != "PN0":
            took_part = code in {f"PN{number}" for number in range(1, 7)}
            tally.add(month_end(held), *allocations.at(row.get("person_id"), held), None, took_part, 1)
    return tally.ratios()
