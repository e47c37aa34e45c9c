"""CSV files as councils have them: encodings, separators, ragged rows, cells of several lines, several files."""

from __future__ import annotations

import tracemalloc
from datetime import date
from pathlib import Path

import pytest
from examples import tried
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tabular_reading import claimed, read, saved

from improvement_board.sources.tabular import LocalTables, csv_tables

PEOPLE = "pers_person_id,pers_forename,pers_dob\n1,Zoë,01/02/2020\n2,“O’Hara”,02/02/2020\n"
DAYS = [date(2020, 2, 1), date(2020, 2, 2)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_any_usual_encoding_and_separator(tmp_path: Path, encoding: str, separator: str) -> None:
    file = saved(tmp_path, PEOPLE.replace(",", separator), encoding=encoding)
    assert claimed(file) == ["ssd"]
    reading = read(file)
    assert reading.brief() == []
    assert reading.column("ssd_person", "pers_forename") == ["Zoë", "“O’Hara”"]
    assert reading.column("ssd_person", "pers_dob") == DAYS
    assert reading.places["ssd_person"] == [(str(file), None, 2), (str(file), None, 3)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_with_or_without_the_last(tmp_path: Path, end: str) -> None:
    for text in (PEOPLE, PEOPLE.rstrip()):
        reading = read(saved(tmp_path, text.replace("\n", end)))
        assert reading.column("ssd_person", "pers_dob") == DAYS
        assert reading.lines("ssd_person") == [2, 3]


def test_title_rows_above_the_header_and_a_line_that_names_the_separator(tmp_path: Path) -> None:
    text = "sep=;\nChildren as at 30/09/2026\n\n" + PEOPLE.replace(",", ";")
    reading = read(saved(tmp_path, text))
    assert reading.column("ssd_person", "pers_dob") == DAYS
    assert reading.lines("ssd_person") == [5, 6]


def test_a_header_in_any_letters_and_quoted(tmp_path: Path) -> None:
    text = '"PERS Person-ID";"Pers_Forename";" pers dob "\n"1";"A;B";"01/02/2020"\n'
    assert read(saved(tmp_path, text)).tables["ssd_person"] == [
        {"pers_person_id": "1", "pers_forename": "A;B", "pers_dob": date(2020, 2, 1)}
    ]


def test_a_cell_of_several_lines_moves_the_lines_below_it(tmp_path: Path) -> None:
    text = 'pers_person_id,pers_forename,pers_dob,notes\n1,"A\nB",,"x\n\ny"\n2,C,soon,\n3,"said ""no""",,\n'
    reading = read(saved(tmp_path, text))
    assert reading.column("ssd_person", "pers_forename") == ["A B", "C", 'said "no"']
    assert reading.lines("ssd_person") == [2, 6, 7]
    assert ("not-a-date", "warning", "pers_dob", 6) in reading.brief()


def test_a_row_with_too_many_cells_is_kept_out_and_one_with_too_few_lacks_the_last(tmp_path: Path) -> None:
    rows = '1,"A\nB",\n2,B,01/02/2020,more\n3,C\n4,D,02/02/2020,,\n5,E,02/02/2020\n\n6\n'
    reading = read(saved(tmp_path, f"pers_person_id,pers_forename,pers_dob\n{rows}"))
    assert reading.brief() == [
        ("too-many-cells", "error", None, 4),
        ("too-few-cells", "warning", None, 5),
        ("too-few-cells", "warning", None, 9),
    ]
    assert reading.column("ssd_person", "pers_person_id") == ["1", "3", "4", "5", "6"]
    assert reading.lines("ssd_person") == [2, 5, 6, 7, 9]
    assert "4 cells where there are 3" in reading.only("too-many-cells").problem.message


def test_rows_before_and_after_a_ragged_one_are_read_once_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_tables, "BLOCK_BYTES", 4000)
    monkeypatch.setattr(csv_tables, "CHUNK_ROWS", 70)
    lines = [f'{number},"name\n{number}",01/02/2020' for number in range(1000)]
    lines[700] = "700,x"
    reading = read(saved(tmp_path, "pers_person_id,pers_forename,pers_dob\n" + "\n".join(lines) + "\n"))
    assert [int(child_id) for child_id in reading.column("ssd_person", "pers_person_id")] == list(range(1000))
    expected = [2 + 2 * number - (number > 700) for number in range(1000)]
    assert reading.lines("ssd_person") == expected
    assert reading.brief() == [("too-few-cells", "warning", None, expected[700])]


def test_a_quotation_mark_that_is_never_closed_is_told(tmp_path: Path) -> None:
    rows = "\n".join(f"{number},name,01/02/2020" for number in range(20_000))
    reading = read(saved(tmp_path, f'pers_person_id,pers_forename,pers_dob\n0,"A,\n{rows}\n'))
    assert reading.brief() == [("unreadable-file", "stop", None, 2)]
    assert "quotation mark" in reading.only("unreadable-file").problem.message


def test_a_few_rows_within_one_cell_are_told(tmp_path: Path) -> None:
    text = 'pers_person_id,pers_sex,pers_forename\n1,F,A\n2,F,"B\n3,M,C\n4,M,D\n'
    reading = read(saved(tmp_path, text))
    assert reading.brief() == [("rows-in-a-cell", "stop", "pers_forename", 3)]


def test_text_of_several_lines_with_commas_is_no_row(tmp_path: Path) -> None:
    text = 'pers_person_id,pers_sex,pers_forename\n1,F,"one, two\nthree, four, five, six"\n'
    assert read(saved(tmp_path, text)).brief() == []


def test_several_files_of_a_table_are_read_one_after_the_other(tmp_path: Path) -> None:
    first = saved(tmp_path, PEOPLE, "ssd_person 2025.csv")
    second = saved(tmp_path, "pers_dob;pers_person_id\n03/02/2020;3\n", "ssd_person 2026.csv")
    reading = read(first, second)
    assert reading.column("ssd_person", "pers_person_id") == ["1", "2", "3"]
    assert reading.places["ssd_person"][2] == (str(second), None, 2)
    assert reading.rows == {"ssd_person": 3}


def test_a_file_that_cannot_be_opened_stops_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    reading = read(tmp_path / "folder.csv", tmp_path / "nowhere.csv", saved(tmp_path, PEOPLE))
    assert [finding.rule for finding in reading.findings.of("stop")] == ["unreadable-file", "unreadable-file"]
    assert reading.rows == {"ssd_person": 2}


def test_any_adapter_reads_any_table_of_the_files_it_is_given(tmp_path: Path) -> None:
    assert read(saved(tmp_path, PEOPLE), adapter=LocalTables()).rows == {"ssd_person": 2}


def test_a_large_file_is_read_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_tables, "BLOCK_BYTES", 1 << 16)
    rows = "".join(f"{number},{'name ' * 40},01/02/2020\n" for number in range(20_000))
    file = saved(tmp_path, f"pers_person_id,pers_forename,pers_dob\n{rows}")
    del rows
    tracemalloc.start()
    chunks = read_count(file)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert chunks > 20
    assert most < file.stat().st_size / 4


