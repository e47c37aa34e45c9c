from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from holders import FIRST, JANUARY, LAST, MARCH, OLD, handed_over
from rows import Row, protection_plan
from twice import Result, twice

LONG_AGO = date(2020, 5, 1)


def figures(folder: Path, plans: list[Row], **tables: Any) -> Result:
    return twice("cp_over_2_years", folder, {"ssd_cp_plans": plans, **tables}, first_day=FIRST, last_day=LAST)


def latest(folder: Path, plans: list[Row]) -> tuple[float, float | None] | None:
    return figures(folder, plans).get((MARCH, None, None, None))


@pytest.mark.parametrize(("days", "is_long"), [(729, 0.0), (730, 1.0), (731, 1.0), (0, 0.0)])
def test_open_730_days_or_more(tmp_path: Path, days: int, is_long: float) -> None:
    assert latest(tmp_path, [protection_plan("C1", MARCH - timedelta(days=days))]) == (is_long, 1.0)


def test_a_plan_counts_while_it_is_open(tmp_path: Path) -> None:
    assert latest(tmp_path, [protection_plan("C1", LONG_AGO, MARCH)]) is None
    assert latest(tmp_path, [protection_plan("C1", LONG_AGO, date(2026, 4, 1))]) == (1.0, 1.0)
    assert latest(tmp_path, [protection_plan("C1", date(2026, 4, 1))]) is None


def test_another_councils_plan_does_not_count(tmp_path: Path) -> None:
    plans = [protection_plan(f"C{flag}", LONG_AGO, cppl_cp_plan_ola=flag) for flag in ("Y", "N", None)]
    assert latest(tmp_path, plans) == (2.0, 2.0)


def test_a_child_counts_once_with_the_plan_that_started_last(tmp_path: Path) -> None:
    twin = protection_plan("C1", LONG_AGO)
    assert latest(tmp_path, [twin, twin]) == (1.0, 1.0)
    assert latest(tmp_path, [twin, protection_plan("C1", OLD)]) == (0.0, 1.0)


def test_figures_begin_with_the_records(tmp_path: Path) -> None:
    kpi_figures = figures(tmp_path, [protection_plan("C1", LONG_AGO)])
    assert min(key[0] for key in kpi_figures) == JANUARY
    assert {key[0] for key in figures(tmp_path, [protection_plan("C1", MARCH)])} == {MARCH}


def test_team_and_worker_are_those_allocated_at_the_months_end(tmp_path: Path) -> None:
    plans = [protection_plan("C1", LONG_AGO), protection_plan("C2", OLD), protection_plan("C3", LONG_AGO)]
    kpi_figures = figures(tmp_path, plans, **handed_over(MARCH))
    assert {key[1:]: parts for key, parts in kpi_figures.items() if key[0] == MARCH} == {
        ("South", "W2", None): (1.0, 1.0),
        (None, None, None): (1.0, 2.0),
    }


def test_no_plans_give_no_figures(tmp_path: Path) -> None:
    assert figures(tmp_path, []) == {}
