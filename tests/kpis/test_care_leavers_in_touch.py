from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from rows import Row, department, involvement
from twice import Result, twice

FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)
FEBRUARY, MARCH = date(2026, 2, 28), date(2026, 3, 31)
_numbers = count(1)


def leaver(in_touch: str | None, person: str | None = "C1", as_at: date | None = MARCH, **columns: Any) -> Row:
    usual = {
        "clea_care_leaver_eligibility": "Former Relevant",
        "clea_care_leaver_allocated_team": "T1",
        "clea_care_leaver_worker_id": "W1",
    }
    own = {"clea_table_id": f"L{next(_numbers):03}", "clea_person_id": person, "as_at": as_at}
    return {**own, "clea_care_leaver_in_touch": in_touch, **usual, **columns}


def born(day: date | None, person: str = "C1") -> Row:
    return {"pers_person_id": person, "pers_dob": day}


def figures(folder: Path, leavers: list[Row], people: list[Row], **tables: Any) -> Result:
    given = {"ssd_care_leavers": leavers, "ssd_person": people, **tables}
    return twice("care_leavers_in_touch", folder, given, first_day=FIRST, last_day=LAST)


def test_only_yes_is_in_touch_and_those_who_died_or_went_home_are_left_out(tmp_path: Path) -> None:
    states = ["YES", "NO", "REFU", "NREQ", None, "DIED", "RHOM"]
    leavers = [leaver(state, f"C{number}") for number, state in enumerate(states)]
    people = [born(date(2006, 5, 5), f"C{number}") for number in range(len(states))]
    assert figures(tmp_path, leavers, people) == {(MARCH, "T1", "W1", "19–21"): (1.0, 5.0)}


def test_age_on_the_day(tmp_path: Path) -> None:
    groups = {
        date(2009, 4, 1): None,
        date(2009, 3, 31): "17–18",
        date(2007, 4, 1): "17–18",
        date(2007, 3, 31): "19–21",
        date(2004, 4, 1): "19–21",
        date(2004, 3, 31): None,
        None: None,
    }
    leavers = [leaver("YES", str(birth), clea_care_leaver_worker_id=str(birth)) for birth in groups]
    kpi_figures = figures(tmp_path, leavers, [born(birth, str(birth)) for birth in groups])
    assert {key[2]: key[3] for key in kpi_figures} == {str(birth): group for birth, group in groups.items() if group}


def test_born_on_29_february_is_a_year_older_from_1_march(tmp_path: Path) -> None:
    both = [leaver("YES", as_at=FEBRUARY), leaver("YES", as_at=MARCH)]
    assert set(figures(tmp_path, both, [born(date(2004, 2, 29))])) == {(FEBRUARY, "T1", "W1", "19–21")}


def test_only_the_relevant_and_former_relevant(tmp_path: Path) -> None:
    states = ["Eligible", "Relevant", "Former Relevant", "Qualifying", "No Current Eligibility", None]
    leavers = [
        leaver("YES", f"C{state}", clea_care_leaver_worker_id=f"W{state}", clea_care_leaver_eligibility=state)
        for state in states
    ]
    kpi_figures = figures(tmp_path, leavers, [born(date(2006, 5, 5), f"C{state}") for state in states])
    assert {key[2] for key in kpi_figures} == {"WRelevant", "WFormer Relevant"}


def test_records_of_the_present_alone_are_of_the_editions_month(tmp_path: Path) -> None:
    kpi_figures = figures(tmp_path, [leaver("NO", as_at=None)], [born(date(2006, 5, 5))])
    assert kpi_figures == {(MARCH, "T1", "W1", "19–21"): (0.0, 1.0)}


def test_a_month_after_the_edition_or_before_the_records_is_left_out(tmp_path: Path) -> None:
    leavers = [leaver("YES", as_at=date(2026, 4, 30)), leaver("YES", as_at=date(2025, 12, 31))]
    assert figures(tmp_path, leavers, [born(date(2006, 5, 5))]) == {}


def test_a_young_person_written_twice_counts_once_as_last_heard_of(tmp_path: Path) -> None:
    leavers = [
        leaver("NO", clea_care_leaver_latest_contact=None),
        leaver("YES", clea_care_leaver_latest_contact=date(2026, 3, 2)),
        leaver("NO", clea_care_leaver_latest_contact=date(2026, 2, 2)),
    ]
    assert figures(tmp_path, leavers, [born(date(2006, 5, 5)), born(date(2006, 5, 5))]) == {
        (MARCH, "T1", "W1", "19–21"): (1.0, 1.0)
    }


def test_own_team_and_worker_stand_before_the_allocated_ones(tmp_path: Path) -> None:
    nobody = {"clea_care_leaver_allocated_team": None, "clea_care_leaver_worker_id": None}
    leavers = [leaver("YES"), leaver("YES", "C2", **nobody), leaver("NO", "C3", **nobody)]
    people = [born(date(2006, 5, 5), f"C{number}") for number in (1, 2, 3)]
    involvements = [involvement(f"C{number}", "W9", date(2025, 6, 1), invo_professional_team="T9") for number in (1, 2)]
    names = [department("T1", "Care Leavers")]
    assert figures(tmp_path, leavers, people, ssd_involvements=involvements, ssd_department=names) == {
        (MARCH, "Care Leavers", "W1", "19–21"): (1.0, 1.0),
        (MARCH, "T9", "W9", "19–21"): (1.0, 1.0),
        (MARCH, None, None, "19–21"): (0.0, 1.0),
    }


def test_no_care_leavers_give_no_figures(tmp_path: Path) -> None:
    assert figures(tmp_path, [], []) == {}
