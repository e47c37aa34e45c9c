"""The demonstration council written as censuses and read back: the same figures, but for what a census cannot carry.

Each difference is made in the original records by hand, and then every figure is the same.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from census_reading import Reading, read
from record_folders import read_source_folder
from writers.cin_census import write as write_cin
from writers.cin_census import years
from writers.csww_census import write as write_csww

from improvement_board.building.records import Records, SourceFolder, open_records
from improvement_board.declared.kpis import load_library
from improvement_board.demo import write_demo
from improvement_board.sources.cin_census import CARRIES, CinCensus
from improvement_board.sources.csww_census import CswwCensus

EDITION = date(2026, 9, 30)
AUTHORITY = "E08999901"
CIN_KPIS = (
    "referrals",
    "re_referrals",
    "assessments_45_days",
    "assessments_open_over_45_days",
    "assessments_not_in_need",
    "domestic_abuse_factor",
    "exploitation_factor",
    "icpc_15_days",
    "cp_neglect",
    "second_plan",
    "cp_over_2_years",
    "cp_reviews_on_time",
)
Row = dict[str, Any]
Figures = dict[tuple[date, str | None], tuple[float, float | None]]


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("council")
    write_demo(folder, scale=0.02, editions=(EDITION,))
    return folder / EDITION.isoformat()


@pytest.fixture(scope="module")
def cin_reading(council: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Reading, Records]:
    folder = tmp_path_factory.mktemp("cin")
    adapter = CinCensus()
    files = write_cin(council, folder / "files")
    reading = read(adapter, files, folder)
    staged = {table: folder / "staged" / f"{table}.parquet" for table, rows in reading.tables.items() if rows}
    first_day = min(adapter.first_days(files).values())
    return reading, open_records(SourceFolder(folder, staged, None, first_day), AUTHORITY, EDITION)


def figures(records: Records, kpi: str) -> Figures:
    """Numerator and denominator of the service by month and category."""
    rows = records.compute(load_library()[kpi]).aggregate("period_end, category, sum(numerator), sum(denominator)")
    return {(day, category): (numerator, denominator) for day, category, numerator, denominator in rows.fetchall()}


def without_what_a_census_lacks(council: Path, folder: Path) -> Records:
    """The council's records, with each thing taken away that its censuses cannot say."""
    first_day = tomllib.loads((council / "source.toml").read_text(encoding="utf-8"))["first_day"]
    ends = [year.last for year in years(first_day, EDITION)]
    tables = {table: pq.read_table(council / f"{table}.parquet") for table in CARRIES}
    closed = {row["cine_referral_id"]: row for row in tables["ssd_cin_episodes"].to_pylist()}
    folder.mkdir()
    for table, rows in tables.items():
        kept = [
            row for row in rows.to_pylist() if CHANGES.get(table, lambda row, closed, ends: True)(row, closed, ends)
        ]
        pq.write_table(pa.Table.from_pylist(kept, rows.schema), folder / f"{table}.parquet")
    source = read_source_folder(folder)
    return open_records(SourceFolder(folder, source.files, None, first_day), AUTHORITY, EDITION)


def _assessment(row: Row, closed: Mapping[str, Row], ends: list[date]) -> bool:
    """One whose case closed in an earlier year than it was authorised has no end: the next census has no such case.

    The last one of a case has no outcome while the case is open.
    """
    case, authorised = closed.get(row["cina_referral_id"]), row["cina_assessment_auth_date"]
    if case is None or case["cine_close_date"] is None:
        row["cina_assessment_outcome_nfa"] = None
        return True
    year_end = next(end for end in ends if end >= max(case["cine_close_date"], row["cina_assessment_start_date"]))
    return authorised is not None and authorised <= year_end


def _review(row: Row, closed: Mapping[str, Row], ends: list[date]) -> bool:
    """A census has the reviews held, without the day they were due."""
    row["cppr_cp_review_due"] = None
    return row["cppr_cp_review_date"] is not None and row["cppr_cp_review_date"] >= date(2019, 4, 1)


