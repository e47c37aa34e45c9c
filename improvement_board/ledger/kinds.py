"""The kinds of things that a board keeps, each with what it holds and what it must have.

The kinds are those of the packs and minutes of improvement boards; the areas are those of the inspection of local
authority children's services (ILACS). Since April 2026 an inspection has no overall judgement.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

LONGEST_TEXT, LONGEST_LINE, MOST_LINKS = 20_000, 300, 50
Line = Annotated[str, Field(min_length=1, max_length=LONGEST_LINE)]
MaybeLine = Annotated[str, Field(max_length=LONGEST_LINE)]
Text = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]
MaybeText = Annotated[str, Field(max_length=LONGEST_TEXT)]
Links = Annotated[tuple[Line, ...], Field(max_length=MOST_LINKS)]
Level = Annotated[int, Field(ge=1, le=5)]

Area = Literal["help and protection", "children in care", "care leavers", "leaders"]
Grade = Literal["outstanding", "good", "requires improvement", "inadequate"]
ActionStatus = Literal["not started", "in progress", "blocked", "complete – awaiting evidence", "complete – evidenced"]
KindName = Literal[
    "inspection", "finding", "action", "risk", "commentary", "question", "decision", "voice", "audit note", "visit"
]
EVIDENCED: ActionStatus = "complete – evidenced"


class Kept(BaseModel):
    """One thing that a board keeps, as it stands at one version."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Inspection(Kept):
    """An inspection or visit by those outside the council. `judgements` are by area; a visit without any has none."""

    title: Line
    day: dt.date
    by: Literal["ILACS", "monitoring visit", "focused visit", "joint targeted", "peer review"]
    judgements: Mapping[Area, Grade] = {}
    theme: MaybeLine = ""


class InspectionFinding(Kept):
    """What an inspection or notice says must be better. `inspection` is the entry that it comes from."""

    title: Line
    inspection: Line
    says: Literal["recommendation", "requirement", "remark"]
    area: Area
    text: MaybeText = ""


class Evidence(Kept):
    """What shows that an action did what it was for: a KPI by its id, an audit note or a voice by its entry."""

    of: Literal["kpi", "audit note", "voice"]
    reference: Line
    says: MaybeText = ""


class Action(Kept):
    """What the council does: for which ambition, which findings it answers, which KPIs it should move, until when."""

    title: Line
    ambition: Line
    owner: Line
    due: dt.date
    status: ActionStatus = "not started"
    findings: Links = ()
    kpis: Links = ()
    progress: MaybeText = ""
    evidence: Annotated[tuple[Evidence, ...], Field(max_length=MOST_LINKS)] = ()
    accepted_by: MaybeLine = ""
    accepted_on: dt.date | None = None

    @model_validator(mode="after")
    def _evidence_is_named(self) -> Action:
        """An action is evidenced by something, which somebody accepted on a day."""
        if self.status == EVIDENCED and not (self.evidence and self.accepted_by and self.accepted_on):
            raise ValueError(f"{EVIDENCED!r} needs evidence, and who accepted it on which day")
        return self


class Risk(Kept):
    """What may go wrong: how likely and how hard, from 1 to 5, and what is done about it."""

    title: Line
    likelihood: Level
    impact: Level
    trend: Literal["rising", "steady", "falling"]
    mitigation: MaybeText = ""
    kpi: MaybeLine = ""


class Commentary(Kept):
    """Why a KPI or an ambition stands as it does in an edition, what follows and what is done."""

    about: Line
    of: Literal["kpi", "ambition"]
    edition: dt.date
    why: Text
    so_what: MaybeText = ""
    now_what: MaybeText = ""


class Question(Kept):
    """What a member asks, of a KPI, an ambition or a page; open until it is answered and closed."""

    asked_by: Line
    about: MaybeLine = ""
    text: Text
    asked_on: dt.date
    owner: MaybeLine = ""
    due_meeting: dt.date | None = None
    answer: MaybeText = ""
    answered_on: dt.date | None = None
    is_closed: bool = False

    @model_validator(mode="after")
    def _closed_with_an_answer(self) -> Question:
        """A question is closed by an answer, not by waiting."""
        if self.is_closed and not (self.answer and self.answered_on):
            raise ValueError("a question is closed with an answer and the day it was given")
        return self


class Decision(Kept):
    """What the board decided at a meeting."""

    meeting: dt.date
    text: Text


class Voice(Kept):
    """A conversation with a child, a family or a practitioner. Without consent nothing of it is quoted."""

    day: dt.date
    by: Literal["child", "family", "practitioner"]
    theme: Line
    rating: Level | None = None
    quotation: MaybeText = ""
    has_consent: bool = False
    we_did: MaybeText = ""

    @property
    def quoted(self) -> str:
        """The quotation, empty without consent."""
        return self.quotation if self.has_consent else ""


class AuditNote(Kept):
    """What audits of a month found, of which sort they were."""

    month: dt.date
    sort: Literal["case audit", "dip sample", "thematic audit"]
    theme: Line
    strengths: MaybeText = ""
    worries: MaybeText = ""


class Visit(Kept):
    """Members at the front line: where, and what they heard."""

    day: dt.date
    who: Line
    where: Line
    heard: Text


KINDS: Mapping[KindName, type[Kept]] = {
    "inspection": Inspection,
    "finding": InspectionFinding,
    "action": Action,
    "risk": Risk,
    "commentary": Commentary,
    "question": Question,
    "decision": Decision,
    "voice": Voice,
    "audit note": AuditNote,
    "visit": Visit,
}
