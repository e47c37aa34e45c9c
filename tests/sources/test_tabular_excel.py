"""Workbooks of tables: headers below titles, merged cells, formulas, dates as text or numbers, hostile files."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path
from typing import Any

import pytest
from examples import tried
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tabular_reading import book, claimed, read

from improvement_board.sources.tabular import LocalTables, excel_tables
from improvement_board.sources.workbooks import package

MAY = dt.date(2026, 5, 4)
HEADER = ["Supervision ID", "professional_id", "Supervision-Date", "reflective_flag"]
STANDARDS = ["audit_id", "standard", "grade"]
ODS = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
 <table:table table:name="audit_standards">{}</table:table></office:spreadsheet></office:body>
</office:document-content>"""


def read_local(*files: Path) -> Any:
    return read(*files, adapter=LocalTables())


def ods(file: Path, rows: list[list[str]], repeated: str = "") -> Path:
    """An OpenDocument workbook with a sheet audit_standards."""
    cell = '<table:table-cell office:value-type="string" {}><text:p>{}</text:p></table:table-cell>'
    lines = [
        f"<table:table-row>{''.join(cell.format(repeated, cell_text) for cell_text in row)}</table:table-row>"
        for row in rows
    ]
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS.format("".join(lines)))
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return file


def test_a_sheet_with_a_title_above_and_days_as_excel_has_them_or_as_text(tmp_path: Path) -> None:
    rows = [
        ["Supervision of May"],
        [],
        HEADER,
        ["S1", 12, MAY, "Yes"],
        ["S2", 13.0, "04/05/2026", "n"],
        ["S3", "014", 46146, True],
        [None, None, None, None],
        ["S4", 1.5, "=DATE(2026,5,4)|46146", '=IF(TRUE,"Y")|Y'],
    ]
    file = book(tmp_path / "May.xlsx", {"Supervision": rows, "Notes": [["see above"]]})
    assert claimed(file) == ["local"]
    reading = read_local(file)
    assert reading.brief() == [("unknown-sheet", "warning", None, None)]
    assert reading.column("supervision", "supervision_date") == [MAY] * 4
    assert reading.column("supervision", "professional_id") == ["12", "13", "014", "1.5"]
    assert reading.column("supervision", "reflective_flag") == ["Y", "N", "Y", "Y"]
    assert reading.places["supervision"][3] == (str(file), "Supervision", 8)


def test_days_that_count_from_1904(tmp_path: Path) -> None:
    rows = [HEADER, ["S1", "W1", MAY, "Y"], ["S2", "W1", 46146 - 1462, "Y"]]
    file = book(tmp_path / "supervision.xlsx", {"supervision": rows}, {"date_1904": True})
    assert read_local(file).column("supervision", "supervision_date") == [MAY, MAY]


def test_times_keep_their_second(tmp_path: Path) -> None:
    moments = [dt.datetime.fromisoformat(f"2026-05-04T13:{minute:02}:{minute:02}") for minute in range(60)]
    rows = [
        ["missing_id", "return_time", "interview_time"],
        *([str(at), moment_text, moment_text] for at, moment_text in enumerate(moments)),
    ]
    file = book(tmp_path / "return_interviews.xlsx", {"return_interviews": rows})
    assert read_local(file).column("return_interviews", "return_time") == moments


def test_a_workbook_of_several_tables_of_both_kinds(tmp_path: Path) -> None:
    person = [["pers_person_id", "pers_sex"], ["1", "F"]]
    sheets = {"SSD_Person": person, "audit standards": [STANDARDS, ["A", "plan", "b) Good"]], "Empty": []}
    file = book(tmp_path / "all.xlsx", sheets)
    assert claimed(file) == ["ssd", "local"]
    reading = read(file)
    assert reading.rows == {"ssd_person": 1, "audit_standards": 1}
    assert reading.column("audit_standards", "grade") == ["good"]
    assert "is empty" in reading.only("unknown-sheet").problem.message


