from datetime import date
from pathlib import Path
from typing import Any

import pytest
from holders import handed_over
from rows import Row, care_episode, protection_plan, referral
from twice import Result, twice

FIRST, LAST = date(2025, 9, 1), date(2026, 8, 31)
DECEMBER, APRIL, AUGUST = date(2025, 12, 31), date(2026, 4, 30), date(2026, 8, 31)
OLD, BIRTH = date(2025, 5, 5), date(2014, 3, 3)


def plan(end: date, completed: date | None, person: str | None = "C1") -> Row:
    return {"person_id": person, "term_end_date": end, "completed_date": completed}


def figures(
    folder: Path,
    plans: list[Row],
    *,
    last_day: date = LAST,
    born: date | None = BIRTH,
    parameters: dict[str, int] | None = None,
    **tables: Any,
) -> Result:
    given = {
        "peps": plans,
        "ssd_cla_episodes": [care_episode("C1", OLD)],
        **tables,
    }
    people = sorted({row["clae_person_id"] for row in given["ssd_cla_episodes"]})
    given["ssd_person"] = [{"pers_person_id": person, "pers_dob": born} for person in people]
    return twice("peps_on_time", folder, given, first_day=FIRST, last_day=last_day, parameters=parameters)


@pytest.mark.parametrize(
    ("end", "first_day", "day_before"),
    [
        (DECEMBER, date(2025, 9, 1), date(2025, 8, 31)),
        (APRIL, date(2026, 1, 1), date(2025, 12, 31)),
        (AUGUST, date(2026, 5, 1), date(2026, 4, 30)),
    ],
)
def test_completed_from_the_terms_first_day_to_its_last(
    tmp_path: Path, end: date, first_day: date, day_before: date
) -> None:
    days = {first_day: 1.0, end: 1.0, day_before: 0.0, end.replace(year=2027): 0.0, None: 0.0}
    for day, done in days.items():
        kpi_figures = figures(tmp_path, [plan(end, day), plan(DECEMBER, None)])
        assert kpi_figures[(end, None, None, None)] == (done, 1.0)


def test_the_plan_of_another_term_does_not_count(tmp_path: Path) -> None:
    kpi_figures = figures(tmp_path, [plan(DECEMBER, date(2026, 1, 10)), plan(APRIL, date(2025, 12, 10))])
    assert kpi_figures == {(end, None, None, None): (0.0, 1.0) for end in (DECEMBER, APRIL, AUGUST)}


def test_only_at_the_end_of_terms_by_the_edition(tmp_path: Path) -> None:
    plans = [plan(DECEMBER, DECEMBER), plan(date(2026, 3, 31), date(2026, 3, 31)), plan(APRIL, date(2026, 2, 2))]
    kpi_figures = figures(tmp_path, plans, last_day=date(2026, 4, 29))
    assert kpi_figures == {(DECEMBER, None, None, None): (1.0, 1.0)}


def test_figures_begin_with_the_plans_records(tmp_path: Path) -> None:
    assert min(key[0] for key in figures(tmp_path, [plan(APRIL, None)])) == APRIL


def test_a_pupil_without_a_plan_in_the_records_has_none(tmp_path: Path) -> None:
    episodes = [care_episode("C1", OLD), care_episode("C2", DECEMBER)]
    kpi_figures = figures(tmp_path, [plan(DECEMBER, DECEMBER)], last_day=DECEMBER, ssd_cla_episodes=episodes)
    assert kpi_figures == {(DECEMBER, None, None, None): (1.0, 2.0)}


def test_only_pupils_in_care_at_the_terms_end(tmp_path: Path) -> None:
    left = [care_episode("C1", OLD, DECEMBER)]
    tables = {"ssd_cp_plans": [protection_plan("C1", OLD)], "ssd_cin_episodes": [referral("C1", OLD)]}
    done = [plan(DECEMBER, DECEMBER)]
    assert figures(tmp_path, done, last_day=DECEMBER, ssd_cla_episodes=left, **tables) == {}


@pytest.mark.parametrize(
    ("born", "is_pupil"),
    [
        (date(2021, 9, 1), False),
        (date(2021, 8, 31), True),
        (date(2020, 9, 1), True),
        (date(2009, 9, 1), True),
        (date(2009, 8, 31), False),
        (None, False),
    ],
)
def test_from_reception_to_year_11_by_the_age_on_31_august_before_the_school_year(
    tmp_path: Path, born: date | None, is_pupil: bool
) -> None:
    kpi_figures = figures(tmp_path, [plan(DECEMBER, None)], born=born)
    assert set(kpi_figures) == ({(end, None, None, None) for end in (DECEMBER, APRIL, AUGUST)} if is_pupil else set())


@pytest.mark.parametrize(("born", "is_pupil"), [(date(2022, 8, 31), True), (date(2007, 9, 1), True)])
def test_the_plan_may_take_in_other_year_groups(tmp_path: Path, born: date, is_pupil: bool) -> None:
    """A nursery year and Year 13."""
    wider = {"first_year_group": -1, "last_year_group": 13}
    kpi_figures = figures(tmp_path, [plan(DECEMBER, None)], born=born, last_day=DECEMBER, parameters=wider)
    assert bool(kpi_figures) == is_pupil
    assert figures(tmp_path, [plan(DECEMBER, None)], born=born, last_day=DECEMBER) == {}


def test_a_plan_written_twice_counts_once(tmp_path: Path) -> None:
    kpi_figures = figures(tmp_path, [plan(DECEMBER, DECEMBER)] * 2, last_day=DECEMBER)
    assert kpi_figures == {(DECEMBER, None, None, None): (1.0, 1.0)}


def test_team_and_worker_are_those_allocated_at_the_terms_end(tmp_path: Path) -> None:
    episodes = [care_episode(person, OLD) for person in ("C1", "C2", "C3")]
    done = [plan(DECEMBER, DECEMBER), plan(DECEMBER, DECEMBER, None)]
    tables = handed_over(DECEMBER)
    assert figures(tmp_path, done, last_day=DECEMBER, ssd_cla_episodes=episodes, **tables) == {
        (DECEMBER, "South", "W2", None): (1.0, 1.0),
        (DECEMBER, None, None, None): (0.0, 2.0),
    }


def test_nobody_in_care_gives_no_figures(tmp_path: Path) -> None:
    assert figures(tmp_path, [plan(DECEMBER, DECEMBER)], ssd_cla_episodes=[]) == {}
