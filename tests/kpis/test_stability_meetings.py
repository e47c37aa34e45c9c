from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from holders import BEFORE_DAY, DAY, DAY_BEFORE, FEBRUARY, FIRST, JANUARY, LAST, MARCH, OLD, ON_DAY, handed_over
from rows import Row
from twice import Result, twice

_numbers = count(1)


def placement(end: date | None, reason: str | None = "CREQB", person: str | None = "C1", **columns: Any) -> Row:
    return {
        "clap_cla_placement_id": f"P{next(_numbers):03}",
        "clap_person_id": person,
        "clap_cla_placement_start_date": OLD,
        "clap_cla_placement_end_date": end,
        "clap_cla_placement_change_reason": reason,
        **columns,
    }


def meeting(of: Row, day: date | None) -> Row:
    return {"placement_id": of["clap_cla_placement_id"], "meeting_date": day}


def figures(folder: Path, placements: list[Row], meetings: list[Row], **tables: Any) -> Result:
    given = {"ssd_cla_placement": placements, "stability_meetings": meetings, **tables}
    return twice("stability_meetings", folder, given, first_day=FIRST, last_day=LAST)


@pytest.mark.parametrize("reason", ["CREQB", "CREQO", "CHILD", "ALLEG", "STAND", "APPRR"])
def test_placements_that_broke_down(tmp_path: Path, reason: str) -> None:
    broken = placement(DAY, reason)
    assert figures(tmp_path, [broken], [meeting(broken, OLD)]) == {(FEBRUARY, None, None, None): (1.0, 1.0)}


@pytest.mark.parametrize("reason", ["CARPL", "CLOSE", "LAREQ", "PLACE", "CUSTOD", "OTHER", None])
def test_placements_that_ended_otherwise_are_left_out(tmp_path: Path, reason: str | None) -> None:
    assert figures(tmp_path, [placement(DAY, reason)], []) == {}


def test_the_day_before_the_end_is_in_time_and_the_day_itself_is_not(tmp_path: Path) -> None:
    before, same_day, after, none = (placement(DAY) for _ in range(4))
    meetings = [
        meeting(before, date(2026, 3, 1)),
        meeting(before, DAY_BEFORE),
        meeting(same_day, DAY),
        meeting(after, date(2026, 2, 11)),
    ]
    kpi_figures = figures(tmp_path, [before, same_day, after, none], meetings)
    assert kpi_figures == {(FEBRUARY, None, None, None): (1.0, 4.0)}


def test_counted_in_the_month_it_ended_from_its_first_day_to_its_last(tmp_path: Path) -> None:
    days = [date(2025, 12, 31), date(2026, 1, 31), date(2026, 2, 1), date(2026, 3, 31), date(2026, 4, 1), None]
    kpi_figures = figures(tmp_path, [placement(day) for day in days], [])
    assert kpi_figures == {(end, None, None, None): (0.0, 1.0) for end in (JANUARY, FEBRUARY, MARCH)}


def test_rows_written_twice_count_once(tmp_path: Path) -> None:
    twin = placement(DAY)
    kpi_figures = figures(tmp_path, [twin, twin], [meeting(twin, OLD), meeting(twin, OLD), meeting(twin, DAY_BEFORE)])
    assert kpi_figures == {(FEBRUARY, None, None, None): (1.0, 1.0)}


def test_team_and_worker_are_those_allocated_on_the_day_it_ended(tmp_path: Path) -> None:
    placements = [placement(DAY_BEFORE), placement(DAY), placement(DAY, person="C2"), placement(DAY, person=None)]
    assert figures(tmp_path, placements, [meeting(placements[1], OLD)], **handed_over()) == {
        (FEBRUARY, *BEFORE_DAY, None): (0.0, 1.0),
        (FEBRUARY, *ON_DAY, None): (1.0, 1.0),
        (FEBRUARY, None, None, None): (0.0, 2.0),
    }


def test_no_placements_give_no_figures(tmp_path: Path) -> None:
    assert figures(tmp_path, [], []) == {}
