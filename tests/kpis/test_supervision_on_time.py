"""Supervision on time on hand-written rows."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from record_tables import AUTHORITY, brief, compute
from rows import department, involvement, worker_month

FIRST, LAST = date(2024, 1, 1), date(2024, 3, 31)
LONG_AGO = date(2023, 5, 1)
EARLY = {"supervision_id": "S0", "professional_id": "nobody", "supervision_date": date(2024, 1, 2)}


def session(worker: str | None, day: date | None) -> dict[str, Any]:
    return {"supervision_id": f"{worker} {day}", "professional_id": worker, "supervision_date": day}


def rows(
    folder: Path, workforce: list[Any], *sessions: Any, involvements: list[Any] | None = None, **more: Any
) -> list[dict[str, Any]]:
    workers = sorted({row["professional_id"] for row in workforce})
    tables = {
        "workforce": workforce,
        "supervision": [EARLY, *sessions],
        "ssd_involvements": [involvement(f"P{worker}", worker, LONG_AGO) for worker in workers]
        if involvements is None
        else involvements,
        "ssd_department": [department("T1", "North")],
    }
    return compute("supervision_on_time", folder, tables, first_day=FIRST, last_day=LAST, **more)


@pytest.mark.parametrize(
    ("day", "on_time"),
    [
        (date(2024, 3, 1), 0.0),
        (date(2024, 3, 2), 1.0),
        (LAST, 1.0),
        (date(2024, 4, 1), 0.0),
        (None, 0.0),
    ],
)
def test_supervised_in_the_last_30_days(tmp_path: Path, day: date | None, on_time: float) -> None:
    figure_rows = rows(tmp_path, [worker_month("W1", LAST)], session("W1", day), session("W2", LAST))
    assert brief(figure_rows, "authority", "period_end", "team", "worker", "category") == [
        (AUTHORITY, LAST, "North", "W1", None)
    ]
    assert brief(figure_rows, "numerator", "denominator") == [(on_time, 1.0)]


def test_only_workers_with_a_case_who_are_30_days_in_post_are_due(tmp_path: Path) -> None:
    """Social workers or not, agency too; the worker's own team, or none."""
    workforce = [
        worker_month("30 days", LAST, start_date=date(2024, 3, 1), team=None),
        worker_month("29 days", LAST, start_date=date(2024, 3, 2)),
        worker_month("not recorded", LAST, start_date=None),
        worker_month("left", LAST, end_date=LAST),
        worker_month("agency", LAST, agency_flag="Y"),
        worker_month("personal adviser", LAST, social_worker_flag="N"),
        worker_month("no cases", LAST),
    ]
    involvements = [
        involvement(f"P{row['professional_id']}", row["professional_id"], LONG_AGO) for row in workforce[:-1]
    ] + [involvement("P9", "no cases", LONG_AGO, LAST), involvement("P8", "not in the workforce", LONG_AGO)]
    figure_rows = rows(tmp_path, workforce, involvements=involvements)
    assert brief(figure_rows, "team", "worker", "numerator") == [
        (None, "30 days", 0.0),
        ("North", "agency", 0.0),
        ("North", "personal adviser", 0.0),
    ]


def test_two_sessions_two_cases_and_duplicates_are_one_worker(tmp_path: Path) -> None:
    sessions = [session("W1", date(2024, 3, 5)), session("W1", date(2024, 3, 5)), session("W1", date(2024, 3, 20))]
    involvements = [involvement("P1", "W1", LONG_AGO), involvement("P2", "W1", LONG_AGO)]
    figure_rows = rows(tmp_path, [worker_month("W1", LAST)] * 2, *sessions, involvements=involvements)
    assert brief(figure_rows, "numerator", "denominator") == [(1.0, 1.0)]


def test_it_starts_when_the_records_have_run_30_days(tmp_path: Path) -> None:
    """1 January to 31 January is 30 days later; a table that begins in February starts in March."""
    months = [date(2023, 12, 31), date(2024, 1, 31), date(2024, 2, 29), LAST, date(2024, 4, 30)]
    workforce = [worker_month("W1", day) for day in months]
    assert brief(rows(tmp_path, workforce), "period_end") == [(day,) for day in months[1:4]]
    assert brief(rows(tmp_path, workforce, parameters={"limit_days": 31}), "period_end") == [
        (day,) for day in months[2:4]
    ]
    started = [involvement("P1", "W1", date(2024, 2, 10))]
    assert brief(rows(tmp_path, workforce, involvements=started), "period_end") == [(day,) for day in months[2:4]]


def test_no_rows_give_no_figure(tmp_path: Path) -> None:
    assert rows(tmp_path, [], involvements=[]) == []
    assert rows(tmp_path, [worker_month("W1", LAST)], involvements=[]) == []
