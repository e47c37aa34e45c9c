"""Re-referrals on hand-written rows."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from record_tables import AUTHORITY, brief, compute
from rows import department, involvement, referral

FIRST, LAST = date(2022, 11, 1), date(2024, 2, 29)
LEAP_DAY = date(2024, 2, 29)


def rows(folder: Path, referrals: list[Any], **more: Any) -> list[dict[str, Any]]:
    begin = referral("nobody", FIRST)
    tables = {"ssd_cin_episodes": [begin, *referrals], **more}
    return compute("re_referrals", folder, tables, first_day=FIRST, last_day=LAST)


@pytest.mark.parametrize(
    ("earlier", "later", "is_repeat"),
    [
        (date(2023, 1, 10), date(2024, 1, 9), 1.0),
        (date(2023, 1, 10), date(2024, 1, 10), 0.0),
        (date(2023, 1, 10), date(2024, 1, 11), 0.0),
        (date(2024, 1, 9), date(2024, 1, 10), 1.0),
        (date(2023, 2, 28), LEAP_DAY, 0.0),
        (date(2023, 3, 1), LEAP_DAY, 1.0),
    ],
)
def test_an_earlier_referral_in_the_12_months_before(
    tmp_path: Path, earlier: date, later: date, is_repeat: float
) -> None:
    figure_rows = rows(tmp_path, [referral("P1", earlier), referral("P1", later)])
    assert figure_rows[-1]["numerator"] == is_repeat


def test_neither_the_same_day_nor_another_child_nor_an_unknown_one(tmp_path: Path) -> None:
    day, month_ago = date(2024, 1, 20), date(2023, 12, 20)
    figure_rows = rows(
        tmp_path,
        [
            referral("P1", day),
            referral("P1", day),
            referral("P2", month_ago),
            referral("P3", day),
            referral(None, month_ago),
            referral(None, day),
        ],
    )
    assert brief(figure_rows, "authority", "period_end", "category", "numerator", "denominator") == [
        (AUTHORITY, date(2023, 12, 31), None, 0.0, 2.0),
        (AUTHORITY, date(2024, 1, 31), None, 0.0, 4.0),
    ]


def test_an_older_referral_behind_one_of_the_same_day_counts(tmp_path: Path) -> None:
    """Two on one day after an earlier one are two re-referrals; one with no further action is an earlier one too."""
    day = date(2024, 1, 20)
    figure_rows = rows(
        tmp_path,
        [referral("P1", date(2023, 6, 1), cine_referral_nfa="Y"), referral("P1", day), referral("P1", day)],
    )
    assert brief(figure_rows, "numerator", "denominator") == [(2.0, 2.0)]


def test_it_starts_12_months_after_the_records(tmp_path: Path) -> None:
    days = [date(2023, 10, 31), date(2023, 11, 1), date(2023, 11, 30), LEAP_DAY, date(2024, 3, 1)]
    figure_rows = rows(tmp_path, [referral(f"P{day}", day) for day in days])
    assert brief(figure_rows, "period_end", "denominator") == [(date(2023, 11, 30), 2.0), (LEAP_DAY, 1.0)]


def test_team_and_worker_are_the_referrals_own_or_the_allocated_ones(tmp_path: Path) -> None:
    figure_rows = rows(
        tmp_path,
        [
            referral("P1", LEAP_DAY, cine_referral_team="T1", cine_referral_worker_id="W1"),
            referral("P2", LEAP_DAY),
            referral("P3", LEAP_DAY),
        ],
        ssd_involvements=[involvement("P2", "W2", FIRST, invo_professional_team="T2")],
        ssd_department=[department("T1", "Front door"), department("T2", "South")],
    )
    assert brief(figure_rows, "team", "worker", "denominator") == [
        ("Front door", "W1", 1.0),
        (None, None, 1.0),
        ("South", "W2", 1.0),
    ]


def test_duplicates_count_once_and_no_rows_give_no_figure(tmp_path: Path) -> None:
    twice = [referral("P1", date(2024, 1, 10))] * 2
    assert brief(rows(tmp_path, twice), "numerator", "denominator") == [(0.0, 1.0)]
    assert compute("re_referrals", tmp_path, {"ssd_cin_episodes": []}, first_day=FIRST, last_day=LAST) == []
