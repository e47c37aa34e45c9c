"""Parquet tables: taken as they lie where they can be, else read as any other file."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tabular_reading import EDITION, claimed, read, saved

from improvement_board.sources.tabular import LocalTables

MAY = dt.date(2026, 5, 4)


def written(folder: Path, columns: dict[str, Any], name: str = "ssd_person.parquet") -> Path:
    """A Parquet file of these columns."""
    file = folder / name
    pq.write_table(pa.table(columns), file)
    return file


def test_declared_types_are_taken_as_they_lie(tmp_path: Path) -> None:
    file = written(tmp_path, {"pers_person_id": ["1", "2"], "pers_dob": pa.array([MAY, None])})
    before = file.read_bytes()
    assert claimed(file) == ["ssd"]
    reading = read(file)
    assert reading.files == {"ssd_person": file}
    assert reading.rows == {"ssd_person": 2}
    assert reading.brief() == []
    assert not (tmp_path / "staged").exists()
    assert file.read_bytes() == before


def test_an_unknown_column_is_told_and_the_file_still_taken_as_it_lies(tmp_path: Path) -> None:
    file = written(tmp_path, {"pers_person_id": ["1"], "pers_sex": ["F"], "shoe_size": [38]})
    reading = read(file)
    assert reading.brief() == [("unknown-column", "warning", "shoe_size", None)]
    assert reading.files == {"ssd_person": file}


@pytest.mark.parametrize(
    ("column", "cells", "values"),
    [
        ("pers_dob", ["04/05/2026", ""], [MAY, None]),
        ("pers_dob", pa.array([dt.datetime.fromisoformat("2026-05-04T00:00"), None]), [MAY, None]),
        ("pers_dob", pa.array([dt.datetime.fromisoformat("2026-05-03T23:30")], pa.timestamp("us", "UTC")), [MAY]),
        ("PERS_DOB", pa.array([MAY]), [MAY]),
        ("pers_sex", pa.array(["F", None]).dictionary_encode(), ["F", None]),
        ("pers_sex", pa.array(["F"], pa.large_string()), ["F"]),
        ("pers_upn_unknown", pa.array([12.0, 1.5]), ["12", "1.5"]),
        ("pers_upn_unknown", pa.array([True, False]), ["true", "false"]),
        ("pers_upn_unknown", pa.array([[1], []]), ["[1]", "[]"]),
    ],
)
def test_other_types_become_the_declared_ones(tmp_path: Path, column: str, cells: Any, values: list[Any]) -> None:
    file = written(tmp_path, {"pers_person_id": list(range(len(cells))), column: cells})
    reading = read(file)
    assert reading.brief() == []
    assert reading.column("ssd_person", column.lower()) == values
    assert reading.column("ssd_person", "pers_person_id") == [str(number) for number in range(len(cells))]
    assert reading.places["ssd_person"][0] == (str(file), None, 1)


def test_numbers_that_are_none_and_flags_in_other_words(tmp_path: Path) -> None:
    columns = {
        "professional_id": ["1", "2", "3"],
        "period_end": pa.array([MAY] * 3),
        "fte": [0.5, float("nan"), float("inf")],
        "agency_flag": ["Yes", "N", "perhaps"],
    }
    reading = read(written(tmp_path, columns, "workforce.parquet"), adapter=LocalTables())
    assert reading.column("workforce", "fte") == [0.5, None, None]
    assert reading.column("workforce", "agency_flag") == ["Y", "N", None]
    cells = [brief_finding for brief_finding in reading.brief() if brief_finding[0] != "column-missing"]
    assert cells == [("not-a-flag", "warning", "agency_flag", 3), ("not-a-number", "warning", "fte", 3)]


def test_codes_that_are_not_allowed_are_told_though_the_types_are_right(tmp_path: Path) -> None:
    columns = {"audit_id": ["A1", "A1"], "standard": ["plan", "colour"], "grade": ["GOOD", "good"]}
    file = written(tmp_path, columns, "audit_standards.parquet")
    reading = read(file, adapter=LocalTables())
    assert reading.brief() == [("not-allowed", "error", "standard", 2)]
    assert reading.tables["audit_standards"] == [{"audit_id": "A1", "standard": "plan", "grade": "good"}]


def test_several_files_of_a_table_are_put_together(tmp_path: Path) -> None:
    files = [
        written(tmp_path, {"pers_person_id": [str(year)], "pers_sex": ["F"]}, f"ssd_person_{year}.parquet")
        for year in (2025, 2026)
    ]
    reading = read(*files, saved(tmp_path, "pers_person_id,pers_sex\nX,M\n", "ssd_person.csv"))
    assert sorted(reading.column("ssd_person", "pers_person_id")) == ["2025", "2026", "X"]
    assert {row_place[0] for row_place in reading.places["ssd_person"]} == {
        *map(str, files),
        str(tmp_path / "ssd_person.csv"),
    }


def test_care_leavers_without_a_day_are_of_the_edition(tmp_path: Path) -> None:
    file = written(tmp_path, {"clea_table_id": ["L1"], "clea_person_id": ["P1"]}, "ssd_care_leavers.parquet")
    assert read(file).column("ssd_care_leavers", "as_at") == [EDITION]


def test_no_rows_are_told_and_a_key_that_is_missing_stops(tmp_path: Path) -> None:
    empty = pa.array([], pa.string())
    assert read(written(tmp_path, {"pers_person_id": empty, "pers_sex": empty})).brief() == [
        ("no-rows", "warning", None, None)
    ]
    assert read(written(tmp_path, {"pers_sex": ["F"], "pers_gender": ["F"]})).brief() == [
        ("column-missing", "stop", "pers_person_id", None)
    ]
    assert read(written(tmp_path, {"a": ["F"], "b": ["F"]})).brief() == [("no-table", "stop", None, None)]


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_file_that_is_damaged_is_told(tmp_path: Path, share: float) -> None:
    file = written(tmp_path, {"pers_person_id": [str(number) for number in range(1000)], "pers_dob": ["x"] * 1000})
    file.write_bytes(file.read_bytes()[: int(file.stat().st_size * share)])
    assert claimed(file) == []
    assert read(file).brief() == [("unreadable-file", "stop", None, None)]


def test_data_that_is_damaged_is_told(tmp_path: Path) -> None:
    file = written(tmp_path, {"pers_person_id": [str(number) for number in range(1000)], "pers_dob": ["x"] * 1000})
    raw = bytearray(file.read_bytes())
    raw[10:600] = bytes(590)
    file.write_bytes(bytes(raw))
    reading = read(file)
    assert [finding.severity for finding in reading.findings.kept if finding.rule == "unreadable-file"] == ["stop"]
