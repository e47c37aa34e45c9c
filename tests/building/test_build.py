"""From records to an edition: every KPI whose tables are there, by the plan's parameters, or nothing at all."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest
from examples import is_nightly
from places import REPOSITORY, SMALL_EDITIONS

from improvement_board.access.viewer import EVERYONE
from improvement_board.building.build import build
from improvement_board.common.files import sha256_of
from improvement_board.declared.home import Home
from improvement_board.declared.kpis import load_library
from improvement_board.editions.manifest import read_manifest
from improvement_board.errors import InputError
from improvement_board.page_models import Address, Board, Run

AUDITS = "audit_id,person_id,team,professional_id,case_type,planned_date,completed_date,grade\n"
PLAN = """[council]
name = "Northbridge"
code = "E08999901"
synthetic = true

[[ambition]]
id = "practice"
title = "Good practice"
statement = "Audits are done."

[[ambition.kpi]]
kpi = "audits_completed"

[[ambition.kpi]]
kpi = "audits_good"
"""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    home.folder.mkdir()
    home.plan.write_text(PLAN, encoding="utf-8")
    return home


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Records of two audits of North in June 2026, one of them done and good."""
    folder = tmp_path / "2026-06-30"
    folder.mkdir()
    rows = "1,p1,North,w1,in need,2026-06-01,2026-06-20,good\n2,p2,North,w1,in need,2026-06-01,,\n"
    (folder / "audits.csv").write_text(AUDITS + rows, encoding="utf-8")
    return folder


def editions(home: Home) -> list[str]:
    return sorted(folder.name for folder in home.editions.glob("*"))


def test_an_edition_is_built_of_the_kpis_whose_tables_are_there(home: Home, source: Path) -> None:
    with_departments = "dept_team_id,dept_team_name,dept_team_parent_name\nt1,North,Help\n"
    (source / "ssd_department.csv").write_text(with_departments, encoding="utf-8")
    (source / "ssd_involvements.csv").write_text("invo_involvements_id,invo_person_id\n", encoding="utf-8")
    said: list[tuple[str, int | None, int | None]] = []
    summary = build(source, home, progress=lambda what, done=None, of=None: said.append((what, done, of)))
    assert str(summary.edition) == "2026-06-30"
    assert set(summary.kpis) >= {"audits_completed", "audits_good"}
    assert set(summary.kpis) | set(summary.missing) == set(load_library())
    assert set(summary.kpis) & set(summary.missing) == set()
    assert "workforce" in summary.missing["agency_rate"]
    assert len([progress for progress in said if progress[2] == len(load_library())]) == len(load_library())
    page = Run(Board(home)).look(EVERYONE).plan()
    assert {outline.series.definition.id: outline.series.latest_value for outline in page.outlines} == {
        "audits_completed": 50.0,
        "audits_good": 100.0,
    }
    manifest = read_manifest(home.editions / "2026-06-30")
    assert {
        source_file.table: (source_file.file, source_file.rows, source_file.sha256) for source_file in manifest.sources
    } == {
        name: (f"{name}.csv", rows, sha256_of(source / f"{name}.csv"))
        for name, rows in (("audits", 2), ("ssd_department", 1), ("ssd_involvements", 0))
    }
    assert set(manifest.missing) == set(summary.missing)
    assert Run(Board(home)).look(EVERYONE).desk.store.teams[0].service == "Help"


def test_the_plans_parameters_are_those_the_kpi_is_computed_with(small_records: Path, tmp_path: Path) -> None:
    shares = {}
    for limit in (5, 40):
        home = Home(tmp_path / f"limit-{limit}")
        home.folder.mkdir()
        kpis = PLAN.replace("audits_completed", "caseload_over_limit").replace("audits_good", "average_caseload")
        home.plan.write_text(f"{kpis}\n[parameters.caseload_over_limit]\nlimit_cases = {limit}\n", encoding="utf-8")
        source = tmp_path / f"records-{limit}"
        source.mkdir()
        for table in ("ssd_involvements", "workforce", "ssd_department"):
            name = f"{table}.parquet"
            shutil.copyfile(small_records / "2026-06-30" / name, source / name)
        build(source, home, date(2026, 6, 30))
        record = read_manifest(home.editions / "2026-06-30").kpis["caseload_over_limit"]
        assert record.parameters == {"limit_cases": limit}
        outlines = Run(Board(home)).look(EVERYONE).plan().outlines
        shares[limit] = outlines[0].series.latest_value
    assert shares[5] is not None
    assert shares[40] is not None
    assert shares[5] > shares[40]


