"""A child's record, element by element, as events."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence

from lxml import etree

from improvement_board.sources.cin_census.codes import NOT_IN_NEED
from improvement_board.sources.cin_census.events import CensusEvent, ChildRecord
from improvement_board.sources.cin_census.factors import factors_of
from improvement_board.sources.cin_census.parts import (
    ASSESSMENT,
    CHILD_GROUPS,
    CONFERENCE,
    ENQUIRY,
    IN_NEED_PLAN,
    PERSON,
    PERSON_OTHERS,
    PROTECTION_PLAN,
    REFERRAL,
    REVIEW,
)
from improvement_board.sources.identities import Writings
from improvement_board.sources.placeholders import is_placeholder
from improvement_board.sources.values import text_of
from improvement_board.sources.xml_files import line_of
from improvement_board.sources.xml_parts import ElementParts, Notes, RowRead, Trouble, parts_of, read_row

ICPC = "ssd_initial_cp_conference"
Transfers = list[tuple[dt.date, str | None, int | None]]


def events_of(element: etree._Element, notes: Notes, children: Writings) -> list[CensusEvent]:
    """The events of a child element, the child's own row first. A child without an id has none that can be used."""
    parts = parts_of(element)
    for name in parts.keys() - CHILD_GROUPS:
        notes.unknown_part(parts[name][0], "Child")
    about: ElementParts = {}
    for group in (*parts.get("childidentifiers", ()), *parts.get("childcharacteristics", ())):
        about.update(parts_of(group))
    child = next((text_of(part.text) for part in about.get("lachildid", ())), None)
    if child is None or is_placeholder(child, "text"):
        message = "is missing: nothing of this child can be read"
        trouble = Trouble("missing-value", "error", message, line_of(element), "LAchildID")
        notes.tell(trouble, "ssd_person", row_number=notes.next_row())
        return []
    read = read_row(about, PERSON, line_of(element))
    child = children.take(child, str(notes.file), read.values["pers_dob"])
    record = ChildRecord(child, notes)
    record.events.append(_person(child, about, read, line_of(element), notes))
    transfers: Transfers = []
    for details in parts.get("cindetails", ()):
        _read_referral(record, details, transfers)
    for day, referral, line in transfers:
        if day not in record.conferences:
            _add_conference(record, day, referral, line, transfer_in="Y")
    _link_plans(record)
    return record.events


def _person(child: str, about: ElementParts, read: RowRead, line: int | None, notes: Notes) -> CensusEvent:
    known = {part.element.lower() for part in PERSON} | PERSON_OTHERS
    for name in about.keys() - known:
        notes.unknown_part(about[name][0], "ChildIdentifiers")
    row_number = notes.next_row()
    for trouble in read.troubles:
        notes.tell(trouble, "ssd_person", child, row_number)
    return CensusEvent("ssd_person", child, None, {"pers_person_id": child, **read.values}, line, row_number)


def _read_referral(record: ChildRecord, details: etree._Element, transfers: Transfers) -> None:
    parts, line = parts_of(details), line_of(details)
    referral = record.read(REFERRAL, parts, line, None)
    day = _conference_day(record, {"dateofinitialcpc": parts.get("dateofinitialcpc", [])}, line)[0]
    if day:
        transfers.append((day, referral.id, line))
    _read_assessments(record, parts.get("assessments", ()), referral)
    for element in parts.get("cinplandates", ()):
        record.read(IN_NEED_PLAN, parts_of(element), line_of(element), referral.id)
    for element in parts.get("section47", ()):
        _read_enquiry(record, element, referral)
    for element in parts.get("childprotectionplans", ()):
        _read_plan(record, element, referral)


