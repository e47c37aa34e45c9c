"""The command line: 0 when done, 1 with what is wrong in the input, 2 for wrong usage, and never a traceback."""

from __future__ import annotations

import csv
import subprocess
import sys
from datetime import date
from functools import partial
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from places import REPOSITORY
from small_council import JUNE, SEPTEMBER, Council, everything_in, monthly

import improvement_board
from improvement_board.access.viewer import EVERYONE
from improvement_board.cli import run as run_command
from improvement_board.cli.main import main
from improvement_board.declared.home import HOME_VARIABLE, Home
from improvement_board.declared.kpis import load_library
from improvement_board.demo import write_demo
from improvement_board.figures.export_request import ExportRequest
from improvement_board.page_models import Address, Board, Run


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def refused(*arguments: str | Path) -> str:
    """What is said on standard error by a command that refuses its input."""
    result = run(*arguments)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    return result.stderr


@pytest.mark.parametrize("name", [None, *main.commands])
def test_every_command_says_how_it_is_used(name: str | None) -> None:
    result = run(*([name] if name else []), "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith("Usage: ")
    if name is None:
        assert all(command in result.stdout for command in main.commands)


@pytest.mark.parametrize("command", main.commands.values(), ids=list(main.commands))
def test_every_command_and_option_says_what_it_is_for(command: click.Command) -> None:
    assert command.get_short_help_str(200).endswith(".")
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.name != "help":
            assert parameter.help or isinstance(parameter.type, click.Choice), parameter.name


def test_the_commands_are_those_of_the_design() -> None:
    assert set(main.commands) >= {"demo", "build", "benchmarks", "published", "export", "spc", "run"}
    assert improvement_board.__version__ in run("--version").stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["build"],
        ["build", ".", "--edition", "September"],
        ["build", ".", "--edition", "2026-02-30"],
        ["export"],
        ["export", "-o", "x.csv", "--level", "child"],
        ["export", "-o", "x.csv", "--by", "team"],
        ["export", "-o", "x.csv", "--from", "yesterday"],
        ["spc", "nowhere.csv", "nowhere.csv", "--out", "x"],
        ["demo", "x", "--seed", "many"],
        ["published", "nowhere.csv"],
        ["benchmarks"],
    ],
)
def test_wrong_usage_exits_with_2_and_says_why(arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Error: " in result.stderr or "Usage: " in result.stderr


@pytest.mark.nightly  # by day `.ci/wheel` goes the same way, with what is installed
def test_from_nothing_to_a_csv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small = partial(write_demo, scale=0.02, editions=(JUNE,), first_month=date(2026, 1, 1))
    monkeypatch.setattr("improvement_board.demo.write_demo", small)
    records, home, out = tmp_path / "records", Home(tmp_path / "home"), tmp_path / "new" / "out.csv"
    made = run("demo", records)
    assert (made.exit_code, made.stdout) == (0, f"Wrote 2026-06-30 in {records}\n")
    home.folder.mkdir()
    for name in ("plan.toml", "events.csv"):
        (home.folder / name).write_bytes((REPOSITORY / "data" / name).read_bytes())
    built = run("build", records / "2026-06-30", "--data", home.folder)
    assert built.exit_code == 0
    assert built.stdout.startswith("Published edition 2026-06-30 with ")
    monkeypatch.setenv(HOME_VARIABLE, str(home.folder))
    written = run("export", "--kpi", "contacts", "--level", "team", "--by", "category", "-o", out)
    assert (written.exit_code, written.stdout) == (0, f"Wrote {out}\n")
    assert written.stderr == ""
    request = ExportRequest(("contacts",), level="team", by_category=True)
    assert out.read_bytes().decode() == Run(Board(home)).look(EVERYONE).export(request).text


def test_a_kpi_without_its_tables_is_listed_with_what_it_needs(tmp_path: Path, council: Council) -> None:
    council.plan([council.define("audits_good")])
    (tmp_path / "audits.csv").write_text("audit_id,person_id\n", encoding="utf-8")
    (tmp_path / "ssd_involvements.csv").write_text("invo_involvements_id,invo_person_id\n", encoding="utf-8")
    result = run("build", tmp_path, "--data", council.home.folder, "--edition", "2026-06-30")
    assert result.exit_code == 0
    needs = ", ".join(load_library()["vacancy_rate"].sources)
    assert f"  left out: vacancy_rate (needs {needs})\n" in result.stdout
    assert "left out: audits_good" not in result.stdout


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Council:
    council = Council(tmp_path_factory.mktemp("served"))
    council.publish(JUNE, {"seen": monthly([(1, 2)] * 3, JUNE, team="North", worker="w1")})
    council.publish(SEPTEMBER, {"seen": monthly([(1, 4)] * 3, team="North", worker="w1"), "zero": []})
    return council


@pytest.mark.parametrize(
    ("options", "request_of"),
    [
        ([], ExportRequest()),
        (["--kpi", "seen", "--kpi", "zero"], ExportRequest(("seen", "zero"))),
        (
            ["--team", "North", "--from", "2026-08-31", "--to", "2026-08-31"],
            ExportRequest((), "North", date(2026, 8, 31), date(2026, 8, 31)),
        ),
        (["--level", "worker"], ExportRequest(level="worker")),
        (["--level", "team", "--by", "category"], ExportRequest(level="team", by_category=True)),
    ],
)
@pytest.mark.parametrize("edition", [None, pytest.param("2026-06-30", marks=pytest.mark.nightly)])
def test_an_export_is_the_boards(
    served: Council, tmp_path: Path, options: list[str], request_of: ExportRequest, edition: str | None
) -> None:
    if edition and "zero" in options:
        options, request_of = ["--kpi", "seen"], ExportRequest(("seen",))
    asked = ["--edition", edition] if edition else []
    result = run("export", "--data", served.home.folder, *options, *asked, "-o", tmp_path / "out.csv")
    assert result.exit_code == 0
    text = (tmp_path / "out.csv").read_bytes().decode()
    assert text == Run(Board(served.home)).look(EVERYONE, Address(edition=edition)).export(request_of).text
    rows = list(csv.DictReader(text.removeprefix("\ufeff").splitlines()))
    assert {row["edition"] for row in rows} <= {edition or "2026-09-30"}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--edition", "2026-12-31"], "edition = '2026-12-31': is not an edition (allowed: 2026-09-30, 2026-06-30)"),
        (["--edition", "../../etc"], "edition = '../../etc': is not an edition"),
        (["--kpi", "wellbeing"], "kpi = 'wellbeing': is not a KPI of the edition (allowed: seen, zero)"),
        (["--team", "West"], "team = 'West': is not a team of the edition (allowed: North)"),
        (["--team", "\udcff"], "team = '\\udcff': is not a team of the edition (allowed: North)"),
        (["--from", "2026-09-30", "--to", "2026-06-30"], "the period ends before it begins"),
    ],
)
def test_an_export_of_what_is_not_there_is_refused(
    served: Council, tmp_path: Path, options: list[str], said: str
) -> None:
    assert said in refused("export", "--data", served.home.folder, *options, "-o", tmp_path / "out.csv")
    assert not (tmp_path / "out.csv").exists()


