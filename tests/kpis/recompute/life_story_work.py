"""Children in care who will not go home, with life story work started."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from recompute.children import Allocations, Plans
from recompute.common import Result, Row, Tables, Tally, by, is_open, source_start

LASTING = {"LTRELFR", "LTFOST18", "RESPLMT", "SUPPLIV", "ADOPTION"}


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date) -> Result:
    """Figures by month, team and worker."""
    allocations, plans, tally = Allocations(tables), Plans(tables, last_day), Tally()
    begun = by((row for row in tables.get("life_story", ()) if row.get("start_date")), "person_id")
    start = source_start(tables, "ssd_cla_care_plan", first_day)
    for person, rows in by(tables.get("ssd_cla_care_plan", ()), "lacp_person_id").items():
        for end in months:
            plan = _open_plan(rows, end) if end >= start and plans.in_care(person, end) else None
            if plan is not None and chosen(plan.get("lacp_cla_care_plan_json")) & LASTING:
                has_begun = any(row["start_date"] <= end for row in begun.get(person, ()))
                tally.add(end, *allocations.at(person, end), None, has_begun, 1)
    return tally.ratios()


def _open_plan(rows: Sequence[Row], day: date) -> Row | None:
    names = "lacp_cla_care_plan_start_date", "lacp_cla_care_plan_end_date"
    open_plans = [row for row in rows if is_open(row.get(names[0]), row.get(names[1]), day)]
    latest = max((row[names[0]] for row in open_plans), default=None)
    return min(
        (row for row in open_plans if row[names[0]] == latest), key=lambda row: row["lacp_table_id"], default=None
    )


def chosen(document: str | None) -> set[str]:
    """The plans a document marks: a list of codes, or an object of codes and anything but nothing and No."""
    try:
        marked_plans = json.loads(document or "")
    except ValueError:
        return set()
    if isinstance(marked_plans, dict):
        marked_plans = [
            code
            for code, answer in marked_plans.items()
            if answer is not None and str(answer).strip().upper() not in ("", "N", "NO", "FALSE", "0")
        ]
    return {str(code).strip().upper() for code in marked_plans} if isinstance(marked_plans, list) else set()