def read_count(file: Path) -> int:
    """How many pieces a file is read in."""
    from improvement_board.sources.findings import Findings
    from improvement_board.sources.tabular.csv_header import find_table_header

    table_header = find_table_header(file)
    assert table_header is not None
    return sum(1 for _ in csv_tables.CsvRows(file, file, table_header, Findings()).chunks())


@settings(max_examples=tried(6), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_bytes_are_read_or_told(tmp_path: Path, data: st.DataObject) -> None:
    raw = bytearray(PEOPLE.encode(data.draw(st.sampled_from(["utf-8", "cp1252", "utf-16"]))))
    for _ in range(data.draw(st.integers(0, 6))):
        byte_offset = data.draw(st.integers(0, len(raw)))
        raw[byte_offset : byte_offset + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=6))
    file = saved(tmp_path, bytes(raw))
    assert claimed(file) in ([], ["ssd"])
    reading = read(file)
    assert reading.tables or list(reading.findings.of("stop"))


@settings(max_examples=tried(6), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=8), max_size=5), min_size=1, max_size=6
    ),
    separator=st.sampled_from(",;\t|"),
)
def test_any_cells_are_read_or_told_and_add_up(tmp_path: Path, rows: list[list[str]], separator: str) -> None:
    header = separator.join(["pers_person_id", "pers_dob", "pers_forename"])
    body = "\n".join(separator.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    reading = read(saved(tmp_path, f"{header}\n{body}\n"))
    rejected = sum(len(lines) for lines in reading.findings.rejected.values())
    assert len(reading.tables.get("ssd_person", [])) + rejected <= len(rows)
    for finding in reading.findings.kept:
        assert str(finding.problem)
