"""Lists 1 to 5: contacts, early help, referrals, assessments, section 47 enquiries and initial conferences."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from improvement_board.sources.annex_a.cells import Values
from improvement_board.sources.annex_a.known import Known
from improvement_board.sources.annex_a.spells import RowPosition

OTHER_WAY = {"Y": "N", "N": "Y", None: None}


@dataclass(frozen=True)
class ListEntry:
    """One row of a list on its way to the tables; `edition` is the day after which nothing is known yet."""

    values: Values
    position: RowPosition
    known: Known
    edition: dt.date

    @property
    def child(self) -> str:
        """The child's id."""
        return str(self.values["child"])

    def add(self, table: str, row: dict[str, Any]) -> None:
        """Add a row to a table."""
        self.position.add(self.known.staging, table, row)

    def worker(self) -> str | None:
        """The allocated worker's id."""
        return self.known.worker(self.values.get("worker"), self.values.get("team"), self.position)

    def numbered(self, table: str, day: dt.date) -> str | None:
        """The id of an event of a child and day, None where it is in the tables already."""
        key = f"{self.child}|{day}"
        number = self.known.number_of(self.position, table, key, self.values.values())
        return None if number is None else f"{key}|{number}"


def contact(entry: ListEntry) -> None:
    """A row of list 1."""
    values = entry.values
    identity = entry.numbered("ssd_contacts", values["date"])
    if identity is not None:
        entry.add(
            "ssd_contacts",
            {
                "cont_contact_id": identity,
                "cont_person_id": entry.child,
                "cont_contact_date": values["date"],
                "cont_contact_source_code": values["source"],
                "cont_contact_source_desc": values.get("source_text"),
            },
        )


def early_help(entry: ListEntry) -> None:
    """A row of list 2."""
    values = entry.values
    if values["end"] is not None and values["end"] < values["start"]:
        tell_end(entry, "end", "warning")
        values["end"] = None
    identity = entry.numbered("ssd_early_help_episodes", values["start"])
    if identity is not None:
        entry.add(
            "ssd_early_help_episodes",
            {
                "earl_episode_id": identity,
                "earl_person_id": entry.child,
                "earl_episode_start_date": values["start"],
                "earl_episode_end_date": values["end"],
                "earl_episode_organisation": values["organisation"],
            },
        )


def referral(entry: ListEntry) -> None:
    """A row of list 3; need, closure and its reason are those of a row of list 6 with the same child and day."""
    values, worker = entry.values, entry.worker()
    identity = entry.numbered("ssd_cin_episodes", values["date"])
    if identity is None:
        return
    in_need = entry.known.in_need.get(f"{entry.child}|{values['date']}", {})
    entry.add(
        "ssd_cin_episodes",
        {
            "cine_referral_id": identity,
            "cine_person_id": entry.child,
            "cine_referral_date": values["date"],
            "cine_referral_source_code": values["source"],
            "cine_referral_source_desc": values.get("source_text"),
            "cine_referral_nfa": values["no_further_action"],
            "cine_referral_team": values["team"],
            "cine_referral_worker_id": worker,
            **in_need,
        },
    )


def assessment(entry: ListEntry) -> None:
    """A row of list 4. One that is open here but not in the next workbook is left out: when it ended is not known."""
    values, worker = entry.values, entry.worker()
    if values["authorised"] is not None and values["authorised"] < values["start"]:
        tell_end(entry, "authorised", "warning")
    identity = entry.numbered("ssd_cin_assessments", values["start"])
    if identity is None:
        return
    later = entry.known.later.get("ssd_cin_assessments")
    if values["authorised"] is None and later is not None:
        message = f"is open, but not in the workbook of {later:%d/%m/%Y} any more: left out, as its end is not known"
        entry.position.notes.tell("not-in-later-workbook", "error", message, row=entry.position.line, child=entry.child)
        return
    entry.add(
        "ssd_cin_assessments",
        {
            "cina_assessment_id": identity,
            "cina_person_id": entry.child,
            "cina_assessment_start_date": values["start"],
            "cina_assessment_child_seen": values["child_seen"],
            "cina_assessment_auth_date": values["authorised"],
            "cina_assessment_outcome_nfa": OTHER_WAY[values["needs_support"]],
            "cina_assessment_team": values["team"],
            "cina_assessment_worker_id": worker,
        },
    )


def enquiry(entry: ListEntry) -> None:
    """A row of list 5: an enquiry, and the conference that it led to where one was held."""
    values, worker, position = entry.values, entry.worker(), entry.position
    held = values["conference"] is not None and values["conference"] <= entry.edition
    if values["start"] is None and not held:
        position.notes.tell("value-missing", "error", "has neither an enquiry nor a conference held", row=position.line)
        return
    identity = entry.numbered("ssd_s47_enquiry", values["start"]) if values["start"] else None
    if values["start"] and identity is None:
        return
    if identity is not None:
        unnecessary = values["conference_unnecessary"]
        led_to = "Y" if values["conference"] else OTHER_WAY[unnecessary]
        entry.add(
            "ssd_s47_enquiry",
            {
                "s47e_s47_enquiry_id": identity,
                "s47e_person_id": entry.child,
                "s47e_s47_start_date": values["start"],
                "s47e_s47_outcome_json": json.dumps({"CP_CONFERENCE_FLAG": led_to}) if led_to else None,
                "s47e_s47_completed_by_worker_id": worker,
                "s47e_s47_completed_by_team": values["team"],
            },
        )
    key = f"{entry.child}|{values['conference']}"
    if held and entry.known.is_new("ssd_initial_cp_conference", key):
        entry.add(
            "ssd_initial_cp_conference",
            {
                "icpc_icpc_id": key,
                "icpc_s47_enquiry_id": identity,
                "icpc_person_id": entry.child,
                "icpc_icpc_date": values["conference"],
                "icpc_icpc_outcome_cp_flag": values["led_to_plan"],
                "icpc_icpc_team": values["team"],
                "icpc_icpc_worker_id": worker,
            },
        )


def tell_end(entry: ListEntry, column: str, severity: Any) -> None:
    """Note an end that lies before the start."""
    start = entry.values["start"]
    entry.position.notes.tell(
        "ends-before-start",
        severity,
        "is before the start",
        row=entry.position.line,
        column=column,
        value=entry.values[column],
        allowed=f"{start:%d/%m/%Y} or later",
        child=entry.child,
    )
