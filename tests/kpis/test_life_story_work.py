from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from holders import FIRST, LAST, MARCH, OLD, handed_over
from rows import Row, care_episode
from twice import Result, twice

_numbers = count(1)
LONG_TERM = '{"RETURN6M": "N", "LTFOST18": "Y"}'


def plan(
    person: str, document: str | None = LONG_TERM, start: date = OLD, end: date | None = None, **columns: Any
) -> Row:
    return {
        "lacp_table_id": f"L{next(_numbers):03}",
        "lacp_person_id": person,
        "lacp_cla_care_plan_start_date": start,
        "lacp_cla_care_plan_end_date": end,
        "lacp_cla_care_plan_json": document,
        **columns,
    }


def begun(person: str, day: date | None) -> Row:
    return {"person_id": person, "start_date": day}


def figures(folder: Path, plans: list[Row], stories: list[Row], **tables: Any) -> Result:
    people = sorted({row["lacp_person_id"] for row in plans})
    in_care = [care_episode(person, OLD) for person in people]
    given = {"ssd_cla_care_plan": plans, "life_story": stories, "ssd_cla_episodes": in_care, **tables}
    return twice("life_story_work", folder, given, first_day=date(2026, 3, 1), last_day=LAST)


def counted(folder: Path, plans: list[Row], stories: list[Row] | None = None) -> tuple[float, float | None] | None:
    return figures(folder, plans, stories or []).get((MARCH, None, None, None))


@pytest.mark.parametrize("code", ["LTRELFR", "LTFOST18", "RESPLMT", "SUPPLIV", "ADOPTION"])
def test_plans_of_children_who_will_not_go_home(tmp_path: Path, code: str) -> None:
    assert counted(tmp_path, [plan("C1", f'{{"{code}": "Y"}}')]) == (0.0, 1.0)
    assert counted(tmp_path, [plan("C1", f'["{code.lower()}"]')]) == (0.0, 1.0)


@pytest.mark.parametrize(
    "document",
    [
        '{"REMAINSUP": "Y", "RETURN1M": "Y", "RETURN6M": "Y", "RETURNEV": "12", "OTHERPLN": "Y"}',
        '{"LTFOST18": "N", "ADOPTION": "", "SUPPLIV": null, "RESPLMT": "No", "LTRELFR": false}',
        '["RETURN6M"]',
        "{}",
        "[]",
        '"ADOPTION"',
        "ADOPTION",
        None,
    ],
)
def test_other_plans_and_none_are_left_out(tmp_path: Path, document: str | None) -> None:
    assert counted(tmp_path, [plan("C1", document)]) is None


def test_a_plan_marked_beside_another_counts_once(tmp_path: Path) -> None:
    document = '{"RETURN6M": "Yes", "ADOPTION": "Yes", "LTFOST18": "1"}'
    assert counted(tmp_path, [plan("C1", document)], [begun("C1", OLD)]) == (1.0, 1.0)


def test_started_on_the_months_last_day_counts_and_a_day_later_does_not(tmp_path: Path) -> None:
    plans = [plan(person) for person in ("C1", "C2", "C3", "C4", "C5")]
    stories = [
        begun("C1", date(2019, 1, 1)),
        begun("C2", MARCH),
        begun("C3", date(2026, 4, 1)),
        begun("C4", None),
        begun("C9", OLD),
    ]
    assert counted(tmp_path, plans, stories) == (2.0, 5.0)


def test_of_the_plans_open_at_the_months_end_the_one_that_started_last(tmp_path: Path) -> None:
    home = '{"RETURN6M": "Y"}'
    assert counted(tmp_path, [plan("C1"), plan("C1", home, date(2026, 3, 2))]) is None
    assert counted(tmp_path, [plan("C1", home), plan("C1", start=date(2026, 3, 2))]) == (0.0, 1.0)
    assert counted(tmp_path, [plan("C1", lacp_table_id="B"), plan("C1", home, lacp_table_id="A")]) is None
    assert counted(tmp_path, [plan("C1", end=MARCH)]) is None
    assert counted(tmp_path, [plan("C1", end=date(2026, 4, 1))]) == (0.0, 1.0)
    assert counted(tmp_path, [plan("C1"), plan("C1", start=date(2026, 4, 1))]) == (0.0, 1.0)


def test_only_children_in_care_at_the_months_end(tmp_path: Path) -> None:
    episodes = [care_episode("C1", OLD, MARCH), care_episode("C3", OLD)]
    short_breaks = {"lega_legal_status_id": "S", "lega_person_id": "C3", "lega_legal_status": "V4"}
    kpi_figures = figures(
        tmp_path,
        [plan("C1"), plan("C2"), plan("C3")],
        [],
        ssd_cla_episodes=episodes,
        ssd_legal_status=[{**short_breaks, "lega_legal_status_start_date": OLD}],
    )
    assert kpi_figures == {}


def test_rows_written_twice_count_once(tmp_path: Path) -> None:
    twin = plan("C1")
    assert counted(tmp_path, [twin, twin], [begun("C1", OLD), begun("C1", OLD)]) == (1.0, 1.0)


def test_team_and_worker_are_those_allocated_at_the_months_end(tmp_path: Path) -> None:
    plans = [plan(person) for person in ("C1", "C2", "C3")]
    assert figures(tmp_path, plans, [begun("C1", OLD)], **handed_over(MARCH)) == {
        (MARCH, "South", "W2", None): (1.0, 1.0),
        (MARCH, None, None, None): (0.0, 2.0),
    }


def test_figures_begin_with_the_care_plans_records(tmp_path: Path) -> None:
    tables = {"ssd_cla_care_plan": [plan("C1", start=date(2026, 2, 28))], "life_story": [], "ssd_cla_episodes": []}
    tables["ssd_cla_episodes"] = [care_episode("C1", OLD)]
    kpi_figures = twice("life_story_work", tmp_path, tables, first_day=FIRST, last_day=LAST)
    assert sorted(key[0] for key in kpi_figures) == [date(2026, 2, 28), MARCH]


def test_no_plans_give_no_figures(tmp_path: Path) -> None:
    assert figures(tmp_path, [], [begun("C1", OLD)]) == {}
