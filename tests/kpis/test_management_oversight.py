"""Management oversight on hand-written rows: 90 days before 31 March 2024 is 1 January."""

from __future__ import annotations

from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from rows import Row, department, involvement, referral
from twice import Result, twice

FIRST, LAST = date(2023, 12, 1), date(2024, 3, 31)
LONG_AGO = date(2023, 5, 1)
NINETY_DAYS_BEFORE, ONE_LATER = date(2024, 1, 1), date(2024, 1, 2)
FEBRUARY = date(2024, 2, 29)
_numbers = count(1)


def decision(day: date | None, referral_id: str | None = "R1", person: str | None = "P1") -> Row:
    return {
        "decision_id": f"D{next(_numbers):03}",
        "person_id": person,
        "referral_id": referral_id,
        "decision_date": day,
    }


def case(made: date | None = LONG_AGO, closed: date | None = None, **columns: Any) -> Row:
    return referral("P1", made, **{"cine_referral_id": "R1", "cine_close_date": closed, **columns})


def figures(folder: Path, cases: list[Row], *decisions: Row, **more: Any) -> Result:
    """The figures of March; the first decision is about nobody, so that the records begin in December."""
    parameters = more.pop("parameters", None)
    tables = {
        "ssd_cin_episodes": cases,
        "management_decisions": [decision(FIRST, "nobody's"), *decisions],
        **more,
    }
    kpi_figures = twice("management_oversight", folder, tables, first_day=FIRST, last_day=LAST, parameters=parameters)
    return {key: sums for key, sums in kpi_figures.items() if key[0] == LAST}


@pytest.mark.parametrize(
    ("day", "has_oversight"),
    [
        (NINETY_DAYS_BEFORE, 0.0),
        (ONE_LATER, 1.0),
        (LAST, 1.0),
        (date(2024, 4, 1), 0.0),
        (None, 0.0),
    ],
)
def test_a_decision_in_the_last_90_days(tmp_path: Path, day: date | None, has_oversight: float) -> None:
    assert figures(tmp_path, [case()], decision(day)) == {(LAST, None, None, None): (has_oversight, 1.0)}


def test_the_decision_is_about_that_referral(tmp_path: Path) -> None:
    others = [decision(LAST, "R2"), decision(LAST, None)]
    assert figures(tmp_path, [case()], *others) == {(LAST, None, None, None): (0.0, 1.0)}
    assert figures(tmp_path, [case()], decision(LAST, person=None)) == {(LAST, None, None, None): (1.0, 1.0)}


@pytest.mark.parametrize(
    ("made", "closed", "columns", "is_due"),
    [
        (NINETY_DAYS_BEFORE, None, {}, True),
        (ONE_LATER, None, {}, False),
        (date(2001, 1, 1), None, {}, True),
        (None, None, {}, False),
        (LONG_AGO, LAST, {}, False),
        (LONG_AGO, date(2024, 4, 1), {}, True),
        (LONG_AGO, None, {"cine_referral_nfa": "Y"}, False),
        (LONG_AGO, None, {"cine_referral_nfa": "N"}, True),
    ],
)
def test_the_referral_is_open_that_long(
    tmp_path: Path, made: date | None, closed: date | None, columns: dict[str, Any], is_due: bool
) -> None:
    kpi_figures = figures(tmp_path, [case(made, closed, **columns)])
    assert list(kpi_figures.values()) == [(0.0, 1.0)] * is_due


def test_the_limit_is_the_councils_own(tmp_path: Path) -> None:
    kpi_figures = figures(
        tmp_path, [case(date(2024, 2, 20))], decision(date(2024, 3, 2)), parameters={"limit_days": 30}
    )
    assert list(kpi_figures.values()) == [(1.0, 1.0)]
    kpi_figures = figures(
        tmp_path, [case(date(2024, 2, 20))], decision(date(2024, 3, 1)), parameters={"limit_days": 30}
    )
    assert list(kpi_figures.values()) == [(0.0, 1.0)]


def test_team_and_worker_are_those_who_hold_the_case_not_who_took_the_referral(tmp_path: Path) -> None:
    taken = {"cine_referral_team": "T9", "cine_referral_worker_id": "W9"}
    cases = [case(**taken), case(cine_referral_id="R2", cine_person_id="P2"), case(cine_referral_id="R3")]
    cases[2]["cine_person_id"] = None
    held = [involvement("P1", "W1", LONG_AGO, LAST), involvement("P1", "W2", LAST), involvement("P2", None, LONG_AGO)]
    names = [department("T1", "North")]
    assert figures(tmp_path, cases, decision(LAST), ssd_involvements=held, ssd_department=names) == {
        (LAST, "North", "W2", None): (1.0, 1.0),
        (LAST, "North", None, None): (0.0, 1.0),
        (LAST, None, None, None): (0.0, 1.0),
    }


def test_duplicates_count_once(tmp_path: Path) -> None:
    kpi_figures = figures(tmp_path, [case(), case()], decision(LAST), decision(LAST), decision(ONE_LATER))
    assert kpi_figures == {(LAST, None, None, None): (1.0, 1.0)}


def test_it_starts_when_the_decisions_have_run_90_days(tmp_path: Path) -> None:
    """1 December to 29 February is 90 days later; to the end of January it is not."""
    tables = {"ssd_cin_episodes": [case()], "management_decisions": [decision(FIRST)]}
    for limit, months in ((90, [FEBRUARY, LAST]), (91, [LAST])):
        kpi_figures = twice(
            "management_oversight", tmp_path, tables, first_day=FIRST, last_day=LAST, parameters={"limit_days": limit}
        )
        assert [key[0] for key in kpi_figures] == months


def test_no_rows_give_no_figure(tmp_path: Path) -> None:
    assert figures(tmp_path, []) == {}
    kpi_figures = twice(
        "management_oversight", tmp_path, {"ssd_cin_episodes": [case()]}, first_day=FIRST, last_day=LAST
    )
    assert kpi_figures == {}
