"""Figures over tables whose cells are odd in ways that files of warehouses and workbooks have: right, or left out."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import pytest

from improvement_board.building.records import open_records
from improvement_board.building.supply import supply
from improvement_board.declared.kpis import load_library

MARCH = dt.date(2026, 3, 31)
Rows = Sequence[Sequence[str]]
CHILDREN: Rows = [("pers_person_id", "pers_dob"), *((f"C{at}", "2012-05-04") for at in range(12))]
EPISODES = ("cine_referral_id", "cine_person_id", "cine_referral_date", "cine_close_date", "cine_referral_team")


def figures(folder: Path, kpi: str, tables: dict[str, Rows]) -> list[tuple[object, ...]]:
    """Team, numerator and denominator of the latest month, or what the KPI needs."""
    source = folder / "in"
    source.mkdir()
    for table, rows in tables.items():
        with (source / f"{table}.csv").open("w", encoding="utf-8", newline="") as out:
            csv.writer(out, delimiter=";").writerows(rows)
    supplied = supply(source, folder / "work", MARCH)
    assert not supplied.stops
    definition = load_library()[kpi]
    needs = supplied.needs(definition)
    if needs:
        return [needs]
    records = open_records(supplied.folder, "E08999901", MARCH)
    try:
        rows = records.compute(definition).filter(f"period_end = date '{MARCH}'")
        return rows.aggregate("team, sum(numerator), sum(denominator)", "team").order("team").fetchall()
    finally:
        records.connection.close()


@pytest.mark.parametrize("no_day", ["01/01/1900", "1899-12-30", "31/12/9999", "0001-01-01", "-1"])
def test_an_open_case_whose_end_is_the_first_or_last_day_of_a_program_is_open(tmp_path: Path, no_day: str) -> None:
    rows = [(f"R{at}", f"C{at}", "2026-03-02", no_day if at < 5 else "", "North") for at in range(12)]
    assert figures(tmp_path, "referrals", {"ssd_person": CHILDREN, "ssd_cin_episodes": [EPISODES, *rows]}) == [
        ("North", 12.0, None)
    ]


@pytest.mark.parametrize("key", ["-1", "#N/A", "Unknown", "9999"])
def test_a_team_that_is_not_known_is_none_and_the_worker_says_which_it_was(tmp_path: Path, key: str) -> None:
    rows = [(f"R{at}", f"C{at}", "2026-03-02", "", key) for at in range(12)]
    columns = ("invo_involvements_id", "invo_person_id", "invo_professional_id", "invo_professional_team")
    more = ("invo_professional_role_id", "invo_involvement_start_date", "invo_involvement_end_date")
    held = [(f"I{at}", f"C{at}", "W1", "North", "Allocated Case Worker", "2026-03-02", "") for at in range(12)]
    tables: dict[str, Rows] = {"ssd_person": CHILDREN, "ssd_cin_episodes": [EPISODES, *rows]}
    figures_read = figures(tmp_path, "referrals", tables | {"ssd_involvements": [(*columns, *more), *held]})
    assert figures_read == [("North", 12.0, None)]


@pytest.mark.parametrize(("yes", "no"), [("y", "n"), ("1", "0"), ("true", "false"), ("Yes", "No"), ("T", "F")])
def test_flags_of_the_dataset_in_other_words(tmp_path: Path, yes: str, no: str) -> None:
    columns = ("cppl_cp_plan_id", "cppl_person_id", "cppl_cp_plan_start_date", "cppl_cp_plan_end_date")
    more = ("cppl_cp_plan_latest_category", "cppl_cp_plan_ola")
    rows = [
        (f"P{at}", f"C{at}", "2026-01-05", "", "NEG" if at < 3 else "EMO", yes if at >= 8 else no) for at in range(12)
    ]
    figures_read = figures(tmp_path, "cp_neglect", {"ssd_person": CHILDREN, "ssd_cp_plans": [(*columns, *more), *rows]})
    assert [(numerator, denominator) for _, numerator, denominator in figures_read] == [(3.0, 8.0)]


def of_vacancies(folder: Path, fte: str, vacant: str) -> list[tuple[object, ...]]:
    columns = ("professional_id", "period_end", "team", "social_worker_flag", "agency_flag", "fte")
    workers = [(f"W{at}", "31/03/2026", "North", "Y", "N", fte) for at in range(10)]
    vacancies = [("period_end", "team", "vacant_fte"), ("31/03/2026", "North", vacant)]
    return figures(folder, "vacancy_rate", {"workforce": [columns, *workers], "vacancies": vacancies})


def test_decimal_commas_of_posts_are_decimals(tmp_path: Path) -> None:
    assert of_vacancies(tmp_path, "0,8", "2,5") == [("North", 2.5, 10.5)]


@pytest.mark.parametrize("fte", ["#N/A", "", "-1", "Not known"])
def test_without_hours_there_is_no_vacancy_rate(tmp_path: Path, fte: str) -> None:
    ((need,),) = of_vacancies(tmp_path, fte, "2")
    assert str(need).startswith("fte of workforce")
