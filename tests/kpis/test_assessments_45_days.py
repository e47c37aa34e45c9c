"""Assessments within 45 working days on hand-written rows.

2 May 2023 (a Tuesday after a bank holiday) to 6 July is 45 working days: the coronation's bank holiday of 8 May and the
spring one of 29 May do not count.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from record_tables import AUTHORITY, brief, compute
from rows import assessment, department, involvement, referral

FIRST, LAST = date(2023, 4, 1), date(2023, 7, 31)
REFERRED = date(2023, 5, 2)
ON_THE_LIMIT = date(2023, 7, 6)
ONE_MORE = date(2023, 7, 7)


def rows(folder: Path, tables: dict[str, Any], **parameters: Any) -> list[dict[str, Any]]:
    return compute("assessments_45_days", folder, tables, first_day=FIRST, last_day=LAST, parameters=parameters)


def of_referral(start: date | None, authorised: date | None, referral_id: str = "R1", **columns: Any) -> dict[str, Any]:
    return assessment("P1", start, authorised, cina_referral_id=referral_id, **columns)


@pytest.mark.parametrize(
    ("authorised", "in_time"),
    [(ON_THE_LIMIT, 1.0), (ONE_MORE, 0.0), (date(2023, 7, 8), 0.0), (REFERRED, 1.0), (date(2023, 5, 1), 0.0)],
)
def test_45_working_days_after_the_referral(tmp_path: Path, authorised: date, in_time: float) -> None:
    """Authorised before the referral is an error in the record, and not in time."""
    figure_rows = rows(
        tmp_path,
        {
            "ssd_cin_episodes": [referral("P1", REFERRED, cine_referral_id="R1"), referral("nobody", FIRST)],
            "ssd_cin_assessments": [of_referral(date(2023, 6, 20), authorised), assessment("nobody", FIRST, None)],
        },
    )
    assert brief(figure_rows, "numerator", "denominator") == [(in_time, 1.0)]


def test_a_weekend_costs_no_day(tmp_path: Path) -> None:
    """Referred on a Saturday, the Monday after is day 1."""
    figure_rows = rows(
        tmp_path,
        {
            "ssd_cin_episodes": [referral("P1", date(2023, 4, 29), cine_referral_id="R1")],
            "ssd_cin_assessments": [of_referral(REFERRED, date(2023, 5, 2))],
        },
        limit_days=1,
    )
    assert brief(figure_rows, "numerator") == [(1.0,)]


def test_a_later_assessment_of_the_same_referral_counts_from_its_own_start(tmp_path: Path) -> None:
    tables = {
        "ssd_cin_episodes": [referral("P1", REFERRED, cine_referral_id="R1")],
        "ssd_cin_assessments": [
            of_referral(date(2023, 5, 9), ONE_MORE, cina_assessment_worker_id="first"),
            of_referral(date(2023, 5, 10), ONE_MORE, cina_assessment_worker_id="later"),
        ],
    }
    assert brief(rows(tmp_path, tables), "worker", "numerator") == [("first", 0.0), ("later", 1.0)]
    for clock in ("assessment start", "assessment"):
        figure_rows = rows(tmp_path, tables, clock=clock)
        assert brief(figure_rows, "worker", "numerator") == [("first", 1.0), ("later", 1.0)]
    assert rows(tmp_path, tables, clock="unknown") == []


def test_an_earlier_assessment_still_open_makes_the_next_one_later(tmp_path: Path) -> None:
    figure_rows = rows(
        tmp_path,
        {
            "ssd_cin_episodes": [referral("P1", REFERRED, cine_referral_id="R1")],
            "ssd_cin_assessments": [of_referral(date(2023, 5, 3), None), of_referral(date(2023, 5, 9), ONE_MORE)],
        },
    )
    assert brief(figure_rows, "numerator", "denominator") == [(1.0, 1.0)]


def test_an_assessment_without_a_start_counts_from_its_referral_if_it_is_the_only_one(tmp_path: Path) -> None:
    made = [referral("P1", REFERRED, cine_referral_id="R1")]
    only, other = of_referral(None, ON_THE_LIMIT), of_referral(REFERRED, None)
    figure_rows = rows(tmp_path, {"ssd_cin_episodes": made, "ssd_cin_assessments": [only]})
    assert brief(figure_rows, "numerator", "denominator") == [(1.0, 1.0)]
    figure_rows = rows(tmp_path, {"ssd_cin_episodes": made, "ssd_cin_assessments": [only, other]})
    assert brief(figure_rows, "numerator", "denominator") == [(0.0, 1.0)]


def test_without_a_known_referral_the_start_counts_and_without_either_it_is_not_in_time(tmp_path: Path) -> None:
    figure_rows = rows(
        tmp_path,
        {
            "ssd_cin_episodes": [referral("P1", None, cine_referral_id="R2")],
            "ssd_cin_assessments": [
                of_referral(date(2023, 6, 1), ONE_MORE, cina_assessment_worker_id="no such referral"),
                of_referral(date(2023, 6, 1), ONE_MORE, "R2", cina_assessment_worker_id="no date of referral"),
                assessment("P1", date(2023, 6, 1), ONE_MORE, cina_assessment_worker_id="no referral"),
                assessment("P1", None, ONE_MORE, cina_assessment_worker_id="nothing"),
            ],
        },
    )
    assert brief(figure_rows, "worker", "numerator", "denominator") == [
        ("no date of referral", 1.0, 1.0),
        ("no referral", 1.0, 1.0),
        ("no such referral", 1.0, 1.0),
        ("nothing", 0.0, 1.0),
    ]


def test_counted_in_the_month_and_team_in_which_it_ended(tmp_path: Path) -> None:
    """First and last day belong to the month; an authorisation after the edition has not happened."""
    days = [date(2023, 3, 31), date(2023, 4, 1), date(2023, 4, 30), date(2023, 5, 1), LAST, date(2023, 8, 1)]
    figure_rows = rows(
        tmp_path,
        {
            "ssd_cin_assessments": [assessment("P1", day, day) for day in days],
            "ssd_cin_episodes": [],
            "ssd_department": [department("T1", "Assessment North")],
        },
    )
    assert (
        brief(figure_rows, "authority", "team", "worker", "category")
        == [(AUTHORITY, "Assessment North", "W1", None)] * 3
    )
    assert brief(figure_rows, "period_end", "denominator") == [
        (date(2023, 4, 30), 2.0),
        (date(2023, 5, 31), 1.0),
        (LAST, 1.0),
    ]


def test_own_team_and_worker_first_then_the_allocated_ones(tmp_path: Path) -> None:
    day = date(2023, 6, 15)
    figure_rows = rows(
        tmp_path,
        {
            "ssd_cin_assessments": [
                assessment("P1", day, day),
                assessment("P1", day, day, cina_assessment_team=None, cina_assessment_worker_id=None),
                assessment("P1", day, day, cina_assessment_team=None, cina_assessment_worker_id="W3"),
                assessment("P2", day, day, cina_assessment_team=None, cina_assessment_worker_id=None),
                assessment(None, day, day, cina_assessment_team=None, cina_assessment_worker_id=None),
            ],
            "ssd_cin_episodes": [],
            "ssd_involvements": [
                involvement("P1", "W2", day, invo_professional_team="T2"),
                involvement("P2", "W2", date(2023, 5, 1), day, invo_professional_team="T2"),
            ],
            "ssd_department": [department("T2", "South")],
        },
    )
    assert brief(figure_rows, "team", "worker", "denominator") == [
        (None, None, 2.0),
        ("South", "W2", 1.0),
        ("South", "W3", 1.0),
        ("T1", "W1", 1.0),
    ]


def test_duplicates_count_once_and_no_rows_give_no_figure(tmp_path: Path) -> None:
    row = of_referral(REFERRED, ON_THE_LIMIT)
    made = referral("P1", REFERRED, cine_referral_id="R1")
    figure_rows = rows(tmp_path, {"ssd_cin_assessments": [row, row], "ssd_cin_episodes": [made, made]})
    assert brief(figure_rows, "numerator", "denominator") == [(1.0, 1.0)]
    assert rows(tmp_path, {"ssd_cin_assessments": [], "ssd_cin_episodes": []}) == []
