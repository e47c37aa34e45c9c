"""A data home for one authority from published files alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from examples import every_night
from places import first_vintage
from published_files import (
    ENGLAND,
    NUMBERS,
    authority,
    code_of,
    lait,
    neighbours,
    row,
    workforce,
    workforce_values,
    write_csv,
)

from improvement_board.access.serving import is_open
from improvement_board.benchmarks import Published, load_published
from improvement_board.benchmarks.own_figures import fill_own_figures
from improvement_board.building.published_home import ambitions_file, make_published_home, publish_home
from improvement_board.declared.home import Home
from improvement_board.declared.kpis import load_library
from improvement_board.declared.plan_file import read_plan
from improvement_board.errors import InputError, Problem

TOOL = [
    ("Continue_Assess_Comp", "2023", "Town 301", "80.099999999999994", "301"),
    ("Continue_Assess_Comp", "2024", "Town 301", "-", "301"),
    *(("Continue_Assess_Comp", "2024", f"Town {number}", "85", number) for number in NUMBERS[1:]),
    *(("CINTotalAb_3Term", "2024", f"Town {number}", "17.9", number) for number in NUMBERS),
    *(("CPPTotalAb_3Term", "2024", f"Town {number}", "26", number) for number in NUMBERS),
    *(("LAC_Over_Abs", "2024", f"Town {number}", "9", number) for number in NUMBERS),
]


def workforce_years(folder: Path) -> Path:
    rows = [row(year, ENGLAND, *workforce_values()) for year in ("2022", "2023", "2024")]
    for number in NUMBERS:
        years = {"301": ["2022", "2024"], "302": ["2023", "2024"]}.get(number, ["2022", "2023", "2024"])
        figures = workforce_values(cases=1133, case_holders_fte=82.4, caseload_fte=13.7)
        rows += [row(year, authority(number), *figures) for year in years]
    return workforce(folder, rows)


def looked_after(folder: Path) -> Path:
    rows = [
        row("2024", authority(number), "Children looked after at 31 March each year", 50000, 350, 70)
        for number in NUMBERS
    ]
    columns = ["population_count", "population_estimate", "number", "rate_per_10000"]
    return write_csv(folder / "rates.csv", columns, rows)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "downloads"
    folder.mkdir()
    return [workforce_years(folder), looked_after(folder), lait(folder, TOOL), neighbours(folder)]


def extract(home: Path, edition: str, kpi: str) -> list[dict[str, Any]]:
    found = duckdb.connect().read_parquet(str(home / "editions" / edition / f"{kpi}.parquet"))
    return [dict(zip(found.columns, values, strict=True)) for values in found.fetchall()]


def manifest(home: Path, edition: str) -> dict[str, Any]:
    text = (home / "editions" / edition / "manifest.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def test_a_home_has_a_plan_without_targets_and_an_edition_of_years(tmp_path: Path, files: list[Path]) -> None:
    home = tmp_path / "home"
    summary = make_published_home(files, "town 301", home)
    assert str(summary.edition) == "2024-09-30"
    assert {file.name for file in home.iterdir()} == {
        "plan.toml",
        "events.csv",
        "aliases.toml",
        "benchmarks.parquet",
        "editions",
    }
    plan = read_plan(Home(home).plan, load_library())
    assert (plan.council.name, plan.council.code, plan.council.region) == ("Town 301", code_of("301"), "E12000002")
    assert (plan.council.published, plan.council.synthetic) == (True, False)
    assert manifest(home, "2024-09-30")["made_from"] == "published"
    assert is_open(Home(home))
    assert set(plan.kpis) == set(summary.kpis)
    assert not any(planned.targets for ambition in plan.ambition for planned in ambition.kpi)
    assert plan.population == {"2024": 50000}
    assert plan.benchmarks.neighbours == tuple(code_of(number) for number in NUMBERS[1:11])
    assert (home / "events.csv").read_text(encoding="utf-8") == "date,title,kind,scope,rebase\n"


def test_years_are_rows_and_rates_stay_as_published(tmp_path: Path, files: list[Path]) -> None:
    make_published_home(files, "301", tmp_path / "home")
    rows = extract(tmp_path / "home", "2024-09-30", "average_caseload")
    shown = [(str(each["period_end"]), each["value"], each["symbol"]) for each in rows]
    assert shown == [("2022-09-30", 13.7, None), ("2023-09-30", None, "x"), ("2024-09-30", 13.7, None)]
    assert {(each["period"], each["team"], each["worker"]) for each in rows} == {("year", None, None)}
    assert {(each["numerator"], each["denominator"]) for each in rows} == {(None, None)}


def test_a_symbol_of_the_tool_stays_one(tmp_path: Path, files: list[Path]) -> None:
    make_published_home(files, "301", tmp_path / "home")
    rows = extract(tmp_path / "home", "2024-09-30", "assessments_45_days")
    shown = [(str(each["period_end"]), each["value"], each["numerator"], each["symbol"]) for each in rows]
    assert shown == [("2023-03-31", 80.1, None, None), ("2024-03-31", None, None, "-")]


def test_categories_are_values_that_nobody_adds_up(tmp_path: Path, files: list[Path]) -> None:
    make_published_home(files, "301", tmp_path / "home")
    rows = extract(tmp_path / "home", "2024-09-30", "attendance_social_worker")
    assert {each["category"]: (each["value"], each["numerator"], each["denominator"]) for each in rows} == {
        "in need": (82.1, None, None),
        "protection": (74, None, None),
        "in care": (91, None, None),
    }


def test_a_count_is_the_published_count_and_its_comparator_the_rate(tmp_path: Path, files: list[Path]) -> None:
    home = tmp_path / "home"
    make_published_home(files, "301", home)
    rows = extract(home, "2024-09-30", "children_in_care")
    assert [(each["numerator"], each["denominator"], each["value"]) for each in rows] == [(350, None, None)]
    comparators = duckdb.connect().read_parquet(str(home / "benchmarks.parquet")).fetchall()
    assert {line[7] for line in comparators if line[0] == "children_in_care"} == {70.0}
    near = {line[3] for line in comparators if line[2] == "Statistical neighbours"}
    assert near == {code_of("301")}


def test_gaps_and_a_late_start_are_explained_where_the_kpi_is_kept(tmp_path: Path, files: list[Path]) -> None:
    make_published_home(files, "301", tmp_path / "one")
    kpis = manifest(tmp_path / "one", "2024-09-30")["kpis"]
    assert kpis["average_caseload"]["note"] == "No figure for the year to 30 September 2023 (x: not available)."
    assert kpis["assessments_45_days"]["note"].startswith("No figure for the year to 31 March 2024 (-: missing")
    assert "to 30 September 2024" in kpis["average_caseload"]["source"]
    make_published_home(files, "302", tmp_path / "two")
    kpis = manifest(tmp_path / "two", "2024-09-30")["kpis"]
    late = "Nothing is published for this authority before the year to 30 September 2023."
    assert kpis["average_caseload"]["note"] == late


def test_the_manifest_names_every_file_with_its_sum(tmp_path: Path, files: list[Path]) -> None:
    make_published_home(files, "301", tmp_path / "home")
    sources = {source["file"]: source for source in manifest(tmp_path / "home", "2024-09-30")["sources"]}
    assert set(sources) == {file.name for file in files}
    assert sources["some_download.csv"]["title"] == "Children's social work workforce"
    assert sources["some_download.csv"]["rows"] == 37
    assert len(sources["some_download.csv"]["sha256"]) == 64


def test_making_it_again_keeps_the_plan_and_adds_a_revision(tmp_path: Path, files: list[Path]) -> None:
    home = tmp_path / "home"
    make_published_home(files, "301", home)
    plan = (home / "plan.toml").read_text(encoding="utf-8") + "# ours now\n"
    (home / "plan.toml").write_text(plan, encoding="utf-8")
    again = make_published_home(files, code_of("301"), home)
    assert str(again.edition) == "2024-09-30.2"
    assert (home / "plan.toml").read_text(encoding="utf-8") == plan


def test_a_second_vintage_brings_its_populations_and_leaves_every_other_line(
    tmp_path: Path, files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    make_published_home(files, "301", home)
    first = (home / "plan.toml").read_text(encoding="utf-8")
    before = first.replace("2024 = 50000", "2022 = 48000  # ours\n2023 = 49000") + "# ours now\n"
    (home / "plan.toml").write_text(before, encoding="utf-8")
    again = make_published_home(files, "301", home)
    plan = (home / "plan.toml").read_text(encoding="utf-8")
    assert plan == before.replace("2023 = 49000", "2023 = 49000\n2024 = 50000")
    assert "plan.toml: the population of 2024 was added" in again.notes
    without = before.replace("[population]\n2022 = 48000  # ours\n2023 = 49000\n", "")
    (home / "plan.toml").write_text(without, encoding="utf-8")
    make_published_home(files, "301", home)
    assert read_plan(home / "plan.toml", load_library()).population == {"2024": 50000}
    (home / "plan.toml").write_text(before, encoding="utf-8")
    monkeypatch.setattr("improvement_board.building.published_home.publish", refuse)
    with pytest.raises(InputError, match="not today"):
        make_published_home(files, "301", home)
    assert (home / "plan.toml").read_text(encoding="utf-8") == before


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("[ population ]  # ours\n2023 = 49000", {"2023": 49000, "2024": 50000}),
        ("population = {2023 = 49000}", {"2023": 49000}),
    ],
)
def test_populations_that_the_plan_writes_in_its_own_way_are_added_to_or_asked_for(
    tmp_path: Path, files: list[Path], written: str, known: dict[str, int]
) -> None:
    home = tmp_path / "home"
    make_published_home(files, "301", home)
    plan = (home / "plan.toml").read_text(encoding="utf-8").replace("[population]\n2024 = 50000\n", "")
    text = f"{plan}\n{written}\n" if written.startswith("[") else f"{written}\n{plan}"
    (home / "plan.toml").write_text(text, encoding="utf-8")
    again = make_published_home(files, "301", home)
    assert read_plan(home / "plan.toml", load_library()).population == known
    assert any("the population of 2024" in note for note in again.notes)


def refuse(*_: object) -> None:
    raise InputError(Problem(None, "not today"))


def test_the_home_of_another_council_is_left_alone(tmp_path: Path, files: list[Path]) -> None:
    home = tmp_path / "home"
    make_published_home(files, "301", home)
    before = {file: file.read_bytes() for file in home.rglob("*") if file.is_file()}
    with pytest.raises(InputError, match="home of another plan"):
        make_published_home(files, "302", home)
    assert {file: file.read_bytes() for file in home.rglob("*") if file.is_file()} == before


def test_a_folder_that_is_no_home_is_left_alone(tmp_path: Path, files: list[Path]) -> None:
    home = tmp_path / "letters"
    home.mkdir()
    (home / "letter.txt").write_text("Dear all", encoding="utf-8")
    with pytest.raises(InputError, match=r"plan\.toml"):
        make_published_home(files, "301", home)
    assert [file.name for file in home.iterdir()] == ["letter.txt"]


def test_an_unknown_authority_makes_nothing(tmp_path: Path, files: list[Path]) -> None:
    with pytest.raises(InputError, match="Town 301"):
        make_published_home(files, "Town 3O1", tmp_path / "homes" / "home")
    assert not (tmp_path / "homes").exists()


def test_every_kpi_with_published_figures_stands_under_an_ambition() -> None:
    declared = ambitions_file().read_text(encoding="utf-8")
    known = [kpi for kpi, definition in load_library().items() if {"file", "lait"} & definition.benchmarks.keys()]
    assert [kpi for kpi in known if f'"{kpi}"' not in declared] == []


@pytest.fixture(scope="module")
def published(reference: Path) -> Iterator[Published]:
    with load_published(first_vintage(reference)) as loaded:
        fill_own_figures(loaded)
        yield loaded


AUTHORITIES = ("Trafford", "420", "Kingston upon Thames", "City of London", "E10000027")


@pytest.mark.parametrize("wanted", every_night(AUTHORITIES, AUTHORITIES[:3]))
def test_real_authorities_and_awkward_ones_have_a_home(published: Published, tmp_path: Path, wanted: str) -> None:
    home = tmp_path / "home"
    summary = publish_home(published, published.authority(wanted), home)
    assert str(summary.edition) == "2024-09-30"
    comparable = [kpi for kpi, each in load_library().items() if {"file", "lait"} & each.benchmarks.keys()]
    assert len(summary.kpis) == len(comparable)
    kpis = manifest(home, "2024-09-30")["kpis"]
    if wanted == "Kingston upon Thames":
        assert "Reported together with Richmond upon Thames" in kpis["average_caseload"]["note"]
    if wanted == "Trafford":
        rows = extract(home, "2024-09-30", "second_plan")
        assert (str(rows[-1]["period_end"]), rows[-1]["value"]) == ("2024-03-31", 39.8)


def test_published_figures_do_not_go_beside_a_councils_own(tmp_path: Path, files: list[Path]) -> None:
    home = tmp_path / "home"
    make_published_home(files, "301", home)
    said = manifest(home, "2024-09-30")
    for made_from in ("records", None):
        file = home / "editions" / "2024-09-30" / "manifest.json"
        file.write_text(json.dumps({**said, "made_from": made_from}), encoding="utf-8")
        with pytest.raises(InputError, match="holds editions that are, or may be, of the council's own records"):
            make_published_home(files, "301", home)
    assert [folder.name for folder in (home / "editions").iterdir()] == ["2024-09-30"]