def _read_assessments(record: ChildRecord, elements: Sequence[etree._Element], referral: CensusEvent) -> None:
    """Assessments and their factors; and what the referral's closure says of the last one authorised.

    The census has no outcome of an assessment, but a reason of closure: RC8 and RC9 are those closed after assessment,
    the child not being in need.
    """
    authorised = []
    for element in elements:
        parts = parts_of(element)
        factors = factors_of(parts, record.notes)
        before = len(record.events)
        event = record.read(ASSESSMENT, parts, line_of(element), referral.id, (factors,))
        if len(record.events) == before:
            continue
        if event.row["cina_assessment_auth_date"]:
            authorised.append(event)
        if factors:
            row = {
                "cinf_table_id": event.key,
                "cinf_assessment_id": event.key,
                "cinf_assessment_factors_json": json.dumps(factors),
            }
            record.events.append(CensusEvent("ssd_assessment_factors", event.key, event.day, row, event.line))
    reason = referral.row["cine_close_reason"]
    last = max(authorised, key=lambda event: event.row["cina_assessment_auth_date"], default=None)
    for event in authorised:
        outcome = "Y" if reason in NOT_IN_NEED else "N" if reason else None
        event.row["cina_assessment_outcome_nfa"] = outcome if event is last else "N"


def _read_enquiry(record: ChildRecord, element: etree._Element, referral: CensusEvent) -> None:
    parts, line = parts_of(element), line_of(element)
    day, target = _conference_day(record, parts, line)
    enquiry = record.read(ENQUIRY, parts, line, referral.id, (day, target))
    if day and day not in record.conferences:
        _add_conference(record, day, referral.id, line, transfer_in="N", enquiry=enquiry.id, target=target)


def _conference_day(
    record: ChildRecord, parts: ElementParts, line: int | None
) -> tuple[dt.date | None, dt.date | None]:
    """The day of a conference and its target; no day where there was none, or none that can be read."""
    read, row_number = read_row(parts, CONFERENCE, line), record.notes.next_row()
    for trouble in read.troubles:
        record.notes.tell(trouble, ICPC, row_number=row_number)
    return read.values["icpc_icpc_date"], read.values["icpc_icpc_target_date"]


def _add_conference(
    record: ChildRecord,
    day: dt.date,
    referral: str | None,
    line: int | None,
    *,
    transfer_in: str,
    enquiry: str | None = None,
    target: dt.date | None = None,
) -> None:
    row = {
        "icpc_person_id": record.child,
        "icpc_s47_enquiry_id": enquiry,
        "icpc_referral_id": referral,
        "icpc_icpc_transfer_in": transfer_in,
        "icpc_icpc_target_date": target,
        "icpc_icpc_date": day,
    }
    record.conferences[day] = record.add(ICPC, "icpc_icpc_id", day, row, line)


def _read_plan(record: ChildRecord, element: etree._Element, referral: CensusEvent) -> None:
    parts = parts_of(element)
    plan = record.read(PROTECTION_PLAN, parts, line_of(element), referral.id)
    reviews = list(parts.get("cppreviewdate", ()))
    for group in parts.get("reviews", ()):
        inside = parts_of(group)
        reviews += inside.get("cppreviewdate", ())
        for name in inside.keys() - {"cppreviewdate"}:
            record.notes.unknown_part(inside[name][0], "Reviews")
    for review in reviews:
        _read_review(record, review, plan)


def _read_review(record: ChildRecord, element: etree._Element, plan: CensusEvent) -> None:
    line, row_number = line_of(element), record.notes.next_row()
    read = read_row({"cppreviewdate": [element]}, (REVIEW,), line)
    for trouble in read.troubles:
        record.notes.tell(trouble, "ssd_cp_reviews", row_number=row_number)
    day = read.values[REVIEW.column]
    if day is None:
        return
    first = record.reviews.get((plan.key, day))
    if first:
        twice = Trouble("duplicate-row", "error", "is there twice: the same review", line, REVIEW.element, str(day))
        record.notes.tell(twice, first.table, first.key, row_number)
        return
    row = {"cppr_person_id": record.child, "cppr_cp_plan_id": plan.id, REVIEW.column: day}
    record.reviews[plan.key, day] = record.add("ssd_cp_reviews", "cppr_cp_review_id", day, row, line, row_number)


def _link_plans(record: ChildRecord) -> None:
    """A plan starts on the day of the conference that decided it: each names the other."""
    for plan in record.events:
        conference = record.conferences.get(plan.day) if plan.table == "ssd_cp_plans" and plan.day else None
        if conference:
            plan.row["cppl_icpc_id"] = conference.key
            conference.row |= {"icpc_cp_plan_id": plan.key, "icpc_icpc_outcome_cp_flag": "Y"}
