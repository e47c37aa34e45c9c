"""List 8 of Annex A: periods of care, with the latest placement, legal status, reviews and checks."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from annex_a_reading import IN_CARE, PROTECTION, Reading, read_sheets, rows_of

MAY, JUNE, JULY, AUGUST = date(2026, 5, 4), date(2026, 6, 1), date(2026, 7, 6), date(2026, 8, 3)
CELLS = {
    "Child Unique ID": "A1",
    "Date Started to be Looked After": MAY,
    "Child's Category of Need": "N1 - Abuse or Neglect",
    "Start date of current legal status": JUNE,
    "Child's Legal Status": "C2: FCO",
    "Date of Latest Statutory Review": JUNE,
    "Date of Last Social Work Visit": JULY,
    "What is the permanence plan for this child?": "f) Long-term fostering",
    "Date of Last IRO Visit / Contact to the Child": AUGUST,
    "Date of Last Health Assessment": JULY,
    "Date of Last Dental Check": AUGUST,
    "Start Date of Most Recent Placement": JULY,
    "Placement Type": "d) U4: Foster placement - long term",
    "Placement Provider": "e) PR4 - Private provision",
    "Placement postcode": "T28 2WB",
    "URN of Placement": 1234567.0,
}


def in_care(folder: Path, **changed: Any) -> Reading:
    """One child in care, with some cells changed."""
    return read_sheets(folder, {"List 8": rows_of(IN_CARE, CELLS | changed)})


def test_a_period_of_care_is_one_episode_with_its_latest_placement_and_legal_status(tmp_path: Path) -> None:
    reading = in_care(tmp_path)
    assert reading.findings == []
    assert reading.row("ssd_cla_episodes") == {
        "clae_cla_episode_id": "A1|2026-05-04",
        "clae_person_id": "A1",
        "clae_cla_episode_start_date": MAY,
        "clae_cla_episode_start_reason": "S",
        "clae_cla_primary_need_code": "N1",
        "clae_cla_id": "A1|2026-05-04",
        "clae_cla_placement_id": "A1|2026-07-06",
        "clae_entered_care_date": MAY,
        "clae_cla_last_iro_contact_date": AUGUST,
    }
    assert reading.row("ssd_cla_placement") == {
        "clap_cla_placement_id": "A1|2026-07-06",
        "clap_person_id": "A1",
        "clap_cla_id": "A1|2026-05-04",
        "clap_cla_placement_start_date": JULY,
        "clap_cla_placement_type": "U4",
        "clap_cla_placement_provider": "PR4",
        "clap_cla_placement_postcode": "T28 2WB",
        "clap_cla_placement_urn": "1234567",
    }
    assert reading.row("ssd_legal_status") == {
        "lega_legal_status_id": "A1|2026-06-01|C2",
        "lega_person_id": "A1",
        "lega_legal_status": "C2",
        "lega_legal_status_start_date": JUNE,
    }


def test_reviews_visits_and_checks_are_those_that_were_held_last(tmp_path: Path) -> None:
    reading = in_care(tmp_path)
    assert reading.row("ssd_cla_reviews")["clar_cla_review_date"] == JUNE
    assert reading.row("ssd_cla_visits")["clav_cla_visit_date"] == JULY
    assert reading.column("ssd_cla_health", "clah_health_check_type") == ["Health Assessment", "Dental Check"]
    assert reading.column("ssd_cla_health", "clah_health_check_date") == [JULY, AUGUST]
    assert set(reading.column("ssd_cla_health", "clah_health_check_status")) == {"Completed"}


def test_the_permanence_plan_is_known_from_the_month_end_that_shows_it(tmp_path: Path) -> None:
    plan = in_care(tmp_path).row("ssd_cla_care_plan")
    assert plan["lacp_cla_care_plan_json"] == '{"LTFOST18": "Y"}'
    assert plan["lacp_cla_care_plan_start_date"] == date(2026, 9, 30)


def test_what_ends_with_care_ends_that_day(tmp_path: Path) -> None:
    left = {"Date Ceased to be Looked After": AUGUST, "Reason Ceased to be Looked After": "a) E11: Adopted"}
    reading = in_care(tmp_path, **left)
    assert reading.row("ssd_cla_episodes")["clae_cla_episode_ceased_reason"] == "E11"
    ends = {
        "ssd_cla_episodes": "clae_cla_episode_ceased_date",
        "ssd_cla_placement": "clap_cla_placement_end_date",
        "ssd_legal_status": "lega_legal_status_end_date",
    }
    assert {table: reading.column(table, column) for table, column in ends.items()} == {key: [AUGUST] for key in ends}
    assert reading.tables["ssd_cla_care_plan"] == reading.tables["ssd_involvements"] == []


@pytest.mark.parametrize(
    ("header", "table"),
    [
        ("Start Date of Most Recent Placement", "ssd_cla_placement"),
        ("Start date of current legal status", "ssd_legal_status"),
        ("Date of Latest Statutory Review", "ssd_cla_reviews"),
        ("Date of Last Social Work Visit", "ssd_cla_visits"),
        ("Date of Last Health Assessment", "ssd_cla_health"),
    ],
)
def test_a_day_that_cannot_be_read_keeps_only_its_own_row_out(tmp_path: Path, header: str, table: str) -> None:
    whole, reading = in_care(tmp_path / "whole"), in_care(tmp_path, **{header: "last week"})
    finding = reading.only("not-a-date")
    assert (finding.severity, finding.table, finding.problem.column) == ("error", table, header)
    lost = {name: len(whole.tables[name]) - len(rows) for name, rows in reading.tables.items()}
    assert {name: rows for name, rows in lost.items() if rows} == {table: 1}


def test_an_end_that_cannot_be_read_keeps_the_whole_row_out_for_the_child_may_have_left(tmp_path: Path) -> None:
    reading = in_care(tmp_path, **{"Date Ceased to be Looked After": "see notes"})
    assert reading.only("not-a-date").severity == "error"
    assert all(rows == [] for rows in reading.tables.values())


def test_care_that_ends_before_it_starts_is_told_and_kept_out(tmp_path: Path) -> None:
    reading = in_care(tmp_path, **{"Date Ceased to be Looked After": date(2026, 5, 3)})
    problem = reading.only("ends-before-start").problem
    assert (problem.sheet, problem.row, problem.allowed) == ("List 8", 2, "04/05/2026 or later")
    assert reading.tables["ssd_cla_episodes"] == []


def test_a_child_on_several_lists_is_held_by_who_holds_the_case_in_care(tmp_path: Path) -> None:
    plan = {"Child Unique ID": "A1", "Child Protection Plan Start Date": MAY}
    sheets = {
        "List 7": rows_of(PROTECTION, plan | {"Allocated Team": "North", "Allocated Worker": "Ann Lee"}),
        "List 8": rows_of(IN_CARE, CELLS | {"Allocated Team": "In care", "Allocated Worker": "Bo Ash"}),
    }
    held = read_sheets(tmp_path, sheets).row("ssd_involvements")
    assert held == {
        "invo_involvements_id": "A1|2026-09-30",
        "invo_professional_id": "Bo Ash",
        "invo_professional_role_id": "Allocated Case Worker",
        "invo_professional_team": "In care",
        "invo_involvement_start_date": date(2026, 9, 30),
        "invo_person_id": "A1",
    }
