"""Visits to children in care on hand-written rows: 42 days before 31 March 2024 is 18 February."""

from __future__ import annotations

from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from rows import Row, care_episode, department, involvement
from twice import Result, twice

FIRST, LAST = date(2024, 1, 1), date(2024, 3, 31)
LONG_AGO = date(2023, 5, 1)
ON_THE_LIMIT, ONE_LATER = date(2024, 2, 18), date(2024, 2, 19)
_numbers = count(1)


def visit(day: date | None, person: str | None = "P1", seen: str | None = "Y") -> Row:
    return {
        "clav_cla_visit_id": f"V{next(_numbers):03}",
        "clav_person_id": person,
        "clav_cla_visit_date": day,
        "clav_cla_visit_seen": seen,
    }


def status(code: str, start: date | None, end: date | None) -> Row:
    return {
        "lega_legal_status_id": f"L{next(_numbers):03}",
        "lega_person_id": "P1",
        "lega_legal_status": code,
        "lega_legal_status_start_date": start,
        "lega_legal_status_end_date": end,
    }


def figures(folder: Path, episodes: list[Row], *visits: Row, **more: Any) -> Result:
    """The figures of March; a first visit to nobody makes the records begin in January."""
    parameters = more.pop("parameters", None)
    tables = {"ssd_cla_episodes": episodes, "ssd_cla_visits": [visit(FIRST, "nobody"), *visits], **more}
    kpi_figures = twice("cla_visits_on_time", folder, tables, first_day=FIRST, last_day=LAST, parameters=parameters)
    return {key: sums for key, sums in kpi_figures.items() if key[0] == LAST}


@pytest.mark.parametrize(
    ("visits", "is_visited"),
    [
        ([visit(ON_THE_LIMIT)], 0.0),
        ([visit(ONE_LATER)], 1.0),
        ([visit(LAST)], 1.0),
        ([visit(date(2024, 4, 1))], 0.0),
        ([visit(ONE_LATER, seen="N")], 1.0),
        ([visit(ONE_LATER, "P2"), visit(ONE_LATER, None), visit(None)], 0.0),
        ([visit(ONE_LATER), visit(LAST)], 1.0),
    ],
)
def test_visited_in_the_last_42_days_seen_or_not(tmp_path: Path, visits: list[Row], is_visited: float) -> None:
    kpi_figures = figures(tmp_path, [care_episode("P1", LONG_AGO)], *visits)
    assert kpi_figures == {(LAST, None, None, None): (is_visited, 1.0)}


@pytest.mark.parametrize(
    ("spells", "is_due"),
    [
        ([(ON_THE_LIMIT, None)], True),
        ([(ONE_LATER, None)], False),
        ([(LONG_AGO, LAST)], False),
        ([(LONG_AGO, date(2024, 4, 1))], True),
        ([(LONG_AGO, date(2024, 3, 1)), (date(2024, 3, 1), None)], True),
        ([(LONG_AGO, date(2024, 3, 1)), (date(2024, 3, 2), None)], False),
        ([(LONG_AGO, date(2024, 3, 9)), (date(2024, 3, 1), None)], True),
        ([(LONG_AGO, None), (date(2024, 3, 1), date(2024, 3, 5)), (date(2024, 3, 20), None)], True),
        ([(LONG_AGO, date(2024, 3, 1)), (LONG_AGO, None), (date(2024, 3, 10), None)], True),
        ([(LONG_AGO, LONG_AGO), (date(2024, 3, 1), None)], False),
    ],
)
def test_in_care_that_long_without_a_break(
    tmp_path: Path, spells: list[tuple[date, date | None]], is_due: bool
) -> None:
    kpi_figures = figures(tmp_path, [care_episode("P1", start, end) for start, end in spells])
    assert list(kpi_figures.values()) == [(0.0, 1.0)] * is_due


@pytest.mark.parametrize(
    ("statuses", "is_due"),
    [
        ([("V4", LONG_AGO, None)], False),
        ([("V3", LONG_AGO, date(2024, 4, 1))], False),
        ([("V4", LONG_AGO, ON_THE_LIMIT)], True),
        ([("V4", LONG_AGO, ONE_LATER)], False),
        ([("V3", LONG_AGO, ONE_LATER)], False),
        ([("V4", date(2024, 3, 1), date(2024, 3, 3))], False),
        ([("V4", date(2024, 3, 1), date(2024, 3, 1))], True),
        ([("V4", None, date(2024, 3, 1))], True),
        ([("C2", date(2024, 3, 1), date(2024, 3, 3))], True),
    ],
)
def test_short_breaks_are_no_care(
    tmp_path: Path, statuses: list[tuple[str, date | None, date | None]], is_due: bool
) -> None:
    rows = [status(*status_parts) for status_parts in statuses]
    kpi_figures = figures(tmp_path, [care_episode("P1", LONG_AGO)], ssd_legal_status=rows)
    assert list(kpi_figures.values()) == [(0.0, 1.0)] * is_due


def test_the_limit_is_the_councils_own(tmp_path: Path) -> None:
    episodes = [care_episode("P1", date(2024, 3, 21))]
    for day, is_visited in ((date(2024, 3, 21), 0.0), (date(2024, 3, 22), 1.0)):
        kpi_figures = figures(tmp_path, episodes, visit(day), parameters={"limit_days": 10})
        assert list(kpi_figures.values()) == [(is_visited, 1.0)]
    assert figures(tmp_path, episodes, parameters={"limit_days": 11}) == {}


def test_team_and_worker_are_those_who_hold_the_case_at_the_months_end(tmp_path: Path) -> None:
    episodes = [care_episode(person, LONG_AGO) for person in ("P1", "P2")]
    held = [involvement("P1", "W1", LONG_AGO, LAST), involvement("P1", "W2", LAST, invo_professional_team="T2")]
    names = [department("T2", "South")]
    kpi_figures = figures(tmp_path, episodes, visit(LAST), ssd_involvements=held, ssd_department=names)
    assert kpi_figures == {(LAST, "South", "W2", None): (1.0, 1.0), (LAST, None, None, None): (0.0, 1.0)}


def test_duplicates_are_one_child(tmp_path: Path) -> None:
    twin = care_episode("P1", LONG_AGO)
    assert figures(tmp_path, [twin, twin], visit(LAST), visit(LAST)) == {(LAST, None, None, None): (1.0, 1.0)}


def test_it_starts_when_the_visits_have_run_42_days(tmp_path: Path) -> None:
    """1 January to 31 January is 30 days later, to 29 February 59."""
    tables = {"ssd_cla_episodes": [care_episode("P1", LONG_AGO)], "ssd_cla_visits": [visit(FIRST)]}
    january, february = date(2024, 1, 31), date(2024, 2, 29)
    for limit, months in ((42, [february, LAST]), (30, [january, february, LAST]), (60, [LAST])):
        kpi_figures = twice(
            "cla_visits_on_time", tmp_path, tables, first_day=FIRST, last_day=LAST, parameters={"limit_days": limit}
        )
        assert [key[0] for key in kpi_figures] == months


def test_no_rows_give_no_figure(tmp_path: Path) -> None:
    assert figures(tmp_path, []) == {}
    tables = {"ssd_cla_episodes": [care_episode("P1", LONG_AGO)]}
    assert twice("cla_visits_on_time", tmp_path, tables, first_day=FIRST, last_day=LAST) == {}
