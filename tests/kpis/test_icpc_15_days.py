"""Initial conferences on hand-written rows. From 27 March 2026 to 21 April is 15 working days: Easter takes two."""

from __future__ import annotations

from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from rows import Row, department, involvement
from twice import Result, twice

FIRST, LAST = date(2026, 2, 1), date(2026, 4, 30)
FEBRUARY, MARCH, APRIL = date(2026, 2, 28), date(2026, 3, 31), LAST
STARTED, ON_THE_LIMIT, ONE_MORE = date(2026, 3, 27), date(2026, 4, 21), date(2026, 4, 22)
_numbers = count(1)


def enquiry(start: date | None, enquiry_id: str = "S1") -> Row:
    return {"s47e_s47_enquiry_id": enquiry_id, "s47e_person_id": "P1", "s47e_s47_start_date": start}


def conference(day: date | None, enquiry_id: str | None = "S1", person: str | None = "P1", **columns: Any) -> Row:
    return {
        "icpc_icpc_id": f"C{next(_numbers):03}",
        "icpc_s47_enquiry_id": enquiry_id,
        "icpc_person_id": person,
        "icpc_icpc_date": day,
        "icpc_icpc_transfer_in": "N",
        "icpc_icpc_team": "T1",
        "icpc_icpc_worker_id": "W1",
        **columns,
    }


def figures(folder: Path, conferences: list[Row], enquiries: list[Row], **tables: Any) -> Result:
    tables = {"ssd_initial_cp_conference": conferences, "ssd_s47_enquiry": enquiries, **tables}
    return twice("icpc_15_days", folder, tables, first_day=FIRST, last_day=LAST)


@pytest.mark.parametrize(
    ("start", "held", "in_time"),
    [
        (STARTED, ON_THE_LIMIT, 1.0),
        (STARTED, ONE_MORE, 0.0),
        (date(2026, 3, 28), ONE_MORE, 0.0),
        (date(2026, 3, 28), ON_THE_LIMIT, 1.0),
        (date(2026, 4, 15), date(2026, 4, 15), 1.0),
        (date(2026, 4, 15), date(2026, 4, 14), 0.0),
        (date(2001, 1, 1), date(2026, 4, 14), 0.0),
    ],
)
def test_15_working_days_after_the_enquiry_started(tmp_path: Path, start: date, held: date, in_time: float) -> None:
    """Held before its enquiry started is an error in the record, and not in time."""
    kpi_figures = figures(tmp_path, [conference(held)], [enquiry(start)])
    assert kpi_figures == {(APRIL, "T1", "W1", None): (in_time, 1.0)}


@pytest.mark.parametrize(
    ("held", "target", "in_time"),
    [(ONE_MORE, ONE_MORE, 1.0), (ONE_MORE, ON_THE_LIMIT, 0.0), (ONE_MORE, None, 0.0)],
)
@pytest.mark.parametrize("enquiry_id", ["no such enquiry", "no start", None])
def test_by_the_target_date_where_no_start_is_known(
    tmp_path: Path, enquiry_id: str | None, held: date, target: date | None, in_time: float
) -> None:
    conferences = [conference(held, enquiry_id, icpc_icpc_target_date=target)]
    kpi_figures = figures(tmp_path, conferences, [enquiry(None, "no start")])
    assert kpi_figures == {(APRIL, "T1", "W1", None): (in_time, 1.0)}


def test_the_start_decides_where_there_is_one(tmp_path: Path) -> None:
    early_target = conference(ON_THE_LIMIT, icpc_icpc_target_date=STARTED)
    late_target = conference(ONE_MORE, icpc_icpc_target_date=LAST, icpc_icpc_worker_id="W2")
    assert figures(tmp_path, [early_target, late_target], [enquiry(STARTED)]) == {
        (APRIL, "T1", "W1", None): (1.0, 1.0),
        (APRIL, "T1", "W2", None): (0.0, 1.0),
    }


def test_transfers_in_are_left_out(tmp_path: Path) -> None:
    conferences = [conference(ON_THE_LIMIT, icpc_icpc_transfer_in=flag) for flag in ("Y", "N", None)]
    assert figures(tmp_path, conferences, [enquiry(STARTED)]) == {(APRIL, "T1", "W1", None): (2.0, 2.0)}
    assert figures(tmp_path, conferences[:1], [enquiry(STARTED)]) == {}


def test_counted_in_the_month_it_was_held(tmp_path: Path) -> None:
    days = [date(2026, 1, 31), FEBRUARY, date(2026, 3, 1), LAST, date(2026, 5, 1), None]
    kpi_figures = figures(tmp_path, [conference(day) for day in days], [enquiry(date(2026, 1, 31))])
    assert {key[0]: sums[1] for key, sums in kpi_figures.items()} == {FEBRUARY: 1.0, MARCH: 1.0, APRIL: 1.0}


def test_own_team_and_worker_first_then_those_allocated_that_day(tmp_path: Path) -> None:
    nobody = {"icpc_icpc_team": None, "icpc_icpc_worker_id": None}
    held = [
        involvement("P1", "W8", date(2025, 6, 1), ON_THE_LIMIT, invo_professional_team="T8"),
        involvement("P1", "W9", ON_THE_LIMIT, None, invo_professional_team="T9"),
    ]
    conferences = [
        conference(ON_THE_LIMIT),
        conference(ON_THE_LIMIT, **nobody),
        conference(ON_THE_LIMIT, person=None, **nobody),
    ]
    names = [department("T1", "North")]
    assert figures(tmp_path, conferences, [enquiry(STARTED)], ssd_involvements=held, ssd_department=names) == {
        (APRIL, "North", "W1", None): (1.0, 1.0),
        (APRIL, "T9", "W9", None): (1.0, 1.0),
        (APRIL, None, None, None): (1.0, 1.0),
    }


def test_duplicates_count_once_and_no_conferences_give_no_figure(tmp_path: Path) -> None:
    twin = conference(ON_THE_LIMIT)
    assert figures(tmp_path, [twin, twin], [enquiry(STARTED)] * 2) == {(APRIL, "T1", "W1", None): (1.0, 1.0)}
    assert figures(tmp_path, [], [enquiry(STARTED)]) == {}
