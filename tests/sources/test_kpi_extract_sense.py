"""Ready KPI extracts whose every row keeps the contract, and that would still give a wrong figure."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pytest
from test_kpi_extract import AUTHORITY, COUNT, HEADER, RATIO, Read, read, text, write

from improvement_board.sources.findings import Findings
from improvement_board.sources.team_names import with_one_spelling

Cells = Sequence[str]


def extract_reading(folder: Path, *rows: Cells, kpi: str = RATIO) -> Read:
    """What an extract gives: period_end, team, category, numerator, denominator of each row."""
    whole = [(AUTHORITY, day, team, "", category, *numbers) for day, team, category, *numbers in rows]
    return read(folder, write(folder, f"{kpi}.csv", text(*whole)))


def told(reading: Read) -> list[tuple[str, str]]:
    return [(finding.rule, finding.severity) for finding in reading.findings]


@pytest.mark.parametrize("column", ["numerator", "denominator"])
@pytest.mark.parametrize(
    ("cell", "rule"), [("9999", "placeholder"), ("99999.0", "placeholder"), ("80%", "not-a-number")]
)
def test_a_number_that_stands_for_none_or_is_a_share_stops(tmp_path: Path, column: str, cell: str, rule: str) -> None:
    numbers = {"numerator": "3", "denominator": "4"} | {column: cell}
    reading = extract_reading(tmp_path, ("2026-09-30", "North", "", numbers["numerator"], numbers["denominator"]))
    assert reading.stops()[0] == (rule, 2, column)


@pytest.mark.parametrize("column", ["team", "category"])
@pytest.mark.parametrize("word", ["Total", "grand total", "All teams", "TTL", "Sum", "North total"])
def test_a_row_with_a_word_for_a_total_stops(tmp_path: Path, column: str, word: str) -> None:
    names = {"team": "North", "category": ""} | {column: word}
    reading = extract_reading(tmp_path, ("2026-09-30", names["team"], names["category"], "3", "4"))
    assert reading.stops() == [("total-row", 2, column)]


@pytest.mark.parametrize("name", ["", "Northbridge"])
@pytest.mark.parametrize("column", ["team", "category"])
def test_a_total_without_a_word_for_it_stops(tmp_path: Path, column: str, name: str) -> None:
    rows = []
    for at, day in enumerate(("2026-07-31", "2026-08-31", "2026-09-30")):
        for named, numerator, denominator in (("a", 2 + at, 10), ("b", 3, 20 + at), (name, 5 + at, 30 + at)):
            team, category = (named, "") if column == "team" else ("", named)
            rows.append((day, team, category, str(numerator), str(denominator)))
    reading = extract_reading(tmp_path, *rows)
    assert told(reading) == [("total-row", "stop")]
    assert reading.findings[0].problem.column == column


def test_what_may_be_a_total_by_chance_is_asked(tmp_path: Path) -> None:
    rows = [("2026-09-30", team, "", number, "") for team, number in (("North", "2"), ("South", "3"), ("East", "5"))]
    reading = extract_reading(tmp_path, *rows, kpi=COUNT)
    assert told(reading) == [("total-row", "warning")]


def test_teams_of_which_none_adds_up_the_others_say_nothing(tmp_path: Path) -> None:
    rows = [("2026-09-30", team, "", number, "40") for team, number in (("North", "2"), ("South", "3"), ("", "6"))]
    assert told(extract_reading(tmp_path, *rows)) == []


def test_shares_for_percentages_and_parts_above_their_whole_are_told(tmp_path: Path) -> None:
    header = (*HEADER[:5], "numerator", "denominator", "value")
    rows = [
        (AUTHORITY, "2026-09-30", team, "", "", "", "", value) for team, value in (("North", "0.2"), ("South", "1"))
    ]
    shares = read(tmp_path, write(tmp_path, f"{RATIO}.csv", text(*rows, header=header)))
    assert told(shares) == [("shares-not-percentages", "warning")]
    assert told(extract_reading(tmp_path, ("2026-09-30", "North", "", "5", "4"))) == [("more-than-all", "warning")]


def test_a_team_written_otherwise_is_the_same_team(tmp_path: Path) -> None:
    twice = extract_reading(tmp_path, ("2026-09-30", "North", "", "3", "4"), ("2026-09-30", " NORTH ", "", "3", "4"))
    assert twice.stops() == [("repeated-row", 3, None)]
    rows = [
        ("2026-09-30", "North", "", "3", "4"),
        ("2026-08-31", "north", "", "3", "4"),
        ("2026-07-31", "North", "", "3", "4"),
    ]
    findings = Findings()
    _, extracts = with_one_spelling({}, extract_reading(tmp_path, *rows).extracts, tmp_path / "respelt", findings)
    assert duckdb.read_parquet(str(extracts[RATIO])).project("team").distinct().fetchall() == [("North",)]
    assert [finding.rule for finding in findings.kept] == ["team-spelt-differently"]
