from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from holders import FEBRUARY, FIRST, JANUARY, LAST, MARCH, OLD, handed_over
from rows import Row
from twice import Result, twice

EVENING = datetime(2026, 2, 10, 21, 30)  # noqa: DTZ001 (records hold local times)
_numbers = count(1)


def episode(end: date | None = EVENING, accepted: str | None = "Y", person: str | None = "C1") -> Row:
    return {
        "miss_table_id": f"M{next(_numbers):03}",
        "miss_person_id": person,
        "miss_missing_episode_type": "Away",
        "miss_missing_episode_start_date": OLD,
        "miss_missing_episode_end_date": end,
        "miss_missing_rhi_offered": "Y",
        "miss_missing_rhi_accepted": accepted,
    }


def interview(of: Row, held: date | None, back: date | None = EVENING) -> Row:
    return {"missing_id": of["miss_table_id"], "return_time": back, "interview_time": held}


def figures(folder: Path, episodes: list[Row], interviews: list[Row], **tables: Any) -> Result:
    given = {"ssd_missing": episodes, "return_interviews": interviews, **tables}
    return twice("return_interviews_72h", folder, given, first_day=FIRST, last_day=LAST)


@pytest.mark.parametrize(
    ("held", "in_time"),
    [
        (EVENING + timedelta(hours=72), 1.0),
        (EVENING + timedelta(hours=72, minutes=1), 0.0),
        (EVENING, 1.0),
        (date(2026, 2, 10), 1.0),
        (date(2026, 2, 13), 1.0),
        (date(2026, 2, 14), 0.0),
        (date(2026, 2, 9), 0.0),
        (None, 0.0),
    ],
)
def test_within_72_hours_of_the_return(tmp_path: Path, held: date | None, in_time: float) -> None:
    missing_episode = episode()
    assert figures(tmp_path, [missing_episode], [interview(missing_episode, held)]) == {
        (FEBRUARY, None, None, None): (in_time, 1.0)
    }


def test_only_interviews_accepted(tmp_path: Path) -> None:
    episodes = [episode(accepted=answer) for answer in ("Y", "N", "NA", None)]
    interviews = [interview(row, EVENING) for row in episodes]
    assert figures(tmp_path, episodes, interviews) == {(FEBRUARY, None, None, None): (1.0, 1.0)}
    assert figures(tmp_path, episodes[1:], interviews) == {}


def test_without_a_time_of_return_it_is_the_end_of_the_episode(tmp_path: Path) -> None:
    heard, unheard, still_away = episode(), episode(), episode(None)
    interviews = [interview(heard, EVENING + timedelta(hours=72), None), interview(still_away, EVENING, None)]
    kpi_figures = figures(tmp_path, [heard, unheard, still_away], interviews)
    assert kpi_figures == {(FEBRUARY, None, None, None): (1.0, 2.0)}


def test_counted_in_the_month_of_the_return_to_its_last_minute(tmp_path: Path) -> None:
    times = [
        datetime(2025, 12, 31, 23, 59),  # noqa: DTZ001
        datetime(2026, 1, 31, 23, 59),  # noqa: DTZ001
        datetime(2026, 2, 1, 0, 0),  # noqa: DTZ001
        datetime(2026, 3, 28, 23, 59),  # noqa: DTZ001
        datetime(2026, 4, 1, 0, 0),  # noqa: DTZ001
    ]
    episodes = [episode() for _ in times]
    interviews = [interview(row, None, back) for row, back in zip(episodes, times, strict=True)]
    kpi_figures = figures(tmp_path, episodes, interviews)
    assert kpi_figures == {(end, None, None, None): (0.0, 1.0) for end in (JANUARY, FEBRUARY, MARCH)}


@pytest.mark.parametrize(
    ("back", "is_counted"),
    [
        (datetime(2026, 3, 28, 23, 59), True),  # noqa: DTZ001
        (datetime(2026, 3, 29, 0, 0), False),  # noqa: DTZ001
        (datetime(2026, 3, 31, 8, 0), False),  # noqa: DTZ001
    ],
)
def test_a_return_is_not_judged_before_its_72_hours_are_over(tmp_path: Path, back: datetime, is_counted: bool) -> None:
    episodes = [episode(), episode()]
    interviews = [interview(episodes[0], back, back), interview(episodes[1], None, back)]
    kpi_figures = figures(tmp_path, episodes, interviews)
    assert kpi_figures == ({(MARCH, None, None, None): (1.0, 2.0)} if is_counted else {})


def test_rows_written_twice_count_once(tmp_path: Path) -> None:
    missing_episode = episode()
    twin = interview(missing_episode, EVENING)
    assert figures(tmp_path, [missing_episode, missing_episode], [twin, twin]) == {
        (FEBRUARY, None, None, None): (1.0, 1.0)
    }


def test_team_and_worker_are_those_allocated_on_the_day_of_the_return(tmp_path: Path) -> None:
    episodes = [episode(person=person) for person in ("C1", "C2", None)]
    kpi_figures = figures(tmp_path, episodes, [interview(episodes[0], EVENING)], **handed_over(EVENING.date()))
    assert kpi_figures == {(FEBRUARY, "South", "W2", None): (1.0, 1.0), (FEBRUARY, None, None, None): (0.0, 2.0)}


def test_no_episodes_give_no_figures(tmp_path: Path) -> None:
    assert figures(tmp_path, [], []) == {}
