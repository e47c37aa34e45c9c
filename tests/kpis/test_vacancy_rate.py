"""Vacancy rate on hand-written rows."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from record_tables import AUTHORITY, brief, compute
from rows import department, worker_month

FEBRUARY, MARCH = date(2024, 2, 29), date(2024, 3, 31)


def vacancy(period_end: date, team: str | None, vacant_fte: float | None) -> dict[str, Any]:
    return {"period_end": period_end, "team": team, "vacant_fte": vacant_fte}


def rows(folder: Path, workforce: list[Any], vacancies: list[Any], *departments: Any) -> list[dict[str, Any]]:
    tables = {"workforce": workforce, "vacancies": vacancies, "ssd_department": departments}
    return compute("vacancy_rate", folder, tables, first_day=date(2024, 2, 1), last_day=MARCH)


def test_vacant_over_vacant_and_in_post_by_team(tmp_path: Path) -> None:
    """A team may have only vacancies or only people; two ids of one name are one team."""
    figure_rows = rows(
        tmp_path,
        [
            worker_month("W1", MARCH, fte=0.8),
            worker_month("W2", MARCH, team="T2"),
            worker_month("W3", MARCH, team="T9"),
        ],
        [vacancy(MARCH, "T1", 0.5), vacancy(MARCH, "T2", 0.7), vacancy(MARCH, "T3", 2.0), vacancy(MARCH, None, 1.0)],
        department("T1", "North"),
        department("T2", "North"),
    )
    assert brief(figure_rows, "authority", "period_end", "team", "worker", "category") == [
        (AUTHORITY, MARCH, team, None, None) for team in (None, "North", "T3", "T9")
    ]
    assert brief(figure_rows, "numerator", "denominator") == [
        (1.0, 1.0),
        (pytest.approx(1.2, abs=1e-12), pytest.approx(3.0, abs=1e-12)),
        (2.0, 2.0),
        (0.0, 1.0),
    ]


def test_in_post_is_never_agency_nor_who_has_left(tmp_path: Path) -> None:
    """A post an agency worker covers stays vacant."""
    figure_rows = rows(
        tmp_path,
        [
            worker_month("W1", MARCH),
            worker_month("W2", MARCH, agency_flag="Y"),
            worker_month("W3", MARCH, social_worker_flag="N"),
            worker_month("W4", MARCH, end_date=MARCH),
            worker_month("W5", MARCH, start_date=date(2024, 4, 1)),
            worker_month("W6", MARCH, agency_flag=None, end_date=date(2024, 4, 1)),
        ],
        [vacancy(MARCH, "T1", 1.0)],
    )
    assert brief(figure_rows, "numerator", "denominator") == [(1.0, 3.0)]


def test_a_month_that_one_of_the_tables_does_not_know_has_no_figure(tmp_path: Path) -> None:
    april = date(2024, 4, 30)
    people = [worker_month("W1", day) for day in (date(2024, 1, 31), FEBRUARY, MARCH, april)]
    assert brief(rows(tmp_path, people, [vacancy(MARCH, "T1", 1.0), vacancy(april, "T1", 1.0)]), "period_end") == [
        (MARCH,)
    ]
    only_march = [vacancy(day, "T1", 1.0) for day in (FEBRUARY, MARCH)]
    assert brief(rows(tmp_path, [worker_month("W1", MARCH)], only_march), "period_end") == [(MARCH,)]
    assert brief(rows(tmp_path, people, [vacancy(FEBRUARY, "T1", None), vacancy(MARCH, "T1", 0.0)]), "period_end") == [
        (MARCH,)
    ]


def test_nothing_vacant_and_nobody_in_post_gives_no_figure(tmp_path: Path) -> None:
    agency = [worker_month("W1", MARCH, agency_flag="Y")]
    assert rows(tmp_path, agency, [vacancy(MARCH, "T1", 0.0)]) == []
    assert rows(tmp_path, agency, [vacancy(MARCH, "T1", -1.0)]) == []
    assert rows(tmp_path, [], []) == []


def test_duplicates_count_once_and_the_larger_figure_wins(tmp_path: Path) -> None:
    figure_rows = rows(
        tmp_path, [worker_month("W1", MARCH)] * 2, [vacancy(MARCH, "T1", 0.5)] + [vacancy(MARCH, "T1", 1.0)] * 2
    )
    assert brief(figure_rows, "numerator", "denominator") == [(1.0, 2.0)]
