from datetime import date
from pathlib import Path
from typing import Any

from rows import Row, department, involvement, protection_plan
from twice import Result, twice

FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)
JANUARY, FEBRUARY, MARCH = date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)
DAY = date(2026, 2, 10)


def figures(folder: Path, plans: list[Row], **tables: Any) -> Result:
    return twice("second_plan", folder, {"ssd_cp_plans": plans, **tables}, first_day=FIRST, last_day=LAST)


def test_an_earlier_plan_counts_however_old(tmp_path: Path) -> None:
    plans = [
        protection_plan("C1", date(2009, 1, 1), date(2010, 1, 1)),
        protection_plan("C1", DAY),
        protection_plan("C2", DAY),
    ]
    assert figures(tmp_path, plans) == {(FEBRUARY, None, None, None): (1.0, 2.0)}


def test_a_count_of_previous_plans_fills_what_the_records_lack(tmp_path: Path) -> None:
    counts = [2, 1, 0, None]
    plans = [protection_plan(f"C{count}", DAY, previous_plans=count) for count in counts]
    assert figures(tmp_path, plans) == {(FEBRUARY, None, None, None): (2.0, 4.0)}


def test_earlier_means_a_day_before_and_not_the_same_day_or_later(tmp_path: Path) -> None:
    plans = [
        protection_plan("C1", date(2026, 2, 9), DAY),
        protection_plan("C1", DAY),
        protection_plan("C2", DAY),
        protection_plan("C2", DAY),
        protection_plan("C2", date(2026, 4, 1)),
    ]
    assert figures(tmp_path, plans) == {(FEBRUARY, None, None, None): (1.0, 4.0)}


def test_counted_in_the_month_of_the_start_and_never_outside_the_records(tmp_path: Path) -> None:
    days = [date(2025, 12, 31), JANUARY, date(2026, 2, 1), MARCH, date(2026, 4, 1)]
    assert figures(tmp_path, [protection_plan(f"C{day}", day) for day in days]) == {
        (JANUARY, None, None, None): (0.0, 1.0),
        (FEBRUARY, None, None, None): (0.0, 1.0),
        (MARCH, None, None, None): (0.0, 1.0),
    }


def test_plans_of_other_councils_and_of_nobody_are_left_out(tmp_path: Path) -> None:
    plans = [
        protection_plan("C1", date(2025, 6, 1), DAY, cppl_cp_plan_ola="Y"),
        protection_plan("C1", DAY, cppl_cp_plan_ola="N"),
        protection_plan("C2", DAY, cppl_cp_plan_ola="Y"),
        protection_plan(None, date(2025, 6, 1)),
        protection_plan(None, DAY),
    ]
    assert figures(tmp_path, plans) == {(FEBRUARY, None, None, None): (0.0, 1.0)}


def test_a_plan_written_twice_is_one_plan(tmp_path: Path) -> None:
    plan = protection_plan("C1", DAY)
    assert figures(tmp_path, [plan, plan]) == {(FEBRUARY, None, None, None): (0.0, 1.0)}


def test_team_and_worker_are_those_allocated_on_the_day_the_plan_starts(tmp_path: Path) -> None:
    involvements = [
        involvement("C1", "W1", date(2025, 6, 1), DAY),
        involvement("C1", "W2", DAY, invo_professional_team="T2"),
        involvement("C2", None, date(2025, 6, 1), invo_professional_team=None),
    ]
    plans = [protection_plan(person, DAY) for person in ("C1", "C2", "C3")]
    names = [department("T2", "Court")]
    assert figures(tmp_path, plans, ssd_involvements=involvements, ssd_department=names) == {
        (FEBRUARY, "Court", "W2", None): (0.0, 1.0),
        (FEBRUARY, None, None, None): (0.0, 2.0),
    }


def test_no_plans_give_no_figures(tmp_path: Path) -> None:
    assert figures(tmp_path, []) == {}
