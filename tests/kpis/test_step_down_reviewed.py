"""Reviews after a protection plan ended, on hand-written rows.

30 working days after Thursday 5 March 2026 is Monday 20 April: Good Friday is the 3rd, Easter Monday the 6th.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from rows import Row, department, in_need_plan, involvement, protection_plan
from twice import Result, twice

FIRST, LAST = date(2025, 12, 1), date(2026, 4, 30)
ENDED, DUE = date(2026, 3, 5), date(2026, 4, 20)
MARCH, APRIL = date(2026, 3, 31), LAST
LONG_AGO = date(2025, 8, 1)
EARLY = {"review_id": "R0", "person_id": "nobody", "due_date": FIRST}
_numbers = count(1)


def review(held: date | None, person: str | None = "P1", **columns: Any) -> Row:
    return {
        "review_id": f"R{next(_numbers):03}",
        "person_id": person,
        "due_date": date(2026, 4, 10),
        "review_date": held,
        **columns,
    }


def figures(folder: Path, protection: list[Row], in_need: list[Row], *reviews: Row, **more: Any) -> Result:
    parameters = more.pop("parameters", None)
    tables = {
        "ssd_cp_plans": protection,
        "ssd_cin_plans": [in_need_plan("nobody", LONG_AGO), *in_need],
        "cin_reviews": [EARLY, *reviews],
        **more,
    }
    return twice("step_down_reviewed", folder, tables, first_day=FIRST, last_day=LAST, parameters=parameters)


def ended(day: date = ENDED, person: str = "P1", **columns: Any) -> Row:
    return protection_plan(person, LONG_AGO, day, **columns)


@pytest.mark.parametrize(
    ("held", "is_reviewed"),
    [
        (date(2026, 3, 4), 0.0),
        (ENDED, 0.0),
        (date(2026, 3, 6), 1.0),
        (DUE, 1.0),
        (date(2026, 4, 21), 0.0),
        (None, 0.0),
    ],
)
def test_reviewed_after_the_plan_ended_and_within_30_working_days(
    tmp_path: Path, held: date | None, is_reviewed: float
) -> None:
    kpi_figures = figures(tmp_path, [ended()], [in_need_plan("P1", ENDED)], review(held))
    assert kpi_figures == {(APRIL, "T1", "W1", None): (is_reviewed, 1.0)}


def test_the_review_is_the_childs_own(tmp_path: Path) -> None:
    others = [review(DUE, "P2"), review(DUE, None)]
    assert figures(tmp_path, [ended()], [in_need_plan("P1", ENDED)], *others) == {(APRIL, "T1", "W1", None): (0.0, 1.0)}


@pytest.mark.parametrize(
    ("days", "is_step_down"), [(-8, False), (-7, True), (0, True), (10, True), (11, False), (-200, False)]
)
def test_the_in_need_plan_starts_from_7_days_before_to_10_after(tmp_path: Path, days: int, is_step_down: bool) -> None:
    kpi_figures = figures(tmp_path, [ended()], [in_need_plan("P1", ENDED + timedelta(days=days))])
    assert list(kpi_figures.values()) == [(0.0, 1.0)] * is_step_down


@pytest.mark.parametrize(
    ("end", "last", "is_counted"),
    [
        (ENDED, None, True),
        (ENDED, DUE, False),
        (ENDED, date(2026, 4, 21), True),
        (ENDED, date(2026, 3, 20), False),
        (date(2026, 3, 17), None, True),
        (date(2026, 3, 18), None, False),
    ],
)
def test_only_children_still_in_need_when_30_working_days_are_over(
    tmp_path: Path, end: date, last: date | None, is_counted: bool
) -> None:
    """17 March is 30 working days before the edition's last day, 30 April; 18 March is not."""
    kpi_figures = figures(tmp_path, [ended(end)], [in_need_plan("P1", end, last)], review(date(2026, 3, 23)))
    assert [below for _, below in kpi_figures.values()] == [1.0] * is_counted


def test_counted_in_the_month_in_which_the_30th_working_day_falls(tmp_path: Path) -> None:
    """The 30th after 17 February is 31 March, after the 18th it is 1 April."""
    people = {"P1": date(2026, 2, 17), "P2": date(2026, 2, 18), "P3": date(2026, 3, 17)}
    plans = [ended(end, person) for person, end in people.items()]
    kpi_figures = figures(tmp_path, plans, [in_need_plan(person, end) for person, end in people.items()])
    assert {key[0]: sums[1] for key, sums in kpi_figures.items()} == {MARCH: 1.0, APRIL: 2.0}


@pytest.mark.parametrize("end", [date(2026, 3, 6), date(2026, 3, 7), date(2026, 3, 8)])
def test_a_plan_that_ended_at_the_weekend_counts_from_the_friday(tmp_path: Path, end: date) -> None:
    """The Saturday and the Sunday are no working days, so the 30th is the same."""
    plans = [in_need_plan("P1", end)]
    for held, is_reviewed in ((date(2026, 4, 21), 1.0), (date(2026, 4, 22), 0.0)):
        kpi_figures = figures(tmp_path, [ended(end)], plans, review(held))
        assert list(kpi_figures.values()) == [(is_reviewed, 1.0)]


