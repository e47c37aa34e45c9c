"""Writes record-level tables as children in need censuses: a file a year to 31 March, and one to the edition's day."""

from __future__ import annotations

import json
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pyarrow.parquet as pq

Row = Mapping[str, Any]
ABUSE = {"neglect": "NEG", "physical abuse": "PHY", "sexual abuse": "SAB", "emotional abuse": "EMO"}
FIRST_DAY_WITH_SEX = date(2024, 4, 1)


@dataclass(frozen=True)
class Year:
    """A census's year: its first day and its last, the reference date."""

    first: date
    last: date

    def has(self, day: date | None) -> bool:
        """Whether a day is in it."""
        return day is not None and self.first <= day <= self.last

    def overlaps(self, start: date | None, end: date | None) -> bool:
        """Whether something that started and ended then was going on in it."""
        return start is not None and start <= self.last and (end is None or end >= self.first)

    def known(self, day: date | None) -> date | None:
        """A day as it was known at the end of the year: nothing later."""
        return day if day and day <= self.last else None


def write(tables: Path, out: Path) -> list[Path]:
    """A file for each year from the first day of the records to the edition's, in `out`. Gives the files."""
    told = tomllib.loads((tables / "source.toml").read_text(encoding="utf-8"))
    records = _Records(tables)
    out.mkdir(parents=True, exist_ok=True)
    files = []
    for year in years(told["first_day"], told["edition"]):
        file = out / f"cin_{year.last.isoformat()}.xml"
        with file.open("w", encoding="utf-8") as opened:
            opened.writelines(f"{line}\n" for line in _message(records, year))
        files.append(file)
    return files


def years(first_day: date, edition: date) -> Iterator[Year]:
    """The years to 31 March that the records cover, the last of them up to the edition."""
    first = first_day
    while first <= edition:
        last = date(first.year + (first >= date(first.year, 4, 1)), 3, 31)
        yield Year(first, min(last, edition))
        first = last + timedelta(days=1)


class _Records:
    def __init__(self, tables: Path) -> None:
        self.people = {row["pers_person_id"]: row for row in _rows(tables, "ssd_person")}
        self.referrals = _grouped(tables, "ssd_cin_episodes", "cine_person_id")
        self.assessments = _grouped(tables, "ssd_cin_assessments", "cina_referral_id")
        self.factors = _grouped(tables, "ssd_assessment_factors", "cinf_assessment_id")
        self.in_need = _grouped(tables, "ssd_cin_plans", "cinp_referral_id")
        self.enquiries = _grouped(tables, "ssd_s47_enquiry", "s47e_referral_id")
        self.conferences = _grouped(tables, "ssd_initial_cp_conference", "icpc_s47_enquiry_id")
        self.plans = _grouped(tables, "ssd_cp_plans", "cppl_referral_id")
        self.reviews = _grouped(tables, "ssd_cp_reviews", "cppr_cp_plan_id")
        self.plan_starts: dict[str, list[date]] = defaultdict(list)
        for plan in (plan for plans in self.plans.values() for plan in plans):
            if plan["cppl_cp_plan_ola"] != "Y":
                self.plan_starts[plan["cppl_person_id"]].append(plan["cppl_cp_plan_start_date"])


def _rows(tables: Path, name: str) -> list[dict[str, Any]]:
    file = tables / f"{name}.parquet"
    return pq.read_table(file).to_pylist() if file.is_file() else []


def _grouped(tables: Path, name: str, column: str) -> dict[str, list[dict[str, Any]]]:
    rows_by_value: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in _rows(tables, name):
        rows_by_value[row[column]].append(row)
    return rows_by_value


def _element(name: str, value: object) -> Iterator[str]:
    if value is not None:
        yield f"<{name}>{escape(str(value))}</{name}>"


def _group(name: str, inside: Sequence[str]) -> Iterator[str]:
    if inside:
        yield f"<{name}>"
        yield from inside
        yield f"</{name}>"


def _message(records: _Records, year: Year) -> Iterator[str]:
    collection_year = year.last.year + (year.last > date(year.last.year, 3, 31))
    yield '<?xml version="1.0" encoding="utf-8"?>'
    yield f"<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>{collection_year}</Year>"
    yield f"<ReferenceDate>{year.last}</ReferenceDate></CollectionDetails><Source><SourceLevel>L</SourceLevel>"
    yield f"<LEA>999</LEA><DateTime>{year.last}T09:00:00</DateTime></Source></Header><Children>"
    for child in sorted(records.referrals):
        cases = [case for case in records.referrals[child] if _is_of(case, year)]
        if cases:
            yield from _group("Child", list(_child(records, records.people.get(child, {}), child, cases, year)))
    yield "</Children></Message>"


def _is_of(case: Row, year: Year) -> bool:
    return year.overlaps(case["cine_referral_date"], case["cine_close_date"])


