from datetime import date, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from rows import Row, department, involvement
from twice import Result, twice

FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)
JANUARY, FEBRUARY, MARCH = date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)
EVENING = datetime(2026, 2, 10, 21, 30)  # noqa: DTZ001 (records hold local times)
OLD = date(2025, 5, 5)
_numbers = count(1)


def episode(end: datetime | date | None, offered: str | None, person: str | None = "C1", **columns: Any) -> Row:
    return {
        "miss_table_id": f"M{next(_numbers):03}",
        "miss_person_id": person,
        "miss_missing_episode_type": "Missing",
        "miss_missing_episode_start_date": OLD,
        "miss_missing_episode_end_date": end,
        "miss_missing_rhi_offered": offered,
        **columns,
    }


def figures(folder: Path, episodes: list[Row], last_day: date = LAST, **tables: Any) -> Result:
    given = {"ssd_missing": episodes, **tables}
    return twice("return_interviews_offered", folder, given, first_day=FIRST, last_day=last_day)


def test_only_yes_is_offered_and_not_applicable_is_left_out(tmp_path: Path) -> None:
    episodes = [episode(EVENING, answer) for answer in ("Y", "Y", "N", None, "NA")]
    assert figures(tmp_path, episodes) == {(FEBRUARY, None, None, None): (2.0, 4.0)}


def test_a_month_where_no_interview_applied_has_no_figure(tmp_path: Path) -> None:
    assert figures(tmp_path, [episode(EVENING, "NA")]) == {}


def test_episodes_of_any_type_count(tmp_path: Path) -> None:
    episodes = [episode(EVENING, "Y", miss_missing_episode_type=kind) for kind in ("Missing", "Away", None)]
    assert figures(tmp_path, episodes) == {(FEBRUARY, None, None, None): (3.0, 3.0)}


def test_counted_in_the_month_it_ended_to_its_last_minute(tmp_path: Path) -> None:
    times = [
        datetime(2025, 12, 31, 23, 59),  # noqa: DTZ001
        datetime(2026, 1, 31, 23, 59),  # noqa: DTZ001
        datetime(2026, 2, 1, 0, 0),  # noqa: DTZ001
        datetime(2026, 3, 31, 23, 59),  # noqa: DTZ001
        datetime(2026, 4, 1, 0, 0),  # noqa: DTZ001
        None,
    ]
    found = figures(tmp_path, [episode(time, "Y") for time in times], date(2026, 4, 30))
    assert found == {(end, None, None, None): (1.0, 1.0) for end in (JANUARY, FEBRUARY, MARCH)}


@pytest.mark.parametrize(("last_day", "is_given"), [(LAST, False), (date(2026, 4, 2), False), (date(2026, 4, 3), True)])
def test_a_month_is_not_judged_before_the_72_hours_after_its_last_day_are_over(
    tmp_path: Path, last_day: date, is_given: bool
) -> None:
    found = figures(tmp_path, [episode(datetime(2026, 3, 2, 8, 0), None)], last_day)  # noqa: DTZ001
    assert found == ({(MARCH, None, None, None): (0.0, 1.0)} if is_given else {})


def test_an_episode_written_twice_counts_once(tmp_path: Path) -> None:
    twin = episode(EVENING, "Y")
    assert figures(tmp_path, [twin, twin]) == {(FEBRUARY, None, None, None): (1.0, 1.0)}


def test_team_and_worker_are_those_allocated_on_the_day_it_ended(tmp_path: Path) -> None:
    day = EVENING.date()
    involvements = [
        involvement("C1", "W1", OLD, day),
        involvement("C1", "W2", day, invo_professional_team="T2"),
        involvement("C2", None, OLD, invo_professional_team=None),
    ]
    episodes = [episode(EVENING, "Y", person) for person in ("C1", "C2", None)]
    names = [department("T2", "Exploitation and Missing")]
    assert figures(tmp_path, episodes, ssd_involvements=involvements, ssd_department=names) == {
        (FEBRUARY, "Exploitation and Missing", "W2", None): (1.0, 1.0),
        (FEBRUARY, None, None, None): (2.0, 2.0),
    }


def test_no_episodes_give_no_figures(tmp_path: Path) -> None:
    assert figures(tmp_path, []) == {}
