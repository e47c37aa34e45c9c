"""Lists 8 and 9: children in care, with their latest placement, reviews and checks as far as listed; care leavers."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from improvement_board.sources.annex_a.events import ListEntry, tell_end

RANK_CARE, RANK_LEAVER = 0, 3
STARTED_CARE = "S"


def in_care(entry: ListEntry) -> None:
    """A row of list 8: a period of care, as one episode, since the list has no other start."""
    values, known, position = entry.values, entry.known, entry.position
    worker = entry.worker()
    if values["end"] is not None and values["end"] < values["start"]:
        tell_end(entry, "end", "error")
        return
    key = f"{entry.child}|{values['start']}"
    if not known.is_first(position, "ssd_cla_episodes", key):
        return
    if values["end"] is None:
        known.allocate(entry.child, (worker, values["team"]), position, RANK_CARE)
        if values["permanence"] is not None:
            known.permanence.note(entry.child, values["permanence"], position)
    kept, end = True, values["end"]
    in_later = key in known.events.get("ssd_cla_episodes", {})
    if end is None and not in_later:
        kept, end = known.end_unseen(position, "ssd_cla_episodes", entry.child)
    if not kept:
        return
    placement = _placement(entry, key, end)
    _legal_status(entry, end)
    _work(entry, key)
    if not in_later:
        entry.add("ssd_cla_episodes", _episode(entry, key, end, placement))


def _episode(entry: ListEntry, key: str, end: dt.date | None, placement: str | None) -> dict[str, Any]:
    values = entry.values
    return {
        "clae_cla_episode_id": key,
        "clae_person_id": entry.child,
        "clae_cla_episode_start_date": values["start"],
        "clae_cla_episode_start_reason": STARTED_CARE,
        "clae_cla_primary_need_code": values["need"],
        "clae_cla_episode_ceased_date": end,
        "clae_cla_episode_ceased_reason": values["end_reason"],
        "clae_cla_id": key,
        "clae_cla_placement_id": placement,
        "clae_entered_care_date": values["start"],
        "clae_cla_last_iro_contact_date": values["reviewing_officer"],
    }


def _earliest(*days: dt.date | None) -> dt.date | None:
    return min((day for day in days if day is not None), default=None)


def _placement(entry: ListEntry, care: str, end: dt.date | None) -> str | None:
    """The latest placement, which ends where a later workbook has the next one; its id where there is one."""
    values, start = entry.values, entry.values["placement_start"]
    if start is None:
        return None
    key = f"{entry.child}|{start}"
    fits, following = entry.known.follow("placement", entry.child, start)
    if fits and entry.known.is_new("ssd_cla_placement", key):
        entry.add(
            "ssd_cla_placement",
            {
                "clap_cla_placement_id": key,
                "clap_person_id": entry.child,
                "clap_cla_id": care,
                "clap_cla_placement_start_date": start,
                "clap_cla_placement_end_date": _earliest(end, following),
                "clap_cla_placement_type": values["placement_type"],
                "clap_cla_placement_provider": values["provider"],
                "clap_cla_placement_postcode": values["postcode"],
                "clap_cla_placement_urn": values["urn"],
            },
        )
    return key


def _legal_status(entry: ListEntry, end: dt.date | None) -> None:
    start, status = entry.values["legal_start"], entry.values["legal"]
    if start is None or status is None:
        return
    key = f"{entry.child}|{start}|{status}"
    fits, following = entry.known.follow("legal", entry.child, start)
    if fits and entry.known.is_new("ssd_legal_status", key):
        entry.add(
            "ssd_legal_status",
            {
                "lega_legal_status_id": key,
                "lega_person_id": entry.child,
                "lega_legal_status": status,
                "lega_legal_status_start_date": start,
                "lega_legal_status_end_date": _earliest(end, following),
            },
        )


def _work(entry: ListEntry, care: str) -> None:
    """The latest review, visit, health assessment and dental check."""
    values, child = entry.values, entry.child
    review, visit = values["review"], values["visit"]
    if review is not None and entry.known.is_new("ssd_cla_reviews", key := f"{child}|{review}"):
        row = {"clar_cla_review_id": key, "clar_cla_id": care, "clar_cla_review_date": review}
        entry.add("ssd_cla_reviews", row)
    if visit is not None and entry.known.is_new("ssd_cla_visits", key := f"{child}|{visit}"):
        row = {"clav_cla_visit_id": key, "clav_cla_id": care, "clav_person_id": child, "clav_cla_visit_date": visit}
        entry.add("ssd_cla_visits", row)
    for kind, day in (("Health Assessment", values["health"]), ("Dental Check", values["dental"])):
        key = f"{child}|{kind}|{day}"
        if day is not None and entry.known.is_new("ssd_cla_health", key):
            entry.add(
                "ssd_cla_health",
                {
                    "clah_health_check_id": key,
                    "clah_person_id": child,
                    "clah_health_check_type": kind,
                    "clah_health_check_date": day,
                    "clah_health_check_status": "Completed",
                },
            )


def care_leaver(entry: ListEntry) -> None:
    """A row of list 9, of the month end that the workbook shows."""
    values, known, position = entry.values, entry.known, entry.position
    worker = entry.worker()
    adviser = known.worker(values["adviser"], None, position)
    key = f"{entry.child}|{position.as_at}"
    if not known.is_first(position, "ssd_care_leavers", key) or key in known.events.get("ssd_care_leavers", {}):
        return
    known.allocate(entry.child, (worker or adviser, values["team"]), position, RANK_LEAVER)
    entry.add(
        "ssd_care_leavers",
        {
            "clea_table_id": entry.child,
            "clea_person_id": entry.child,
            "clea_care_leaver_eligibility": values["eligibility"],
            "clea_care_leaver_in_touch": values["in_touch"],
            "clea_care_leaver_latest_contact": values["contact"],
            "clea_care_leaver_accommodation": values["accommodation"],
            "clea_care_leaver_accom_suitable": values["suitable"],
            "clea_care_leaver_activity": values["activity"],
            "clea_pathway_plan_review_date": values["plan"],
            "clea_care_leaver_personal_advisor": adviser,
            "clea_care_leaver_allocated_team": values["team"],
            "clea_care_leaver_worker_id": worker,
            "as_at": position.as_at,
        },
    )


def permanence_plan(child: str, plan: str, start: dt.date, end: dt.date | None) -> dict[str, Any]:
    """A row of ssd_cla_care_plan: the permanence plan shown from one month end to another."""
    return {
        "lacp_table_id": f"{child}|{start}",
        "lacp_person_id": child,
        "lacp_cla_care_plan_start_date": start,
        "lacp_cla_care_plan_end_date": end,
        "lacp_cla_care_plan_json": json.dumps({plan: "Y"}),
    }


def involvement(
    child: str, worker: str | None, team: str | None, start: dt.date, end: dt.date | None
) -> dict[str, Any]:
    """A row of ssd_involvements: who held a child's case from one month end to another."""
    return {
        "invo_involvements_id": f"{child}|{start}",
        "invo_professional_id": worker,
        "invo_professional_role_id": "Allocated Case Worker",
        "invo_professional_team": team,
        "invo_involvement_start_date": start,
        "invo_involvement_end_date": end,
        "invo_person_id": child,
    }
