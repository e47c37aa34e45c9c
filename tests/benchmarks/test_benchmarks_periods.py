"""How a published year becomes a period."""

from __future__ import annotations

from datetime import date

import pytest

from improvement_board.benchmarks.aliases import load_aliases
from improvement_board.benchmarks.periods import PublishedPeriod, read_period, year_type_named


@pytest.mark.parametrize(
    ("year", "year_type", "start", "end"),
    [
        ("2024", "financial", "2023-04-01", "2024-03-31"),
        ("2024", "september", "2023-10-01", "2024-09-30"),
        ("2024", "academic", "2023-09-01", "2024-08-31"),
        ("2024", "calendar", "2024-01-01", "2024-12-31"),
        ("2024", "january", "2023-02-01", "2024-01-31"),
        ("202324", "academic", "2023-09-01", "2024-08-31"),
        ("2023/24", "financial", "2023-04-01", "2024-03-31"),
        ("2023/2024", "financial", "2023-04-01", "2024-03-31"),
        ("2023-24", "financial", "2023-04-01", "2024-03-31"),
        ("2014-16", "calendar", "2014-01-01", "2016-12-31"),
        ("2014-2016", "calendar", "2014-01-01", "2016-12-31"),
        ("2013/14-15/16", "financial", "2013-04-01", "2016-03-31"),
        ("2022 (Revised)", "academic", "2021-09-01", "2022-08-31"),
        (" 2023-24 (OT) ", "financial", "2023-04-01", "2024-03-31"),
        ("199900", "academic", "1999-09-01", "2000-08-31"),
    ],
)
def test_a_year_ends_on_the_day_of_its_type(year: str, year_type: str, start: str, end: str) -> None:
    expected = PublishedPeriod(date.fromisoformat(start), date.fromisoformat(end))
    assert read_period(year, year_type, load_aliases()) == expected


@pytest.mark.parametrize(
    ("year", "year_type"),
    [
        ("0", "financial"),
        ("", "financial"),
        ("202325", "academic"),
        ("202322", "academic"),
        ("2023/24", "calendar"),
        ("1899", "financial"),
        ("2016-14", "calendar"),
        ("2024 (estimated by hand)", "financial"),
        ("year 2024", "financial"),
    ],
)
def test_a_year_that_makes_no_sense_is_not_guessed(year: str, year_type: str) -> None:
    assert read_period(year, year_type, load_aliases()) is None


def test_the_data_dictionary_names_types_of_year() -> None:
    aliases = load_aliases()
    assert year_type_named("Annual (end of Sept)", aliases) == "september"
    assert year_type_named("Financial Year", aliases) == "financial"
    assert year_type_named("Lunar Year", aliases) is None
