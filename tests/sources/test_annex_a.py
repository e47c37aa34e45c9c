"""Ofsted Annex A: the sample loads, and each list's rows become rows of its tables."""

from __future__ import annotations

import hashlib
import hmac
from datetime import date
from pathlib import Path

import pytest
from annex_a_reading import (
    ASSESSMENTS,
    CONTACTS,
    EARLY_HELP,
    ENQUIRIES,
    IN_NEED,
    REFERRALS,
    read,
    read_sheets,
    rows_of,
)

from improvement_board.declared.tables import declared_tables
from improvement_board.sources.annex_a import CARRIES, AnnexA

MAY, JUNE, JULY, AUGUST = date(2026, 5, 4), date(2026, 6, 1), date(2026, 7, 6), date(2026, 8, 3)
SAMPLE_ROWS = {
    "ssd_person": 48,
    "ssd_contacts": 5,
    "ssd_early_help_episodes": 5,
    "ssd_cin_episodes": 6,
    "ssd_cin_assessments": 5,
    "ssd_s47_enquiry": 5,
    "ssd_initial_cp_conference": 3,
    "ssd_cin_plans": 5,
    "ssd_cin_visits": 5,
    "ssd_cp_plans": 7,
    "ssd_cp_visits": 7,
    "ssd_cp_reviews": 5,
    "ssd_cla_episodes": 5,
    "ssd_cla_placement": 5,
    "ssd_legal_status": 5,
    "ssd_cla_reviews": 5,
    "ssd_cla_visits": 5,
    "ssd_cla_health": 10,
    "ssd_cla_care_plan": 0,
    "ssd_care_leavers": 6,
    "ssd_involvements": 12,
    "ssd_professionals": 25,
    "ssd_department": 13,
}


def test_the_sample_loads_with_these_rows_and_these_findings(reference: Path) -> None:
    sample = reference / "samples" / "annex_a" / "Annex_A.xlsx"
    assert AnnexA().recognises(sample)
    reading = read(sample, edition=date(2021, 3, 31))
    assert {table: len(rows) for table, rows in reading.tables.items()} == SAMPLE_ROWS
    odd = [(finding.severity, finding.rule, finding.problem.value) for finding in reading.findings]
    need, support = "PSRMEM - Support with memory and cognition", "CS Assessment Updated"
    not_named = [("warning", "placeholder", None)] * 10  # teams and workers of plans
    unknown = [("warning", "unknown-code", need)] + [("warning", "unknown-code", support)] * 5
    assert odd == [unknown[0], *not_named, *unknown[1:]]


def test_a_contact_keeps_the_source_by_code_and_as_written(tmp_path: Path) -> None:
    cells = {"Child Unique ID": 9212044.0, "Date of Contact": MAY, "Contact Source": "q) 6: Police"}
    row = read_sheets(tmp_path, {"List 1": rows_of(CONTACTS, cells)}).row("ssd_contacts")
    assert row == {
        "cont_contact_id": "9212044|2026-05-04|1",
        "cont_person_id": "9212044",
        "cont_contact_date": MAY,
        "cont_contact_source_code": "6",
        "cont_contact_source_desc": "q) 6: Police",
    }


def test_contacts_of_a_child_and_day_are_numbered_and_the_same_row_twice_counts_once(tmp_path: Path) -> None:
    police = {"Child Unique ID": "A1", "Date of Contact": MAY, "Contact Source": "Police"}
    school = police | {"Contact Source": "e) 2A: Schools"}
    reading = read_sheets(tmp_path, {"List 1": rows_of(CONTACTS, police, school, police)})
    assert reading.column("ssd_contacts", "cont_contact_id") == ["A1|2026-05-04|1", "A1|2026-05-04|2"]
    assert reading.only("row-twice").problem.row == 4


def test_early_help_is_led_by_the_organisation_that_completes_the_assessment(tmp_path: Path) -> None:
    cells = {"Child Unique ID": "A1", "Assessment start date": MAY, "Assessment completion date": JUNE}
    led = cells | {"Organisation completing assessment": "Top Town Academy"}
    before = cells | {"Child Unique ID": "A2", "Assessment completion date": date(2026, 5, 3)}
    reading = read_sheets(tmp_path, {"List 2": rows_of(EARLY_HELP, led, before)})
    assert reading.column("ssd_early_help_episodes", "earl_episode_organisation") == ["Top Town Academy", None]
    assert reading.column("ssd_early_help_episodes", "earl_episode_end_date") == [JUNE, None]
    assert reading.only("ends-before-start").severity == "warning"


