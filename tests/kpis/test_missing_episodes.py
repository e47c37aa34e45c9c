from datetime import date, datetime
from itertools import count
from pathlib import Path
from typing import Any

from rows import Row, care_episode, department, involvement
from twice import Result, counted, twice

FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)
JANUARY, FEBRUARY, MARCH = date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)
EVENING = datetime(2026, 2, 10, 21, 30)  # noqa: DTZ001 (records hold local times)
DAY = EVENING.date()
OLD = date(2025, 5, 5)
_numbers = count(1)


def episode(start: datetime | date | None, person: str | None = "C1", kind: str | None = "Missing") -> Row:
    return {
        "miss_table_id": f"M{next(_numbers):03}",
        "miss_person_id": person,
        "miss_missing_episode_start_date": start,
        "miss_missing_episode_type": kind,
    }


def figures(folder: Path, episodes: list[Row], care: list[Row] | None = None, **tables: Any) -> Result:
    given = {"ssd_missing": episodes, "ssd_cla_episodes": care or [], **tables}
    return counted(twice("missing_episodes", folder, given, first_day=FIRST, last_day=LAST))


def test_every_episode_counts_also_those_of_the_same_child(tmp_path: Path) -> None:
    kpi_figures = figures(tmp_path, [episode(EVENING), episode(EVENING), episode(DAY)])
    assert kpi_figures == {(FEBRUARY, None, None, "from home"): (3.0, None)}


def test_only_episodes_of_type_missing(tmp_path: Path) -> None:
    kinds = ["Missing", "M", "Away", "A", None]
    episodes = [episode(EVENING, f"C{kind}", kind) for kind in kinds]
    workers = [involvement(f"C{kind}", f"W{kind}", OLD) for kind in kinds]
    assert {key[2] for key in figures(tmp_path, episodes, ssd_involvements=workers)} == {"WMissing", "WM"}


def test_from_care_where_looked_after_on_the_day_it_started(tmp_path: Path) -> None:
    care = [
        care_episode("starts that day", DAY),
        care_episode("still", OLD),
        care_episode("still", OLD),
        care_episode("ends that day", OLD, DAY),
        care_episode("starts later", date(2026, 2, 11)),
        care_episode("short breaks", OLD),
    ]
    breaks = {
        "lega_legal_status_id": "L1",
        "lega_person_id": "short breaks",
        "lega_legal_status": "V4",
        "lega_legal_status_start_date": OLD,
    }
    people = ["starts that day", "still", "ends that day", "starts later", "short breaks", None]
    kpi_figures = figures(tmp_path, [episode(EVENING, person) for person in people], care, ssd_legal_status=[breaks])
    assert kpi_figures == {
        (FEBRUARY, None, None, "from care"): (2.0, None),
        (FEBRUARY, None, None, "from home"): (3.0, None),
        (FEBRUARY, None, None, None): (1.0, None),
    }


def test_counted_in_the_month_it_started_to_its_last_minute(tmp_path: Path) -> None:
    times = [
        datetime(2025, 12, 31, 23, 59),  # noqa: DTZ001
        datetime(2026, 1, 31, 23, 59),  # noqa: DTZ001
        datetime(2026, 2, 1, 0, 0),  # noqa: DTZ001
        datetime(2026, 3, 31, 23, 59),  # noqa: DTZ001
        datetime(2026, 4, 1, 0, 0),  # noqa: DTZ001
        None,
    ]
    kpi_figures = figures(tmp_path, [episode(time) for time in times])
    assert kpi_figures == {(end, None, None, "from home"): (1.0, None) for end in (JANUARY, FEBRUARY, MARCH)}


def test_an_episode_written_twice_counts_once(tmp_path: Path) -> None:
    twin = episode(EVENING)
    assert figures(tmp_path, [twin, twin]) == {(FEBRUARY, None, None, "from home"): (1.0, None)}


def test_team_and_worker_are_those_allocated_on_the_day_it_started(tmp_path: Path) -> None:
    involvements = [
        involvement("C1", "W1", OLD, DAY),
        involvement("C1", "W2", DAY, invo_professional_team="T2"),
        involvement("C2", None, OLD, invo_professional_team=None),
    ]
    episodes = [episode(EVENING, person) for person in ("C1", "C2", "C3")]
    names = [department("T2", "Exploitation and Missing")]
    assert figures(tmp_path, episodes, ssd_involvements=involvements, ssd_department=names) == {
        (FEBRUARY, "Exploitation and Missing", "W2", "from home"): (1.0, None),
        (FEBRUARY, None, None, "from home"): (2.0, None),
    }


def test_no_episodes_give_no_figures(tmp_path: Path) -> None:
    assert figures(tmp_path, []) == {}
