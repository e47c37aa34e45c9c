"""Decisions on contacts on hand-written rows. Good Friday is 29 March 2024, Easter Monday 1 April."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from rows import Row, department, involvement
from twice import Result, twice

FIRST, LAST = date(2024, 1, 1), date(2024, 4, 30)
THURSDAY = date(2024, 3, 28)
MARCH, APRIL = date(2024, 3, 31), LAST


def contact(day: date | None, contact_id: str | None = "K1", person: str | None = "P1") -> Row:
    return {"cont_contact_id": contact_id, "cont_person_id": person, "cont_contact_date": day}


def decision(day: date | None, contact_id: str | None = "K1", team: str | None = "T1") -> Row:
    return {"contact_id": contact_id, "decision_date": day, "team": team}


EARLY = decision(date(2024, 1, 2), "nobody's")


def figures(folder: Path, contacts: list[Row], *decisions: Row, last_day: date = LAST, **tables: Any) -> Result:
    tables = {"ssd_contacts": contacts, "contact_decisions": [EARLY, *decisions], **tables}
    return twice("contact_decisions_1_day", folder, tables, first_day=FIRST, last_day=last_day)


@pytest.mark.parametrize(
    ("received", "decided", "in_time"),
    [
        (date(2024, 3, 20), date(2024, 3, 20), 1.0),
        (date(2024, 3, 20), date(2024, 3, 21), 1.0),
        (date(2024, 3, 20), date(2024, 3, 22), 0.0),
        (date(2024, 3, 22), date(2024, 3, 25), 1.0),
        (date(2024, 3, 22), date(2024, 3, 26), 0.0),
        (date(2024, 3, 23), date(2024, 3, 25), 1.0),
        (date(2024, 3, 23), date(2024, 3, 26), 0.0),
        (THURSDAY, date(2024, 4, 2), 1.0),
        (THURSDAY, date(2024, 4, 3), 0.0),
        (date(2024, 3, 20), date(2024, 3, 19), 0.0),
        (date(2024, 3, 20), None, 0.0),
    ],
)
def test_within_one_working_day(tmp_path: Path, received: date, decided: date | None, in_time: float) -> None:
    """A weekend and two bank holidays cost no day; decided before it was received is an error, and not in time."""
    kpi_figures = figures(tmp_path, [contact(received)], decision(decided))
    assert kpi_figures == {(MARCH, "T1", None, None): (in_time, 1.0)}


def test_a_contact_that_nobody_decided_on_is_not_in_time(tmp_path: Path) -> None:
    assert figures(tmp_path, [contact(THURSDAY)]) == {(MARCH, None, None, None): (0.0, 1.0)}


@pytest.mark.parametrize(
    ("received", "last_day", "is_counted"),
    [
        (date(2024, 4, 29), LAST, True),
        (LAST, LAST, False),
        (date(2024, 3, 27), MARCH, True),
        (THURSDAY, MARCH, False),
        (MARCH, MARCH, False),
        (date(2024, 5, 1), LAST, False),
    ],
)
def test_only_contacts_whose_working_day_has_passed(
    tmp_path: Path, received: date, last_day: date, is_counted: bool
) -> None:
    """Decided on or not: from Thursday to Easter Sunday no working day passes."""
    kpi_figures = figures(tmp_path, [contact(received)], decision(received), last_day=last_day)
    assert list(kpi_figures.values()) == [(1.0, 1.0)] * is_counted


def test_a_decision_after_the_edition_has_not_been_made(tmp_path: Path) -> None:
    """Friday 28 June is the working day after Thursday 27, and so is the Saturday and the Sunday of the edition."""
    contacts = [contact(date(2024, 6, 27))]
    for decided, in_time in ((date(2024, 6, 30), 1.0), (date(2024, 7, 1), 0.0)):
        kpi_figures = figures(tmp_path, contacts, decision(decided), last_day=date(2024, 6, 30))
        assert list(kpi_figures.values()) == [(in_time, 1.0)]
    kpi_figures = figures(
        tmp_path, [contact(date(2024, 8, 29))], decision(date(2024, 9, 1)), last_day=date(2024, 8, 31)
    )
    assert list(kpi_figures.values()) == [(0.0, 1.0)]


def test_counted_in_the_month_it_was_received(tmp_path: Path) -> None:
    days = [date(2023, 12, 31), date(2024, 1, 1), date(2024, 3, 1), MARCH, date(2024, 4, 1), None]
    contacts = [contact(day, f"K{number}") for number, day in enumerate(days)]
    kpi_figures = figures(tmp_path, contacts)
    assert {key[0]: sums for key, sums in kpi_figures.items()} == {
        date(2024, 1, 31): (0.0, 1.0),
        MARCH: (0.0, 2.0),
        APRIL: (0.0, 1.0),
    }


def test_one_for_each_child_and_duplicates_once(tmp_path: Path) -> None:
    contacts = [contact(THURSDAY, person=person) for person in ("P1", "P2", "P2", None)]
    kpi_figures = figures(tmp_path, contacts, decision(THURSDAY), decision(THURSDAY))
    assert kpi_figures == {(MARCH, "T1", None, None): (3.0, 3.0)}


def test_the_team_that_decided_else_who_held_the_case_that_day(tmp_path: Path) -> None:
    contacts = [contact(THURSDAY), contact(THURSDAY, "K2"), contact(THURSDAY, "K3"), contact(THURSDAY, "K4", None)]
    held = [
        involvement("P1", "W8", date(2023, 6, 1), THURSDAY, invo_professional_team="T8"),
        involvement("P1", "W2", THURSDAY, date(2024, 4, 2), invo_professional_team="T2"),
    ]
    decisions = [decision(THURSDAY), decision(THURSDAY, "K2", None)]
    names = [department("T1", "Front Door"), department("T2", "South")]
    assert figures(tmp_path, contacts, *decisions, ssd_involvements=held, ssd_department=names) == {
        (MARCH, "Front Door", "W2", None): (1.0, 1.0),
        (MARCH, "South", "W2", None): (1.0, 2.0),
        (MARCH, None, None, None): (0.0, 1.0),
    }


def test_it_starts_with_the_decisions(tmp_path: Path) -> None:
    contacts = [contact(date(2024, 2, 20)), contact(date(2024, 3, 4), "K2")]
    tables = {"ssd_contacts": contacts, "contact_decisions": [decision(date(2024, 3, 4), "K2")]}
    kpi_figures = twice("contact_decisions_1_day", tmp_path, tables, first_day=FIRST, last_day=LAST)
    assert kpi_figures == {(MARCH, "T1", None, None): (1.0, 1.0)}


def test_no_rows_give_no_figure(tmp_path: Path) -> None:
    assert figures(tmp_path, []) == {}
    tables = {"ssd_contacts": [contact(THURSDAY)]}
    assert twice("contact_decisions_1_day", tmp_path, tables, first_day=FIRST, last_day=LAST) == {}
