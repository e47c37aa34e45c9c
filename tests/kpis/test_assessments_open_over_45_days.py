"""Open assessments past 45 working days on hand-written rows.

45 working days before Friday 30 June 2023 is Tuesday 25 April: the bank holidays of 1, 8 and 29 May do not count.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from rows import Row, assessment, department, involvement, referral
from twice import Result, twice

FIRST, LAST = date(2023, 4, 1), date(2023, 6, 30)
ON_THE_LIMIT, ONE_MORE = date(2023, 4, 25), date(2023, 4, 24)
MAY = date(2023, 5, 31)
EARLY = assessment("nobody", date(2023, 4, 3), date(2023, 4, 3))
EARLY_REFERRAL = referral("nobody", date(2023, 4, 3))


def figures(folder: Path, assessments: list[Row], referrals: list[Row] | None = None, **more: Any) -> Result:
    """The figures of June; an assessment that is over makes the records begin in April."""
    parameters = more.pop("parameters", None)
    tables = {
        "ssd_cin_assessments": [EARLY, *assessments],
        "ssd_cin_episodes": [EARLY_REFERRAL, *(referrals or [])],
        **more,
    }
    kpi_figures = twice(
        "assessments_open_over_45_days", folder, tables, first_day=FIRST, last_day=LAST, parameters=parameters
    )
    return {key: sums for key, sums in kpi_figures.items() if key[0] == LAST}


def of_referral(start: date | None, referral_id: str = "R1", **columns: Any) -> Row:
    return assessment("P1", start, None, cina_referral_id=referral_id, **columns)


def made(day: date | None, referral_id: str = "R1") -> Row:
    return referral("P1", day, cine_referral_id=referral_id)


@pytest.mark.parametrize(
    ("day", "is_past"),
    [
        (ON_THE_LIMIT, 0.0),
        (date(2023, 4, 23), 1.0),
        (ONE_MORE, 1.0),
        (date(2001, 1, 1), 1.0),
        (LAST, 0.0),
        (date(2023, 7, 1), 0.0),
        (date(2099, 1, 1), 0.0),
    ],
)
def test_more_than_45_working_days_after_the_referral(tmp_path: Path, day: date, is_past: float) -> None:
    """A referral after the assessment, even one to come, is an error in the record, and not past."""
    kpi_figures = figures(tmp_path, [of_referral(date(2023, 6, 20))], [made(day)])
    assert kpi_figures == {(LAST, "T1", "W1", None): (is_past, 1.0)}


@pytest.mark.parametrize(
    ("start", "authorised", "is_open"),
    [
        (LAST, None, True),
        (date(2023, 7, 1), None, False),
        (None, None, False),
        (ONE_MORE, LAST, False),
        (ONE_MORE, date(2023, 7, 1), True),
        (ONE_MORE, ONE_MORE, False),
    ],
)
def test_open_from_its_start_until_it_is_authorised(
    tmp_path: Path, start: date | None, authorised: date | None, is_open: bool
) -> None:
    kpi_figures = figures(tmp_path, [assessment("P1", start, authorised)])
    assert [below for _, below in kpi_figures.values()] == [1.0] * is_open


def test_the_clock_is_that_of_assessments_in_45_days(tmp_path: Path) -> None:
    """The first of a referral counts from the referral, a later one and one without a referral from its own start."""
    assessments = [
        of_referral(date(2023, 5, 9), cina_assessment_worker_id="first"),
        of_referral(date(2023, 5, 10), cina_assessment_worker_id="later"),
        of_referral(ONE_MORE, "R2", cina_assessment_worker_id="no date of referral"),
        of_referral(ON_THE_LIMIT, "R3", cina_assessment_worker_id="no such referral"),
        assessment("P1", ONE_MORE, None, cina_assessment_worker_id="no referral"),
    ]
    referrals = [made(ONE_MORE), made(None, "R2")]
    past = {key[2]: sums[0] for key, sums in figures(tmp_path, assessments, referrals).items()}
    assert past == {
        "first": 1.0,
        "later": 0.0,
        "no date of referral": 1.0,
        "no such referral": 0.0,
        "no referral": 1.0,
    }
    for clock in ("assessment start", "assessment"):
        past = {
            key[2]: sums[0]
            for key, sums in figures(tmp_path, assessments, referrals, parameters={"clock": clock}).items()
        }
        assert past["first"] == 0.0


def test_an_earlier_assessment_that_is_over_makes_the_open_one_later(tmp_path: Path) -> None:
    over = assessment("P1", date(2023, 4, 25), date(2023, 5, 2), cina_referral_id="R1")
    kpi_figures = figures(tmp_path, [over, of_referral(date(2023, 5, 9))], [made(ONE_MORE)])
    assert kpi_figures == {(LAST, "T1", "W1", None): (0.0, 1.0)}


def test_the_limit_is_a_parameter(tmp_path: Path) -> None:
    kpi_figures = figures(tmp_path, [assessment("P1", ONE_MORE, None)], parameters={"limit_days": 46})
    assert kpi_figures == {(LAST, "T1", "W1", None): (0.0, 1.0)}


def test_every_month_end_at_which_it_is_open(tmp_path: Path) -> None:
    tables = {"ssd_cin_assessments": [assessment("P1", date(2023, 5, 3), None)], "ssd_cin_episodes": []}
    kpi_figures = twice("assessments_open_over_45_days", tmp_path, tables, first_day=FIRST, last_day=LAST)
    assert kpi_figures == {(MAY, "T1", "W1", None): (0.0, 1.0), (LAST, "T1", "W1", None): (0.0, 1.0)}
    tables["ssd_cin_assessments"] = [assessment("P1", ONE_MORE, date(2023, 5, 31))]
    kpi_figures = twice("assessments_open_over_45_days", tmp_path, tables, first_day=FIRST, last_day=LAST)
    assert [key[0] for key in kpi_figures] == [date(2023, 4, 30)]


def test_own_team_and_worker_first_then_who_holds_the_case_at_the_months_end(tmp_path: Path) -> None:
    nobody = {"cina_assessment_team": None, "cina_assessment_worker_id": None}
    assessments = [
        assessment("P1", MAY, None),
        assessment("P1", MAY, None, **nobody),
        assessment("P1", MAY, None, **{**nobody, "cina_assessment_worker_id": "W3"}),
        assessment(None, MAY, None, **nobody),
    ]
    held = [
        involvement("P1", "W8", date(2023, 1, 1), LAST),
        involvement("P1", "W2", LAST, invo_professional_team="T2"),
    ]
    names = [department("T1", "North"), department("T2", "South")]
    kpi_figures = figures(tmp_path, assessments, ssd_involvements=held, ssd_department=names)
    assert kpi_figures == {
        (LAST, "North", "W1", None): (0.0, 1.0),
        (LAST, "South", "W2", None): (0.0, 1.0),
        (LAST, "South", "W3", None): (0.0, 1.0),
        (LAST, None, None, None): (0.0, 1.0),
    }


def test_duplicates_count_once_and_no_rows_give_no_figure(tmp_path: Path) -> None:
    row = of_referral(MAY)
    assert figures(tmp_path, [row, row], [made(MAY)] * 2) == {(LAST, "T1", "W1", None): (0.0, 1.0)}
    assert figures(tmp_path, []) == {}