@pytest.mark.parametrize(
    ("asked", "declared", "folder", "edition_name"),
    [
        (date(2026, 7, 31), "edition = 2026-06-30\n", "records", "2026-07-31"),
        (None, "edition = 2026-06-30\n", "2026-05-31", "2026-06-30"),
        (None, "", "2026-07-31", "2026-07-31"),
    ],
)
def test_the_edition_is_the_one_asked_for_else_the_sources_else_the_folders(
    home: Home, source: Path, asked: date | None, declared: str, folder: str, edition_name: str
) -> None:
    moved = source.rename(source.with_name(folder))
    (moved / "source.toml").write_text(declared, encoding="utf-8")
    assert str(build(moved, home, asked).edition) == edition_name


@pytest.mark.parametrize(
    ("asked", "folder", "message"),
    [
        (date(2026, 6, 29), "records", "the last day of a month"),
        (None, "records", "does not say which edition"),
        (None, "2026-06-15", "the last day of a month"),
    ],
)
def test_an_edition_is_dated_by_the_last_day_of_a_month(
    home: Home, source: Path, asked: date | None, folder: str, message: str
) -> None:
    moved = source.rename(source.with_name(folder))
    with pytest.raises(InputError, match=message) as error:
        build(moved, home, asked)
    assert error.value.problems[0].file == moved
    assert editions(home) == []


@pytest.mark.parametrize("wrong", ["plan", "records", "events", "no kpi"])
def test_what_cannot_be_built_leaves_the_home_as_it_was(home: Home, source: Path, wrong: str) -> None:
    if wrong == "plan":
        home.plan.write_text(PLAN.replace("audits_good", "wellbeing"), encoding="utf-8")
    elif wrong == "records":
        (source / "audits.csv").write_text(AUDITS + "1,p1,North,w1,in need,June,,\n", encoding="utf-8")
    elif wrong == "events":
        home.events.write_text("date\n", encoding="utf-8")
    else:
        (source / "audits.csv").rename(source / "life_story.csv")
        (source / "life_story.csv").write_text("person_id,start_date\n", encoding="utf-8")
    with pytest.raises(InputError) as error:
        build(source, home)
    places = {"plan": home.plan, "records": source / "audits.csv", "events": home.events, "no kpi": source}
    assert str(error.value.problems[0].file) == str(places[wrong])
    assert editions(home) == []


def test_a_kpi_without_rows_is_published_without_figures(home: Home, source: Path) -> None:
    (source / "audits.csv").write_text(AUDITS, encoding="utf-8")
    summary = build(source, home)
    assert "audits_good" in summary.kpis
    page = Run(Board(home)).look(EVERYONE).plan()
    assert [outline.series.latest_value for outline in page.outlines] == [None, None]


def test_the_small_council_has_every_kpi_in_each_edition(small_home: Home) -> None:
    board = Board(small_home)
    there = SMALL_EDITIONS if is_nightly() else SMALL_EDITIONS[-1:]
    assert Run(board).shelf.served == tuple(edition.isoformat() for edition in reversed(there))
    for edition in Run(board).shelf.served:
        look = Run(board).look(EVERYONE, Address(edition=edition))
        desk, problems = look.desk, look.passed_over
        assert problems == ()
        outlines, _ = desk.outlines(desk.store.plan.kpis, Address())
        assert len(outlines) == len(load_library())
        ends = {kpi: outline.series.period_ends[-1] for kpi, outline in outlines.items() if outline.series.period_ends}
        of_every_month = ("average_caseload", "agency_rate", "contacts", "referrals", "children_in_care", "cp_neglect")
        assert {ends[kpi] for kpi in of_every_month} == {desk.store.name.day}
        without = {kpi for kpi, outline in outlines.items() if outline.series.latest is None or not outline.headline}
        assert without <= {"custody_visits_on_time"}  # hardly any in so small a council
    assert Run(board).look(EVERYONE).plan().changes


