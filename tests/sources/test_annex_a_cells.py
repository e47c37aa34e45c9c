"""The cells of Annex A: codes, days in every shape, formulas, ids that Excel has changed."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from annex_a_reading import CONTACTS, LEAVERS, PROTECTION, REFERRALS, Reading, book, read, read_sheets, rows_of

from improvement_board.sources.annex_a.codes import abuse_of_words, code_of_words
from improvement_board.sources.annex_a.layout import annex_a_layout
from improvement_board.sources.values import UnfitValueError

MAY = date(2026, 5, 4)


def contact(folder: Path, **options: Any) -> Reading:
    """One contact whose day is the cell given."""
    cells = {"Child Unique ID": "A1", "Date of Contact": options.pop("day")}
    return read_sheets(folder, {"List 1": rows_of(CONTACTS, cells)}, **options)


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("b) Female", "sex", "F"),
        ("male", "sex", "M"),
        ("b", "sex", "F"),
        ("c) Not stated/recorded", "sex", "U"),
        ("a) WBRI", "ethnicity", "WBRI"),
        ("White British", "ethnicity", "WBRI"),
        ("q) 6: Police", "source", "6"),
        ("6 - Police", "source", "6"),
        ("b) 1B: Individual", "source", "1B"),
        ("HEALTH SERVICES – school nurse", "source", "3C"),
        ("u) 10: Unknown", "source", "10"),
        ("c) Child in need plan", "status", "need"),
        ("E1: Placement order", "legal_status", "E1"),
        ("f) U6: Foster placement - not FFA", "placement", "U6"),
        ("zz) T4: Temporary placement - seven days or less", "placement", "T4"),
        ("e) PR4 - Private provision", "provider", "PR4"),
        ("b) Former relevant child", "eligibility", "Former Relevant"),
        ("d) Refu", "in_touch", "REFU"),
        ("Y: Other accommodation", "accommodation", "Y"),
        ("b) Unsuitable", "suitable", "2"),
        ("F1: Full time in higher education", "activity", "F1"),
        ("c) Unknown", "flag", None),
    ],
)
def test_a_coded_cell_is_known_by_its_code_its_words_or_its_letter(text: str, name: str, code: str | None) -> None:
    assert code_of_words(text, name) == code


@pytest.mark.parametrize(
    ("text", "name"), [("4 Oaks School", "source"), ("No further action", "flag"), ("z)", "sex"), ("b) ", "placement")]
)
def test_what_only_looks_like_a_code_is_told(text: str, name: str) -> None:
    with pytest.raises(UnfitValueError, match="is not a known code"):
        code_of_words(text, name)


def test_every_code_is_known_by_itself_and_every_letter_stands_for_a_code() -> None:
    for name, codes in annex_a_layout().codes.items():
        for code in {code for code in codes.values() if code}:
            assert code_of_words(code, name) == code
        for letter, code in annex_a_layout().letters.get(name, {}).items():
            assert code in codes.values(), (name, letter)


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("a) Neglect", "Neglect"),
        ("PHY", "Physical abuse"),
        ("e) Multiple/not recommended", "Multiple"),
        ("Multiple (Neglect, Emotional)", "Multiple: Neglect, Emotional abuse"),
        ("Physical / Neglect", "Multiple: Neglect, Physical abuse"),
        ("d", "Emotional abuse"),
    ],
)
def test_categories_of_abuse_are_written_as_the_standard_dataset_does(text: str, category: str) -> None:
    assert abuse_of_words(text) == category


@pytest.mark.parametrize(
    "day",
    [MAY, 46146, "46146", "04/05/2026", "4.5.26", "2026-05-04", "2026-05-04T09:30:00", "4 May 2026", "=TODAY()|46146"],
)
def test_a_day_is_read_in_every_usual_shape(tmp_path: Path, day: Any) -> None:
    reading = contact(tmp_path, day=day)
    assert (reading.column("ssd_contacts", "cont_contact_date"), reading.findings) == ([MAY], [])


def test_months_come_first_where_the_settings_say_so_and_a_day_that_shows_it_says_how(tmp_path: Path) -> None:
    assert contact(tmp_path / "a", day="05/04/2026", day_first=False).column("ssd_contacts", "cont_contact_date") == [
        MAY
    ]
    problem = contact(tmp_path / "b", day="05/24/2026").only("not-a-date").problem
    assert "day_first = false" in str(problem.allowed)


@pytest.mark.parametrize(
    ("day", "rule"),
    [
        (None, "value-missing"),
        ("soon", "not-a-date"),
        ("31/02/2026", "not-a-date"),
        (2026, "not-a-likely-date"),
        (date(2206, 5, 4), "not-a-likely-date"),
        (date(2026, 10, 1), "after-edition"),
        ("=B1|", "cell-without-value"),
        ("=1/0|#DIV/0!", "cell-without-value"),
    ],
)
def test_a_day_that_is_none_keeps_its_row_out_with_its_place(tmp_path: Path, day: Any, rule: str) -> None:
    reading = contact(tmp_path, day=day)
    finding = reading.only(rule)
    assert (finding.severity, finding.table, finding.key) == ("error", "ssd_contacts", "A1")
    problem = finding.problem
    assert (problem.sheet, problem.row, problem.column) == ("List 1", 2, "Date of Contact")
    assert problem.allowed
    assert reading.tables["ssd_contacts"] == []


def test_a_formula_that_gives_nothing_and_a_lookup_that_finds_nothing_are_blank(tmp_path: Path) -> None:
    cells = {"Child Unique ID": "A1", "Child Protection Plan Start Date": MAY}
    file = book(tmp_path / "x.xlsx", {"List 7": rows_of(PROTECTION, cells | {PROTECTION[10]: "=NA()|#N/A"})})
    assert PROTECTION[10] == "Child Protection Plan End Date"
    reading = read(file)
    told = [(finding.rule, finding.severity) for finding in reading.findings]
    assert (reading.column("ssd_cp_plans", "cppl_cp_plan_end_date"), told) == ([None], [("placeholder", "warning")])


def test_days_counted_from_1904_are_read_as_such(tmp_path: Path) -> None:
    file = book(tmp_path / "x.xlsx", {"List 1": [["Child ID", "Date of Contact"], ["A1", MAY], ["A2", 46146 - 1462]]})
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"<workbookPr ", b'<workbookPr date1904="1" ')
    serial = b"<v>46146</v>"
    assert serial in parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(serial, b"<v>44684</v>")
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert read(file).column("ssd_contacts", "cont_contact_date") == [MAY, MAY]


@pytest.mark.parametrize(
    ("cell", "child"),
    [
        (9212044.0, "9212044"),
        ("0012", "0012"),
        (" A 12 ", "A 12"),
        ("77.0", "77"),
        (123456789012345, "123456789012345"),
    ],
)
def test_an_id_is_kept_as_it_is(tmp_path: Path, cell: Any, child: str) -> None:
    cells = {"Child Unique ID": cell, "Date of Contact": MAY}
    reading = read_sheets(tmp_path, {"List 1": rows_of(CONTACTS, cells)})
    assert reading.column("ssd_person", "pers_person_id") == [child]


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        (1.5, "not-an-identifier"),
        (True, "not-an-identifier"),
        (MAY, "not-an-identifier"),
        (1234567890123456.0, "identifier-cut"),
        ("1.23457E+15", "identifier-cut"),
        (None, "value-missing"),
    ],
)
def test_an_id_that_excel_has_changed_keeps_its_row_out(tmp_path: Path, cell: Any, rule: str) -> None:
    cells = {"Child Unique ID": cell, "Date of Contact": MAY}
    reading = read_sheets(tmp_path, {"List 1": rows_of(CONTACTS, cells)})
    assert (reading.only(rule).severity, reading.tables["ssd_contacts"]) == ("error", [])


def test_what_does_not_matter_for_the_row_is_a_warning_and_left_empty(tmp_path: Path) -> None:
    cells = {"Child Unique ID": "A1", "Date of Referral": MAY, "Gender": "?", "Date of Birth": "2015", "Ethnicity": "?"}
    reading = read_sheets(tmp_path, {"List 3": rows_of(REFERRALS, cells | {"Referral NFA?": "maybe"})})
    assert {finding.severity for finding in reading.findings} == {"warning"}
    assert len(reading.findings) == 4
    assert reading.row("ssd_person") == {"pers_person_id": "A1"}
    assert reading.row("ssd_cin_episodes")["cine_referral_date"] == MAY


def test_an_eligibility_that_cannot_be_read_keeps_its_care_leaver_out(tmp_path: Path) -> None:
    cells = {"Child Unique ID": "A1", "LA in Touch": "Yes", "Eligibility Category": "gold"}
    reading = read_sheets(tmp_path, {"List 9": rows_of(LEAVERS, cells)})
    assert (reading.only("unknown-code").severity, reading.tables["ssd_care_leavers"]) == ("error", [])


def test_a_birth_to_come_is_expected_and_two_births_of_a_child_are_told(tmp_path: Path) -> None:
    cells = {"Date of Contact": MAY}
    rows = [
        cells | {"Child Unique ID": "unborn", "Date of Birth": date(2026, 12, 1)},
        cells | {"Child Unique ID": "A1", "Date of Birth": date(2015, 1, 2)},
        cells | {"Child Unique ID": "A1", "Date of Birth": date(2015, 2, 1)},
    ]
    reading = read_sheets(tmp_path, {"List 1": rows_of(CONTACTS, *rows)})
    assert reading.column("ssd_person", "pers_expected_dob") == [date(2026, 12, 1), None]
    assert reading.column("ssd_person", "pers_dob") == [None, date(2015, 1, 2)]
    assert reading.only("births-disagree").problem.row == 4
