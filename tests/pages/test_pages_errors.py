"""What is wrong with a home is said, with its file and what to do; an earlier edition is served where there is one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from damage import BEFORE, LATEST, copy_of, reseal, rewrite, three_indicators
from opening import ABOUT, AMBITION, INDICATOR, PLAN, TEAM, controls, open_app, title, words_of
from streamlit.testing.v1 import AppTest

from improvement_board.declared.home import Home
from improvement_board.editions.manifest import MANIFEST

Serve = Callable[[Home], None]
WHAT_TO_DO = "Mend the file it names and load this page again."


def cut_parquet(edition: Path) -> str:
    file = edition / "agency_rate.parquet"
    file.write_bytes(file.read_bytes()[:100])
    return "agency_rate.parquet: is not as it was published"


def lose_parquet(edition: Path) -> str:
    (edition / "agency_rate.parquet").unlink()
    return "agency_rate.parquet: is missing from the edition"


def unreadable_parquet(edition: Path) -> str:
    (edition / "agency_rate.parquet").write_bytes(b"PAR1 no more")
    reseal(edition)
    return f"{edition / 'agency_rate.parquet'}: cannot be read as Parquet"


def wrong_type(edition: Path) -> str:
    rewrite(edition / "agency_rate.parquet", "* replace ('soon' as period_end)")
    reseal(edition)
    return "agency_rate.parquet, period_end: the column is of the type VARCHAR (allowed: DATE)"


def lost_column(edition: Path) -> str:
    rewrite(edition / "agency_rate.parquet", "* exclude (numerator)")
    reseal(edition)
    return "agency_rate.parquet, numerator: the column is missing (allowed: DOUBLE)"


def teams_of_another_type(edition: Path) -> str:
    rewrite(edition / "teams.parquet", "team, service")
    reseal(edition)
    return "teams.parquet, first_period_end: the column is missing (allowed: DATE)"


def benchmarks_of_another_type(edition: Path) -> str:
    rewrite(edition / "benchmarks.parquet", "* replace ('high' as value)")
    reseal(edition)
    return f"{edition}: the edition cannot be read"


def benchmarks_without_a_column(edition: Path) -> str:
    rewrite(edition / "benchmarks.parquet", "* exclude (vintage)")
    reseal(edition)
    return "benchmarks.parquet, vintage: the column is missing"


def edited_plan(edition: Path) -> str:
    with (edition / "plan.toml").open("a", encoding="utf-8") as file:
        file.write("# harmless\n")
    return "plan.toml: is not as it was published"


def unknown_kpi(edition: Path) -> str:
    plan = edition / "plan.toml"
    plan.write_text(
        plan.read_text(encoding="utf-8").replace('kpi = "agency_rate"', 'kpi = "happiness"'), encoding="utf-8"
    )
    reseal(edition)
    return "plan.toml, ambition leadership, kpi = 'happiness': is not a KPI of the library (allowed: "


def bad_definition(edition: Path) -> str:
    (edition / "definitions" / "agency_rate.sql").write_text("select 1", encoding="utf-8")
    reseal(edition)
    return "agency_rate.sql: has no definition"


def bad_events(edition: Path) -> str:
    (edition / "events.csv").write_text("date,title,kind,scope,rebase\nsoon,Move,other,all,no\n", encoding="utf-8")
    reseal(edition)
    return "events.csv, line 2, date = 'soon'"


def no_json(edition: Path) -> str:
    (edition / MANIFEST).write_text("{", encoding="utf-8")
    return f"{MANIFEST}"


def manifest_of_wrong_types(edition: Path) -> str:
    reseal(edition, lambda manifest: manifest.update(kpis="all of them"))
    return f"{MANIFEST}, kpis"


def another_format(edition: Path) -> str:
    reseal(edition, lambda manifest: manifest.update(format=99))
    return f"{MANIFEST}, format = 99: is of another format"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Nothing is wrong with it. Read only: tests damage copies."""
    return three_indicators(tmp_path_factory.mktemp("whole"))


DAMAGES = [
    cut_parquet,
    lose_parquet,
    unreadable_parquet,
    wrong_type,
    lost_column,
    teams_of_another_type,
    benchmarks_of_another_type,
    benchmarks_without_a_column,
    edited_plan,
    unknown_kpi,
    bad_definition,
    bad_events,
]
UNREADABLE = [no_json, manifest_of_wrong_types, another_format]


@pytest.mark.parametrize("damage", UNREADABLE)
def test_a_home_with_an_edition_that_does_not_say_what_it_is_made_of_is_not_open(
    damage: Callable[[Path], str], serve: Serve, whole: Home, tmp_path: Path
) -> None:
    home = copy_of(whole, tmp_path)
    damage(home.editions / LATEST)
    serve(home)
    assert title(open_app(PLAN)) == "The dashboard does not serve this data yet"


