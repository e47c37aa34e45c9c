"""Annex A workbooks as councils make them: sheets of any name, titles above, headers of their own, merged cells."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from annex_a_reading import (
    ASSESSMENTS,
    CHILD,
    CONTACTS,
    EARLY_HELP,
    IN_NEED,
    REFERRALS,
    book,
    read,
    read_sheets,
    rows_of,
)

from improvement_board.sources.annex_a import AnnexA
from improvement_board.sources.annex_a.headers import read_list_number

MAY = date(2026, 5, 4)
CONTACT = {"Child Unique ID": "A1", "Date of Contact": MAY, "Contact Source": "6"}
REFERRAL = {"Child Unique ID": "A1", "Date of Referral": MAY}


@pytest.mark.parametrize(
    "name",
    [
        "List 1",
        "1",
        "List_1_Contacts",
        "Contacts",
        "LIST 01",
        "1. Contacts",
        "Annex A - List 1",
        "L1",
        "Data",
    ],
)
def test_a_list_is_found_by_any_usual_name_and_by_its_headers_alone(tmp_path: Path, name: str) -> None:
    file = book(tmp_path / "x.xlsx", {name: rows_of(CONTACTS, CONTACT)})
    assert AnnexA().recognises(file)
    reading = read(file)
    assert reading.row("ssd_contacts")["cont_person_id"] == "A1"
    assert reading.findings == []


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("List 10", 10),
        ("S47 & ICPC", 5),
        ("Children in Need", 6),
        ("LAC", 8),
        ("Sheet9", None),
        ("List 12", None),
    ],
)
def test_a_sheet_name_means_a_list(name: str, number: int | None) -> None:
    assert read_list_number(name)[0] == number


@pytest.mark.parametrize(
    "header",
    [
        "DATE_OF_CONTACT",
        "Date of Contact (dd/mm/yyyy)",
        "  date  of\ncontact ",
        "6. Date of Contact",
        "Contact date",
        "Date of Contact DD/MM/YYYY",
    ],
)
def test_a_header_is_found_as_councils_write_it(tmp_path: Path, header: str) -> None:
    rows = [["Child's Unique ID", header, "Source"], ["A1", MAY, "6"]]
    assert read_sheets(tmp_path, {"List 1": rows}).row("ssd_contacts")["cont_contact_date"] == MAY


def test_titles_and_notes_around_a_list_are_not_rows_of_it(tmp_path: Path) -> None:
    above = [["OFFICIAL - SENSITIVE"], ["List 1: Contacts in the six months to 30/09/2026"], []]
    below = [["Total", None, None, None, 1], ["Note: excludes information requests"], list(CONTACTS)]
    reading = read_sheets(tmp_path, {"List 1": [*above, *rows_of(CONTACTS, CONTACT), *below]})
    row = reading.tables["ssd_contacts"][0]
    assert (len(reading.tables["ssd_contacts"]), row["_sheet"], row["_row"]) == (1, "List 1", 5)
    assert [(finding.rule, finding.problem.row) for finding in reading.findings] == [("total-row", 6), ("not-a-row", 7)]


def test_a_header_in_two_rows_is_put_together(tmp_path: Path) -> None:
    above = ["Child", None, None, "Contact", None]
    below = ["Unique ID", "Gender", "Ethnicity", "Date", "Source"]
    reading = read_sheets(tmp_path, {"List 1": [above, below, ["A1", "F", "WBRI", MAY, "6"]]})
    assert reading.row("ssd_contacts")["cont_contact_source_code"] == "6"
    assert reading.row("ssd_person") == {"pers_person_id": "A1", "pers_sex": "F", "pers_ethnicity": "WBRI"}


def test_cells_merged_downwards_stand_for_every_row(tmp_path: Path) -> None:
    file = tmp_path / "merged.xlsx"
    with xlsxwriter.Workbook(str(file)) as workbook:
        sheet = workbook.add_worksheet("List 1")
        sheet.write_row(2, 1, ["Child Unique ID", "Date of Contact", "Contact Source"])
        sheet.merge_range(3, 1, 5, 1, "A1")
        for line, source in enumerate("678", start=3):
            sheet.write_row(line, 2, [f"{line}/09/2026", source])
    reading = read(file)
    ids = ["A1|2026-09-03|1", "A1|2026-09-04|1", "A1|2026-09-05|1"]
    assert reading.column("ssd_contacts", "cont_contact_id") == ids
    assert reading.column("ssd_contacts", "_row") == [4, 5, 6]


def test_a_header_that_is_there_twice_is_read_where_the_columns_agree_else_told(
    tmp_path: Path,
) -> None:
    headers = ["Child ID", "Date of Contact", "Contact date"]
    rows = [headers, ["A1", MAY, MAY], ["A2", None, MAY], ["A3", MAY, date(2026, 5, 5)]]
    reading = read_sheets(tmp_path, {"List 1": rows})
    assert reading.column("ssd_contacts", "cont_person_id") == ["A1", "A2"]
    assert [
        (finding.rule, finding.severity, finding.problem.row)
        for finding in reading.findings
        if finding.rule.startswith("columns")
    ] == [("columns-differ", "error", 4)]
    assert reading.only("column-twice").severity == "warning"


def test_empty_sheets_are_told_and_an_empty_list_is_supplied(tmp_path: Path) -> None:
    sheets = {"List 1": [], "List 3": rows_of(REFERRALS), "Cover": [["Annex A of Northbridge"]]}
    reading = read_sheets(tmp_path, sheets)
    assert (reading.only("sheet-empty").problem.sheet, reading.tables["ssd_cin_episodes"]) == ("List 1", [])
    assert "ssd_contacts" not in reading.tables


def test_a_column_that_a_list_cannot_do_without_stops_it_and_others_are_left_empty(tmp_path: Path) -> None:
    without_end = [header for header in IN_NEED if header != "CIN Closure Date"]
    without_team = [header for header in REFERRALS if header != "Allocated Team"]
    sheets = {"List 6": rows_of(without_end), "List 3": rows_of(without_team, REFERRAL)}
    reading = read_sheets(tmp_path, sheets)
    stop, warning = sorted(
        (finding for finding in reading.findings if finding.rule == "column-missing"),
        key=lambda finding: finding.severity,
    )
    assert (stop.severity, stop.problem.sheet, stop.problem.column) == ("stop", "List 6", "end")
    assert "cin closure date" in str(stop.problem.allowed)
    assert (warning.severity, warning.problem.sheet, warning.problem.column) == ("warning", "List 3", "team")
    assert len(reading.tables["ssd_cin_episodes"]) == 1
    assert "ssd_cin_plans" not in reading.tables


def test_a_list_on_two_sheets_is_a_stop_but_a_hidden_one_does_not_count(tmp_path: Path) -> None:
    sheets = {"List 1": rows_of(CONTACTS, CONTACT), "List 1 (2)": rows_of(CONTACTS, CONTACT, CONTACT)}
    both = read(book(tmp_path / "both.xlsx", sheets))
    assert (both.only("list-twice").severity, both.tables) == ("stop", {})
    hidden = read(book(tmp_path / "hidden.xlsx", sheets, hidden=["List 1 (2)"]))
    assert len(hidden.tables["ssd_contacts"]) == 1
    alone = read(book(tmp_path / "alone.xlsx", {"Cover": [["x"]], "List 1": sheets["List 1"]}, hidden=["List 1"]))
    assert (alone.only("hidden-sheet").severity, alone.only("no-list").severity) == ("warning", "stop")
    assert alone.tables == {}


def test_a_sheet_with_another_lists_columns_is_read_as_that_list_and_told(tmp_path: Path) -> None:
    sheets = {"Assessments": rows_of(REFERRALS, REFERRAL), "Plain": rows_of(ASSESSMENTS)}
    reading = read_sheets(tmp_path, sheets)
    assert (reading.only("other-list").problem.sheet, len(reading.tables["ssd_cin_episodes"])) == ("Assessments", 1)


def test_lists_10_and_11_are_known_and_not_used(tmp_path: Path) -> None:
    adoption = [*CHILD, "Date of Decision that Child Should be Placed for Adoption"]
    adopters = ["Individual adopter identifier", "Gender", "Date enquiry received"]
    sheets = {"List 10": rows_of(adoption), "11": rows_of(adopters), "1": rows_of(CONTACTS, CONTACT)}
    reading = read_sheets(tmp_path, sheets)
    assert reading.findings == []
    assert set(reading.tables) == {"ssd_person", "ssd_contacts"}


def test_other_workbooks_are_not_recognised_and_read_anyway_are_a_stop(tmp_path: Path) -> None:
    rows = [["professional_id", "period_end", "team"], ["W1", MAY, "North"]]
    file = book(tmp_path / "Annex A List 1.xlsx", {"workforce": rows, "Explained": [["professional_id", "The worker"]]})
    assert not AnnexA().recognises(file)
    reading = read(file)
    assert (reading.only("no-list").severity, reading.tables) == ("stop", {})


def test_a_numbered_sheet_without_a_header_is_a_stop(tmp_path: Path) -> None:
    sheets = {"List 1": rows_of(CONTACTS, CONTACT), "List 7": [["A1", MAY], ["A2", MAY]]}
    problem = read_sheets(tmp_path, sheets).only("no-header").problem
    assert (problem.sheet, problem.allowed) == ("List 7", "child unique id")


def test_what_a_workbook_holds_that_was_not_read_is_told_once_each_sort(tmp_path: Path) -> None:
    rows = rows_of((*CONTACTS, "Shoe size", "Hat", "Age"), {"Child Unique ID": "A1", "Date of Contact": MAY})
    sheets = {"Front Sheet": [["Annex A"]], "Notes of Ann": [["x"]], "List 1": rows, "List 2": rows_of(EARLY_HELP)}
    reading = read_sheets(tmp_path, {**sheets, "More": [["y"]]})
    told = {rule: reading.only(rule).problem for rule in ("unknown-sheet", "unknown-column", "no-rows")}
    assert told["unknown-sheet"].message.endswith("Notes of Ann, More")
    assert told["unknown-column"].column == "Shoe size, Hat"
    assert "contacts" in told["unknown-column"].message
    assert told["no-rows"].sheet == "List 2"
    assert "early_help_started" in told["no-rows"].message
