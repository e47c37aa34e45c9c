from datetime import date, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from holders import BEFORE_DAY, DAY, FEBRUARY, FIRST, JANUARY, LAST, MARCH, ON_DAY, handed_over
from rows import Row
from twice import Result, counted, twice

_numbers = count(1)


def at(month: int, day: int, hour: int = 12, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute)  # noqa: DTZ001 (records hold local times)


def episode(start: date | None, end: date | None, person: str | None = "C1", **columns: Any) -> Row:
    return {
        "miss_table_id": f"M{next(_numbers):03}",
        "miss_person_id": person,
        "miss_missing_episode_type": "Missing",
        "miss_missing_episode_start_date": start,
        "miss_missing_episode_end_date": end,
        **columns,
    }


def figures(folder: Path, episodes: list[Row], **tables: Any) -> Result:
    given = {"ssd_missing": episodes, **tables}
    return counted(twice("missing_children", folder, given, first_day=FIRST, last_day=LAST))


def months(folder: Path, *episodes: Row) -> dict[date, float]:
    return {key[0]: number for key, (number, _) in figures(folder, list(episodes)).items()}


def test_a_child_who_goes_missing_often_counts_once_a_month(tmp_path: Path) -> None:
    rows = [episode(at(2, 1), at(2, 2)), episode(at(2, 9), at(2, 9)), episode(at(3, 1), at(3, 2))]
    kpi_figures = figures(tmp_path, [*rows, episode(at(2, 3), at(2, 4), "C2"), rows[0]])
    assert kpi_figures == {(FEBRUARY, None, None, None): (2.0, None), (MARCH, None, None, None): (1.0, None)}


@pytest.mark.parametrize(
    ("start", "end", "ends"),
    [
        (at(1, 31, 23, 59), at(1, 31, 23, 59), [JANUARY]),
        (at(2, 1, 0), at(2, 1, 0), [FEBRUARY]),
        (at(1, 31, 23, 59), at(2, 1, 0), [JANUARY]),
        (at(1, 31, 23, 59), at(2, 1, 0, 1), [JANUARY, FEBRUARY]),
        (at(1, 20), at(3, 31, 23, 59), [JANUARY, FEBRUARY, MARCH]),
        (at(2, 20), None, [FEBRUARY, MARCH]),
        (at(2, 20), at(2, 10), [FEBRUARY]),
        (date(2026, 1, 31), date(2026, 2, 1), [JANUARY]),
        (at(4, 1, 0), at(4, 2), []),
        (None, at(2, 10), []),
    ],
)
def test_missing_at_any_time_in_the_month(
    tmp_path: Path, start: date | None, end: date | None, ends: list[date]
) -> None:
    assert months(tmp_path, episode(start, end)) == dict.fromkeys(ends, 1.0)


def test_an_episode_that_began_before_the_records_counts_while_it_goes_on(tmp_path: Path) -> None:
    before = datetime(2025, 12, 20, 8, 0)  # noqa: DTZ001
    assert months(tmp_path, episode(before, at(1, 5))) == {JANUARY: 1.0}


def test_away_from_placement_is_not_missing(tmp_path: Path) -> None:
    kinds = ["Missing", "missing", "M", "Away", "A", None]
    rows = [episode(at(2, 2), at(2, 3), f"C{kind}", miss_missing_episode_type=kind) for kind in kinds]
    assert months(tmp_path, *rows) == {FEBRUARY: 3.0}


def test_an_episode_without_a_child_is_not_a_child(tmp_path: Path) -> None:
    assert months(tmp_path, episode(at(2, 2), at(2, 3), None)) == {}


def test_in_the_team_that_held_the_case_when_the_latest_episode_began(tmp_path: Path) -> None:
    rows = [
        episode(at(1, 30), at(3, 2)),
        episode(at(2, 9), at(2, 10)),
        episode(at(3, 10), at(3, 11)),
        episode(at(3, 10), at(3, 11), "C2"),
    ]
    assert figures(tmp_path, rows, **handed_over(DAY)) == {
        (JANUARY, *BEFORE_DAY, None): (1.0, None),
        (FEBRUARY, *BEFORE_DAY, None): (1.0, None),
        (MARCH, *ON_DAY, None): (1.0, None),
        (MARCH, None, None, None): (1.0, None),
    }


def test_no_episodes_give_no_figures(tmp_path: Path) -> None:
    assert figures(tmp_path, []) == {}