def test_no_other_editions_figures_are_given_for_one_that_is_damaged(council: Council, tmp_path: Path) -> None:
    council.publish(JUNE, {"seen": monthly([(1, 2)], JUNE)})
    council.publish(SEPTEMBER, {"seen": monthly([(3, 4)])})
    damaged = council.home.editions / "2026-09-30" / "seen.parquet"
    damaged.write_bytes(b"")
    out = tmp_path / "out.csv"
    assert str(damaged) in refused("export", "--data", council.home.folder, "--edition", "2026-09-30", "-o", out)
    assert not out.exists()
    latest = run("export", "--data", council.home.folder, "-o", out)
    assert latest.exit_code == 0
    assert latest.stderr.startswith(f"Passed over: {damaged}: ")
    assert ",2026-06-30,seen," in out.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (None, "plan.toml: is missing"),
        ("[council", "plan.toml: is not valid TOML"),
        ("colour = 1\n", "plan.toml, colour: is not a known key"),
    ],
)
def test_a_plan_that_cannot_be_used_is_told(tmp_path: Path, plan: str | None, said: str) -> None:
    if plan is not None:
        (tmp_path / "plan.toml").write_text(plan, encoding="utf-8")
    assert said in refused("build", tmp_path, "--data", tmp_path)
    assert "holds no edition to show" in refused("export", "--data", tmp_path, "-o", tmp_path / "out.csv")


@pytest.mark.parametrize("source", ["nowhere", "empty"])
def test_a_source_without_tables_is_told(council: Council, tmp_path: Path, source: str) -> None:
    council.plan([council.define("audits_good")])
    (tmp_path / "empty").mkdir()
    assert str(tmp_path / source) in refused("build", tmp_path / source, "--data", council.home.folder)


