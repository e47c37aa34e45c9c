"""Referrals on hand-written rows."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from record_tables import AUTHORITY, brief, compute
from rows import department, involvement, referral

FIRST, LAST = date(2024, 2, 1), date(2024, 3, 31)
DAY = date(2024, 3, 12)


def rows(folder: Path, referrals: list[Any], **more: Any) -> list[dict[str, Any]]:
    return compute("referrals", folder, {"ssd_cin_episodes": referrals, **more}, first_day=FIRST, last_day=LAST)


def test_by_source_whatever_came_of_them(tmp_path: Path) -> None:
    figure_rows = rows(
        tmp_path,
        [
            referral("P1", DAY, cine_referral_source_code="2A", cine_referral_nfa="Y"),
            referral("P1", DAY, cine_referral_source_code="2A", cine_referral_nfa="N"),
            referral("P2", DAY, cine_referral_source_code="5C"),
            referral(None, DAY),
        ],
    )
    assert brief(figure_rows, "authority", "period_end", "category", "numerator", "denominator") == [
        (AUTHORITY, LAST, "council", 1.0, None),
        (AUTHORITY, LAST, "school", 2.0, None),
        (AUTHORITY, LAST, "unknown", 1.0, None),
    ]


def test_own_team_and_worker_first_then_the_allocated_ones(tmp_path: Path) -> None:
    figure_rows = rows(
        tmp_path,
        [
            referral("P1", DAY, cine_referral_team="T1", cine_referral_worker_id="W1"),
            referral("P1", DAY, cine_referral_team="T1"),
            referral("P1", DAY),
            referral("P2", DAY),
        ],
        ssd_involvements=[
            involvement("P1", "W2", DAY, invo_professional_team="T2"),
            involvement("P2", "W3", FIRST, DAY, invo_professional_team="T2"),
        ],
        ssd_department=[department("T1", "Front door"), department("T2", "South")],
    )
    assert brief(figure_rows, "team", "worker", "numerator") == [
        ("Front door", "W1", 1.0),
        ("Front door", "W2", 1.0),
        (None, None, 1.0),
        ("South", "W2", 1.0),
    ]


def test_months_hold_their_first_and_last_day_and_nothing_outside(tmp_path: Path) -> None:
    days = [date(2024, 1, 31), FIRST, date(2024, 2, 29), date(2024, 3, 1), LAST, date(2024, 4, 1), None]
    figure_rows = rows(tmp_path, [referral("P1", day) for day in days])
    assert brief(figure_rows, "period_end", "numerator") == [(date(2024, 2, 29), 2.0), (LAST, 2.0)]


def test_duplicates_count_once_and_no_rows_give_no_figure(tmp_path: Path) -> None:
    assert brief(rows(tmp_path, [referral("P1", DAY)] * 2), "numerator") == [(1.0,)]
    assert rows(tmp_path, []) == []
