"""Lists 6 and 7: children in need and child protection plans, with the latest visit and review of each."""

from __future__ import annotations

import datetime as dt

from improvement_board.sources.annex_a.events import ListEntry, tell_end

RANK_PROTECTION, RANK_NEED = 1, 2
CLOSED_AFTER_ASSESSMENT = frozenset({"RC8", "RC9"})


def child_in_need(entry: ListEntry) -> None:
    """A row of list 6. It is an in-need plan where its case status is that, or was before it closed; else a child whose
    plan, in care or for protection, is on another list, or an assessment."""
    values, known, position = entry.values, entry.known, entry.position
    worker = entry.worker()
    if values["status"] is None:
        allowed = "Child in need plan, Child protection plan, Looked after child, Open assessment or Closed episode"
        position.notes.tell("value-missing", "error", "has no case status", row=position.line, allowed=allowed)
        return
    if values["end"] is not None and values["end"] < values["start"]:
        tell_end(entry, "end", "error")
        return
    if values["end"] is None and values["status"] != "closed":
        known.allocate(entry.child, (worker, values["team"]), position, RANK_NEED)
    key = f"{entry.child}|{values['start']}"
    columns = {"cine_cin_primary_need_code": "need", "cine_close_date": "end", "cine_close_reason": "reason"}
    known.in_need.setdefault(key, {column: values[name] for column, name in columns.items()})
    closed = values["status"] == "closed" and values["end"] is not None
    is_plan = values["status"] == "need" or (closed and values["reason"] not in CLOSED_AFTER_ASSESSMENT)
    if not known.is_first(position, "ssd_cin_plans", key, is_plan) or not is_plan:
        return
    if values["status"] == "need":
        _visit_in_need(entry, values["seen"])
    later = known.events.get("ssd_cin_plans", {}).get(key)
    kept, end = (True, values["end"])
    if end is None and later is None:
        kept, end = known.end_unseen(position, "ssd_cin_plans", entry.child)
    elif end is None:
        end = known.later["ssd_cin_plans"]
    if kept and not later:
        entry.add(
            "ssd_cin_plans",
            {
                "cinp_cin_plan_id": key,
                "cinp_person_id": entry.child,
                "cinp_cin_plan_start_date": values["start"],
                "cinp_cin_plan_end_date": end,
                "cinp_cin_plan_team": values["team"],
                "cinp_cin_plan_worker_id": worker,
            },
        )


def _visit_in_need(entry: ListEntry, day: dt.date | None) -> None:
    key = f"{entry.child}|{day}"
    if day is not None and entry.known.is_new("ssd_cin_visits", key):
        row = {"cinv_cin_visit_id": key, "cinv_person_id": entry.child, "cinv_cin_visit_date": day}
        entry.add("ssd_cin_visits", {**row, "cinv_cin_visit_seen": "Y"})


def protection_plan(entry: ListEntry) -> None:
    """A row of list 7."""
    values, known, position = entry.values, entry.known, entry.position
    worker = entry.worker()
    if values["end"] is not None and values["end"] < values["start"]:
        tell_end(entry, "end", "error")
        return
    key = f"{entry.child}|{values['start']}"
    if not known.is_first(position, "ssd_cp_plans", key):
        return
    if values["end"] is None:
        known.allocate(entry.child, (worker, values["team"]), position, RANK_PROTECTION)
    kept, end = True, values["end"]
    in_later = key in known.events.get("ssd_cp_plans", {})
    if end is None and not in_later:
        kept, end = known.end_unseen(position, "ssd_cp_plans", entry.child)
    if not kept:
        return
    _protection_work(entry, key)
    if not in_later:
        entry.add(
            "ssd_cp_plans",
            {
                "cppl_cp_plan_id": key,
                "cppl_person_id": entry.child,
                "cppl_cp_plan_start_date": values["start"],
                "cppl_cp_plan_end_date": end,
                "cppl_cp_plan_initial_category": values["first_category"],
                "cppl_cp_plan_latest_category": values["latest_category"],
                "previous_plans": values["previous_plans"],
            },
        )


def _protection_work(entry: ListEntry, plan: str) -> None:
    """The latest visit, at which the child was seen or it would not be a statutory one, and the latest review."""
    visit, review = entry.values["visit"], entry.values["review"]
    key = f"{entry.child}|{visit}"
    if visit is not None and entry.known.is_new("ssd_cp_visits", key):
        entry.add(
            "ssd_cp_visits",
            {
                "cppv_cp_visit_id": key,
                "cppv_person_id": entry.child,
                "cppv_cp_plan_id": plan,
                "cppv_cp_visit_date": visit,
                "cppv_cp_visit_seen": "Y",
                "cppv_cp_visit_seen_alone": entry.values["seen_alone"],
            },
        )
    key = f"{entry.child}|{review}"
    if review is not None and entry.known.is_new("ssd_cp_reviews", key):
        entry.add(
            "ssd_cp_reviews",
            {
                "cppr_cp_review_id": key,
                "cppr_person_id": entry.child,
                "cppr_cp_plan_id": plan,
                "cppr_cp_review_date": review,
            },
        )
