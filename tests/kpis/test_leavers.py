"""Which care leavers the KPIs about them count: the same for all."""

from datetime import date
from pathlib import Path

import pytest
from leaver_rows import FEBRUARY, MARCH, figures, leaver
from rows import department, involvement

KPIS = ("care_leavers_suitable_home", "care_leavers_eet", "pathway_plans_on_time")
GOOD = {
    "clea_care_leaver_accommodation": "U",
    "clea_care_leaver_accom_suitable": "1",
    "clea_care_leaver_activity": "F2",
    "clea_pathway_plan_review_date": date(2026, 2, 1),
}


@pytest.mark.parametrize("kpi", KPIS)
def test_nothing_recorded_stays_in(tmp_path: Path, kpi: str) -> None:
    leavers = [leaver(**GOOD), leaver("C2")]
    assert figures(kpi, tmp_path, leavers) == {(MARCH, "T1", "W1", "19–21"): (1.0, 2.0)}


@pytest.mark.parametrize("kpi", KPIS)
def test_those_who_died_or_went_home_are_left_out(tmp_path: Path, kpi: str) -> None:
    states = ["YES", "NO", "REFU", "NREQ", None, "DIED", "RHOM"]
    leavers = [leaver(f"C{state}", clea_care_leaver_in_touch=state, **GOOD) for state in states]
    assert figures(kpi, tmp_path, leavers) == {(MARCH, "T1", "W1", "19–21"): (5.0, 5.0)}


@pytest.mark.parametrize("kpi", KPIS)
@pytest.mark.parametrize(
    ("born", "group"),
    [
        (date(2009, 4, 1), None),
        (date(2009, 3, 31), "17–18"),
        (date(2007, 4, 1), "17–18"),
        (date(2007, 3, 31), "19–21"),
        (date(2004, 4, 1), "19–21"),
        (date(2004, 3, 31), None),
        (None, None),
    ],
)
def test_age_on_the_day(tmp_path: Path, kpi: str, born: date | None, group: str | None) -> None:
    kpi_figures = figures(kpi, tmp_path, [leaver(**GOOD)], born)
    assert [key[3] for key in kpi_figures] == ([group] if group else [])


@pytest.mark.parametrize("kpi", KPIS)
def test_only_the_relevant_and_former_relevant(tmp_path: Path, kpi: str) -> None:
    states = ["Eligible", "Relevant", "Former Relevant", "Qualifying", "No Current Eligibility", None]
    leavers = [leaver(f"C{state}", clea_care_leaver_eligibility=state, **GOOD) for state in states]
    assert figures(kpi, tmp_path, leavers) == {(MARCH, "T1", "W1", "19–21"): (2.0, 2.0)}


@pytest.mark.parametrize("kpi", KPIS)
def test_the_months_of_the_records_and_of_the_present(tmp_path: Path, kpi: str) -> None:
    months = [date(2025, 12, 31), FEBRUARY, date(2026, 3, 30), date(2026, 4, 30)]
    kpi_figures = figures(kpi, tmp_path, [*(leaver(as_at=day, **GOOD) for day in months), leaver("C2", None, **GOOD)])
    assert kpi_figures == {(end, "T1", "W1", "19–21"): (1.0, 1.0) for end in (FEBRUARY, MARCH)}


@pytest.mark.parametrize("kpi", KPIS)
def test_written_twice_counts_once_as_last_heard_of(tmp_path: Path, kpi: str) -> None:
    leavers = [
        leaver(clea_care_leaver_latest_contact=None),
        leaver(clea_care_leaver_latest_contact=date(2026, 3, 2), **GOOD),
        leaver(clea_care_leaver_latest_contact=date(2026, 2, 2)),
    ]
    assert figures(kpi, tmp_path, leavers) == {(MARCH, "T1", "W1", "19–21"): (1.0, 1.0)}


@pytest.mark.parametrize("kpi", KPIS)
def test_own_team_and_worker_stand_before_the_allocated_ones(tmp_path: Path, kpi: str) -> None:
    nobody = {"clea_care_leaver_allocated_team": None, "clea_care_leaver_worker_id": None}
    leavers = [leaver(), leaver("C2", **GOOD, **nobody), leaver("C3", **nobody), leaver(None, **GOOD)]
    held = [involvement(person, "W9", date(2025, 6, 1), invo_professional_team="T9") for person in ("C1", "C2")]
    tables = {"ssd_involvements": held, "ssd_department": [department("T1", "Care Leavers")]}
    assert figures(kpi, tmp_path, leavers, **tables) == {
        (MARCH, "Care Leavers", "W1", "19–21"): (0.0, 1.0),
        (MARCH, "T9", "W9", "19–21"): (1.0, 1.0),
        (MARCH, None, None, "19–21"): (0.0, 1.0),
    }


@pytest.mark.parametrize("kpi", KPIS)
def test_no_care_leavers_give_no_figures(tmp_path: Path, kpi: str) -> None:
    assert figures(kpi, tmp_path, []) == {}
