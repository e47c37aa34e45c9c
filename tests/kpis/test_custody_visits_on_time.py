from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from holders import FIRST, LAST, MARCH, handed_over
from record_tables import compute
from rows import Row
from twice import Result, twice

LONG_AGO = date(2025, 9, 1)
ON_THE_LIMIT, ONE_LATER = date(2026, 2, 17), date(2026, 2, 18)
_numbers = count(1)


def spell(start: date | None = LONG_AGO, end: date | None = None, person: str | None = "C1") -> Row:
    return {"custody_id": f"K{next(_numbers):03}", "person_id": person, "start_date": start, "end_date": end}


def visit(to: Row, day: date | None) -> Row:
    return {"custody_id": to["custody_id"], "visit_date": day}


def figures(folder: Path, spells: list[Row], visits: list[Row], **tables: Any) -> Result:
    first = {"custody_id": "another", "visit_date": FIRST}
    given = {"custody": spells, "custody_visits": [first, *visits], **tables}
    return twice("custody_visits_on_time", folder, given, first_day=FIRST, last_day=LAST)


def latest(folder: Path, spells: list[Row], visits: list[Row]) -> tuple[float, float | None] | None:
    return figures(folder, spells, visits).get((MARCH, None, None, None))


@pytest.mark.parametrize(
    ("day", "is_visited"),
    [(ON_THE_LIMIT, 0.0), (ONE_LATER, 1.0), (MARCH, 1.0), (date(2026, 4, 1), 0.0), (None, 0.0)],
)
def test_visited_in_the_last_42_days(tmp_path: Path, day: date | None, is_visited: float) -> None:
    custody_spell = spell()
    assert latest(tmp_path, [custody_spell], [visit(custody_spell, day), visit(custody_spell, day)]) == (
        is_visited,
        1.0,
    )


@pytest.mark.parametrize(
    ("start", "end", "is_due"),
    [
        (ON_THE_LIMIT, None, True),
        (ONE_LATER, None, False),
        (LONG_AGO, MARCH, False),
        (LONG_AGO, date(2026, 4, 1), True),
        (None, None, False),
    ],
)
def test_in_custody_that_long(tmp_path: Path, start: date | None, end: date | None, is_due: bool) -> None:
    assert latest(tmp_path, [spell(start, end)], []) == ((0.0, 1.0) if is_due else None)


def test_spells_that_overlap_are_one_young_person_seen_in_any(tmp_path: Path) -> None:
    old, new = spell(), spell(ONE_LATER)
    assert latest(tmp_path, [old, new], [visit(new, MARCH)]) == (1.0, 1.0)
    assert latest(tmp_path, [old, old, new], [visit(old, MARCH)]) == (1.0, 1.0)
    gone = spell(LONG_AGO, ONE_LATER)
    assert latest(tmp_path, [gone, new], [visit(gone, MARCH)]) is None


def test_a_visit_to_another_does_not_count(tmp_path: Path) -> None:
    unvisited, other = spell(), spell(person="C2")
    assert latest(tmp_path, [unvisited, other, spell(person=None)], [visit(other, MARCH)]) == (1.0, 2.0)


@pytest.mark.parametrize(("limit_days", "parts"), [(49, (0.0, 1.0)), (50, (1.0, 1.0)), (58, (1.0, 1.0)), (59, None)])
def test_the_limit_is_the_councils(tmp_path: Path, limit_days: int, parts: tuple[float, float] | None) -> None:
    custody_spell = spell(date(2026, 2, 1))
    visits = [visit(custody_spell, date(2026, 2, 10)), visit(custody_spell, LONG_AGO)]
    figure_rows = compute(
        "custody_visits_on_time",
        tmp_path,
        {"custody": [custody_spell], "custody_visits": visits},
        first_day=LONG_AGO,
        last_day=LAST,
        parameters={"limit_days": limit_days},
    )
    latest_parts = [(row["numerator"], row["denominator"]) for row in figure_rows if row["period_end"] == MARCH]
    assert latest_parts == ([parts] if parts else [])


def test_it_starts_42_days_after_the_visits_begin(tmp_path: Path) -> None:
    kpi_figures = figures(tmp_path, [spell()], [])
    assert sorted(key[0] for key in kpi_figures) == [date(2026, 2, 28), MARCH]


def test_team_and_worker_are_those_allocated_at_the_months_end(tmp_path: Path) -> None:
    spells = [spell(person=person) for person in ("C1", "C2", "C3")]
    kpi_figures = figures(tmp_path, spells, [visit(spells[0], MARCH)], **handed_over(MARCH))
    assert {key[1:]: parts for key, parts in kpi_figures.items() if key[0] == MARCH} == {
        ("South", "W2", None): (1.0, 1.0),
        (None, None, None): (0.0, 2.0),
    }


def test_nobody_in_custody_gives_no_figures(tmp_path: Path) -> None:
    assert figures(tmp_path, [], []) == {}
    assert twice("custody_visits_on_time", tmp_path, {"custody": [spell()]}, first_day=FIRST, last_day=LAST) == {}
