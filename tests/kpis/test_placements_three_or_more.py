from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from rows import Row, care_episode, department, involvement
from twice import Result, twice

FIRST, LAST = date(2025, 3, 1), date(2026, 3, 31)
MARCH = date(2026, 3, 31)
OLD = date(2024, 6, 1)
_numbers = count(1)


def placement(start: date, end: date | None, kind: str = "U4", reason: str | None = None, person: str = "C1") -> Row:
    return {
        "clap_cla_placement_id": f"P{next(_numbers):03}",
        "clap_person_id": person,
        "clap_cla_placement_start_date": start,
        "clap_cla_placement_end_date": end,
        "clap_cla_placement_type": kind,
        "clap_cla_placement_change_reason": reason,
    }


def figures(folder: Path, placements: list[Row], episodes: list[Row] | None = None, **tables: Any) -> Result:
    given = {"ssd_cla_placement": placements, "ssd_cla_episodes": episodes or [care_episode("C1", OLD)], **tables}
    return twice("placements_three_or_more", folder, given, first_day=FIRST, last_day=LAST)


def homes_of(steps: list[tuple[date, str, str | None]]) -> list[Row]:
    """Placements one after another: when each began, its type, and why it ended."""
    ends = [start for start, _, _ in steps[1:]] + [None]
    return [placement(start, end, kind, reason) for (start, kind, reason), end in zip(steps, ends, strict=True)]


def is_counted(found: Result) -> bool:
    numerator, denominator = found[(MARCH, None, None, None)]
    assert denominator == 1
    return numerator == 1


AUTUMN, WINTER = date(2025, 10, 1), date(2026, 1, 10)


def test_three_placements_in_the_year_count_and_two_do_not(tmp_path: Path) -> None:
    three = homes_of([(OLD, "U4", "CARPL"), (AUTUMN, "K2", "CREQB"), (WINTER, "U4", None)])
    assert is_counted(figures(tmp_path, three))
    assert not is_counted(figures(tmp_path, homes_of([(OLD, "U4", "CARPL"), (AUTUMN, "K2", None)])))


@pytest.mark.parametrize(("moved", "expected"), [(date(2025, 3, 31), False), (date(2025, 4, 1), True)])
def test_a_placement_counts_from_the_first_day_of_the_12_months(tmp_path: Path, moved: date, expected: bool) -> None:
    steps = [(OLD, "U4", "CARPL"), (moved, "K2", "CREQB"), (AUTUMN, "U4", None)]
    assert is_counted(figures(tmp_path, homes_of(steps))) is expected


@pytest.mark.parametrize(("moved", "expected"), [(MARCH, True), (date(2026, 4, 1), False)])
def test_a_placement_counts_up_to_the_months_last_day(tmp_path: Path, moved: date, expected: bool) -> None:
    steps = [(OLD, "U4", "CARPL"), (AUTUMN, "K2", "CREQB"), (moved, "U4", None)]
    assert is_counted(figures(tmp_path, homes_of(steps))) is expected


@pytest.mark.parametrize("kind", ["T0", "T1", "T2", "T3", "T4"])
def test_a_temporary_placement_is_not_one(tmp_path: Path, kind: str) -> None:
    steps = [(OLD, "U4", "CARPL"), (AUTUMN, kind, None), (WINTER, "U4", None)]
    assert not is_counted(figures(tmp_path, homes_of(steps)))


@pytest.mark.parametrize("kind", ["A3", "A5"])
def test_adoption_by_the_current_carer_is_no_new_placement(tmp_path: Path, kind: str) -> None:
    steps = [(OLD, "U4", "CARPL"), (AUTUMN, "U2", "CARPL"), (WINTER, kind, None)]
    assert not is_counted(figures(tmp_path, homes_of(steps)))
    assert is_counted(figures(tmp_path, homes_of([*steps[:2], (WINTER, "A4", None)])))


def test_the_same_carer_under_another_status_is_one_home_also_when_its_first_part_is_long_past(tmp_path: Path) -> None:
    same = [(OLD, "U4", "CARPL"), (AUTUMN, "U4", "PLACE"), (WINTER, "U1", None)]
    assert not is_counted(figures(tmp_path, homes_of(same)))
    kept = [(OLD, "U4", "PLACE"), (date(2025, 2, 1), "U1", "CARPL"), (AUTUMN, "K2", "CREQB"), (WINTER, "U4", None)]
    assert is_counted(figures(tmp_path, homes_of(kept)))


def test_a_placement_of_no_days_is_not_one(tmp_path: Path) -> None:
    homes = homes_of([(OLD, "U4", "CARPL"), (AUTUMN, "K2", None)])
    assert not is_counted(figures(tmp_path, [*homes, placement(AUTUMN, AUTUMN)]))


def test_a_placement_written_twice_counts_once(tmp_path: Path) -> None:
    homes = homes_of([(OLD, "U4", "CARPL"), (AUTUMN, "K2", None)])
    assert not is_counted(figures(tmp_path, [*homes, homes[1]]))


def test_a_child_without_placements_stays_in_the_denominator_and_one_who_left_does_not(tmp_path: Path) -> None:
    episodes = [care_episode("C1", OLD), care_episode("C2", OLD, MARCH)]
    left = [placement(start, end, person="C2") for start, end in ((OLD, AUTUMN), (AUTUMN, WINTER), (WINTER, MARCH))]
    assert figures(tmp_path, left, episodes)[(MARCH, None, None, None)] == (0.0, 1.0)


def test_the_first_figure_is_12_months_after_the_records_begin(tmp_path: Path) -> None:
    assert {key[0] for key in figures(tmp_path, homes_of([(OLD, "U4", None)]))} == {MARCH}


def test_team_and_worker_are_those_allocated_at_the_months_end(tmp_path: Path) -> None:
    involvements = [
        involvement("C1", "W1", OLD, MARCH),
        involvement("C1", "W2", MARCH, invo_professional_team="T2"),
        involvement("C2", None, OLD, invo_professional_team=None),
    ]
    episodes = [care_episode("C1", OLD), care_episode("C2", OLD)]
    found = figures(
        tmp_path,
        homes_of([(OLD, "U4", None)]),
        episodes,
        ssd_involvements=involvements,
        ssd_department=[department("T2", "Permanence")],
    )
    assert found == {(MARCH, "Permanence", "W2", None): (0.0, 1.0), (MARCH, None, None, None): (0.0, 1.0)}


def test_nobody_in_care_gives_no_figures(tmp_path: Path) -> None:
    assert figures(tmp_path, [], [care_episode("C1", OLD, date(2025, 6, 1))]) == {}
