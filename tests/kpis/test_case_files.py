"""The cases that analysts write: each file of `cases/` against its KPI's query."""

from __future__ import annotations

from pathlib import Path

import pytest
from case_files import CASES, Case, read_cases

EVERY = [case for file in sorted(CASES.glob("*.toml")) for case in read_cases(file)]
TEXT = (CASES / "agency_rate.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("case", EVERY, ids=[case.place.partition(" (")[0] for case in EVERY])
def test_the_query_gives_the_rows_expected(case: Case, tmp_path: Path) -> None:
    differences = case.differences(tmp_path)
    assert not differences, "\n".join(["", *differences])


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("0.6,       1.4", "0.7,       1.4", "2026-06-30, team North): expected numerator 0.7, got 0.6"),
        ("2026-06-30, South, 0,         0.5\n", "", "a row that is not expected: period_end 2026-06-30, team South"),
        ("30, South, 0, ", "30, East, 0, ", "(period_end 2026-06-30, team East): the query gives no such row"),
    ],
)  # fmt: skip
def test_a_difference_names_file_row_expected_and_got(before: str, after: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "agency_rate.toml"
    assert before in TEXT
    file.write_text(TEXT.replace(before, after), encoding="utf-8")
    (case,) = read_cases(file)
    differences = case.differences(tmp_path)
    assert differences[0].startswith("agency_rate.toml, case 1 (Hours are counted")
    assert any(said in difference for difference in differences), differences


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("agency_flag,", "agency,", "agency is no column of workforce"),
        ("given.workforce", "given.workers", "workers is not a table"),
        ("numerator, denominator", "counted, denominator", "counted is no column of a KPI's rows"),
        ("first_day", "month = 1\nfirst_day", "month is not a known key"),
        ("0.8, 2020-01-06,", "0.8", "workforce, row 1: 6 cells under 8 columns"),
    ],
)
def test_a_file_that_is_written_wrongly_says_where(before: str, after: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "agency_rate.toml"
    assert before in TEXT
    file.write_text(TEXT.replace(before, after), encoding="utf-8")
    with pytest.raises(ValueError, match=said):
        read_cases(file)
