"""Children whose in-need plan was reviewed within 30 working days of the end of their protection plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from recompute.children import Allocations, Plans
from recompute.common import Result, Tables, Tally, by, month_end, source_start, working_days

SOURCES = ("ssd_cp_plans", "ssd_cin_plans", "cin_reviews")


def recompute(
    tables: Tables,
    months: Sequence[date],
    first_day: date,
    last_day: date,
    *,
    days_before: int,
    days_after: int,
    limit_working_days: int,
) -> Result:
    """In the team of the in-need plan open on the day by which the review was to be held."""
    allocations, plans, tally = Allocations(tables), Plans(tables, last_day), Tally()
    reviews = by(tables.get("cin_reviews", ()), "person_id")
    in_need = by(tables.get("ssd_cin_plans", ()), "cinp_person_id")
    start = max(source_start(tables, table, first_day) for table in SOURCES)
    if start == date.max:
        return {}
    ended = {
        (row["cppl_person_id"], row["cppl_cp_plan_end_date"])
        for row in tables.get("ssd_cp_plans", ())
        if row.get("cppl_cp_plan_ola") != "Y" and row.get("cppl_person_id") and row.get("cppl_cp_plan_end_date")
    }
    for person, end in ended:
        due = working_day_after(end, limit_working_days)
        if month_end(due) not in months or working_days(start, due.replace(day=1)) < limit_working_days:
            continue
        starts = [row.get("cinp_cin_plan_start_date") for row in in_need.get(person, ())]
        is_step_down = any(day is not None and -days_before <= (day - end).days <= days_after for day in starts)
        plan = plans.in_need(person, due)
        if not is_step_down or plan is None:
            continue
        held = [row.get("review_date") for row in reviews.get(person, ())]
        is_reviewed = any(day is not None and end < day <= due for day in held)
        own = plan.get("cinp_cin_plan_team"), plan.get("cinp_cin_plan_worker_id")
        tally.add(month_end(due), *allocations.own_or_allocated(*own, person, due), None, is_reviewed, 1)
    return tally.ratios()


def working_day_after(day: date, number: int) -> date:
    """The day that is so many working days after another."""
    working_day = day
    while working_days(day, working_day) < number:
        working_day += timedelta(days=1)
    return working_day
