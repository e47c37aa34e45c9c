from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from holders import BEFORE_DAY, DAY, DAY_BEFORE, FEBRUARY, FIRST, JANUARY, LAST, MARCH, ON_DAY, handed_over
from rows import Row
from twice import Result, twice

KINDS = {"Hill School": "school", "Family Trust": "voluntary", "Town Council": "council", "Unsorted": None}
ORGANISATIONS = [{"organisation": name, "kind": kind} for name, kind in KINDS.items()]
_numbers = count(1)


def episode(organisation: str | None, day: date | None = DAY, person: str | None = "C1", **columns: Any) -> Row:
    return {
        "earl_episode_id": f"E{next(_numbers):03}",
        "earl_person_id": person,
        "earl_episode_start_date": day,
        "earl_episode_organisation": organisation,
        **columns,
    }


def figures(folder: Path, episodes: list[Row], **tables: Any) -> Result:
    given = {"ssd_early_help_episodes": episodes, "organisations": ORGANISATIONS, **tables}
    return twice("school_led_early_help", folder, given, first_day=FIRST, last_day=LAST)


def test_only_what_the_list_calls_a_school_is_one(tmp_path: Path) -> None:
    episodes = [episode(name) for name in (*KINDS, "Vale School", None)]
    assert figures(tmp_path, episodes) == {(FEBRUARY, None, None, None): (1.0, 6.0)}


def test_counted_in_the_month_it_started(tmp_path: Path) -> None:
    days = [date(2025, 12, 31), date(2026, 1, 31), date(2026, 2, 1), date(2026, 3, 31), date(2026, 4, 1), None]
    kpi_figures = figures(tmp_path, [episode("Hill School", day) for day in days])
    assert kpi_figures == {(end, None, None, None): (1.0, 1.0) for end in (JANUARY, FEBRUARY, MARCH)}


def test_rows_written_twice_count_once(tmp_path: Path) -> None:
    twin = episode("Hill School")
    kpi_figures = figures(tmp_path, [twin, twin], organisations=ORGANISATIONS * 2)
    assert kpi_figures == {(FEBRUARY, None, None, None): (1.0, 1.0)}


def test_the_worker_is_the_episodes_own_and_the_team_the_one_allocated(tmp_path: Path) -> None:
    episodes = [
        episode("Hill School", DAY_BEFORE),
        episode("Family Trust"),
        episode("Hill School", earl_episode_worker_id="W7"),
        episode("Hill School", person="C2", earl_episode_worker_id="W7"),
        episode("Hill School", person=None),
    ]
    assert figures(tmp_path, episodes, **handed_over()) == {
        (FEBRUARY, *BEFORE_DAY, None): (1.0, 1.0),
        (FEBRUARY, *ON_DAY, None): (0.0, 1.0),
        (FEBRUARY, "South", "W7", None): (1.0, 1.0),
        (FEBRUARY, None, "W7", None): (1.0, 1.0),
        (FEBRUARY, None, None, None): (1.0, 1.0),
    }


def test_no_episodes_give_no_figures(tmp_path: Path) -> None:
    assert figures(tmp_path, []) == {}