def test_many_problems_are_told_with_how_many_more(council: Council, tmp_path: Path) -> None:
    council.plan([council.define("audits_good")])
    council.home.events.write_text("date,title,kind,scope,rebase\n" + "x,y,other,all,no\n" * 60, encoding="utf-8")
    (tmp_path / "audits.csv").write_text("audit_id,team\n", encoding="utf-8")
    (tmp_path / "ssd_involvements.csv").write_text("invo_involvements_id\n", encoding="utf-8")
    said = refused("build", tmp_path, "--data", council.home.folder, "--edition", "2026-06-30").splitlines()
    assert said[-1] == "… and 10 more"
    assert said[-2].startswith(f"{council.home.events}, line 51, date = 'x': is not a date")
    assert not list(council.home.editions.glob("*"))


def test_a_file_that_cannot_be_written_is_told(served: Council, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    said = refused("export", "--data", served.home.folder, "-o", tmp_path / "file" / "out.csv")
    assert str(tmp_path / "file") in said


def test_the_spc_command_judges_series(tmp_path: Path) -> None:
    values = [*(50.0 + month_number % 3 for month_number in range(14)), 90.0]
    rows = [
        f"a,2025-{1 + month_number // 28:02d}-{1 + month_number % 28:02d},{value}\n"
        for month_number, value in enumerate(values)
    ]
    (tmp_path / "inputs.csv").write_text("series_id,date,value\n" + "".join(rows), encoding="utf-8")
    (tmp_path / "params.csv").write_text("series_id,improvement_direction,target\na,increase,60\n", encoding="utf-8")
    out = tmp_path / "out"
    result = run("spc", tmp_path / "inputs.csv", tmp_path / "params.csv", "--out", out)
    assert result.stdout == f"Wrote computed.csv and icons.csv in {out}\n"
    assert set(everything_in(out)) == {"computed.csv", "icons.csv"}
    assert "special_cause_improvement" in (out / "computed.csv").read_text(encoding="utf-8")
    (tmp_path / "inputs.csv").write_text("series_id,date,value\na,soon,1\n", encoding="utf-8")
    assert "soon" in refused("spc", tmp_path / "inputs.csv", tmp_path / "params.csv", "--out", tmp_path / "other")
    assert not (tmp_path / "other").exists()


def test_run_opens_the_app_on_the_home_that_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    called: dict[str, object] = {}

    def become(command: list[str], environment: dict[str, str]) -> None:
        called.update(command=command, env=environment)
        sys.exit(3)

    monkeypatch.setattr(run_command, "become", become)
    monkeypatch.setenv("STREAMLIT_SERVER_PORT", "0")
    assert run("run", "--data", tmp_path).exit_code == 3
    command, environment = called["command"], called["env"]
    assert isinstance(command, list)
    assert command[:4] == [sys.executable, "-m", "streamlit", "run"]
    assert command[4] == str(REPOSITORY / "app.py")
    assert isinstance(environment, dict)
    assert environment[HOME_VARIABLE] == str(tmp_path)


def test_run_lets_streamlit_find_the_secrets_of_a_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from streamlit import config

    looked_for = list(config.get_option("secrets.files"))
    monkeypatch.setattr(config, "set_option", lambda name, value: looked_for.append(value[-1]))
    monkeypatch.setattr(run_command, "become", lambda command, environment: sys.exit(str(command)))
    monkeypatch.setenv("STREAMLIT_SERVER_PORT", "0")
    secrets = tmp_path / ".streamlit" / "secrets.toml"
    assert str(secrets) not in run("run", "--data", tmp_path).output
    secrets.parent.mkdir()
    secrets.write_text("", encoding="utf-8")
    assert f"'--secrets.files', '{secrets}'" in run("run", "--data", tmp_path).output
    assert looked_for[-1] == str(secrets)


def test_the_command_is_installed_and_quick_to_say_how_it_is_used() -> None:
    code = "import sys, improvement_board.cli; assert 'duckdb' not in sys.modules and 'streamlit' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_dashboard_loads_nothing_that_reaches_file_stores_of_other_hosts() -> None:
    """What pyarrow.parquet brings along, which would also make every start slower."""
    imported = "sys, streamlit, improvement_board.dashboard, improvement_board.page_models"
    code = f"import {imported}; sys.exit('pyarrow.fs' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
