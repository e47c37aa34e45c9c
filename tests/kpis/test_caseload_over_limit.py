"""Social workers over the caseload limit on hand-written rows."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from record_tables import AUTHORITY, brief, compute
from rows import care_episode, department, involvement, worker_month

LAST = date(2024, 3, 31)
LONG_AGO = date(2023, 5, 1)


def rows(folder: Path, workforce: list[Any], involvements: list[Any], **more: Any) -> list[dict[str, Any]]:
    parameters = more.pop("parameters", None)
    tables = {"workforce": workforce, "ssd_involvements": involvements, **more}
    return compute(
        "caseload_over_limit", folder, tables, first_day=date(2024, 3, 1), last_day=LAST, parameters=parameters
    )


def held(worker: str, cases: int) -> list[dict[str, Any]]:
    return [involvement(f"{worker}-{number}", worker, LONG_AGO) for number in range(cases)]


def test_20_cases_are_not_over_the_limit_and_21_are(tmp_path: Path) -> None:
    workforce = [
        worker_month("W1", LAST),
        worker_month("W2", LAST, fte=0.5, agency_flag="Y"),
        worker_month("W3", LAST, team=None),
    ]
    involvements = held("W1", 20) + held("W2", 21) + held("W3", 1)
    departments = [department("T1", "North")]
    figure_rows = rows(tmp_path, workforce, involvements, ssd_department=departments)
    assert brief(figure_rows, "authority", "period_end", "team", "worker", "category") == [
        (AUTHORITY, LAST, None, "W3", None),
        (AUTHORITY, LAST, "North", "W1", None),
        (AUTHORITY, LAST, "North", "W2", None),
    ]
    assert brief(figure_rows, "numerator", "denominator") == [(0.0, 1.0), (0.0, 1.0), (1.0, 1.0)]


def test_the_plan_may_set_the_limit(tmp_path: Path) -> None:
    figure_rows = rows(tmp_path, [worker_month("W1", LAST)], held("W1", 3), parameters={"limit_cases": 2})
    assert brief(figure_rows, "numerator") == [(1.0,)]


def test_cases_of_every_plan_type_and_each_child_once(tmp_path: Path) -> None:
    """A worker's cases of several plan types are one caseload; a child allocated twice is one case."""
    twice = [*held("W1", 2), *held("W1", 2)]
    care = [care_episode("W1-0", LONG_AGO)]
    limit = {"limit_cases": 1}
    figure_rows = rows(tmp_path, [worker_month("W1", LAST)], twice, ssd_cla_episodes=care, parameters=limit)
    assert brief(figure_rows, "numerator", "denominator") == [(1.0, 1.0)]
    assert brief(rows(tmp_path, [worker_month("W1", LAST)], twice, parameters={"limit_cases": 2}), "numerator") == [
        (0.0,)
    ]


def test_who_holds_no_case_or_is_no_social_worker_is_not_counted(tmp_path: Path) -> None:
    workforce = [
        worker_month("W1", LAST, social_worker_flag="N"),
        worker_month("W2", LAST, fte=0.0),
        worker_month("W3", LAST, end_date=LAST),
        worker_month("W4", LAST),
        worker_month("W5", date(2024, 4, 30)),
    ]
    involvements = [row for worker in ("W1", "W2", "W3", "W5") for row in held(worker, 30)]
    assert rows(tmp_path, workforce, [*involvements, involvement("P1", "W4", LONG_AGO, LAST)]) == []
    assert rows(tmp_path, [], []) == []
