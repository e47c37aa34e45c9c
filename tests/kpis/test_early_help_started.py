from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from rows import Row, department, involvement
from twice import Result, counted, twice

FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)
JANUARY, FEBRUARY, MARCH = date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)
DAY = date(2026, 2, 10)
KINDS = [
    {"organisation": "Hill School", "kind": "school"},
    {"organisation": "Hill School", "kind": "school"},
    {"organisation": "Family Hub", "kind": "council"},
    {"organisation": "Unsorted", "kind": None},
]
_numbers = count(1)


def episode(day: date | None, leads: str | None = "Hill School", person: str | None = "P1", **columns: Any) -> Row:
    return {
        "earl_episode_id": f"E{next(_numbers):03}",
        "earl_person_id": person,
        "earl_episode_start_date": day,
        "earl_episode_organisation": leads,
        **columns,
    }


def figures(folder: Path, episodes: list[Row], **tables: Any) -> Result:
    tables = {"ssd_early_help_episodes": episodes, "organisations": KINDS, **tables}
    return counted(twice("early_help_started", folder, tables, first_day=FIRST, last_day=LAST))


def test_by_the_kind_of_organisation_that_leads(tmp_path: Path) -> None:
    leads = ["Hill School", "Hill School", "Family Hub", "Unsorted", "Not in the list", None]
    assert figures(tmp_path, [episode(DAY, name) for name in leads]) == {
        (FEBRUARY, None, None, "school"): (2.0, None),
        (FEBRUARY, None, None, "council"): (1.0, None),
        (FEBRUARY, None, None, None): (3.0, None),
    }


def test_counted_in_the_month_it_started(tmp_path: Path) -> None:
    days = [date(2025, 12, 31), JANUARY, date(2026, 2, 1), LAST, date(2026, 4, 1), None]
    kpi_figures = figures(tmp_path, [episode(day, earl_episode_end_date=date(2026, 1, 2)) for day in days])
    assert kpi_figures == {(month, None, None, "school"): (1.0, None) for month in (JANUARY, FEBRUARY, MARCH)}


def test_the_worker_is_the_episodes_own_and_the_team_who_held_the_case_that_day(tmp_path: Path) -> None:
    held = [
        involvement("P1", "W8", date(2025, 6, 1), DAY, invo_professional_team="T8"),
        involvement("P1", "W1", DAY),
    ]
    episodes = [
        episode(DAY),
        episode(DAY, earl_episode_worker_id="W3"),
        episode(DAY, person="P2", earl_episode_worker_id="W3"),
        episode(DAY, person=None),
    ]
    names = [department("T1", "North")]
    assert figures(tmp_path, episodes, ssd_involvements=held, ssd_department=names) == {
        (FEBRUARY, "North", "W1", "school"): (1.0, None),
        (FEBRUARY, "North", "W3", "school"): (1.0, None),
        (FEBRUARY, None, "W3", "school"): (1.0, None),
        (FEBRUARY, None, None, "school"): (1.0, None),
    }


def test_duplicates_count_once_and_no_episodes_give_no_figure(tmp_path: Path) -> None:
    twin = episode(DAY)
    assert figures(tmp_path, [twin, twin]) == {(FEBRUARY, None, None, "school"): (1.0, None)}
    assert figures(tmp_path, []) == {}
