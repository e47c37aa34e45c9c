from datetime import date
from pathlib import Path
from typing import Any

import pytest
from holders import handed_over
from rows import Row, care_episode, protection_plan, referral
from twice import Result, twice

FIRST, LAST = date(2025, 9, 1), date(2025, 10, 31)
SEPTEMBER, OCTOBER = date(2025, 9, 30), date(2025, 10, 31)
OLD, BIRTH = date(2025, 5, 5), date(2014, 3, 3)


def pupil(possible: int | None, missed: int | None, person: str = "C1", end: date = SEPTEMBER, **columns: Any) -> Row:
    return {
        "person_id": person,
        "period_end": end,
        "sessions_possible": possible,
        "sessions_authorised": 0,
        "sessions_unauthorised": missed,
        **columns,
    }


def figures(
    folder: Path, pupils: list[Row], *, first_day: date = FIRST, last_day: date = SEPTEMBER, **tables: Any
) -> Result:
    people = sorted({row["person_id"] for row in pupils})
    given = {
        "attendance": pupils,
        "ssd_person": [{"pers_person_id": person, "pers_dob": BIRTH} for person in people],
        "ssd_cin_episodes": [referral(person, OLD) for person in people],
        **tables,
    }
    return twice("severe_absence_social_worker", folder, given, first_day=first_day, last_day=last_day)


def test_exactly_half_is_severe_and_less_is_not(tmp_path: Path) -> None:
    pupils = [pupil(30, 15), pupil(31, 15, "C2"), pupil(40, 40, "C3"), pupil(0, 0, "C4"), pupil(None, 9, "C5")]
    assert figures(tmp_path, pupils) == {(SEPTEMBER, None, None, "in need"): (2.0, 3.0)}
    both = pupil(40, 10, sessions_authorised=10)
    assert figures(tmp_path, [both]) == {(SEPTEMBER, None, None, "in need"): (1.0, 1.0)}
    assert figures(tmp_path, [pupil(40, 41)]) == {}


def test_the_school_year_to_date_adds_up(tmp_path: Path) -> None:
    pupils = [pupil(40, 30), pupil(40, 10, end=OCTOBER), pupil(40, 40, "C2", OCTOBER)]
    assert figures(tmp_path, pupils, last_day=LAST) == {
        (SEPTEMBER, None, None, "in need"): (1.0, 1.0),
        (OCTOBER, None, None, "in need"): (2.0, 2.0),
    }


@pytest.mark.parametrize(("first_day", "begins"), [(FIRST, SEPTEMBER), (date(2025, 10, 1), None)])
def test_figures_begin_with_the_first_school_year_held_from_its_start(
    tmp_path: Path, first_day: date, begins: date | None
) -> None:
    pupils = [pupil(40, 4, end=end) for end in (SEPTEMBER, OCTOBER)]
    kpi_figures = figures(tmp_path, pupils, first_day=first_day, last_day=LAST)
    assert min((key[0] for key in kpi_figures), default=None) == begins


def test_a_new_school_year_starts_afresh(tmp_path: Path) -> None:
    august, september = date(2026, 8, 31), date(2026, 9, 30)
    kpi_figures = figures(tmp_path, [pupil(40, 40), pupil(40, 0, end=september)], last_day=september)
    assert [kpi_figures[(end, None, None, "in need")] for end in (august, september)] == [(1.0, 1.0), (0.0, 1.0)]


def test_by_the_plan_type_team_and_worker_of_the_months_end(tmp_path: Path) -> None:
    pupils = [pupil(40, 30, person) for person in ("C1", "C2", "C3")]
    tables = {
        "ssd_cla_episodes": [care_episode("C1", OLD)],
        "ssd_cp_plans": [protection_plan("C2", OLD), protection_plan("C1", OLD)],
        "ssd_cin_episodes": [referral("C3", OLD, cine_close_date=SEPTEMBER)],
        **handed_over(SEPTEMBER),
    }
    assert figures(tmp_path, pupils, **tables) == {
        (SEPTEMBER, "South", "W2", "in care"): (1.0, 1.0),
        (SEPTEMBER, None, None, "protection"): (1.0, 1.0),
    }


def test_a_pupils_month_written_twice_counts_once(tmp_path: Path) -> None:
    pupils = [pupil(30, 12), pupil(30, 12), pupil(20, 14, end=OCTOBER)]
    assert figures(tmp_path, pupils, last_day=LAST)[(OCTOBER, None, None, "in need")] == (1.0, 1.0)


def test_no_pupils_give_no_figures(tmp_path: Path) -> None:
    assert figures(tmp_path, []) == {}
