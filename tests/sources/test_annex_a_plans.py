"""Lists 6, 7 and 9 of Annex A: children in need, protection plans, care leavers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from annex_a_reading import IN_NEED, LEAVERS, PROTECTION, read_sheets, rows_of

MAY, JUNE, JULY, AUGUST = date(2026, 5, 4), date(2026, 6, 1), date(2026, 7, 6), date(2026, 8, 3)


def test_an_in_need_plan_is_open_by_case_status_or_closed_but_not_after_assessment(tmp_path: Path) -> None:
    statuses = ["c) Child in need plan", "a) Looked after child", "CP", "d) Open assessment", None]
    open_rows = [
        {"Child Unique ID": at, "CIN Start Date": MAY, "Case Status": status} for at, status in enumerate(statuses)
    ]
    closed = {"CIN Start Date": MAY, "CIN Closure Date": JULY, "Case Status": "e) Closed episode"}
    ended = [
        closed | {"Child Unique ID": "ended", "Reason for Closure": "RC7"},
        closed | {"Child Unique ID": "assessed only", "Reason for Closure": "RC8 - No further action"},
    ]
    seen = {"Date Child Was Last Seen": JUNE}
    reading = read_sheets(tmp_path, {"List 6": rows_of(IN_NEED, *(row | seen for row in open_rows), *ended)})
    assert reading.column("ssd_cin_plans", "cinp_person_id") == ["0", "ended"]
    assert reading.column("ssd_cin_plans", "cinp_cin_plan_end_date") == [None, JULY]
    assert reading.column("ssd_cin_visits", "cinv_person_id") == ["0"]
    assert reading.only("value-missing").severity == "error"


def test_a_protection_plan_has_its_latest_visit_and_review(tmp_path: Path) -> None:
    cells = {"Child Unique ID": "A1", "Child Protection Plan Start Date": MAY, "Latest Category of Abuse": "a) Neglect"}
    work = {
        "Date of the Last Statutory Visit": AUGUST,
        "Was the Child Seen Alone?": "a) Yes",
        "Date of latest review conference": JULY,
        "Number of Previous Child Protection Plans": 2,
    }
    reading = read_sheets(tmp_path, {"List 7": rows_of(PROTECTION, cells | work)})
    plan = reading.row("ssd_cp_plans")
    assert (plan["cppl_cp_plan_latest_category"], plan["previous_plans"]) == ("Neglect", 2)
    visit, review = reading.row("ssd_cp_visits"), reading.row("ssd_cp_reviews")
    assert (visit["cppv_cp_visit_date"], visit["cppv_cp_visit_seen"], visit["cppv_cp_visit_seen_alone"]) == (
        AUGUST,
        "Y",
        "Y",
    )
    assert review["cppr_cp_review_date"] == JULY
    assert plan["cppl_cp_plan_id"] == visit["cppv_cp_plan_id"] == review["cppr_cp_plan_id"]


def test_a_care_leaver_is_of_the_month_end_that_the_workbook_shows(tmp_path: Path) -> None:
    cells = {
        "Child Unique ID": "A1",
        "Date of Birth": date(2007, 1, 2),
        "Allocated Team": "Leaving care",
        "Allocated Worker": "Jae\xa0Vang",
        "Eligibility Category": "b) Former relevant child",
        "LA in Touch": "a) Yes",
        "Type of Accommodation": "Y: Other accommodation",
        "Suitability of Accommodation": "a) Suitable",
        "Activity Status": "G5: Not in education, employment or training - other",
    }
    reading = read_sheets(tmp_path, {"List 9": rows_of(LEAVERS, cells)}, as_at=date(2026, 9, 3))
    assert reading.row("ssd_care_leavers") == {
        "clea_table_id": "A1",
        "clea_person_id": "A1",
        "clea_care_leaver_eligibility": "Former Relevant",
        "clea_care_leaver_in_touch": "YES",
        "clea_care_leaver_accommodation": "Y",
        "clea_care_leaver_accom_suitable": "1",
        "clea_care_leaver_activity": "G5",
        "clea_care_leaver_allocated_team": "Leaving care",
        "clea_care_leaver_worker_id": "Jae Vang",
        "as_at": date(2026, 8, 31),
    }
