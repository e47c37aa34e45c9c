"""Visits to children on a protection plan on hand-written rows.

10 working days before Sunday 31 March 2024 (Good Friday, the 29th, is a bank holiday) is Thursday 14 March.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from record_tables import AUTHORITY, brief, compute
from rows import care_episode, department, involvement, protection_plan

FIRST, LAST = date(2024, 1, 1), date(2024, 3, 31)
LONG_AGO = date(2023, 5, 1)
ON_THE_LIMIT = date(2024, 3, 14)
ONE_LATER = date(2024, 3, 15)


def visit(person: str | None, day: date | None, seen: str | None = "Y") -> dict[str, Any]:
    return {
        "cppv_cp_visit_id": f"{person} {day} {seen}",
        "cppv_person_id": person,
        "cppv_cp_visit_date": day,
        "cppv_cp_visit_seen": seen,
    }


def rows(folder: Path, plans: list[Any], *visits: Any, **more: Any) -> list[dict[str, Any]]:
    parameters = more.pop("parameters", None)
    tables = {"ssd_cp_plans": plans, "ssd_cp_visits": [visit("nobody", FIRST), *visits], **more}
    return compute("cp_visits_on_time", folder, tables, first_day=FIRST, last_day=LAST, parameters=parameters)


def latest(figure_rows: list[dict[str, Any]], *keys: str) -> list[tuple[Any, ...]]:
    return brief([row for row in figure_rows if row["period_end"] == LAST], *keys)


@pytest.mark.parametrize(
    ("visits", "seen"),
    [
        ([visit("P1", ON_THE_LIMIT)], 0.0),
        ([visit("P1", ONE_LATER)], 1.0),
        ([visit("P1", date(2024, 3, 16))], 1.0),
        ([visit("P1", LAST)], 1.0),
        ([visit("P1", date(2024, 4, 1))], 0.0),
        ([visit("P1", ONE_LATER, "N")], 0.0),
        ([visit("P1", ONE_LATER, None)], 0.0),
        ([visit("P1", None)], 0.0),
        ([visit("P2", ONE_LATER), visit(None, ONE_LATER)], 0.0),
        ([visit("P1", ONE_LATER), visit("P1", ONE_LATER), visit("P1", LAST)], 1.0),
    ],
)
def test_seen_fewer_than_10_working_days_ago(tmp_path: Path, visits: list[Any], seen: float) -> None:
    figure_rows = rows(tmp_path, [protection_plan("P1", LONG_AGO)], *visits)
    assert latest(figure_rows, "authority", "team", "worker", "category") == [(AUTHORITY, None, None, None)]
    assert latest(figure_rows, "numerator", "denominator") == [(seen, 1.0)]


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
    figure_rows = rows(tmp_path, [protection_plan("P1", start, end)])
    assert latest(figure_rows, "numerator", "denominator") == [(0.0, 1.0)] * is_due


def test_in_care_counts_and_another_councils_plan_does_not(tmp_path: Path) -> None:
    figure_rows = rows(
        tmp_path,
        [
            protection_plan("P1", LONG_AGO),
            protection_plan("P2", LONG_AGO, cppl_cp_plan_ola="Y"),
            protection_plan("P3", LONG_AGO, cppl_cp_plan_ola="N"),
        ],
        ssd_cla_episodes=[care_episode("P1", LONG_AGO)],
    )
    assert latest(figure_rows, "denominator") == [(2.0,)]


def test_team_and_worker_are_those_who_hold_the_case_at_the_months_end(tmp_path: Path) -> None:
    figure_rows = rows(
        tmp_path,
        [protection_plan("P1", LONG_AGO), protection_plan("P2", LONG_AGO)],
        visit("P2", LAST),
        ssd_involvements=[
            involvement("P1", "W1", LONG_AGO, LAST),
            involvement("P2", "W1", LONG_AGO, LAST),
            involvement("P2", "W2", LAST, invo_professional_team="T2"),
        ],
        ssd_department=[department("T2", "South")],
    )
    assert latest(figure_rows, "team", "worker", "numerator", "denominator") == [
        (None, None, 0.0, 1.0),
        ("South", "W2", 1.0, 1.0),
    ]


def test_duplicate_plans_are_one_child(tmp_path: Path) -> None:
    plan = protection_plan("P1", LONG_AGO)
    assert latest(rows(tmp_path, [plan, plan, protection_plan("P1", LONG_AGO)]), "denominator") == [(1.0,)]


def test_it_starts_10_working_days_after_the_visits_begin(tmp_path: Path) -> None:
    """1 January is a bank holiday: 22 working days to the end of the month."""
    plans = [protection_plan("P1", LONG_AGO)]
    months = [(date(2024, 1, 31),), (date(2024, 2, 29),), (LAST,)]
    assert brief(rows(tmp_path, plans), "period_end") == months
    assert brief(rows(tmp_path, plans, parameters={"limit_working_days": 22}), "period_end") == months
    assert brief(rows(tmp_path, plans, parameters={"limit_working_days": 23}), "period_end") == months[1:]


def test_no_rows_give_no_figure(tmp_path: Path) -> None:
    assert rows(tmp_path, []) == []
    tables: dict[str, list[Any]] = {"ssd_cp_plans": [protection_plan("P1", LONG_AGO)]}
    assert compute("cp_visits_on_time", tmp_path, tables, first_day=FIRST, last_day=LAST) == []
