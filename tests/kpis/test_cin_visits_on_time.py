"""Visits to children in need on hand-written rows.

20 working days before Sunday 31 March 2024 (Good Friday, the 29th, is a bank holiday) is Thursday 29 February: 19 lie
after Friday 1 March. The Monday after is a bank holiday too.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from record_tables import AUTHORITY, brief, compute
from rows import care_episode, department, in_need_plan, involvement, protection_plan

FIRST, LAST = date(2024, 1, 1), date(2024, 3, 31)
LONG_AGO = date(2023, 5, 1)
ON_THE_LIMIT = date(2024, 2, 29)
ONE_LATER = date(2024, 3, 1)


def visit(person: str | None, day: date | None, seen: str | None = "Y") -> dict[str, Any]:
    return {
        "cinv_cin_visit_id": f"{person} {day} {seen}",
        "cinv_person_id": person,
        "cinv_cin_visit_date": day,
        "cinv_cin_visit_seen": seen,
    }


def rows(folder: Path, plans: list[Any], *visits: Any, **more: Any) -> list[dict[str, Any]]:
    parameters = more.pop("parameters", None)
    tables = {"ssd_cin_plans": plans, "ssd_cin_visits": [visit("nobody", FIRST), *visits], **more}
    return compute("cin_visits_on_time", folder, tables, first_day=FIRST, last_day=LAST, parameters=parameters)


def latest(figure_rows: list[dict[str, Any]], *keys: str) -> list[tuple[Any, ...]]:
    return brief([row for row in figure_rows if row["period_end"] == LAST], *keys)


@pytest.mark.parametrize(
    ("ended", "is_due"),
    [(date(2024, 3, 20), True), (date(2024, 3, 19), True), (date(2024, 3, 18), False), (date(2024, 3, 25), True)],
)
def test_a_plan_written_anew_does_not_start_the_clock_again(tmp_path: Path, ended: date, is_due: bool) -> None:
    """The new row starts on 20 March; there is a break where a day lies between."""
    plans = [in_need_plan("P1", LONG_AGO, ended), in_need_plan("P1", date(2024, 3, 20))]
    assert latest(rows(tmp_path, plans), "numerator", "denominator") == ([(0.0, 1.0)] if is_due else [])


@pytest.mark.parametrize(
    ("visits", "seen"),
    [
        ([visit("P1", ON_THE_LIMIT)], 0.0),
        ([visit("P1", ONE_LATER)], 1.0),
        ([visit("P1", date(2024, 3, 2))], 1.0),
        ([visit("P1", LAST)], 1.0),
        ([visit("P1", date(2024, 4, 1))], 0.0),
        ([visit("P1", ONE_LATER, "N")], 0.0),
        ([visit("P1", ONE_LATER, None)], 0.0),
        ([visit("P1", ONE_LATER, "Yes")], 1.0),
        ([visit("P1", None)], 0.0),
        ([visit("P2", ONE_LATER), visit(None, ONE_LATER)], 0.0),
        ([visit("P1", ONE_LATER), visit("P1", ONE_LATER), visit("P1", LAST)], 1.0),
    ],
)
def test_seen_fewer_than_20_working_days_ago(tmp_path: Path, visits: list[Any], seen: float) -> None:
    figure_rows = rows(tmp_path, [in_need_plan("P1", LONG_AGO)], *visits)
    assert latest(figure_rows, "authority", "team", "worker", "category") == [(AUTHORITY, "T1", "W1", None)]
    assert latest(figure_rows, "numerator", "denominator") == [(seen, 1.0)]


def test_a_bank_holiday_and_a_weekend_cost_no_day(tmp_path: Path) -> None:
    """From the Thursday before Good Friday to Easter Sunday is no working day."""
    plans = [in_need_plan("P1", LONG_AGO)]
    limit = {"limit_working_days": 1}
    wednesday, thursday = date(2024, 3, 27), date(2024, 3, 28)
    assert latest(rows(tmp_path, plans, visit("P1", wednesday), parameters=limit), "numerator") == [(0.0,)]
    assert latest(rows(tmp_path, plans, visit("P1", thursday), parameters=limit), "numerator") == [(1.0,)]


@pytest.mark.parametrize(
    ("start", "end", "is_due"),
    [
        (ON_THE_LIMIT, None, True),
        (ONE_LATER, None, False),
        (date(2015, 1, 1), None, True),
        (LONG_AGO, LAST, False),
        (LONG_AGO, date(2024, 4, 1), True),
    ],
)
def test_the_plan_has_been_open_that_long(tmp_path: Path, start: date, end: date | None, is_due: bool) -> None:
    figure_rows = rows(tmp_path, [in_need_plan("P1", start, end)])
    assert latest(figure_rows, "numerator", "denominator") == [(0.0, 1.0)] * is_due


def test_in_care_or_on_a_protection_plan_is_not_in_need(tmp_path: Path) -> None:
    figure_rows = rows(
        tmp_path,
        [in_need_plan(person, LONG_AGO) for person in ("P1", "P2", "P3")],
        ssd_cla_episodes=[care_episode("P1", LAST)],
        ssd_cp_plans=[protection_plan("P2", LAST), protection_plan("P3", LONG_AGO, LAST)],
    )
    assert latest(figure_rows, "denominator") == [(1.0,)]


def test_own_team_and_worker_first_then_the_allocated_ones(tmp_path: Path) -> None:
    nobody = {"cinp_cin_plan_team": None, "cinp_cin_plan_worker_id": None}
    figure_rows = rows(
        tmp_path,
        [
            in_need_plan("P1", LONG_AGO),
            in_need_plan("P2", LONG_AGO, **nobody),
            in_need_plan("P3", LONG_AGO, **nobody),
            in_need_plan("P4", LONG_AGO, cinp_cin_plan_worker_id=None),
        ],
        ssd_involvements=[
            involvement(person, "W2", LONG_AGO, invo_professional_team="T2") for person in ("P1", "P2", "P4")
        ],
        ssd_department=[department("T1", "North"), department("T2", "South")],
    )
    assert latest(figure_rows, "team", "worker", "denominator") == [
        (None, None, 1.0),
        ("North", "W1", 1.0),
        ("North", "W2", 1.0),
        ("South", "W2", 1.0),
    ]


def test_a_child_with_two_plans_is_one_child_and_the_latest_plan_decides(tmp_path: Path) -> None:
    figure_rows = rows(
        tmp_path,
        [in_need_plan("P1", LONG_AGO), in_need_plan("P1", date(2024, 1, 10), cinp_cin_plan_worker_id="W2")] * 2,
    )
    assert latest(figure_rows, "worker", "denominator") == [("W2", 1.0)]


def test_it_starts_20_working_days_after_the_visits_begin(tmp_path: Path) -> None:
    """1 January is a bank holiday: 22 working days to the end of the month."""
    plans = [in_need_plan("P1", LONG_AGO)]
    months = [(date(2024, 1, 31),), (date(2024, 2, 29),), (LAST,)]
    assert brief(rows(tmp_path, plans), "period_end") == months
    assert brief(rows(tmp_path, plans, parameters={"limit_working_days": 22}), "period_end") == months
    assert brief(rows(tmp_path, plans, parameters={"limit_working_days": 23}), "period_end") == months[1:]


def test_no_rows_give_no_figure(tmp_path: Path) -> None:
    assert rows(tmp_path, []) == []
    tables: dict[str, list[Any]] = {"ssd_cin_plans": [in_need_plan("P1", LONG_AGO)]}
    assert compute("cin_visits_on_time", tmp_path, tables, first_day=FIRST, last_day=LAST) == []
