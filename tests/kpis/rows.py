"""Rows of record-level tables for KPI tests, with the columns that the rules read."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

Row = dict[str, Any]
_numbers = count(1)


def worker_month(worker: str | None, period_end: date, **columns: Any) -> Row:
    """A month of service of a full-time employed social worker in team T1, long in post."""
    usual = {
        "team": "T1",
        "social_worker_flag": "Y",
        "agency_flag": "N",
        "fte": 1.0,
        "start_date": date(2010, 1, 1),
    }
    return {"professional_id": worker, "period_end": period_end, **usual, **columns}


def involvement(
    person: str | None, worker: str | None, start: date | None, end: date | None = None, **columns: Any
) -> Row:
    """An allocation of a child to a worker of team T1."""
    usual = {
        "invo_involvements_id": f"I{next(_numbers):04}",
        "invo_professional_role_id": "Allocated Case Worker",
        "invo_professional_team": "T1",
    }
    return {
        **usual,
        "invo_person_id": person,
        "invo_professional_id": worker,
        "invo_involvement_start_date": start,
        "invo_involvement_end_date": end,
        **columns,
    }


def department(team: str, name: str) -> Row:
    """A team's id and name."""
    return {"dept_team_id": team, "dept_team_name": name, "dept_team_parent_name": "Safeguarding"}


def referral(person: str | None, day: date | None, **columns: Any) -> Row:
    """A referral without a team or worker of its own."""
    return {
        "cine_referral_id": f"R{next(_numbers):04}",
        "cine_person_id": person,
        "cine_referral_date": day,
        **columns,
    }


def assessment(person: str | None, start: date | None, authorised: date | None, **columns: Any) -> Row:
    """An assessment by worker W1 of team T1 that belongs to no referral."""
    return {
        "cina_assessment_id": f"A{next(_numbers):04}",
        "cina_person_id": person,
        "cina_assessment_start_date": start,
        "cina_assessment_auth_date": authorised,
        "cina_assessment_team": "T1",
        "cina_assessment_worker_id": "W1",
        **columns,
    }


def in_need_plan(person: str | None, start: date, end: date | None = None, **columns: Any) -> Row:
    """An in-need plan held by worker W1 of team T1."""
    return {
        "cinp_cin_plan_id": f"N{next(_numbers):04}",
        "cinp_person_id": person,
        "cinp_cin_plan_start_date": start,
        "cinp_cin_plan_end_date": end,
        "cinp_cin_plan_team": "T1",
        "cinp_cin_plan_worker_id": "W1",
        **columns,
    }


def protection_plan(person: str | None, start: date, end: date | None = None, **columns: Any) -> Row:
    """A child protection plan of this council."""
    return {
        "cppl_cp_plan_id": f"P{next(_numbers):04}",
        "cppl_person_id": person,
        "cppl_cp_plan_start_date": start,
        "cppl_cp_plan_end_date": end,
        **columns,
    }


def care_episode(person: str, start: date, end: date | None = None) -> Row:
    """An episode of care."""
    return {
        "clae_cla_episode_id": f"E{next(_numbers):04}",
        "clae_person_id": person,
        "clae_cla_episode_start_date": start,
        "clae_cla_episode_ceased_date": end,
    }
