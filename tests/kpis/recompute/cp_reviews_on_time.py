"""Children on a protection plan whose reviews of the last 12 months were all held when they were due."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from recompute.children import Allocations, Plans
from recompute.common import Result, Row, Tables, Tally, add_months, by, month_end, once, source_start, within_months


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date) -> Result:
    """Plans open 3 months or more, from 12 months after the reviews' records begin."""
    allocations, plans, tally = Allocations(tables), Plans(tables, last_day), Tally()
    reviews = by(once(tables.get("ssd_cp_reviews", ()), "cppr_cp_review_id"), "cppr_cp_plan_id")
    reviewed_from = source_start(tables, "ssd_cp_reviews", first_day)
    planned_from = source_start(tables, "ssd_cp_plans", first_day)
    if date.max in (reviewed_from, planned_from):
        return {}
    for person in plans.people_protected():
        for end in months:
            plan = plans.protection(person, end)
            if end < add_months(reviewed_from, 12) or end < month_end(planned_from) or plan is None:
                continue
            start = plan["cppl_cp_plan_start_date"]
            if start <= add_months(end, -3):
                late = _late(start, reviews.get(plan["cppl_cp_plan_id"], []))
                tally.add(
                    end, *allocations.at(person, end), None, not any(within_months(day, end, 12) for day in late), 1
                )
    return tally.ratios()


def _late(start: date, rows: Sequence[Row]) -> Iterator[date]:
    """The due dates of a plan that were missed; the last is that of a review the records do not have.

    By law 3 months from the start, then 6 from the day the one before was held; earlier where the council says so.
    """
    days = sorted(row["cppr_cp_review_date"] for row in rows if row.get("cppr_cp_review_date"))

    def by_law(day: date) -> date:
        before = [earlier_day for earlier_day in days if earlier_day < day]
        return add_months(before[-1], 6) if before else add_months(start, 3)

    for row in rows:
        recorded, held = row.get("cppr_cp_review_due"), row.get("cppr_cp_review_date")
        if recorded is None and held is None:
            continue
        due = min(day for day in (recorded, by_law(held or recorded)) if day)
        if held is None or held > due:
            yield due
    yield by_law(date.max)
