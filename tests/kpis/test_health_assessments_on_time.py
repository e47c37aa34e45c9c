from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from holders import handed_over
from rows import Row, care_episode
from twice import Result, twice

FIRST, LAST = date(2025, 3, 1), date(2026, 3, 31)
MARCH = date(2026, 3, 31)
OLD, AGED_10 = date(2020, 6, 1), date(2015, 12, 24)
ON_THE_LIMIT, ONE_LATER, SUMMER = date(2025, 3, 31), date(2025, 4, 1), date(2025, 7, 10)
OTHER = {"clah_health_check_id": "other", "clah_health_check_date": FIRST}
_numbers = count(1)


def check(
    day: date | None,
    kind: str | None = "Health Assessment",
    status: str | None = "Completed",
    person: str | None = "C1",
) -> Row:
    return {
        "clah_health_check_id": f"H{next(_numbers):03}",
        "clah_person_id": person,
        "clah_health_check_type": kind,
        "clah_health_check_date": day,
        "clah_health_check_status": status,
    }


def figures(folder: Path, checks: list[Row], born: date | None = AGED_10, **tables: Any) -> Result:
    given = {
        "ssd_cla_episodes": [care_episode("C1", OLD)],
        "ssd_cla_health": [OTHER, *checks],
        "ssd_person": [{"pers_person_id": "C1", "pers_dob": born}],
        **tables,
    }
    return twice("health_assessments_on_time", folder, given, first_day=FIRST, last_day=LAST)


def latest(folder: Path, *checks: Row, born: date | None = AGED_10, **tables: Any) -> tuple[float, float | None] | None:
    return figures(folder, list(checks), born, **tables).get((MARCH, None, None, None))


@pytest.mark.parametrize(
    ("day", "is_done"),
    [(ON_THE_LIMIT, 0.0), (ONE_LATER, 1.0), (MARCH, 1.0), (date(2026, 4, 1), 0.0), (None, 0.0)],
)
def test_assessed_in_the_last_12_months(tmp_path: Path, day: date | None, is_done: float) -> None:
    assert latest(tmp_path, check(day)) == (is_done, 1.0)


@pytest.mark.parametrize(
    ("kind", "status", "is_done"),
    [
        ("Review Health Assessment", "completed", 1.0),
        ("Dental Check", "Completed", 0.0),
        (None, "Completed", 0.0),
        ("Health Assessment", "Planned", 0.0),
        ("Health Assessment", "Refused", 0.0),
        ("Health Assessment", "Cancelled", 0.0),
        ("Health Assessment", None, 0.0),
    ],
)
def test_only_completed_health_assessments(
    tmp_path: Path, kind: str | None, status: str | None, is_done: float
) -> None:
    assert latest(tmp_path, check(SUMMER, kind, status)) == (is_done, 1.0)


@pytest.mark.parametrize(
    ("born", "wanted"), [(date(2021, 3, 31), 1), (date(2021, 4, 1), 2), (date(2024, 1, 1), 2), (None, 1)]
)
def test_under_5_two_are_wanted(tmp_path: Path, born: date | None, wanted: int) -> None:
    checks = [check(ONE_LATER), check(SUMMER)]
    for held in (0, 1, 2):
        assert latest(tmp_path, *checks[:held], born=born) == (float(held >= wanted), 1.0)


def test_two_on_one_day_are_one(tmp_path: Path) -> None:
    twin = check(SUMMER)
    born = date(2023, 1, 1)
    assert latest(tmp_path, twin, twin, check(SUMMER), born=born) == (0.0, 1.0)
    assert latest(tmp_path, twin, twin, check(date(2025, 7, 11)), born=born) == (1.0, 1.0)


def test_another_childs_assessment_does_not_count(tmp_path: Path) -> None:
    assert latest(tmp_path, check(SUMMER, person="C2"), check(SUMMER, person=None)) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("spans", "is_counted"),
    [
        ([(ON_THE_LIMIT, None)], True),
        ([(ONE_LATER, None)], False),
        ([(OLD, SUMMER), (SUMMER, None)], True),
        ([(OLD, date(2025, 7, 9)), (SUMMER, None)], False),
        ([(OLD, MARCH)], False),
        ([(OLD, date(2026, 4, 1))], True),
    ],
)
def test_in_care_12_months_without_a_break(
    tmp_path: Path, spans: list[tuple[date, date | None]], is_counted: bool
) -> None:
    episodes = [care_episode("C1", start, end) for start, end in spans]
    assert latest(tmp_path, ssd_cla_episodes=episodes) == ((0.0, 1.0) if is_counted else None)


def test_short_breaks_are_left_out(tmp_path: Path) -> None:
    legal = {
        "lega_legal_status_id": "S1",
        "lega_person_id": "C1",
        "lega_legal_status": "V4",
        "lega_legal_status_start_date": date(2024, 1, 1),
    }
    assert latest(tmp_path, ssd_legal_status=[legal]) is None
    assert latest(tmp_path, ssd_legal_status=[{**legal, "lega_legal_status_end_date": ONE_LATER}]) is None
    assert latest(tmp_path, ssd_legal_status=[{**legal, "lega_legal_status_end_date": ON_THE_LIMIT}]) == (0.0, 1.0)


def test_it_starts_12_months_after_both_tables_begin(tmp_path: Path) -> None:
    assert {key[0] for key in figures(tmp_path, [])} == {MARCH}
    later = {**OTHER, "clah_health_check_date": date(2025, 4, 1)}
    assert figures(tmp_path, [], ssd_cla_health=[later]) == {}


def test_team_and_worker_are_those_allocated_at_the_months_end(tmp_path: Path) -> None:
    episodes = [care_episode(person, OLD) for person in ("C1", "C2", "C3")]
    kpi_figures = figures(tmp_path, [check(SUMMER)], ssd_cla_episodes=episodes, **handed_over(MARCH))
    assert kpi_figures == {(MARCH, "South", "W2", None): (1.0, 1.0), (MARCH, None, None, None): (0.0, 2.0)}


def test_nobody_in_care_gives_no_figures(tmp_path: Path) -> None:
    assert figures(tmp_path, [check(SUMMER)], ssd_cla_episodes=[]) == {}