def test_the_files_name_counts_where_the_sheets_says_nothing(tmp_path: Path) -> None:
    file = book(tmp_path / "life_story 2026.xlsx", {"Sheet1": [["person_id", "start_date"], ["P1", MAY]]})
    assert claimed(file) == ["local"]
    assert read_local(file).tables["life_story"] == [{"person_id": "P1", "start_date": MAY}]


def test_two_sheets_of_one_table_are_put_together(tmp_path: Path) -> None:
    sheets = {f"audit_standards {year}": [STANDARDS, [f"A{year}", "plan", "good"]] for year in (2025, 2026)}
    assert read_local(book(tmp_path / "a.xlsx", sheets)).column("audit_standards", "audit_id") == ["A2025", "A2026"]


def test_cells_merged_downwards_hold_for_all_their_rows(tmp_path: Path) -> None:
    import xlsxwriter

    file = tmp_path / "audit_standards.xlsx"
    with xlsxwriter.Workbook(str(file)) as workbook:
        sheet = workbook.add_worksheet("audit_standards")
        sheet.write_row(0, 0, STANDARDS)
        sheet.merge_range(1, 0, 2, 0, "A1")
        for line, standard in enumerate(("plan", "assessment"), start=1):
            sheet.write_row(line, 1, [standard, "good"])
    assert read_local(file).column("audit_standards", "audit_id") == ["A1", "A1"]


def test_a_formula_without_its_result_and_an_error_are_told(tmp_path: Path) -> None:
    rows = [
        HEADER,
        ["S1", "W1", "=A1|", "Y"],
        ["S2", "W1", MAY, "=1/0|#DIV/0!"],
        ["=X|#REF!", "W1", MAY, "Y"],
        ["S4", "=X|#NAME?", MAY, "Y"],
        ["S5", "W1", "=X|#N/A", "Y"],
    ]
    reading = read_local(book(tmp_path / "supervision.xlsx", {"supervision": rows}))
    assert reading.brief() == [
        ("bad-cell", "error", "supervision_date", 2),
        ("bad-cell", "warning", "reflective_flag", 3),
        ("bad-cell", "error", "supervision_id", 4),
        ("bad-cell", "warning", "professional_id", 5),
        ("placeholder", "warning", "supervision_date", 6),
    ]
    assert [finding.problem.message.split()[-1] for finding in reading.findings.kept][1:-1] == [
        "#DIV/0!",
        "#REF!",
        "#NAME?",
    ]
    assert reading.column("supervision", "supervision_id") == ["S2", "S4", "S5"]
    assert reading.column("supervision", "supervision_date") == [MAY, MAY, None]


def test_columns_twice_unknown_and_missing(tmp_path: Path) -> None:
    twice = book(tmp_path / "twice.xlsx", {"audit_standards": [[*STANDARDS, "Grade"], ["A", "plan", "good", "good"]]})
    problem = read_local(twice).only("column-twice").problem
    assert (problem.sheet, problem.row, problem.column) == ("audit_standards", 1, "grade")
    lacking = book(tmp_path / "lacking.xlsx", {"audit_standards": [["standard", "grade", "by"], ["plan", "good", "x"]]})
    assert read_local(lacking).only("column-missing").problem.column == "audit_id"


def test_a_sheet_of_the_template_that_explains_is_no_table(tmp_path: Path) -> None:
    sheets = {"Columns": [["Column", "Meaning"], ["audit_id", "The audit"]], "How to": [["standard"]]}
    file = book(tmp_path / "audit_standards.xlsx", {**sheets, "audit_standards": [STANDARDS, ["A", "plan", "good"]]})
    assert read_local(file).brief() == []


def test_a_workbook_without_a_table_stops_and_its_sheets_are_named(tmp_path: Path) -> None:
    file = book(tmp_path / "b.xlsx", {"First": [["a", "b"]], "Second": []})
    assert claimed(file) == []
    assert "First, Second" in read_local(file).only("no-table").problem.message


