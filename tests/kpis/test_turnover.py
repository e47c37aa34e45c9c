"""Turnover on hand-written rows."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from recompute.common import month_ends
from record_tables import AUTHORITY, brief, compute
from rows import department, worker_month

FIRST, LAST = date(2023, 1, 1), date(2024, 3, 31)
STAYS = [worker_month("stays", day) for day in month_ends(FIRST, LAST)]


def leaver(worker: str, end: date, **columns: Any) -> dict[str, Any]:
    """The row of a worker's last month."""
    return worker_month(worker, month_ends(end, date(2030, 1, 1))[0], end_date=end, **columns)


def rows(folder: Path, *workforce: dict[str, Any], departments: tuple[Any, ...] = ()) -> list[dict[str, Any]]:
    tables = {"workforce": [*STAYS, *workforce], "ssd_department": departments}
    return compute("turnover", folder, tables, first_day=FIRST, last_day=LAST)


def latest(figure_rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return brief([row for row in figure_rows if row["period_end"] == LAST], "team", "numerator", "denominator")


def test_leavers_of_the_last_12_months_over_in_post(tmp_path: Path) -> None:
    figure_rows = rows(
        tmp_path,
        leaver("W1", date(2023, 3, 31)),
        leaver("W2", date(2023, 4, 1), fte=0.5),
        leaver("W3", LAST, fte=0.2, agency_flag=None),
        leaver("W4", date(2023, 9, 5), team="T2"),
        departments=(department("T1", "North"),),
    )
    assert {(row["authority"], row["worker"], row["category"]) for row in figure_rows} == {(AUTHORITY, None, None)}
    assert latest(figure_rows) == [("North", pytest.approx(0.7, abs=1e-12), 1.0), ("T2", 1.0, 0.0)]


def test_it_starts_12_months_after_the_records(tmp_path: Path) -> None:
    figure_rows = rows(tmp_path)
    assert brief(figure_rows, "period_end", "numerator") == [
        (date(2024, 1, 31), 0.0),
        (date(2024, 2, 29), 0.0),
        (LAST, 0.0),
    ]


@pytest.mark.parametrize(
    "columns",
    [{"agency_flag": "Y"}, {"social_worker_flag": "N"}, {"fte": 0.0}, {"fte": None}, {"period_end": date(2024, 4, 30)}],
    ids=str,
)
def test_who_is_no_employed_social_worker_does_not_leave(tmp_path: Path, columns: dict[str, Any]) -> None:
    assert latest(rows(tmp_path, {**leaver("W1", date(2024, 2, 10)), **columns})) == [("T1", 0.0, 1.0)]


def test_leaving_after_the_edition_has_not_happened(tmp_path: Path) -> None:
    """Whoever is to leave is in post until then."""
    assert latest(rows(tmp_path, worker_month("W1", LAST, end_date=date(2024, 4, 1)))) == [("T1", 0.0, 2.0)]


@pytest.mark.parametrize(
    ("back", "columns", "expected"),
    [
        (date(2024, 2, 17), {}, 0.0),
        (date(2024, 2, 19), {}, 0.0),
        (date(2024, 2, 19), {"social_worker_flag": "N"}, 1.0),
        (date(2024, 2, 20), {}, 1.0),
        (date(2024, 2, 19), {"agency_flag": "Y"}, 1.0),
    ],
    ids=["next day", "next working day", "in another role", "a day later", "as agency"],
)
def test_a_move_inside_is_no_leaving(tmp_path: Path, back: date, columns: dict[str, Any], expected: float) -> None:
    """Left on Friday 16 February."""
    figure_rows = rows(
        tmp_path,
        leaver("W1", date(2024, 2, 16)),
        worker_month("W1", LAST, team="T2", start_date=back, **columns),
    )
    assert sum(row["numerator"] for row in figure_rows if row["period_end"] == LAST) == expected


@pytest.mark.parametrize("columns", [{"social_worker_flag": "N"}, {"agency_flag": "Y"}], ids=str)
@pytest.mark.parametrize("end", [None, date(2024, 6, 30)])
def test_who_goes_on_in_other_work_or_through_an_agency_left_social_work(
    tmp_path: Path, columns: dict[str, Any], end: date | None
) -> None:
    """In the first month recorded so, once, with the hours and team of the last month before."""
    months = [
        worker_month("W1", date(2024, 1, 31), fte=0.6, team="T2", end_date=end),
        worker_month("W1", date(2024, 2, 29), end_date=end, **columns),
        worker_month("W1", LAST, end_date=end, **columns),
    ]
    team_rows = [row for row in rows(tmp_path, *months) if row["team"] == "T2"]
    assert brief(team_rows, "period_end", "numerator", "denominator") == [
        (date(2024, 1, 31), 0.0, 0.6),
        (date(2024, 2, 29), 0.6, 0.0),
        (LAST, 0.6, 0.0),
    ]


def test_who_comes_to_social_work_from_other_work_did_not_leave(tmp_path: Path) -> None:
    months = [worker_month("W1", date(2024, 2, 29), social_worker_flag="N"), worker_month("W1", LAST)]
    assert latest(rows(tmp_path, *months)) == [("T1", 0.0, 2.0)]


def test_a_move_between_teams_without_an_end_is_no_leaving_and_an_end_put_off_neither(tmp_path: Path) -> None:
    figure_rows = rows(
        tmp_path,
        worker_month("W1", date(2024, 1, 31), end_date=date(2024, 2, 15)),
        worker_month("W1", LAST, end_date=date(2024, 6, 30)),
    )
    assert latest(figure_rows) == [("T1", 0.0, 2.0)]


def test_hours_and_team_are_those_of_the_last_month_and_duplicates_count_once(tmp_path: Path) -> None:
    end = date(2024, 2, 10)
    figure_rows = rows(
        tmp_path,
        worker_month("W1", date(2024, 1, 31), end_date=end, fte=1.0, team="T2"),
        leaver("W1", end, fte=0.4, team=None),
        leaver("W1", end, fte=0.4, team=None),
    )
    assert latest(figure_rows) == [(None, 0.4, 0.0), ("T1", 0.0, 1.0)]


def test_a_service_with_nobody_in_post_has_no_figure(tmp_path: Path) -> None:
    tables = {"workforce": [leaver("W1", date(2023, 1, 10)), leaver("W2", date(2024, 2, 10))]}
    assert compute("turnover", tmp_path, tables, first_day=FIRST, last_day=LAST) == []
    assert compute("turnover", tmp_path, {"workforce": []}, first_day=FIRST, last_day=LAST) == []