def test_plans_of_other_councils_still_open_or_of_nobody_do_not_count(tmp_path: Path) -> None:
    plans = [ended(cppl_cp_plan_ola="Y"), protection_plan("P1", LONG_AGO), protection_plan(None, LONG_AGO, ENDED)]
    assert figures(tmp_path, plans, [in_need_plan("P1", ENDED), in_need_plan(None, ENDED)]) == {}


def test_team_and_worker_are_those_of_the_in_need_plan_open_then_else_the_allocated_ones(tmp_path: Path) -> None:
    nobody = {"cinp_cin_plan_team": None, "cinp_cin_plan_worker_id": None}
    people = ["P1", "P2", "P3", "P4"]
    in_need = [
        in_need_plan("P1", ENDED),
        in_need_plan("P2", ENDED, **nobody),
        in_need_plan("P3", ENDED, **nobody),
        in_need_plan("P4", ENDED, date(2026, 4, 1)),
        in_need_plan("P4", date(2026, 4, 1), cinp_cin_plan_team="T2", cinp_cin_plan_worker_id="W2"),
    ]
    held = [
        involvement("P2", "W8", LONG_AGO, DUE, invo_professional_team="T8"),
        involvement("P2", "W9", DUE, invo_professional_team="T9"),
    ]
    names = [department("T1", "North"), department("T2", "South")]
    kpi_figures = figures(
        tmp_path, [ended(person=person) for person in people], in_need, ssd_involvements=held, ssd_department=names
    )
    assert kpi_figures == {
        (APRIL, "North", "W1", None): (0.0, 1.0),
        (APRIL, "T9", "W9", None): (0.0, 1.0),
        (APRIL, None, None, None): (0.0, 1.0),
        (APRIL, "South", "W2", None): (0.0, 1.0),
    }


def test_several_plans_and_reviews_of_a_child_are_one_child(tmp_path: Path) -> None:
    in_need = [in_need_plan("P1", ENDED), in_need_plan("P1", date(2026, 3, 9), cinp_cin_plan_worker_id="W2")]
    twin = review(DUE)
    kpi_figures = figures(tmp_path, [ended(), ended()], in_need * 2, twin, twin, review(date(2026, 3, 30)))
    assert kpi_figures == {(APRIL, "T1", "W2", None): (1.0, 1.0)}


def test_the_limits_are_the_councils_own(tmp_path: Path) -> None:
    limits = {"days_before": 0, "days_after": 1, "limit_working_days": 10}
    plans = [ended(person=person) for person in ("P1", "P2", "P3")]
    in_need = [in_need_plan(person, day) for person, day in (("P1", date(2026, 3, 4)), ("P2", date(2026, 3, 6)))]
    reviews = [review(date(2026, 3, 19), "P2"), review(date(2026, 3, 20), "P3")]
    in_need.append(in_need_plan("P3", ENDED))
    assert figures(tmp_path, plans, in_need, *reviews, parameters=limits) == {(MARCH, "T1", "W1", None): (1.0, 2.0)}


def test_a_weekend_after_the_30th_working_day_is_too_late(tmp_path: Path) -> None:
    """30 working days after Wednesday 11 March is Friday 24 April."""
    end = date(2026, 3, 11)
    for held, is_reviewed in ((date(2026, 4, 24), 1.0), (date(2026, 4, 25), 0.0)):
        kpi_figures = figures(tmp_path, [ended(end)], [in_need_plan("P1", end)], review(held))
        assert kpi_figures == {(APRIL, "T1", "W1", None): (is_reviewed, 1.0)}


@pytest.mark.parametrize(
    ("first_due", "limit", "starts"),
    [
        (date(2025, 11, 28), 30, True),
        (date(2025, 12, 1), 30, False),
        (date(2025, 12, 1), 20, True),
        (date(2025, 12, 1), 21, False),
    ],
)
def test_it_starts_with_the_first_month_that_begins_30_working_days_after_the_records(
    tmp_path: Path, first_due: date, limit: int, starts: bool
) -> None:
    """January begins 41 working days after 1 November and 20 after 1 December."""
    end = date(2025, 12, 10)
    tables = {
        "ssd_cp_plans": [protection_plan("P1", LONG_AGO, end)],
        "ssd_cin_plans": [in_need_plan("nobody", LONG_AGO), in_need_plan("P1", end)],
        "cin_reviews": [{**EARLY, "due_date": first_due}],
    }
    kpi_figures = twice(
        "step_down_reviewed",
        tmp_path,
        tables,
        first_day=date(2025, 11, 1),
        last_day=LAST,
        parameters={"limit_working_days": limit},
    )
    assert [key[0] for key in kpi_figures] == [date(2026, 1, 31)] * starts


def test_no_rows_give_no_figure(tmp_path: Path) -> None:
    assert figures(tmp_path, [], [in_need_plan("P1", ENDED)]) == {}
    assert figures(tmp_path, [ended()], []) == {}
    tables = {
        "ssd_cp_plans": [ended()],
        "ssd_cin_plans": [in_need_plan("nobody", LONG_AGO), in_need_plan("P1", ENDED)],
    }
    assert twice("step_down_reviewed", tmp_path, tables, first_day=FIRST, last_day=LAST) == {}