def test_an_open_document(tmp_path: Path) -> None:
    file = ods(tmp_path / "a.ods", [STANDARDS, ["A1", "plan", "good"]])
    assert claimed(file) == ["local"]
    reading = read_local(file)
    assert reading.brief() == []
    assert reading.tables["audit_standards"] == [{"audit_id": "A1", "standard": "plan", "grade": "good"}]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "DOCTYPE"),
        ("<x>", "damaged"),
        (
            ODS.format(
                '<table:table-row table:number-rows-repeated="1000000"><table:table-cell office:value-type="float" '
                'office:value="1" table:number-columns-repeated="16000"/></table:table-row>'
            ),
            "cells",
        ),
    ],
)
def test_a_hostile_open_document_is_told(tmp_path: Path, content: str, words: str) -> None:
    file = tmp_path / "a.ods"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("content.xml", content)
    assert claimed(file) == []
    assert words in read_local(file).only("unreadable-file").problem.message


def test_a_zip_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from improvement_board.sources.workbooks import open_document

    for module in (package, open_document):
        monkeypatch.setattr(module, "MOST_UNPACKED_BYTES", 1 << 20)
    files = [
        book(tmp_path / "audit_standards.xlsx", {"audit_standards": [STANDARDS]}),
        ods(tmp_path / "a.ods", [STANDARDS]),
    ]
    for file in files:
        with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/media/zeros.bin", bytes(2 << 20))
        assert claimed(file) == []
        assert "unpacks to more than" in read_local(file).only("unreadable-file").problem.message


def test_an_old_workbook_that_is_too_large_or_damaged_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "audits.xls"
    file.write_bytes(package.OLD_EXCEL + bytes(3000))
    assert claimed(file) == []
    assert "password" in read_local(file).only("unreadable-file").problem.message
    monkeypatch.setattr(excel_tables, "MOST_BYTES_OF_OLD", 1000)
    assert "larger" in read_local(file).only("unreadable-file").problem.message


@pytest.fixture(scope="module")
def a_workbook(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A workbook of one audit."""
    file = tmp_path_factory.mktemp("workbook") / "audit_standards.xlsx"
    return book(file, {"audit_standards": [STANDARDS, ["A1", "plan", "good"]]}).read_bytes()


SHARES = st.floats(0, 1, exclude_max=True)
CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=10).filter(lambda text: not text.startswith("=")),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)),
    st.sampled_from(["audit_id", "standard", "grade", "plan", "good", "A1"]),
)


@settings(max_examples=tried(5), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(CELLS, max_size=5), max_size=8), has_header=st.booleans())
def test_any_cells_are_read_or_told(tmp_path: Path, rows: list[list[Any]], has_header: bool) -> None:
    file = book(tmp_path / "audit_standards.xlsx", {"audit_standards": [*([STANDARDS] if has_header else []), *rows]})
    assert claimed(file) in ([], ["local"])
    reading = read_local(file)
    assert reading.tables or reading.findings.kept
    if has_header and reading.tables:
        rejected = sum(len(lines) for lines in reading.findings.rejected.values())
        assert reading.rows["audit_standards"] + rejected <= len(rows)


@settings(max_examples=tried(5), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_bytes_are_read_or_told(tmp_path: Path, a_workbook: bytes, data: st.DataObject) -> None:
    file, raw = tmp_path / "audit_standards.xlsx", bytearray(a_workbook)
    for _ in range(data.draw(st.integers(1, 6))):
        raw[int(data.draw(SHARES) * len(raw))] = data.draw(st.integers(0, 255))
    file.write_bytes(bytes(raw[: len(raw) - int(data.draw(SHARES) * len(raw) / 2)]))
    claimed(file)
    reading = read_local(file)
    assert reading.tables or reading.findings.kept
