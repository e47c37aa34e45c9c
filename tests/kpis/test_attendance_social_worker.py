from datetime import date
from pathlib import Path
from typing import Any

from rows import Row, care_episode, department, involvement, protection_plan, referral
from twice import Result, twice

FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)
JANUARY, MARCH = date(2026, 1, 31), date(2026, 3, 31)
OLD, BIRTH = date(2025, 5, 5), date(2014, 3, 3)


def pupil(
    possible: int | None, authorised: int | None, unauthorised: int | None, person: str = "C1", end: date = MARCH
) -> Row:
    return {
        "person_id": person,
        "period_end": end,
        "sessions_possible": possible,
        "sessions_authorised": authorised,
        "sessions_unauthorised": unauthorised,
    }


def figures(folder: Path, pupils: list[Row], referrals: list[Row] | None = None, **tables: Any) -> Result:
    people = sorted({row["person_id"] for row in pupils})
    given = {
        "attendance": pupils,
        "ssd_person": [{"pers_person_id": person, "pers_dob": BIRTH} for person in people],
        "ssd_cin_episodes": [referral(person, OLD) for person in people] if referrals is None else referrals,
        **tables,
    }
    return twice("attendance_social_worker", folder, given, first_day=FIRST, last_day=LAST)


def test_sessions_missed_with_and_without_permission_are_absence(tmp_path: Path) -> None:
    pupils = [pupil(40, 3, 2), pupil(36, 0, 0, "C2"), pupil(38, 38, 0, "C3")]
    assert figures(tmp_path, pupils) == {(MARCH, None, None, "in need"): (71.0, 114.0)}


def test_no_possible_sessions_give_no_figure(tmp_path: Path) -> None:
    assert figures(tmp_path, [pupil(0, 0, 0)]) == {}


def test_sessions_not_recorded_or_impossible_are_left_out(tmp_path: Path) -> None:
    wrong = [(None, 0, 0), (40, None, 0), (40, 0, None), (40, 30, 11), (40, -1, 0), (40, 5, -1)]
    pupils = [pupil(*counts, f"C{number}") for number, counts in enumerate(wrong)]
    assert figures(tmp_path, [*pupils, pupil(40, 10, 30, "right")]) == {(MARCH, None, None, "in need"): (0.0, 40.0)}


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
        [pupil(40, 1, 1, str(birth)) for birth in births],
        ssd_person=[{"pers_person_id": str(birth), "pers_dob": birth} for birth in births],
        ssd_involvements=[involvement(str(birth), str(birth), OLD) for birth in births],
    )
    assert {key[2] for key in kpi_figures} == {str(birth) for birth, is_pupil in births.items() if is_pupil}


def test_august_belongs_to_the_school_year_that_ends_with_it(tmp_path: Path) -> None:
    august, september = date(2026, 8, 31), date(2026, 9, 30)
    given = {
        "attendance": [pupil(10, 1, 1, end=august), pupil(40, 1, 1, end=september)],
        "ssd_person": [{"pers_person_id": "C1", "pers_dob": date(2021, 8, 31)}],
        "ssd_cin_episodes": [referral("C1", OLD)],
    }
    kpi_figures = twice("attendance_social_worker", tmp_path, given, first_day=FIRST, last_day=september)
    assert kpi_figures == {(september, None, None, "in need"): (38.0, 40.0)}


def test_plan_type_at_the_months_end_in_care_before_protection_before_any_other_open_referral(tmp_path: Path) -> None:
    people = ["care", "protection", "plan of another council", "short breaks", "referral", "closed that day", "none"]
    referrals = [referral(person, OLD) for person in people[:5]]
    referrals += [
        referral("closed that day", OLD, cine_close_date=MARCH),
        referral("none", OLD, cine_referral_nfa="Y"),
        referral("referral", OLD),
    ]
    tables = {
        "ssd_cla_episodes": [care_episode("care", MARCH), care_episode("short breaks", OLD)],
        "ssd_legal_status": [
            {
                "lega_legal_status_id": "L1",
                "lega_person_id": "short breaks",
                "lega_legal_status": "V3",
                "lega_legal_status_start_date": OLD,
            }
        ],
        "ssd_cp_plans": [
            protection_plan("care", OLD),
            protection_plan("protection", OLD),
            protection_plan("plan of another council", OLD, cppl_cp_plan_ola="Y"),
        ],
    }
    pupils = [pupil(10 + number, 0, 0, person) for number, person in enumerate(people)]
    assert figures(tmp_path, pupils, referrals=referrals, **tables) == {
        (MARCH, None, None, "in care"): (10.0, 10.0),
        (MARCH, None, None, "protection"): (11.0, 11.0),
        (MARCH, None, None, "in need"): (12.0 + 13.0 + 14.0, 12.0 + 13.0 + 14.0),
    }


def test_months_outside_the_records_are_left_out(tmp_path: Path) -> None:
    ends = [date(2025, 12, 31), JANUARY, date(2026, 4, 30)]
    assert figures(tmp_path, [pupil(40, 1, 1, end=end) for end in ends]) == {
        (JANUARY, None, None, "in need"): (38.0, 40.0)
    }


def test_a_pupils_month_written_twice_counts_once(tmp_path: Path) -> None:
    assert figures(tmp_path, [pupil(40, 1, 1), pupil(40, 1, 1)]) == {(MARCH, None, None, "in need"): (38.0, 40.0)}


def test_team_and_worker_are_those_allocated_at_the_months_end(tmp_path: Path) -> None:
    involvements = [
        involvement("C1", "W1", OLD, MARCH),
        involvement("C1", "W2", MARCH, invo_professional_team="T2"),
        involvement("C2", None, OLD, invo_professional_team=None),
    ]
    pupils = [pupil(40, 0, 0, person) for person in ("C1", "C2", "C3")]
    names = [department("T2", "Safeguarding")]
    assert figures(tmp_path, pupils, ssd_involvements=involvements, ssd_department=names) == {
        (MARCH, "Safeguarding", "W2", "in need"): (40.0, 40.0),
        (MARCH, None, None, "in need"): (80.0, 80.0),
    }


def test_no_attendance_gives_no_figures(tmp_path: Path) -> None:
    assert figures(tmp_path, []) == {}