@pytest.mark.parametrize("damage", DAMAGES)
def test_the_edition_before_a_damaged_one_is_served(
    damage: Callable[[Path], str], serve: Serve, whole: Home, tmp_path: Path
) -> None:
    home = copy_of(whole, tmp_path)
    said = damage(home.editions / LATEST)
    serve(home)
    app = open_app(INDICATOR, kpi="average_caseload")
    assert not app.exception
    assert title(app) == "Average caseload"
    assert [error.value for error in app.error] == [
        f"An edition could not be opened; the edition of {BEFORE} is shown instead."
    ]
    assert said in words_of(app)
    assert WHAT_TO_DO in words_of(app)
    assert "figures to June 2026" in words_of(app)


@pytest.mark.parametrize("damage", DAMAGES)
def test_without_another_edition_the_app_says_what_is_wrong(
    damage: Callable[[Path], str], serve: Serve, whole: Home, tmp_path: Path
) -> None:
    home = copy_of(whole, tmp_path, (LATEST,))
    said = damage(home.editions / LATEST)
    serve(home)
    refused(open_app(PLAN), said)


def refused(app: AppTest, said: str) -> None:
    assert not app.exception
    assert title(app) == "The dashboard cannot open its data"
    assert said in words_of(app)
    assert WHAT_TO_DO in words_of(app)
    assert "Synthetic data" not in words_of(app)
    assert controls(app) == {}


@pytest.mark.parametrize("page", [PLAN, INDICATOR, TEAM, ABOUT])
def test_a_home_without_editions_says_how_to_make_one_at_every_address(serve: Serve, tmp_path: Path, page: str) -> None:
    serve(Home(tmp_path / "nowhere"))
    refused(open_app(page), "nowhere/editions: holds no edition to show: publish one with improvement-board build")


def test_an_unfinished_edition_is_not_served(serve: Serve, whole: Home, tmp_path: Path) -> None:
    home = copy_of(whole, tmp_path)
    (home.editions / LATEST / MANIFEST).unlink()
    serve(home)
    app = open_app(PLAN)
    assert not app.exception
    assert not app.error
    assert "figures to June 2026" in words_of(app)


def test_a_damaged_edition_that_the_address_asks_for_is_passed_over(serve: Serve, whole: Home, tmp_path: Path) -> None:
    home = copy_of(whole, tmp_path)
    cut_parquet(home.editions / BEFORE)
    serve(home)
    app = open_app(PLAN, edition=BEFORE)
    assert not app.exception
    assert f"the edition of {LATEST} is shown instead" in app.error[0].value
    assert "figures to September 2026" in words_of(app)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("[council", "plan.toml: is not valid TOML"),
        ("nonsense = 1\n", "plan.toml, nonsense"),
        ('[[meeting]]\ndate = "soon"\nedition = 2026-09-30\n', "plan.toml, meeting"),
        ('[[ambition.kpi]]\nkpi = "happiness"\n', "kpi = 'happiness': is not a KPI of the library (allowed: "),
        ('[[ambition.kpi]]\nkpi = "second_plan"\ntolerance = "wide"\n', "tolerance"),
    ],
)
def test_a_bad_plan_is_said_while_the_editions_stay_served(
    written: str, said: str, serve: Serve, whole: Home, tmp_path: Path
) -> None:
    home = copy_of(whole, tmp_path, (LATEST,))
    plan = home.plan.read_text(encoding="utf-8")
    home.plan.write_text(f"{plan}\n{written}" if written.startswith("[[") else written + plan, encoding="utf-8")
    serve(home)
    app = open_app(AMBITION)
    assert not app.exception
    assert title(app) == "Leaders know their service and shape it"
    assert app.error[0].value.startswith(f"The plan cannot be read. The edition of {LATEST} is shown")
    assert said in words_of(app)
    assert WHAT_TO_DO in words_of(app)


def test_a_bad_plan_without_editions_is_said(serve: Serve, whole: Home, tmp_path: Path) -> None:
    home = copy_of(whole, tmp_path, ())
    home.plan.write_text("[council", encoding="utf-8")
    serve(home)
    refused(open_app(PLAN), "plan.toml: is not valid TOML")


def test_a_server_that_only_shows_editions_needs_no_plan_of_its_own(serve: Serve, whole: Home, tmp_path: Path) -> None:
    home = copy_of(whole, tmp_path, (LATEST,))
    home.plan.unlink()
    serve(home)
    app = open_app(PLAN)
    assert not app.exception
    assert not app.error


def test_a_mended_home_is_served_on_the_next_visit(serve: Serve, whole: Home, tmp_path: Path) -> None:
    home = copy_of(whole, tmp_path, (LATEST,))
    teams = home.editions / LATEST / "teams.parquet"
    whole = teams.read_bytes()
    teams.write_bytes(b"")
    serve(home)
    refused(open_app(PLAN), "teams.parquet")
    teams.write_bytes(whole)
    assert title(open_app(PLAN)) == "Northbridge: plan on a page"


def test_what_a_file_says_wrongly_is_shown_as_text(serve: Serve, whole: Home, tmp_path: Path) -> None:
    home = copy_of(whole, tmp_path, (LATEST,))
    home.plan.write_text("'<img src=x onerror=alert(1)>' = 1\n", encoding="utf-8")
    serve(home)
    app = open_app(PLAN)
    assert not app.exception
    assert "<img src=x onerror=alert(1)>" in words_of(app)
    assert all("<img src=x" not in element.proto.body for element in app.get("html"))
