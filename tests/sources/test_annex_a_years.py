"""Several Annex A workbooks at once: the latest word counts, and together they tell who held which case when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from annex_a_reading import (
    ASSESSMENTS,
    CONTACTS,
    IN_CARE,
    IN_NEED,
    PROTECTION,
    Reading,
    book,
    read,
    read_sheets,
    rows_of,
)

from improvement_board.sources.annex_a.as_at import days_in_name, month_end_of

MAY, JUNE, JULY, AUGUST, SEPTEMBER = (date(2026, month, 1) for month in range(5, 10))
PLAN = {"Child Unique ID": "A1", "Child Protection Plan Start Date": MAY}
CARE = {"Child Unique ID": "A1", "Date Started to be Looked After": MAY}
END = "Child Protection Plan End Date"


def months(folder: Path, *sheets: Mapping[str, list[list[Any]]], last: int = 9, backwards: bool = False) -> Reading:
    """Workbooks of months one after another, up to September, named by their last day."""
    first = last - len(sheets) + 1
    files = []
    for at, workbook_sheets in enumerate(sheets):
        following = date(2026 + (first + at) // 12, (first + at) % 12 + 1, 1)
        day = date.fromordinal(following.toordinal() - 1)
        files.append(book(folder / f"Annex A {day}.xlsx", workbook_sheets))
    return read(*(reversed(files) if backwards else files), as_at=None)


def plans(*rows: Mapping[str, Any]) -> dict[str, list[list[Any]]]:
    return {"List 7": rows_of(PROTECTION, *rows)}


@pytest.mark.parametrize("backwards", [False, True])
def test_an_event_of_several_workbooks_is_there_once_as_the_last_says(tmp_path: Path, backwards: bool) -> None:
    reading = months(tmp_path, plans(PLAN), plans(PLAN), plans(PLAN | {END: SEPTEMBER}), backwards=backwards)
    assert reading.row("ssd_cp_plans")["cppl_cp_plan_end_date"] == SEPTEMBER
    assert reading.findings == []


def test_the_same_contacts_read_again_have_the_same_ids(tmp_path: Path) -> None:
    cells = {"Child Unique ID": "A1", "Date of Contact": MAY}
    two = {"List 1": rows_of(CONTACTS, cells | {"Contact Source": "6"}, cells | {"Contact Source": "7"})}
    first_sheets = {"List 1": rows_of(CONTACTS, cells | {"Contact Source": "7"})}
    assert len(months(tmp_path / "two", two, two).tables["ssd_contacts"]) == 2
    corrected = months(tmp_path / "one", two, first_sheets)
    assert corrected.column("ssd_contacts", "cont_contact_source_code") == ["7"]


def test_a_case_is_held_from_the_month_end_that_first_shows_it_to_the_one_that_shows_another(tmp_path: Path) -> None:
    held = [plans(PLAN | {"Allocated Team": "North", "Allocated Worker": name}) for name in ("Ann", "Ann", "Bo")]
    reading = months(tmp_path, *held, plans())
    spells = [
        (row["invo_professional_id"], row["invo_involvement_start_date"], row["invo_involvement_end_date"])
        for row in reading.tables["ssd_involvements"]
    ]
    june, august, september = date(2026, 6, 30), date(2026, 8, 31), date(2026, 9, 30)
    assert spells == [("Ann", june, august), ("Bo", august, september)]


def test_a_workbook_without_the_lists_of_cases_ends_no_ones_case(tmp_path: Path) -> None:
    held = plans(PLAN | {"Allocated Worker": "Ann"})
    contacts = {"List 1": rows_of(CONTACTS)}
    assert months(tmp_path, held, contacts, held).row("ssd_involvements")["invo_involvement_start_date"] == date(
        2026, 7, 31
    )


def test_a_plan_that_the_next_workbook_has_no_more_was_corrected(tmp_path: Path) -> None:
    moved = PLAN | {"Child Protection Plan Start Date": JUNE}
    reading = months(tmp_path, plans(PLAN), plans(moved))
    assert reading.column("ssd_cp_plans", "cppl_cp_plan_start_date") == [JUNE]
    finding = reading.only("not-in-later-workbook")
    assert (finding.severity, finding.key) == ("error", "A1")


def test_a_plan_that_ended_between_distant_workbooks_ended_the_day_after(tmp_path: Path) -> None:
    files = [book(tmp_path / "2025-12-31.xlsx", plans(PLAN | {PROTECTION[4]: date(2025, 5, 1)}))]
    files.append(book(tmp_path / "2026-09-30.xlsx", plans()))
    reading = read(*files, as_at=None)
    assert reading.row("ssd_cp_plans")["cppl_cp_plan_end_date"] == date(2026, 1, 1)
    assert reading.only("not-in-later-workbook").severity == "warning"


def test_an_in_need_plan_ends_when_the_child_is_shown_on_another(tmp_path: Path) -> None:
    cells = {"Child Unique ID": "A1", "CIN Start Date": MAY}
    statuses = ["c) Child in need plan", "b) Child Protection plan", "b) Child Protection plan"]
    reading = months(tmp_path, *({"List 6": rows_of(IN_NEED, cells | {"Case Status": status})} for status in statuses))
    assert reading.row("ssd_cin_plans")["cinp_cin_plan_end_date"] == date(2026, 8, 31)
    assert reading.findings == []


def test_an_assessment_that_vanished_is_left_out_for_its_end_is_not_known(tmp_path: Path) -> None:
    cells = {"Child Unique ID": "A1", "Continuous Assessment Start Date": MAY}
    reading = months(tmp_path, {"List 4": rows_of(ASSESSMENTS, cells)}, {"List 4": rows_of(ASSESSMENTS)})
    assert reading.tables["ssd_cin_assessments"] == []
    assert reading.only("not-in-later-workbook").severity == "error"


def test_a_placement_ends_when_the_next_workbooks_one_starts(tmp_path: Path) -> None:
    moves = [("U6", MAY), ("K2", JULY), ("K2", JULY)]
    placed = [CARE | {"Placement Type": kind, "Start Date of Most Recent Placement": day} for kind, day in moves]
    reading = months(tmp_path, *({"List 8": rows_of(IN_CARE, in_care_cells)} for in_care_cells in placed))
    placement_ends = {
        row["clap_cla_placement_type"]: row["clap_cla_placement_end_date"]
        for row in reading.tables["ssd_cla_placement"]
    }
    assert placement_ends == {"U6": JULY, "K2": None}
    assert len(reading.tables["ssd_cla_episodes"]) == 1


def test_the_latest_visits_of_several_workbooks_are_all_kept_once(tmp_path: Path) -> None:
    visit = "Date of the Last Statutory Visit"
    reading = months(tmp_path, *(plans(PLAN | {visit: day}) for day in (JULY, JULY, AUGUST)))
    assert sorted(reading.column("ssd_cp_visits", "cppv_cp_visit_date")) == [JULY, AUGUST]


def test_two_workbooks_of_a_month_end_are_told_and_the_later_one_counts(tmp_path: Path) -> None:
    files = [
        book(tmp_path / f"Annex A 2026-09-{day}.xlsx", plans(PLAN | {END: ended}))
        for day, ended in (("28", None), ("30", SEPTEMBER))
    ]
    reading = read(*files, as_at=None)
    assert reading.row("ssd_cp_plans")["cppl_cp_plan_end_date"] == SEPTEMBER
    assert reading.only("same-reference-date").severity == "warning"


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("Annex A 2021-03-31.xlsx", date(2021, 3, 31)),
        ("AnnexA_20260930.xlsx", date(2026, 9, 30)),
        ("Annex_A_31032021.xlsx", date(2021, 3, 31)),
        ("Annex A 5th October 2026.xlsx", date(2026, 10, 5)),
        ("annex a March 2021.xlsx", date(2021, 3, 31)),
        ("2026-09 Annex A.xlsx", date(2026, 9, 30)),
        ("Annex A v2 2026.xlsx", None),
        ("Annex_A.xlsx", None),
        ("Annex_A_2024_Jan.xlsx", date(2024, 1, 31)),
        ("AnnexA2024January.xlsx", date(2024, 1, 31)),
        ("2024Jan_AnnexA.xlsx", date(2024, 1, 31)),
        ("Annex A Jan-24.xlsx", date(2024, 1, 31)),
        ("Annex A 2024 31 Jan.xlsx", date(2024, 1, 31)),
        ("Annex A January 31st, 2024.xlsx", date(2024, 1, 31)),
        ("Annex_A_202401.xlsx", date(2024, 1, 31)),
        ("Annex A 01-2024.xlsx", date(2024, 1, 31)),
        ("AnnexA 31.1.24.xlsx", date(2024, 1, 31)),
        ("Annex A 24-01-31.xlsx", date(2024, 1, 31)),
        ("2024-01/Annex A.xlsx", date(2024, 1, 31)),
        ("2026-09-30/Annex A.xlsx", None),
    ],
)
def test_the_day_stands_in_the_name(name: str, day: date | None) -> None:
    assert next(iter(days_in_name(Path(name), date(2026, 9, 30))), None) == day


@pytest.mark.parametrize(
    "cells", [["Data as at 31/07/2026"], ["Position as at:", date(2026, 7, 31)], ["1/2/2026 to 31/7/2026"]]
)
def test_the_day_stands_above_a_list_or_on_another_sheet(tmp_path: Path, cells: list[Any]) -> None:
    leaver = ["Child ID", "Eligibility", "In touch"], ["A1", "Relevant", "Yes"]
    for at, sheets in enumerate([{"List 9": [cells, *leaver]}, {"Cover": [["Annex A"], cells], "List 9": [*leaver]}]):
        reading = read_sheets(tmp_path / str(at), sheets, as_at=None)
        assert reading.column("ssd_care_leavers", "as_at") == [date(2026, 7, 31)]


def test_a_workbook_that_does_not_say_its_day_is_of_its_latest_events_month_and_told(tmp_path: Path) -> None:
    reading = read_sheets(tmp_path, {**plans(PLAN | {PROTECTION[7]: date(2026, 8, 11)})}, as_at=None)
    assert "31/08/2026" in reading.only("day-not-said").problem.message
    assert reading.adapter.first_days["ssd_cp_visits"] == AUGUST
    assert reading.adapter.first_days["ssd_cp_plans"] == date(2026, 3, 1)
    assert reading.adapter.first_day == AUGUST


def test_settings_give_the_day_by_file_name_and_what_is_none_is_told(tmp_path: Path) -> None:
    by_name = read_sheets(tmp_path, plans(PLAN), as_at={"Annex A.xlsx": "30/06/2026"})
    assert (by_name.adapter.first_day, by_name.findings) == (JUNE, [])
    assert read_sheets(tmp_path, plans(PLAN), as_at="whenever").rules() == ["bad-setting", "day-not-said"]


def test_a_workbook_shows_the_nearest_month_end() -> None:
    assert month_end_of(date(2026, 10, 5)) == date(2026, 9, 30)
    assert month_end_of(date(2026, 9, 16)) == month_end_of(date(2026, 9, 30)) == date(2026, 9, 30)
    assert month_end_of(date(2026, 3, 1)) == date(2026, 2, 28)


def contacts(*days: date) -> dict[str, list[list[Any]]]:
    rows = [{"Child Unique ID": f"C{at}", "Date of Contact": day} for at, day in enumerate(days)]
    return {"List 1": rows_of(CONTACTS, *rows)}


OF_MAY = [date(2026, 4, day) for day in range(1, 11)] + [date(2026, 5, day) for day in range(1, 31)]


@pytest.mark.parametrize(
    "name", ["Annex A", "Annex A 2026 May", "Annex A 2025-05-31", "Annex A 28 Feb 2026", "2019 March", "run 2026-05-31"]
)
def test_a_workbooks_day_does_not_change_with_its_name(tmp_path: Path, name: str) -> None:
    file = book(tmp_path / f"{name}.xlsx", contacts(*OF_MAY))
    reading = read(file, as_at=None)
    assert reading.adapter.first_days["ssd_contacts"] == date(2025, 12, 1)
    said = {"Annex A": ["day-not-said"], "Annex A 2026 May": [], "run 2026-05-31": []}
    assert [rule for rule in reading.rules() if "day" in rule or "name" in rule] == said.get(
        name, ["name-contradicted"]
    )


def test_a_name_later_than_the_rows_counts_while_they_may_be_of_its_months(tmp_path: Path) -> None:
    file = book(tmp_path / "Annex A 2026-08.xlsx", contacts(*OF_MAY))
    assert read(file, as_at=None).adapter.first_days["ssd_contacts"] == date(2026, 3, 1)
