"""Agency rate on hand-written rows."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from record_tables import AUTHORITY, brief, compute
from rows import department, worker_month

FEBRUARY, MARCH = date(2024, 2, 29), date(2024, 3, 31)


def rows(folder: Path, *workforce: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
    tables = {"workforce": workforce, **more}
    return compute("agency_rate", folder, tables, first_day=date(2024, 2, 1), last_day=MARCH)


def test_agency_over_agency_and_in_post_by_team(tmp_path: Path) -> None:
    figure_rows = rows(
        tmp_path,
        worker_month("W1", MARCH, fte=0.8),
        worker_month("W2", MARCH, fte=0.6, agency_flag="Y"),
        worker_month("W3", MARCH, team="T2"),
        ssd_department=[department("T1", "North")],
    )
    assert brief(figure_rows, "authority", "period_end", "team", "worker", "category") == [
        (AUTHORITY, MARCH, "North", None, None),
        (AUTHORITY, MARCH, "T2", None, None),
    ]
    assert brief(figure_rows, "numerator", "denominator") == [
        (pytest.approx(0.6, abs=1e-12), pytest.approx(1.4, abs=1e-12)),
        (0.0, 1.0),
    ]


def test_only_social_workers_in_post_at_the_months_end_count(tmp_path: Path) -> None:
    figure_rows = rows(
        tmp_path,
        worker_month("W1", MARCH, agency_flag="Y"),
        worker_month("W2", MARCH, agency_flag="Y", social_worker_flag="N"),
        worker_month("W3", MARCH, agency_flag="Y", end_date=MARCH),
        worker_month("W4", MARCH, agency_flag="Y", start_date=date(2024, 4, 1)),
        worker_month("W5", MARCH, agency_flag="Y", fte=-1.0),
        worker_month("W6", MARCH, agency_flag="Y", start_date=MARCH),
        worker_month("W7", MARCH, end_date=date(2024, 4, 1)),
        worker_month("W8", MARCH, agency_flag=None, start_date=None),
    )
    assert brief(figure_rows, "numerator", "denominator") == [(2.0, 4.0)]


def test_team_not_recorded_stays_empty_and_two_ids_of_one_name_add_up(tmp_path: Path) -> None:
    figure_rows = rows(
        tmp_path,
        worker_month("W1", MARCH, team=None, agency_flag="Y"),
        worker_month("W2", MARCH, team="T1"),
        worker_month("W3", MARCH, team="T2"),
        ssd_department=[department("T1", "North"), department("T2", "North"), department("T2", "North")],
    )
    assert sorted(brief(figure_rows, "denominator", "numerator", "team"), key=str) == [
        (1.0, 1.0, None),
        (2.0, 0.0, "North"),
    ]


def test_every_month_is_its_own_snapshot_and_none_lies_after_the_edition(tmp_path: Path) -> None:
    figure_rows = rows(
        tmp_path,
        worker_month("W1", FEBRUARY),
        worker_month("W1", FEBRUARY),
        worker_month("W1", MARCH, agency_flag="Y"),
        worker_month("W1", date(2024, 4, 30)),
        worker_month("W1", date(2024, 3, 15)),
    )
    assert brief(figure_rows, "period_end", "numerator", "denominator") == [(FEBRUARY, 0.0, 1.0), (MARCH, 1.0, 1.0)]


def test_no_hours_give_no_figure(tmp_path: Path) -> None:
    assert rows(tmp_path) == []
    assert rows(tmp_path, worker_month("W1", MARCH, fte=0.0), worker_month("W2", MARCH, fte=None)) == []
