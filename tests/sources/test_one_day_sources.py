"""A census of one day gives the figures of that day, the first one's too, whatever the edition."""

from __future__ import annotations

from datetime import date
from itertools import product
from pathlib import Path

import duckdb
import pytest
from census_reading import csww, saved, worker
from examples import every_night
from places import REPOSITORY

from improvement_board.building.build import build
from improvement_board.declared.home import Home

KPIS = {"vacancy_rate": 20.0, "agency_rate": 100 / 9, "turnover": 12.5}

YEARS, EDITIONS = ((2024,), (2023, 2024), (2022, 2024), (2021, 2022, 2023)), (date(2024, 9, 30), date(2025, 1, 31))
OF_A_DAY = [(YEARS[0], EDITIONS[0]), (YEARS[2], EDITIONS[1]), (YEARS[3], EDITIONS[0])]  # one, a gap, none of late


def workforce(year: int) -> str:
    """Eight in post, one from an agency, one who left in the year, two posts vacant."""
    left = worker(f"L{year}", FTE="0", FTE30="1", RoleEndDate=f"{year}-02-14")
    workers = "".join(worker(f"SW{number}") for number in range(8)) + worker("AG1", AgencyWorker="1") + left
    vacancies = "<LALevelVacancies><NumberOfVacancies>2</NumberOfVacancies></LALevelVacancies>"
    return csww(vacancies + workers, year=str(year), day=f"{year}-09-30")


@pytest.mark.parametrize(("years", "edition"), every_night(product(YEARS, EDITIONS), OF_A_DAY, several=True))
def test_each_thirtieth_of_september_has_its_figures(tmp_path: Path, years: tuple[int, ...], edition: date) -> None:
    home = Home(tmp_path / "home")
    home.folder.mkdir()
    home.plan.write_bytes((REPOSITORY / "data" / "plan.toml").read_bytes())
    source = tmp_path / "source"
    source.mkdir()
    for year in years:
        saved(source, workforce(year), f"{year}.xml")
    name = build(source, home, edition).edition
    for kpi, value in KPIS.items():
        rows = duckdb.read_parquet(str(home.editions / str(name) / f"{kpi}.parquet"))
        figures = rows.aggregate("period_end, 100 * sum(numerator) / sum(denominator)", "period_end").fetchall()
        assert sorted(figures) == [(date(year, 9, 30), pytest.approx(value)) for year in years], kpi
