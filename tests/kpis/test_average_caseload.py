"""Average caseload on hand-written rows."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from record_tables import AUTHORITY, brief, compute
from rows import care_episode, department, in_need_plan, involvement, protection_plan, worker_month

FIRST, LAST = date(2024, 2, 1), date(2024, 3, 31)
LONG_AGO = date(2023, 5, 1)


def rows(folder: Path, tables: dict[str, Any], first_day: date = FIRST, last_day: date = LAST) -> list[dict[str, Any]]:
    return compute("average_caseload", folder, tables, first_day=first_day, last_day=last_day)


def test_children_over_full_time_equivalent_by_plan_type(tmp_path: Path) -> None:
    figure_rows = rows(
        tmp_path,
        {
            "workforce": [worker_month("W1", LAST, fte=0.8)],
            "ssd_involvements": [involvement(f"P{number}", "W1", LONG_AGO) for number in range(4)],
            "ssd_cla_episodes": [care_episode("P0", LONG_AGO)],
            "ssd_cp_plans": [protection_plan("P0", LONG_AGO), protection_plan("P1", LONG_AGO)],
            "ssd_cin_plans": [in_need_plan("P1", LONG_AGO)],
            "ssd_department": [department("T1", "Safeguarding North")],
        },
    )
    assert (
        brief(figure_rows, "authority", "period_end", "team", "worker")
        == [(AUTHORITY, LAST, "Safeguarding North", "W1")] * 3
    )
    assert brief(figure_rows, "category", "numerator", "denominator") == [
        ("in care", 1.0, pytest.approx(0.2, abs=1e-12)),
        ("other", 2.0, pytest.approx(0.4, abs=1e-12)),
        ("protection", 1.0, pytest.approx(0.2, abs=1e-12)),
    ]


def test_open_on_the_day_itself(tmp_path: Path) -> None:
    """A child allocated on the last day is a case; one whose allocation ends that day is none."""
    figure_rows = rows(
        tmp_path,
        {
            "workforce": [worker_month("W1", LAST), worker_month("W2", LAST)],
            "ssd_involvements": [
                involvement("P1", "W1", LAST),
                involvement("P2", "W1", LONG_AGO, LAST),
                involvement("P3", "W2", LONG_AGO, date(2024, 4, 1)),
                involvement("P4", "W2", date(2024, 4, 1)),
            ],
        },
    )
    assert brief(figure_rows, "worker", "numerator") == [("W1", 1.0), ("W2", 1.0)]


def test_a_child_is_the_case_of_one_worker(tmp_path: Path) -> None:
    """The latest start wins, then the lowest id; other roles never hold a case."""
    figure_rows = rows(
        tmp_path,
        {
            "workforce": [worker_month(f"W{number}", LAST) for number in range(1, 5)],
            "ssd_involvements": [
                involvement("P1", "W1", LONG_AGO),
                involvement("P1", "W3", date(2024, 3, 1), invo_involvements_id="I0002"),
                involvement("P1", "W2", date(2024, 3, 1), invo_involvements_id="I0001"),
                involvement("P1", "W4", date(2024, 3, 20), invo_professional_role_id="Family Support Worker"),
            ],
        },
    )
    assert brief(figure_rows, "worker", "numerator") == [("W2", 1.0)]


def test_an_ended_later_allocation_gives_the_case_back(tmp_path: Path) -> None:
    figure_rows = rows(
        tmp_path,
        {
            "workforce": [worker_month(worker, day) for worker in ("W1", "W2") for day in (date(2024, 2, 29), LAST)],
            "ssd_involvements": [
                involvement("P1", "W1", LONG_AGO),
                involvement("P1", "W2", date(2024, 2, 10), date(2024, 3, 15)),
            ],
        },
    )
    assert brief(figure_rows, "period_end", "worker") == [(date(2024, 2, 29), "W2"), (LAST, "W1")]


def test_who_is_no_case_holding_social_worker_is_left_out(tmp_path: Path) -> None:
    workers = {
        "not a social worker": {"social_worker_flag": "N"},
        "not recorded": {"social_worker_flag": None},
        "no hours": {"fte": 0.0},
        "hours not recorded": {"fte": None},
        "left on the last day": {"end_date": LAST},
        "not yet started": {"start_date": date(2024, 4, 1)},
        "agency": {"agency_flag": "Y"},
        "leaves tomorrow": {"end_date": date(2024, 4, 1)},
    }
    figure_rows = rows(
        tmp_path,
        {
            "workforce": [worker_month(worker, LAST, **columns) for worker, columns in workers.items()]
            + [worker_month("no cases", LAST)],
            "ssd_involvements": [involvement(f"P{worker}", worker, LONG_AGO) for worker in [*workers, "unknown", None]],
        },
    )
    assert brief(figure_rows, "worker", "numerator", "denominator") == [
        ("agency", 1.0, 1.0),
        ("leaves tomorrow", 1.0, 1.0),
    ]


def test_team_is_the_workers_own_or_not_recorded(tmp_path: Path) -> None:
    figure_rows = rows(
        tmp_path,
        {
            "workforce": [worker_month("W1", LAST, team="T2"), worker_month("W2", LAST, team=None)],
            "ssd_involvements": [involvement("P1", "W1", LONG_AGO), involvement("P2", "W2", LONG_AGO)],
            "ssd_department": [department("T1", "North")],
        },
    )
    assert brief(figure_rows, "worker", "team") == [("W2", None), ("W1", "T2")]


def test_duplicate_rows_count_once(tmp_path: Path) -> None:
    allocation = involvement("P1", "W1", LONG_AGO)
    figure_rows = rows(
        tmp_path,
        {
            "workforce": [worker_month("W1", LAST), worker_month("W1", LAST)],
            "ssd_involvements": [allocation, allocation],
        },
    )
    assert brief(figure_rows, "numerator", "denominator") == [(1.0, 1.0)]


def test_no_figure_before_both_tables_begin_or_after_the_edition(tmp_path: Path) -> None:
    months = [date(2024, 1, 31), date(2024, 2, 29), LAST, date(2024, 4, 30)]
    figure_rows = rows(
        tmp_path,
        {
            "workforce": [worker_month("W1", day) for day in months],
            "ssd_involvements": [involvement("P1", "W1", date(2024, 2, 29))],
        },
        first_day=date(2024, 1, 1),
    )
    assert brief(figure_rows, "period_end") == [(date(2024, 2, 29),), (LAST,)]


@pytest.mark.parametrize("missing", ["workforce", "ssd_involvements"])
def test_no_rows_give_no_figure(tmp_path: Path, missing: str) -> None:
    tables: dict[str, Any] = {
        "workforce": [worker_month("W1", LAST)],
        "ssd_involvements": [involvement("P1", "W1", LONG_AGO)],
    }
    assert rows(tmp_path, {**tables, missing: []}) == []
    assert rows(tmp_path, {name: tables[name] for name in tables if name != missing}) == []