def test_a_referral_has_need_and_closure_where_list_6_has_the_child_and_day(tmp_path: Path) -> None:
    cells = {"Child Unique ID": "A1", "Date of Referral": MAY, "Referral Source": "6", "Referral NFA?": "b) No"}
    in_need = {"Child Unique ID": "A1", "CIN Start Date": MAY, "Primary Need Code": "N1 - Abuse or neglect"}
    closed = {"CIN Closure Date": JULY, "Reason for Closure": "RC8 - Closed", "Case Status": "e) Closed episode"}
    sheets = {
        "List 3": rows_of(REFERRALS, cells | {"Allocated Team": "Front door", "Allocated Worker": "Ann Lee"}),
        "List 6": rows_of(IN_NEED, in_need | closed),
    }
    reading = read_sheets(tmp_path, sheets)
    assert reading.row("ssd_cin_episodes") == {
        "cine_referral_id": "A1|2026-05-04|1",
        "cine_person_id": "A1",
        "cine_referral_date": MAY,
        "cine_cin_primary_need_code": "N1",
        "cine_referral_source_code": "6",
        "cine_referral_source_desc": "6",
        "cine_referral_nfa": "N",
        "cine_close_reason": "RC8",
        "cine_close_date": JULY,
        "cine_referral_team": "Front door",
        "cine_referral_worker_id": "Ann Lee",
    }
    assert reading.tables["ssd_cin_plans"] == []


@pytest.mark.parametrize(("answer", "outcome"), [("a) Yes", "N"), ("No", "Y"), ("c) Unknown", None), (None, None)])
def test_an_assessment_without_need_of_support_has_no_further_action(
    tmp_path: Path, answer: str | None, outcome: str | None
) -> None:
    needs = "Was the child assessed as requiring LA children's social care support?"
    cells = {"Child Unique ID": 1, "Continuous Assessment Start Date": MAY, needs: answer}
    reading = read_sheets(tmp_path, {"List 4": rows_of(ASSESSMENTS, cells)})
    assert reading.column("ssd_cin_assessments", "cina_assessment_outcome_nfa") == [outcome]
    assert reading.findings == []


def test_an_enquiry_has_its_conference_unless_that_is_still_to_come(tmp_path: Path) -> None:
    start, conference = ENQUIRIES[4], "Date of Initial Child Protection Conference"
    led = "Did the Initial Child Protection Conference Result in a Child Protection Plan"
    held = {"Child Unique ID": "A1", start: MAY, conference: JUNE, led: "Yes", "Allocated Worker": "Ann Lee"}
    coming = {"Child Unique ID": "A2", start: MAY, conference: date(2026, 10, 9)}
    unnecessary = {"Child Unique ID": "A3", start: MAY, ENQUIRIES[5]: "a) Yes"}
    neither = {"Child Unique ID": "A4"}
    reading = read_sheets(tmp_path, {"List 5": rows_of(ENQUIRIES, held, coming, unnecessary, neither)})
    assert reading.row("ssd_initial_cp_conference") == {
        "icpc_icpc_id": "A1|2026-06-01",
        "icpc_s47_enquiry_id": "A1|2026-05-04|1",
        "icpc_person_id": "A1",
        "icpc_icpc_date": JUNE,
        "icpc_icpc_outcome_cp_flag": "Y",
        "icpc_icpc_worker_id": "Ann Lee",
    }
    flags = ['{"CP_CONFERENCE_FLAG": "Y"}', '{"CP_CONFERENCE_FLAG": "Y"}', '{"CP_CONFERENCE_FLAG": "N"}']
    assert reading.column("ssd_s47_enquiry", "s47e_s47_outcome_json") == flags
    assert reading.only("value-missing").problem.row == 5


def test_workers_get_the_id_that_a_function_makes_of_their_name_and_keep_no_name_then(tmp_path: Path) -> None:
    def keyed(name: str) -> str:
        return hmac.new(b"key", name.encode(), hashlib.sha256).hexdigest()[:12]

    cells = {"Child Unique ID": "A1", "Date of Referral": MAY, "Allocated Team": "North"}
    rows = rows_of(
        REFERRALS, cells | {"Allocated Worker": "Ann\xa0 Lee"}, cells | {"Allocated Worker": "Not allocated"}
    )
    named = read_sheets(tmp_path, {"List 3": rows})
    assert named.row("ssd_professionals") == {
        "prof_professional_id": "Ann Lee",
        "prof_professional_name": "Ann Lee",
        "prof_professional_department": "North",
    }
    hashed = read_sheets(tmp_path, {"List 3": rows}, worker_id=keyed)
    assert hashed.row("ssd_professionals") == {
        "prof_professional_id": keyed("Ann Lee"),
        "prof_professional_department": "North",
    }
    assert hashed.column("ssd_cin_episodes", "cine_referral_worker_id") == [keyed("Ann Lee"), None]
    assert "Lee" not in "".join(str(row) for rows in hashed.tables.values() for row in rows)


def test_what_it_says_it_carries_are_columns_of_tables_and_all_that_it_fills(tmp_path: Path, reference: Path) -> None:
    for table, columns in CARRIES.items():
        assert set(columns) <= {column.name for column in declared_tables()[table].columns}, table
    reading = read(reference / "samples" / "annex_a" / "Annex_A.xlsx", edition=date(2021, 3, 31))
    for table, rows in reading.tables.items():
        filled = {key for row in rows for key, value in row.items() if value is not None and not key.startswith("_")}
        assert filled <= set(CARRIES[table]), table
