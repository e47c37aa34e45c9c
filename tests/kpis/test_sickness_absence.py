from datetime import date
from pathlib import Path
from typing import Any

import pytest
from recompute.common import month_ends
from rows import Row, department, worker_month
from twice import Result, twice

FIRST, LAST = date(2024, 1, 1), date(2025, 2, 28)
JANUARY = date(2025, 1, 31)
MONTHS = month_ends(FIRST, LAST)


def served(worker: str, days: float | None = 0.0, months: list[date] = MONTHS, **columns: Any) -> list[Row]:
    """A worker's rows, with the same days lost each month."""
    return [worker_month(worker, month, working_days_lost=days, **columns) for month in months]


def figures(folder: Path, *workforce: list[Row], last_day: date = LAST, **tables: Any) -> Result:
    rows = [row for part in workforce for row in part]
    return twice("sickness_absence", folder, {"workforce": rows, **tables}, first_day=FIRST, last_day=last_day)


def test_days_of_12_months_over_those_that_would_be_worked(tmp_path: Path) -> None:
    """The 12 months to January 2025 hold 29 February 2024; those to February 2025 do not, and not that month either."""
    lost = served("W1", 1.0)
    lost[1]["working_days_lost"] = 16.0
    assert figures(tmp_path, lost, served("W2", 0.5, fte=0.5)) == {
        (JANUARY, "T1", None, None): (11 * 1.0 + 16.0 + 6.0, 1.5 * 254),
        (LAST, "T1", None, None): (18.0, 1.5 * 253),
    }


def test_in_a_leap_year_the_month_of_february_itself_counts(tmp_path: Path) -> None:
    first, last = date(2023, 1, 1), date(2024, 2, 29)
    rows = served("W1", 1.0, month_ends(first, last))
    kpi_figures = twice("sickness_absence", tmp_path, {"workforce": rows}, first_day=first, last_day=last)
    assert kpi_figures[last, "T1", None, None] == (12.0, 254.0)


def test_leavers_and_newcomers_count_for_what_they_lost(tmp_path: Path) -> None:
    gone = served("gone", 2.0, MONTHS[1:4], end_date=date(2024, 4, 15))
    came = served("came", 3.0, MONTHS[-1:], start_date=date(2025, 2, 3))
    too_early = served("before the year", 9.0, MONTHS[:1])
    assert figures(tmp_path, served("W1"), gone, came, too_early) == {
        (JANUARY, "T1", None, None): (6.0, 254.0),
        (LAST, "T1", None, None): (2.0 * 2 + 3.0, 506.0),
    }


@pytest.mark.parametrize(
    "columns",
    [{"agency_flag": "Y"}, {"social_worker_flag": "N"}, {"social_worker_flag": None}, {"professional_id": None}],
    ids=str,
)
def test_who_is_no_employed_social_worker_counts_in_neither(tmp_path: Path, columns: dict[str, Any]) -> None:
    others = [{**row, **columns} for row in served("W2", 5.0)]
    assert figures(tmp_path, served("W1", 1.0), others)[LAST, "T1", None, None] == (12.0, 253.0)


def test_nothing_recorded_or_impossible_is_no_day_lost(tmp_path: Path) -> None:
    kpi_figures = figures(tmp_path, served("W1", 1.0), served("W2", None), served("W3", -4.0))
    assert kpi_figures[LAST, "T1", None, None] == (12.0, 3 * 253.0)


def test_a_year_with_a_month_that_nobody_recorded_has_no_figure(tmp_path: Path) -> None:
    rows = served("W1", 1.0)
    rows[1]["working_days_lost"] = None
    assert list(figures(tmp_path, rows)) == [(LAST, "T1", None, None)]
    assert figures(tmp_path, served("W1", None)) == {}


def test_it_starts_12_months_after_the_records(tmp_path: Path) -> None:
    assert [key[0] for key in figures(tmp_path, served("W1", 1.0))] == [JANUARY, LAST]
    assert [key[0] for key in figures(tmp_path, served("W1", 1.0, MONTHS[1:]))] == [LAST]
    after = served("W1", 1.0, [*MONTHS, date(2025, 3, 31)])
    assert [key[0] for key in figures(tmp_path, after)] == [JANUARY, LAST]


def test_days_stay_in_the_team_of_their_month_and_a_closed_team_has_no_figure_of_its_own(tmp_path: Path) -> None:
    moved = served("W1", 1.0, MONTHS[:10], team="T2") + served("W1", 1.0, MONTHS[10:], team="T1")
    idle = served("W2", 0.0, MONTHS[:10], team="T3") + served("W2", 0.0, MONTHS[10:], team=None)
    kpi_figures = figures(tmp_path, moved, idle, ssd_department=[department("T1", "North")])
    assert {key[1:]: sums for key, sums in kpi_figures.items() if key[0] == LAST} == {
        ("North", None, None): (4.0, 253.0),
        ("T2", None, None): (8.0, 0.0),
        (None, None, None): (0.0, 253.0),
    }


def test_a_service_with_nobody_in_post_has_no_figure(tmp_path: Path) -> None:
    assert figures(tmp_path, served("W1", 1.0, fte=0.0)) == {}
    assert figures(tmp_path, served("W1", 1.0, end_date=date(2024, 1, 31))) == {}
    assert figures(tmp_path) == {}


def test_duplicates_count_once(tmp_path: Path) -> None:
    assert figures(tmp_path, served("W1", 1.0), served("W1", 1.0))[LAST, "T1", None, None] == (12.0, 253.0)