def _child(records: _Records, person: Row, child: str, cases: Sequence[Row], year: Year) -> Iterator[str]:
    sex = person.get("pers_sex")
    gender = {"M": 1, "F": 2}.get(sex or "", 0)
    about = [
        *_element("LAchildID", child),
        *_element("PersonBirthDate", person.get("pers_dob")),
        *(_element("Sex", sex) if year.first >= FIRST_DAY_WITH_SEX else _element("GenderCurrent", gender)),
    ]
    yield from _group("ChildIdentifiers", about)
    yield from _group("ChildCharacteristics", list(_element("Ethnicity", person.get("pers_ethnicity"))))
    for case in cases:
        yield from _group("CINdetails", list(_case(records, case, year)))


def _case(records: _Records, case: Row, year: Year) -> Iterator[str]:
    referral = case["cine_referral_id"]
    closed = year.known(case["cine_close_date"])
    enquiries = records.enquiries.get(referral, [])
    held = [
        conference
        for enquiry in enquiries
        for conference in records.conferences.get(enquiry["s47e_s47_enquiry_id"], [])
    ]
    transfers = [conference["icpc_icpc_date"] for conference in held if conference["icpc_icpc_transfer_in"] == "Y"]
    yield from _element("CINreferralDate", case["cine_referral_date"])
    yield from _element("ReferralSource", case["cine_referral_source_code"])
    yield from _element("PrimaryNeedCode", case["cine_cin_primary_need_code"])
    yield from _element("CINclosureDate", closed)
    yield from _element("ReasonForClosure", case["cine_close_reason"] if closed else None)
    for day in transfers[:1]:
        yield from _element("DateOfInitialCPC", day if year.has(day) else None)
    for assessment in records.assessments.get(referral, []):
        yield from _group("Assessments", list(_assessment(records, assessment, year)))
    for plan in records.in_need.get(referral, []):
        start, end = plan["cinp_cin_plan_start_date"], plan["cinp_cin_plan_end_date"]
        if year.overlaps(start, end):
            dates = [*_element("CINPlanStartDate", start), *_element("CINPlanEndDate", year.known(end))]
            yield from _group("CINPlanDates", dates)
    for enquiry in enquiries:
        yield from _group("Section47", list(_enquiry(records, enquiry, year)))
    yield from _element("ReferralNFA", {"Y": "true", "N": "false"}.get(case["cine_referral_nfa"]))
    for plan in records.plans.get(referral, []):
        yield from _group("ChildProtectionPlans", list(_plan(records, plan, year)))


def _assessment(records: _Records, row: Row, year: Year) -> Iterator[str]:
    if not year.overlaps(row["cina_assessment_start_date"], row["cina_assessment_auth_date"]):
        return
    authorised = year.known(row["cina_assessment_auth_date"])
    yield from _element("AssessmentActualStartDate", row["cina_assessment_start_date"])
    yield from _element("AssessmentAuthorisationDate", authorised)
    for factors in records.factors.get(row["cina_assessment_id"], [])[:1] if authorised else []:
        codes = json.loads(factors["cinf_assessment_factors_json"])
        inside = [line for code in codes for line in _element("AssessmentFactors", code)]
        yield from _group("FactorsIdentifiedAtAssessment", inside)


def _enquiry(records: _Records, row: Row, year: Year) -> Iterator[str]:
    conferences = records.conferences.get(row["s47e_s47_enquiry_id"], [])
    own = [conference for conference in conferences if conference["icpc_icpc_transfer_in"] != "Y"]
    days = [conference["icpc_icpc_date"] for conference in own]
    if not year.has(row["s47e_s47_start_date"]) and not any(year.has(day) for day in days):
        return
    yield from _element("S47ActualStartDate", row["s47e_s47_start_date"])
    for conference in own[:1]:
        yield from _element("InitialCPCtarget", conference["icpc_icpc_target_date"])
        yield from _element("DateOfInitialCPC", year.known(conference["icpc_icpc_date"]))
    yield from _element("ICPCnotRequired", "false" if own else "true")


def _plan(records: _Records, row: Row, year: Year) -> Iterator[str]:
    start, end = row["cppl_cp_plan_start_date"], row["cppl_cp_plan_end_date"]
    if row["cppl_cp_plan_ola"] == "Y" or not year.overlaps(start, end):
        return
    earlier = sum(other < start for other in records.plan_starts[row["cppl_person_id"]]) + (row["previous_plans"] or 0)
    yield from _element("CPPstartDate", start)
    yield from _element("CPPendDate", year.known(end))
    yield from _element("InitialCategoryOfAbuse", _abuse(row["cppl_cp_plan_initial_category"]))
    yield from _element("LatestCategoryOfAbuse", _abuse(row["cppl_cp_plan_latest_category"]))
    yield from _element("NumberOfPreviousCPP", earlier)
    days = [review["cppr_cp_review_date"] for review in records.reviews.get(row["cppl_cp_plan_id"], [])]
    inside = [line for day in sorted(day for day in days if year.has(day)) for line in _element("CPPreviewDate", day)]
    yield from _group("Reviews", inside)


def _abuse(words: str | None) -> str | None:
    return None if words is None else ABUSE.get(words.lower(), "MUL")
