"""Blank workbooks for the local tables: what stands in them, and that a filled one reads back as it was filled."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from examples import tried
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from improvement_board.cli.main import main
from improvement_board.common.progress import report_nothing
from improvement_board.declared.tables import Column, Table, declared_tables
from improvement_board.errors import InputError
from improvement_board.records.template_workbook import EXPLAINED, explain_column, how_to, write_table_workbook
from improvement_board.records.templates import local_tables, write_templates
from improvement_board.sources.adapter import ReadingOptions
from improvement_board.sources.findings import Findings
from improvement_board.sources.placeholders import is_no_day, is_no_number, is_placeholder
from improvement_board.sources.staging import Staging
from improvement_board.sources.tabular import LocalTables
from improvement_board.sources.totals import is_total
from improvement_board.sources.values import text_of

AUDITS = declared_tables()["audits"]
TEXT = st.text(st.characters(min_codepoint=33, max_codepoint=0x24F), min_size=1, max_size=8)
FIRST, LAST = dt.datetime(1901, 1, 2), dt.datetime(2098, 12, 30)  # noqa: DTZ001
VALUES: dict[str, st.SearchStrategy[Any]] = {  # none of them a placeholder (not recorded) or the name of a total
    "text": TEXT.filter(lambda text: text_of(text) == text and not is_placeholder(text, "name") and not is_total(text)),
    "flag": st.sampled_from(["Y", "N"]),
    "date": st.dates(FIRST.date(), LAST.date()).filter(lambda day: not is_no_day(day)),
    "time": st.datetimes(FIRST, LAST)
    .map(lambda at: at.replace(microsecond=0))
    .filter(lambda at: not is_no_day(at.date())),
    "number": st.floats(-1e6, 1e6)
    .map(lambda number: round(number, 4) + 0.0)
    .filter(lambda number: not is_no_number(number)),
    "integer": st.integers(-(2**31) + 1, 2**31 - 1).filter(lambda number: not is_no_number(float(number))),
}


def sheets(file: Path) -> dict[str, list[list[Any]]]:
    """The cells of a workbook, by sheet."""
    workbook = CalamineWorkbook.from_path(str(file))
    return {name: workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names}


def read_back(file: Path) -> tuple[list[dict[str, Any]], Findings]:
    """The rows of a workbook as the adapter reads them, and its findings."""
    findings = Findings()
    assert LocalTables().recognises(file)
    with Staging(file.parent / "staged", "local") as staging:
        LocalTables().read([file], staging, findings, ReadingOptions(dt.date(2026, 9, 30)), report_nothing)
    (table,) = staging.tables.values()
    rows = pq.read_table(table.file).to_pylist()
    return [{name: value for name, value in row.items() if not name.startswith("_")} for row in rows], findings


@pytest.mark.parametrize("table", local_tables().values(), ids=list(local_tables()))
def test_a_blank_template_has_the_columns_and_explains_them(tmp_path: Path, table: Table) -> None:
    (file,) = write_templates([table.name], tmp_path)
    template_sheets = sheets(file)
    assert list(template_sheets) == [table.name, "Columns", "How to"]
    assert template_sheets[table.name] == [[column.name for column in table.columns]]
    assert template_sheets["Columns"][0] == list(EXPLAINED)
    assert [row[0] for row in template_sheets["Columns"][1:]] == [column.name for column in table.columns]
    assert all(row[1] and row[2] and row[6] for row in template_sheets["Columns"][1:])
    assert [row[0] for row in template_sheets["How to"]] == list(how_to(table))
    rows, findings = read_back(file)
    assert rows == []
    assert [finding.rule for finding in findings.kept] == ["no-rows"]


def test_what_is_said_of_a_column() -> None:
    columns = {column.name: column for column in AUDITS.columns}
    assert explain_column(AUDITS, columns["planned_date"])[2:] == ("date", "", "", "yes", "30/09/2026")
    grade = explain_column(AUDITS, columns["grade"])
    assert grade[4:] == ("outstanding, good, requires improvement, inadequate", "no", "outstanding")
    assert explain_column(AUDITS, columns["audit_id"])[5:] == ("yes", "12345")
    assert explain_column(AUDITS, columns["family_feedback_flag"])[2:5] == ("Y or N", "", "Y, N")


def test_cells_are_chosen_from_a_list_where_only_some_values_are_allowed(tmp_path: Path) -> None:
    import zipfile

    (file,) = write_templates(["audits"], tmp_path)
    with zipfile.ZipFile(file) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count("<dataValidation ") == 4
    assert '"Y,N"' in sheet
    assert '"outstanding,good,requires improvement,inadequate"' in sheet
    assert 'state="frozen"' in sheet


@pytest.mark.parametrize("name", ["audits", "workforce", "return_interviews", "attendance", "organisations"])
@settings(max_examples=tried(5), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_filled_template_reads_back_as_it_was_filled(tmp_path: Path, name: str, data: st.DataObject) -> None:
    table = local_tables()[name]

    def value(column: Column) -> st.SearchStrategy[Any]:
        is_needed = column.name in table.key or column.name == table.dated_by
        filled = st.sampled_from(column.allowed) if column.allowed else VALUES[column.type]
        return filled if is_needed else st.none() | filled

    row = st.fixed_dictionaries({column.name: value(column) for column in table.columns})
    rows = data.draw(st.lists(row, min_size=1, max_size=5))
    write_table_workbook(table, rows, tmp_path / f"{name}.xlsx")
    rows_read, findings = read_back(tmp_path / f"{name}.xlsx")
    assert findings.kept == []
    assert rows_read == rows


def test_a_csv_template_is_its_header(tmp_path: Path) -> None:
    (file,) = write_templates(["audit_standards"], tmp_path, as_csv=True)
    assert file.read_bytes() == "\ufeffaudit_id,standard,grade\r\n".encode()
    assert LocalTables().recognises(file)


@pytest.mark.parametrize("text", ["x" * 40_000])
def test_what_a_sheet_cannot_take_is_told_and_nothing_is_written(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError) as told:
        write_table_workbook(AUDITS, [{"audit_id": "1"}, {"audit_id": text}], tmp_path / "audits.xlsx")
    (problem,) = told.value.problems
    assert (problem.sheet, problem.row, problem.column) == ("audits", 3, "audit_id")
    assert list(tmp_path.iterdir()) == []


def run(*arguments: str | Path) -> Any:
    return CliRunner().invoke(main, ["template", *map(str, arguments)])


def test_the_command_writes_the_tables_named_or_all(tmp_path: Path) -> None:
    result = run("audits", "training", "audits", "--out", tmp_path / "some")
    assert (result.exit_code, result.stderr) == (0, "")
    assert sorted(file.name for file in (tmp_path / "some").iterdir()) == ["audits.xlsx", "training.xlsx"]
    assert "audits.xlsx, training.xlsx" in result.stdout
    assert run("--all", "--csv", "--out", tmp_path / "all").exit_code == 0
    assert {file.name for file in (tmp_path / "all").iterdir()} == {f"{name}.csv" for name in local_tables()}


def test_the_command_refuses_a_name_that_is_no_local_table(tmp_path: Path) -> None:
    result = run("audits", "ssd_person", "audit", "--out", tmp_path)
    assert result.exit_code == 1
    assert "'ssd_person': is not a local table (allowed: workforce, vacancies" in result.stderr
    assert "'audit'" in result.stderr
    assert list(tmp_path.iterdir()) == []
    assert run("--out", tmp_path).exit_code == 2


def test_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "audits.xlsx").write_text("filled")
    result = run("--all", "--out", tmp_path)
    assert result.exit_code == 1
    assert "audits.xlsx: is there already" in result.stderr
    assert [file.read_text() for file in tmp_path.iterdir()] == ["filled"]


@pytest.mark.parametrize("kind", [[], ["--csv"]], ids=["workbook", "csv"])
def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, kind: list[str]) -> None:
    (tmp_path / "file").write_text("no folder")
    result = run("audits", *kind, "--out", tmp_path / "file" / "inside")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"{tmp_path / 'file' / 'inside'}: cannot be written: Not a directory\n"


def test_a_workbook_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    file = tmp_path / "gone" / "audits.xlsx"
    with pytest.raises(InputError, match=r"gone/audits\.xlsx: cannot be written: No such file or directory"):
        write_table_workbook(local_tables()["audits"], (), file)
