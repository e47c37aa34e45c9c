"""From a folder of any mix of sources to what is counted: which wins, which days are covered, where rows went."""

from __future__ import annotations

import csv
import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest
from places import REPOSITORY
from writers import cin_census

from improvement_board.building.build import build
from improvement_board.building.caveats import caveats_of_tables
from improvement_board.building.supply import check_records, source_records, supply
from improvement_board.declared.home import Home
from improvement_board.editions.manifest import Manifest, read_manifest
from improvement_board.errors import InputError

EDITION = date(2026, 9, 30)
REFERRALS = ("cine_referral_id", "cine_person_id", "cine_referral_date", "cine_referral_source_code")


def put(folder: Path, name: str, header: tuple[str, ...], *rows: tuple[str, ...]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / name).open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([header, *rows])
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    home.folder.mkdir()
    home.plan.write_bytes((REPOSITORY / "data" / "plan.toml").read_bytes())
    return home


@pytest.fixture(scope="module")
def censuses(small_records: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small council's censuses of the years that ended by March 2026, and none later."""
    folder = tmp_path_factory.mktemp("censuses")
    for file in cin_census.write(small_records / "2026-09-30", folder):
        if "2027" in file.read_text(encoding="utf-8")[:600]:
            file.unlink()
    return folder


def published(home: Home) -> Manifest:
    return read_manifest(home.editions / EDITION.isoformat())


def months(home: Home, kpi: str) -> list[date]:
    file = home.editions / EDITION.isoformat() / f"{kpi}.parquet"
    return [row[0] for row in duckdb.read_parquet(str(file)).project("period_end").distinct().order("1").fetchall()]


def test_months_that_a_census_does_not_cover_are_absent_not_zero(censuses: Path, home: Home) -> None:
    build(censuses, home, EDITION)
    assert months(home, "referrals")[0] == date(2023, 4, 30)
    assert months(home, "referrals")[-1] == date(2026, 3, 31)
    assert months(home, "cp_neglect")[-1] == date(2026, 3, 31)
    assert {record.date for record in published(home).sources} == {date(year, 3, 31) for year in range(2024, 2027)}


def test_another_source_that_goes_on_fills_the_months_after(censuses: Path, home: Home, tmp_path: Path) -> None:
    folder = tmp_path / "both"
    folder.mkdir()
    for file in censuses.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    put(folder, "ssd_cin_episodes.csv", REFERRALS, ("s1", "c1", "2026-09-15", "6"))
    build(folder, home, EDITION)
    assert months(home, "referrals")[-1] == EDITION


@pytest.mark.parametrize("wins", ["", '[wins]\nssd_cin_episodes = ["cin_census"]\n'])
def test_the_same_referral_is_counted_once_by_the_source_that_wins(
    censuses: Path, home: Home, tmp_path: Path, wins: str
) -> None:
    folder = tmp_path / "both"
    folder.mkdir()
    newest = max(censuses.iterdir(), key=lambda file: file.name)
    (folder / newest.name).write_bytes(newest.read_bytes())
    (folder / "sources.toml").write_text(f"edition = {EDITION}\n{wins}", encoding="utf-8")
    first = supply(folder, tmp_path / "first")
    rows = duckdb.read_parquet(str(first.folder.files["ssd_cin_episodes"])).filter("cine_referral_date is not null")
    person, day = rows.project("cine_person_id, cine_referral_date").limit(1).fetchall()[0]
    put(folder, "ssd_cin_episodes.csv", REFERRALS, ("s1", person, day.isoformat(), "6"))
    build(folder, home)
    manifest = published(home)
    order = ("cin_census", "ssd") if wins else ("ssd", "cin_census")
    assert manifest.wins["ssd_cin_episodes"] == order
    lost = {record.source: record.lost for record in manifest.sources if record.table == "ssd_cin_episodes"}
    assert lost == {order[0]: 0, order[1]: 1}


def test_the_rows_of_every_file_are_accounted_for(tmp_path: Path) -> None:
    header = ("audit_id", "person_id", "team", "planned_date", "completed_date", "grade")
    good = [(str(n), f"c{n}", "North", "2026-06-01", "2026-06-20", "good") for n in range(40)]
    bad = [
        ("x", "c1", "North", "soon", "", ""),
        ("", "c2", "North", "2026-06-01", "", ""),
        (*good[0][:5], "inadequate"),
    ]
    folder = put(tmp_path / "records", "audits.csv", header, *good, *bad)
    put(folder, "audits of May.csv", header, ("may", "c3", "North", "2026-05-01", "2026-05-02", "good"))
    supplied = supply(folder, tmp_path / "work", EDITION)
    of_file = {record.file: record for record in source_records(supplied)}
    for name, held in (("audits.csv", 43), ("audits of May.csv", 1)):
        record = of_file[name]
        assert record.rows + record.lost + record.rejected == held
    assert of_file["audits.csv"].rows == 40
    kept = duckdb.read_parquet(str(supplied.folder.files["audits"])).aggregate("count(*)").fetchall()
    assert kept == [(41,)]
    failed = {record.check for record in check_records(supplied) if record.failures and record.severity == "error"}
    assert {"repeated_key", "empty_key"} <= failed
    doubts = caveats_of_tables(supplied.outcome, source_records(supplied))
    assert any("kept out 3 rows of audits" in sentence for sentence in doubts["audits"])


def test_a_file_of_which_too_much_is_unfit_is_not_published(tmp_path: Path, home: Home) -> None:
    rows = [(str(n), "w", "soon") for n in range(30)] + [(f"good {n}", "w", "2026-05-01") for n in range(70)]
    folder = put(
        tmp_path / "records", "supervision.csv", ("supervision_id", "professional_id", "supervision_date"), *rows
    )
    with pytest.raises(InputError, match="30 of its 100 rows of supervision were kept out by errors"):
        build(folder, home, EDITION)
    assert not list(home.editions.glob("*"))


def test_a_file_that_no_format_knows_is_said_and_not_read(tmp_path: Path) -> None:
    folder = put(tmp_path / "records", "notes.csv", ("what", "who"), ("a", "b"))
    supplied = supply(folder, tmp_path / "work", EDITION)
    (finding,) = supplied.findings
    assert (finding.rule, finding.severity, str(finding.problem.file)) == ("unknown-file", "warning", "notes.csv")
    assert supplied.formats == {}


def test_every_sample_can_be_read_together_and_every_row_is_accounted_for(reference: Path, tmp_path: Path) -> None:
    samples = shutil.copytree(reference / "samples", tmp_path / "samples", ignore=shutil.ignore_patterns("newer"))
    supplied = supply(samples, tmp_path / "work", date(2024, 3, 31))
    assert supplied.stops == ()
    assert {file_read.format for file_read in supplied.gathered.files} == {
        "annex_a",
        "cin_census",
        "csww_census",
        "ssda903",
        None,
    }
    kept = {(record.table, record.file): (record.rows, record.rejected) for record in source_records(supplied)}
    assert kept["ssd_cla_episodes", "ssda903/episodes.csv"] == (5050, 0)
    assert kept["ssd_cla_reviews", "ssda903/reviews.csv"] == (12_255, 325)
    assert kept["ssd_cin_episodes", "cin_census/fake_CIN_data.xml"] == (396, 6)
    assert kept["workforce", "csww_census/social_work_workforce_2022.xml"] == (21, 9)
    assert kept["ssd_contacts", "annex_a/Annex_A.xlsx"] == (5, 0)


def test_a_file_with_a_tables_name_that_is_no_table_stops_the_edition(tmp_path: Path, home: Home) -> None:
    folder = put(tmp_path / "records", "ssd_person.csv", ("what", "who"), ("a", "b"))
    with pytest.raises(InputError, match=r"ssd_person.csv: has the name of the table ssd_person, and cannot be read"):
        build(folder, home, EDITION)


def test_a_folder_without_anything_to_count_says_what_was_not_read(tmp_path: Path, home: Home) -> None:
    folder = put(tmp_path / "records", "notes.csv", ("what", "who"), ("a", "b"))
    with pytest.raises(InputError) as error:
        build(folder, home, EDITION)
    nothing, unread = error.value.problems
    assert "holds nothing that an indicator can be computed from" in nothing.message
    assert str(unread.file) == "notes.csv"