def test_the_small_councils_children_in_care_are_those_of_its_records(small_home: Home, small_records: Path) -> None:
    files = [small_records / "2026-09-30" / f"{name}.parquet" for name in ("ssd_cla_episodes", "ssd_legal_status")]
    query = f"""
        select count(distinct clae_person_id) from '{files[0]}'
        where clae_cla_episode_start_date <= date '2026-09-30'
            and (clae_cla_episode_ceased_date is null or clae_cla_episode_ceased_date > date '2026-09-30')
            and clae_person_id not in (
                select lega_person_id from '{files[1]}'
                where lega_legal_status in ('V3', 'V4') and lega_legal_status_start_date <= date '2026-09-30'
                    and (lega_legal_status_end_date is null or lega_legal_status_end_date > date '2026-09-30')
            )
    """
    ((children,),) = duckdb.sql(query).fetchall()
    desk = Run(Board(small_home)).look(EVERYONE).desk
    outlines, _ = desk.outlines(["children_in_care"], Address())
    series = outlines["children_in_care"].series
    assert series.numerators[-1] == children
    assert series.latest_value == pytest.approx(10_000 * children / 64_300)
    assert (REPOSITORY / "data" / "plan.toml").read_bytes() == small_home.plan.read_bytes()


CARE = """[[ambition]]
id = "care"
title = "Care"
statement = "Children are safe."

[[ambition.kpi]]
kpi = "children_in_care"

[[ambition.kpi]]
kpi = "missing_episodes"
"""


@pytest.fixture
def care(tmp_path: Path) -> Path:
    """Records from 2024 on of one child in care who went missing once, in May 2025."""
    folder = tmp_path / "2026-06-30"
    folder.mkdir()
    tables = {
        "ssd_cla_episodes": "clae_cla_episode_id,clae_person_id,clae_cla_episode_start_date,"
        "clae_cla_episode_ceased_date\n1,p,2024-11-05,\n2,q,2024-11-05,2024-11-20\n",
        "ssd_legal_status": "lega_legal_status_id,lega_person_id,lega_legal_status,lega_legal_status_start_date,"
        "lega_legal_status_end_date\n1,p,C2,2024-11-05,\n2,q,C2,2024-11-05,2024-11-20\n",
        "ssd_missing": "miss_table_id,miss_person_id,miss_missing_episode_start_date,miss_missing_episode_type,"
        "miss_missing_episode_end_date\n1,p,2025-05-03,Missing,2025-05-04\n",
    }
    for table, text in tables.items():
        (folder / f"{table}.csv").write_text(text, encoding="utf-8")
    return folder


def test_events_that_did_not_happen_are_0_up_to_the_edition(home: Home, care: Path) -> None:
    home.plan.write_text(PLAN.partition("[[ambition]]")[0] + CARE, encoding="utf-8")
    build(care, home)
    missing = {
        outline.series.definition.id: outline.series for outline in Run(Board(home)).look(EVERYONE).plan().outlines
    }
    series = missing["missing_episodes"]
    assert (series.period_ends[0], series.period_ends[-1]) == (date(2025, 5, 31), date(2026, 6, 30))
    assert series.values == (1.0, *[0.0] * 13)


@pytest.mark.parametrize(
    ("years", "said"),
    [
        ({"2026": 9000}, "No rate from 2024 to 2025: the plan gives no population for these years."),
        ({"2025": 9000}, "No rate in 2024: the plan gives no population for this year."),
        ({"2024": 9000, "2026": 9000}, None),
        ({}, None),
    ],
)
def test_years_without_a_population_are_said(home: Home, care: Path, years: dict[str, int], said: str | None) -> None:
    """By the build, and beside the figure."""
    population = "[population]\n" + "".join(f"{year} = {people}\n" for year, people in years.items())
    home.plan.write_text(PLAN.partition("[[ambition]]")[0] + population + CARE, encoding="utf-8")
    assert build(care, home).notes == ({"children_in_care": said} if said else {})
    outlines = {outline.series.definition.id: outline for outline in Run(Board(home)).look(EVERYONE).plan().outlines}
    assert outlines["children_in_care"].caveats == ((said,) if said else ())
    assert outlines["missing_episodes"].caveats == ()
