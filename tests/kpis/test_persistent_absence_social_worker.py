from datetime import date
from pathlib import Path
from typing import Any

import pytest
from rows import Row, care_episode, department, involvement, protection_plan, referral
from twice import Result, twice

FIRST, LAST = date(2025, 9, 1), date(2025, 11, 30)
SEPTEMBER, OCTOBER, NOVEMBER = date(2025, 9, 30), date(2025, 10, 31), date(2025, 11, 30)
OLD, BIRTH = date(2025, 5, 5), date(2014, 3, 3)


def pupil(possible: int | None, missed: int | None, person: str = "C1", end: date = SEPTEMBER) -> Row:
    return {
        "person_id": person,
        "period_end": end,
        "sessions_possible": possible,
        "sessions_authorised": 0,
        "sessions_unauthorised": missed,
    }


def figures(
    folder: Path,
    pupils: list[Row],
    *,
    first_day: date = FIRST,
    last_day: date = LAST,
    **tables: Any,
) -> Result:
    people = sorted({row["person_id"] for row in pupils})
    given = {
        "attendance": pupils,
        "ssd_person": [{"pers_person_id": person, "pers_dob": BIRTH} for person in people],
        "ssd_cin_episodes": [referral(person, OLD) for person in people],
        **tables,
    }
    return twice("persistent_absence_social_worker", folder, given, first_day=first_day, last_day=last_day)


def test_exactly_a_tenth_is_persistent_and_less_is_not(tmp_path: Path) -> None:
    pupils = [pupil(30, 3), pupil(31, 3, "C2"), pupil(40, 40, "C3"), pupil(0, 0, "C4"), pupil(None, 9, "C5")]
    assert figures(tmp_path, pupils, last_day=SEPTEMBER) == {(SEPTEMBER, None, None, "in need"): (2.0, 3.0)}


def test_authorised_and_unauthorised_absence_add_up(tmp_path: Path) -> None:
    row = {**pupil(40, 2), "sessions_authorised": 2}
    assert figures(tmp_path, [row], last_day=SEPTEMBER) == {(SEPTEMBER, None, None, "in need"): (1.0, 1.0)}


def test_the_school_year_to_date_adds_up_also_over_a_month_without_sessions(tmp_path: Path) -> None:
    pupils = [pupil(40, 8, end=SEPTEMBER), pupil(40, 0, end=OCTOBER), pupil(40, 0, "C2", OCTOBER)]
    assert figures(tmp_path, pupils) == {
        (SEPTEMBER, None, None, "in need"): (1.0, 1.0),
        (OCTOBER, None, None, "in need"): (1.0, 2.0),
        (NOVEMBER, None, None, "in need"): (1.0, 2.0),
    }
    pupils[1]["sessions_possible"] = 41
    assert figures(tmp_path, pupils)[(OCTOBER, None, None, "in need")] == (0.0, 2.0)


def test_a_new_school_year_starts_afresh_and_august_ends_the_old_one(tmp_path: Path) -> None:
    july, august, september = date(2026, 7, 31), date(2026, 8, 31), date(2026, 9, 30)
    pupils = [pupil(40, 0), pupil(40, 40, end=july), pupil(40, 0, end=september)]
    kpi_figures = figures(tmp_path, pupils, last_day=september)
    latest = {key[0]: parts for key, parts in kpi_figures.items() if key[0] >= july}
    assert latest == {july: (1.0, 1.0), august: (1.0, 1.0), september: (0.0, 1.0)}


@pytest.mark.parametrize(("first_day", "begins"), [(date(2025, 9, 1), SEPTEMBER), (date(2025, 10, 1), None)])
def test_figures_begin_with_the_first_school_year_held_from_its_start(
    tmp_path: Path, first_day: date, begins: date | None
) -> None:
    pupils = [pupil(40, 4, end=end) for end in (SEPTEMBER, OCTOBER)]
    kpi_figures = figures(tmp_path, pupils, first_day=first_day)
    assert min((key[0] for key in kpi_figures), default=None) == begins


def test_sessions_after_the_edition_do_not_count(tmp_path: Path) -> None:
    pupils = [pupil(40, 0), pupil(40, 40, end=OCTOBER)]
    assert figures(tmp_path, pupils, last_day=SEPTEMBER) == {(SEPTEMBER, None, None, "in need"): (0.0, 1.0)}


def test_aged_5_to_15_on_31_august_before_the_school_year(tmp_path: Path) -> None:
    births = {
        date(2020, 9, 1): False,
        date(2020, 8, 31): True,
        date(2009, 9, 1): True,
        date(2009, 8, 31): False,
        None: False,
    }
    kpi_figures = figures(
        tmp_path,
        [pupil(40, 1, str(birth)) for birth in births],
        ssd_person=[{"pers_person_id": str(birth), "pers_dob": birth} for birth in births],
        ssd_involvements=[involvement(str(birth), str(birth), OLD) for birth in births],
    )
    assert {key[2] for key in kpi_figures} == {str(birth) for birth, is_pupil in births.items() if is_pupil}


def test_plan_type_is_that_of_the_months_end_for_the_whole_year_to_date(tmp_path: Path) -> None:
    tables = {
        "ssd_cla_episodes": [care_episode("C1", OCTOBER, NOVEMBER), care_episode("before", OLD)],
        "ssd_cp_plans": [protection_plan("C1", NOVEMBER), protection_plan("before", OLD)],
    }
    assert figures(tmp_path, [pupil(40, 4)], **tables) == {
        (SEPTEMBER, None, None, "in need"): (1.0, 1.0),
        (OCTOBER, None, None, "in care"): (1.0, 1.0),
        (NOVEMBER, None, None, "protection"): (1.0, 1.0),
    }


def test_a_pupil_whose_case_has_closed_is_left_out(tmp_path: Path) -> None:
    closed = [referral("C1", OLD, cine_close_date=OCTOBER)]
    kpi_figures = figures(tmp_path, [pupil(40, 4)], ssd_cin_episodes=closed)
    assert kpi_figures == {(SEPTEMBER, None, None, "in need"): (1.0, 1.0)}


def test_a_pupils_month_written_twice_counts_once(tmp_path: Path) -> None:
    pupils = [pupil(30, 2), pupil(30, 2), pupil(20, 3, end=OCTOBER)]
    assert figures(tmp_path, pupils)[(OCTOBER, None, None, "in need")] == (1.0, 1.0)


def test_team_and_worker_are_those_allocated_at_the_months_end(tmp_path: Path) -> None:
    involvements = [
        involvement("C1", "W1", OLD, SEPTEMBER),
        involvement("C1", "W2", SEPTEMBER, invo_professional_team="T2"),
        involvement("C2", None, OLD, invo_professional_team=None),
    ]
    pupils = [pupil(40, 4, person) for person in ("C1", "C2", "C3")]
    kpi_figures = figures(
        tmp_path,
        pupils,
        last_day=SEPTEMBER,
        ssd_involvements=involvements,
        ssd_department=[department("T2", "Safeguarding")],
    )
    assert kpi_figures == {
        (SEPTEMBER, "Safeguarding", "W2", "in need"): (1.0, 1.0),
        (SEPTEMBER, None, None, "in need"): (2.0, 2.0),
    }


def test_no_attendance_gives_no_figures(tmp_path: Path) -> None:
    assert figures(tmp_path, []) == {}