def _plan(row: Row, closed: Mapping[str, Row], ends: list[date]) -> bool:
    """A plan for several categories does not say which."""
    for column in ("cppl_cp_plan_initial_category", "cppl_cp_plan_latest_category"):
        row[column] = row[column].partition(":")[0]
    return True


CHANGES: Mapping[str, Callable[[Row, Mapping[str, Row], list[date]], bool]] = {
    "ssd_cin_assessments": _assessment,
    "ssd_cp_reviews": _review,
    "ssd_cp_plans": _plan,
}


@pytest.mark.parametrize("kpi", ["referrals", "re_referrals", "icpc_15_days", "second_plan", "cp_over_2_years"])
def test_these_figures_come_back_as_they_were(council: Path, cin_reading: tuple[Reading, Records], kpi: str) -> None:
    original = figures(open_records(read_source_folder(council), AUTHORITY, EDITION), kpi)
    assert original
    assert figures(cin_reading[1], kpi) == original


@pytest.mark.parametrize("kpi", CIN_KPIS)
def test_every_difference_is_one_that_is_known(
    council: Path, cin_reading: tuple[Reading, Records], tmp_path: Path, kpi: str
) -> None:
    expected = figures(without_what_a_census_lacks(council, tmp_path / "less"), kpi)
    assert expected
    assert figures(cin_reading[1], kpi) == expected


def test_what_is_found_wrong_with_the_councils_censuses(cin_reading: tuple[Reading, Records]) -> None:
    assert {(finding.rule, finding.table) for finding in cin_reading[0].kept_findings} <= {
        ("gone-from-later-census", "ssd_cin_assessments")
    }


@pytest.fixture(scope="module")
def csww_records(council: Path, tmp_path_factory: pytest.TempPathFactory) -> Records:
    folder = tmp_path_factory.mktemp("csww")
    reading = read(CswwCensus(), write_csww(council, folder / "files"), folder)
    assert reading.kept_findings == []
    staged = {table: folder / "staged" / f"{table}.parquet" for table in reading.tables}
    return open_records(SourceFolder(folder, staged, None, None), AUTHORITY, EDITION)


@pytest.mark.parametrize("kpi", ["agency_rate", "agency_tenure", "vacancy_rate"])
def test_the_workforce_of_each_september_comes_back(council: Path, csww_records: Records, kpi: str) -> None:
    original = figures(open_records(read_source_folder(council), AUTHORITY, EDITION), kpi)
    septembers = {figure_key: parts for figure_key, parts in original.items() if figure_key[0].month == 9}
    workforce_figures = figures(csww_records, kpi)
    assert workforce_figures.keys() == septembers.keys()
    for figure_key, parts in septembers.items():
        assert workforce_figures[figure_key] == pytest.approx(parts)


def test_turnover_lacks_only_those_whose_hours_a_year_before_are_not_known(
    council: Path, csww_records: Records
) -> None:
    """FTE30 is of the 30 September before: who came and left in between has none, and hours may have changed."""
    original = figures(open_records(read_source_folder(council), AUTHORITY, EDITION), "turnover")
    turnover_figures = figures(csww_records, "turnover")
    assert {figure_key[0] for figure_key in turnover_figures} == {date(year, 9, 30) for year in range(2020, 2027)}
    workforce = pq.read_table(council / "workforce.parquet").to_pylist()
    hours = {(row["professional_id"], row["period_end"]): row["fte"] for row in workforce}
    for (day, _), (leavers, in_post) in turnover_figures.items():
        before = day.replace(year=day.year - 1)
        left = [
            row
            for row in workforce
            if row["end_date"]
            and before < row["end_date"] <= day
            and row["agency_flag"] != "Y"
            and row["social_worker_flag"] == "Y"
        ]
        lost = sum(row["fte"] - (hours.get((row["professional_id"], before)) or 0) for row in left)
        assert in_post == pytest.approx(original[day, None][1])
        assert leavers == pytest.approx(original[day, None][0] - lost)


def test_sickness_of_a_month_is_not_in_a_census(csww_records: Records) -> None:
    assert figures(csww_records, "sickness_absence") == {}
