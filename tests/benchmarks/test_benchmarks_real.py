"""The published files as DfE published them, against figures looked up by hand in each of them."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path
from statistics import mean
from typing import Any

import duckdb
import pytest
from places import REPOSITORY, first_vintage

from improvement_board.benchmarks import Published, load_published
from improvement_board.benchmarks.own_figures import fill_own_figures, own_figures
from improvement_board.benchmarks.write import write_comparators

REPOSITORY_DATA = REPOSITORY / "data"
ENGLAND = "E92000001"
NORTH_WEST = "E12000002"
TRAFFORD = "E08000009"
HACKNEY = "E09000012"
KINGSTON = "E09000021"
CITY_OF_LONDON = "E09000001"
SCILLY = "E06000053"
SUNDERLAND = "E08000024"
Key = tuple[str, str | None, str, str]


@pytest.fixture(scope="module")
def published(reference: Path) -> Iterator[Published]:
    with load_published(first_vintage(reference)) as loaded:
        write_comparators(loaded)
        fill_own_figures(loaded)
        yield loaded


@pytest.fixture(scope="module")
def comparators(published: Published) -> dict[Key, tuple[Any, ...]]:
    table = published.engine.connection.table("benchmarks")
    order = table.columns
    figures_by_key = {}
    for values in table.fetchall():
        each = dict(zip(order, values, strict=True))
        if each["area_type"] != "Statistical neighbours":
            key = (each["kpi"], each["category"], each["area_code"], str(each["period_end"]))
            figures_by_key[key] = (each["value"], each["numerator"], each["denominator"], each["symbol"])
    return figures_by_key


BY_HAND = [
    # children's social work workforce
    ("average_caseload", None, ENGLAND, "2024-09-30", 15.4),
    ("average_caseload", None, TRAFFORD, "2024-09-30", 13.7),
    ("average_caseload", None, TRAFFORD, "2017-09-30", 16.5),
    ("agency_rate", None, ENGLAND, "2024-09-30", 16.2),
    ("agency_rate", None, TRAFFORD, "2024-09-30", 39.3),
    ("agency_rate", None, KINGSTON, "2024-09-30", 19.0),
    ("sickness_absence", None, ENGLAND, "2024-09-30", 3.4),
    ("sickness_absence", None, KINGSTON, "2024-09-30", 1.2),
    # children in need: plans
    ("second_plan", None, ENGLAND, "2024-03-31", 24.7),
    ("second_plan", None, TRAFFORD, "2024-03-31", 39.8),
    ("cp_over_2_years", None, ENGLAND, "2024-03-31", 2.6),
    ("cp_over_2_years", None, TRAFFORD, "2024-03-31", 6.9),
    # outcomes of children in need: absence, and its complement
    ("attendance_social_worker", "in need", ENGLAND, "2024-08-31", 82.2),
    ("attendance_social_worker", "in need", TRAFFORD, "2024-08-31", 82.1),
    ("attendance_social_worker", "protection", TRAFFORD, "2024-08-31", 74.0),
    ("attendance_social_worker", "in care", TRAFFORD, "2024-08-31", 90.8),
    ("persistent_absence_social_worker", "in need", ENGLAND, "2024-08-31", 47.9),
    ("persistent_absence_social_worker", "in care", TRAFFORD, "2024-08-31", 24.4),
    ("severe_absence_social_worker", "protection", TRAFFORD, "2024-08-31", 22.1),
    # children looked after
    ("children_in_care", None, ENGLAND, "2024-03-31", 70.0),
    ("children_in_care", None, TRAFFORD, "2024-03-31", 67.0),
    ("placements_three_or_more", None, TRAFFORD, "2024-03-31", 5.0),
    ("long_term_stability", None, ENGLAND, "2024-03-31", 68.0),
    ("long_term_stability", None, TRAFFORD, "2024-03-31", 76.0),
    ("care_leavers_suitable_home", "17–18", ENGLAND, "2024-03-31", 91.0),
    ("care_leavers_suitable_home", "19–21", TRAFFORD, "2024-03-31", 85.0),
    ("care_leavers_suitable_home", "19–21", CITY_OF_LONDON, "2024-03-31", 89.0),
    ("care_leavers_eet", "17–18", TRAFFORD, "2024-03-31", 68.0),
    ("care_leavers_eet", "19–21", TRAFFORD, "2024-03-31", 50.0),
    ("three_social_workers", "in care", ENGLAND, "2024-03-31", 27.0),
    ("three_social_workers", "in care", TRAFFORD, "2024-03-31", 21.0),
    ("three_social_workers", "in care", NORTH_WEST, "2024-03-31", 28.0),
    # Local Authority Interactive Tool, binary noise taken away
    ("assessments_45_days", None, ENGLAND, "2024-03-31", 84.5),
    ("assessments_45_days", None, TRAFFORD, "2023-03-31", 78.6),
    ("icpc_15_days", None, TRAFFORD, "2024-03-31", 65.6),
    ("cp_reviews_on_time", None, TRAFFORD, "2020-03-31", 81.4),
    ("health_assessments_on_time", None, ENGLAND, "2018-03-31", 88.0),
]


@pytest.mark.parametrize(("kpi", "category", "area", "period_end", "value"), BY_HAND)
def test_a_figure_looked_up_by_hand(
    comparators: dict[Key, tuple[Any, ...]], kpi: str, category: str | None, area: str, period_end: str, value: float
) -> None:
    assert comparators[kpi, category, area, period_end][0] == value


@pytest.mark.parametrize(
    ("kpi", "category", "area", "period_end", "symbol"),
    [
        ("agency_rate", None, SUNDERLAND, "2024-09-30", "low"),
        ("second_plan", None, HACKNEY, "2021-03-31", "x"),
        ("cp_over_2_years", None, TRAFFORD, "2020-03-31", "c"),
        ("attendance_social_worker", "in need", HACKNEY, "2021-08-31", "z"),
        ("attendance_social_worker", "in need", ENGLAND, "2020-08-31", "x"),
        ("care_leavers_suitable_home", "17–18", CITY_OF_LONDON, "2024-03-31", "c"),
        ("long_term_stability", None, SCILLY, "2024-03-31", "z"),
        ("assessments_45_days", None, HACKNEY, "2021-03-31", "-"),
    ],
)
def test_a_symbol_looked_up_by_hand(
    comparators: dict[Key, tuple[Any, ...]], kpi: str, category: str | None, area: str, period_end: str, symbol: str
) -> None:
    assert comparators[kpi, category, area, period_end] == (None, None, None, symbol)


def test_parts_looked_up_by_hand(comparators: dict[Key, tuple[Any, ...]]) -> None:
    assert comparators["average_caseload", None, TRAFFORD, "2024-09-30"] == (13.7, 1133, 82.4, None)
    assert comparators["second_plan", None, TRAFFORD, "2024-03-31"] == (39.8, 98, 246, None)
    in_need = comparators["attendance_social_worker", "in need", TRAFFORD, "2024-08-31"]
    assert in_need == (82.1, 140811 - 25223, 140811, None)
    assert comparators["children_in_care", None, TRAFFORD, "2024-03-31"] == (67, 377, 56015, None)
    # England's agency rate leaves out authorities without agency figures, so its parts do not give it
    assert comparators["agency_rate", None, ENGLAND, "2024-09-30"] == (16.2, None, None, None)


def test_the_neighbour_mean_is_that_of_the_ten_in_the_file(reference: Path, published: Published) -> None:
    folder = reference / "published"
    with (folder / "sn_model_2025_wide.csv").open(encoding="utf-8-sig", newline="") as stream:
        trafford = next(row for row in csv.DictReader(stream) if row["la_name"] == "Trafford")
    ten = {trafford[f"SN_{n}"] for n in range(1, 11)}
    with (folder / "csww_indicators_2017_to_2024.csv").open(encoding="utf-8-sig", newline="") as stream:
        caseloads = {
            row["old_la_code"]: row["caseload_fte"] for row in csv.DictReader(stream) if row["time_period"] == "2024"
        }
    table = published.engine.connection.table("benchmarks").fetchall()
    columns = published.engine.connection.table("benchmarks").columns
    neighbour_rows = [
        dict(zip(columns, row, strict=True))
        for row in table
        if row[0] == "average_caseload" and row[2] == "Statistical neighbours" and row[3] == TRAFFORD
    ]
    latest = next(each for each in neighbour_rows if str(each["period_end"]) == "2024-09-30")
    assert latest["value"] == pytest.approx(mean(float(caseloads[number]) for number in ten), abs=1e-9)


def test_the_publication_wins_for_the_whole_series(comparators: dict[Key, tuple[Any, ...]]) -> None:
    years = {key[3][:4] for key in comparators if key[0] == "average_caseload" and key[2] == ENGLAND}
    assert years == {str(year) for year in range(2017, 2025)}  # the tool starts in 2016


def test_every_area_is_there_once(published: Published) -> None:
    rows = published.engine.connection.table("benchmarks").select(
        "kpi", "category", "area_type", "area_code", "period_end"
    )
    keys = rows.fetchall()
    assert len(keys) == len(set(keys))
    assert {key[3] for key in keys if key[2] == "Region"} == {f"E1200000{n}" for n in range(1, 10)}
    current = {authority.code for authority in published.authorities.values() if authority.is_current}
    assert len(current) == 153
    assert current == {key[3] for key in keys if key[2] == "Statistical neighbours"}
    assert current <= {key[3] for key in keys if key[2] == "Local authority"}


def test_all_153_authorities_have_at_least_20_kpis_and_explain_their_gaps(published: Published) -> None:
    table = published.engine.connection.table("own_figures")
    gaps: dict[tuple[str, str], bool] = {}
    for values in table.fetchall():
        row = dict(zip(table.columns, values, strict=True))
        is_gap = row["numerator"] is None and row["value"] is None
        assert is_gap == (row["symbol"] is not None), row
        key = (row["authority"], row["kpi"])
        gaps[key] = gaps.get(key, False) or is_gap
    for authority in (each for each in published.authorities.values() if each.is_current):
        figures = own_figures(published, authority)
        assert len(figures.kpis) >= min(len(published.chosen), 20), authority.name
        assert authority.region_code in published.aliases.regions
        for kpi in figures.kpis:
            assert gaps[authority.code, kpi] == ("No figure" in figures.note(kpi)), (authority.name, kpi)


def test_files_read_in_another_order_give_the_same(reference: Path, published: Published) -> None:
    files = sorted(first_vintage(reference), reverse=True)
    with load_published(files) as again:
        write_comparators(again)
        assert (
            again.engine.connection.table("benchmarks").fetchall()
            == published.engine.connection.table("benchmarks").fetchall()
        )


def test_of_two_vintages_in_one_folder_the_newer_is_read_whole_and_the_older_noted(
    reference: Path, tmp_path: Path
) -> None:
    (tmp_path / "later").mkdir()
    older, newer = (f"c1_children_in_need_referrals_and_rereferrals_2013_to_{year}.csv" for year in (2024, 2025))
    for name in ("sn_may_2025.xlsx", "csww_indicators_2017_to_2024.csv", older):
        shutil.copy(reference / "published" / name, tmp_path)
    shutil.copy(reference / "published" / "2025" / newer, tmp_path / "later")
    with load_published([tmp_path]) as loaded:
        assert [file_read.file.name for file_read in loaded.files if file_read.id == "referrals"] == [newer]
        assert f"{older}: left out, there is a newer file of the same publication" in loaded.notes


def test_the_repository_holds_what_the_command_makes(published: Published) -> None:
    file = REPOSITORY_DATA / "benchmarks.parquet"
    assert file.stat().st_size < 300_000
    kept = duckdb.connect().read_parquet(str(file))
    columns = kept.columns
    rows = kept.fetchall()
    places = {(row[columns.index("area_type")], row[columns.index("area_code")]) for row in rows}
    regions = {("Region", f"E1200000{n}") for n in range(1, 10)}
    assert places == {("England", ENGLAND), ("Statistical neighbours", "E08999901"), *regions}
    fresh = published.engine.connection.table("benchmarks")
    assert columns == fresh.columns
    wide = {row for row in fresh.fetchall() if row[2] in ("England", "Region")}
    assert {row for row in rows if row[2] in ("England", "Region")} == wide
