from datetime import date, datetime
from itertools import count
from pathlib import Path
from typing import Any

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


def figures(folder: Path, episodes: list[Row], **tables: Any) -> Result:
    return twice(
        "return_interviews_offered", folder, {"ssd_missing": episodes, **tables}, first_day=FIRST, last_day=LAST
    )


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
    kpi_figures = figures(tmp_path, [episode(time, "Y") for time in times])
    assert kpi_figures == {(end, None, None, None): (1.0, 1.0) for end in (JANUARY, FEBRUARY, MARCH)}


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
