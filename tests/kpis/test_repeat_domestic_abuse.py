from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from holders import DAY, DAY_BEFORE, FEBRUARY, LAST, MARCH, handed_over
from rows import Row, department
from twice import Result, twice

FIRST = date(2024, 12, 1)
_numbers = count(1)


def contact(day: date | None, person: str | None = "C1") -> Row:
    return {"cont_contact_id": f"N{next(_numbers):03}", "cont_person_id": person, "cont_contact_date": day}


def decided(of: Row, flag: str | None = "Y", team: str | None = None) -> Row:
    return {
        "contact_id": of["cont_contact_id"],
        "decision_date": of["cont_contact_date"],
        "team": team,
        "domestic_abuse_flag": flag,
    }


OPENING = {"cont_contact_id": "first", "cont_person_id": "another", "cont_contact_date": date(2024, 12, 2)}


def figures(folder: Path, contacts: list[Row], decisions: list[Row] | None = None, **tables: Any) -> Result:
    given = {
        "ssd_contacts": [OPENING, *contacts],
        "contact_decisions": [
            decided(OPENING),
            *([decided(row) for row in contacts] if decisions is None else decisions),
        ],
        **tables,
    }
    return twice("repeat_domestic_abuse", folder, given, first_day=FIRST, last_day=LAST)


@pytest.mark.parametrize(
    ("earlier", "is_repeat"),
    [
        (date(2025, 2, 10), 0.0),
        (date(2025, 2, 11), 1.0),
        (DAY_BEFORE, 1.0),
        (DAY, 0.0),
        (date(2026, 2, 11), 0.0),
    ],
)
def test_another_on_a_day_before_less_than_12_months_ago(tmp_path: Path, earlier: date, is_repeat: float) -> None:
    this_contact = contact(DAY)
    other = {**contact(earlier), "cont_contact_id": "other"}
    kpi_figures = figures(tmp_path, [this_contact, other])
    above, below = kpi_figures[(FEBRUARY, None, None, None)]
    both_in_february = earlier.month == 2 and earlier.year == 2026
    assert below == (2.0 if both_in_february else 1.0)
    later_is_repeat = 1.0 if earlier > DAY else 0.0
    assert above == is_repeat + later_is_repeat


def test_only_contacts_decided_to_be_about_domestic_abuse(tmp_path: Path) -> None:
    before, about_abuse, about_else, unmarked, undecided = contact(DAY_BEFORE), *(contact(DAY) for _ in range(4))
    decisions = [decided(before, "N"), decided(about_abuse), decided(about_else, "N"), decided(unmarked, None)]
    kpi_figures = figures(tmp_path, [before, about_abuse, about_else, unmarked, undecided], decisions)
    assert kpi_figures == {(FEBRUARY, None, None, None): (0.0, 1.0)}


def test_a_contact_about_several_children_counts_for_each(tmp_path: Path) -> None:
    first_contact = contact(DAY)
    others = [{**first_contact, "cont_person_id": person} for person in ("C2", None)]
    before = contact(DAY_BEFORE, "C2")
    kpi_figures = figures(tmp_path, [first_contact, *others, before], [decided(first_contact), decided(before)])
    assert kpi_figures == {(FEBRUARY, None, None, None): (1.0, 4.0)}


def test_without_a_child_it_is_never_a_repeat(tmp_path: Path) -> None:
    kpi_figures = figures(tmp_path, [contact(DAY_BEFORE, None), contact(DAY, None)])
    assert kpi_figures == {(FEBRUARY, None, None, None): (0.0, 2.0)}


def test_rows_written_twice_count_once(tmp_path: Path) -> None:
    this_contact = contact(DAY)
    assert figures(tmp_path, [this_contact, this_contact], [decided(this_contact), decided(this_contact)]) == {
        (FEBRUARY, None, None, None): (0.0, 1.0)
    }


def test_counted_in_the_month_received_from_12_months_after_the_records_begin(tmp_path: Path) -> None:
    days = [date(2025, 11, 30), date(2025, 12, 1), date(2026, 1, 31), date(2026, 3, 31), date(2026, 4, 1), None]
    kpi_figures = figures(tmp_path, [contact(day, f"C{number}") for number, day in enumerate(days)])
    ends = (date(2025, 12, 31), date(2026, 1, 31), MARCH)
    assert kpi_figures == {(end, None, None, None): (0.0, 1.0) for end in ends}


def test_it_starts_12_months_after_the_later_of_both_tables(tmp_path: Path) -> None:
    late = contact(date(2025, 2, 1))
    contacts = [OPENING, late, contact(date(2026, 1, 31)), contact(DAY)]
    tables = {"ssd_contacts": contacts, "contact_decisions": [decided(row) for row in contacts[1:]]}
    kpi_figures = twice("repeat_domestic_abuse", tmp_path, tables, first_day=FIRST, last_day=LAST)
    assert {key[0] for key in kpi_figures} == {FEBRUARY}


def test_in_the_team_that_decided_else_the_one_allocated(tmp_path: Path) -> None:
    contacts = [contact(DAY), contact(DAY, "C2"), contact(DAY), contact(DAY, "C3")]
    teams = ["T1", "T9", None, None]
    decisions = [decided(row, team=team) for row, team in zip(contacts, teams, strict=True)]
    tables = handed_over()
    tables["ssd_department"].append(department("T1", "Front Door"))
    assert figures(tmp_path, contacts, decisions, **tables) == {
        (FEBRUARY, "Front Door", "W2", None): (0.0, 1.0),
        (FEBRUARY, "T9", None, None): (0.0, 1.0),
        (FEBRUARY, "South", "W2", None): (0.0, 1.0),
        (FEBRUARY, None, None, None): (0.0, 1.0),
    }


def test_no_contacts_give_no_figures(tmp_path: Path) -> None:
    assert figures(tmp_path, []) == {}
