"""What a person can type, set or supply is documented, and nothing is documented that is not there."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from inspect import getmembers
from pathlib import Path
from typing import Any, get_args, get_origin

import click
import pytest
from click.testing import CliRunner
from markdown_text import DOCUMENTS, LINK, REPOSITORY, anchors, blocks, codes, first_codes, prose, read, section, tables
from pydantic import BaseModel

import improvement_board
from improvement_board.benchmarks import attribution, publication_table
from improvement_board.benchmarks.aliases import Measure, Publication
from improvement_board.benchmarks.declared import KEYS, TRANSFORMS
from improvement_board.building.records import SourceFolder, open_records
from improvement_board.cli.main import main
from improvement_board.declared.events import COLUMNS as EVENT_COLUMNS
from improvement_board.declared.events import KINDS
from improvement_board.declared.extract_contract import COLUMNS as EXTRACT_COLUMNS
from improvement_board.declared.home import HOME_VARIABLE, Home
from improvement_board.declared.kpis import Definition, load_library
from improvement_board.declared.plan import Plan
from improvement_board.declared.shared_queries import shared_queries
from improvement_board.declared.tables import declared_tables
from improvement_board.sources.settings import SourceSettings
from improvement_board.spc.input_files import INPUT_COLUMNS, OPTIONAL_PARAMS, REQUIRED_PARAMS

FIRST_COMMANDS = [
    "pip install -r requirements.txt && streamlit run app.py\n",
    "pip install -r requirements-dev.txt && pytest\n",
]
REGISTRY = re.compile(r"pypi|pythonhosted|npmjs|anaconda|conda-forge|crates\.io|index-url|docker\.io", re.IGNORECASE)
ABSOLUTE = re.compile(r"(?<![\w./\-])/(home|root|tmp|usr|opt|mnt|var|etc|srv|work|Users)\b|\b[A-Za-z]:\\")
VARIABLE = re.compile(r"IMPROVEMENT_BOARD_[A-Z_]+")
MOST_PICTURE_BYTES = 250_000


def test_the_readme_starts_with_the_two_commands() -> None:
    opening = read("README.md").split("\n## ")[0]
    assert blocks(opening, "sh") == FIRST_COMMANDS


def commands() -> dict[str, click.Command]:
    """Every command as it is typed: those of a group by both words."""
    commands_by_name: dict[str, click.Command] = {}
    for name, command in main.commands.items():
        inner = command.commands if isinstance(command, click.Group) else {}
        commands_by_name |= {f"{name} {part}": subcommand for part, subcommand in inner.items()} or {name: command}
    return commands_by_name


def test_every_command_is_documented() -> None:
    rows = next(
        rows for rows in tables(section("docs/reference/commands.md", "The command line")) if "command" in rows[0]
    )
    usages = {re.sub(r"( [A-Z…]+)+$", "", code): code for code in first_codes(rows, "command")}
    assert usages.keys() == commands().keys()
    for name, command in commands().items():
        for parameter in command.params:
            if isinstance(parameter, click.Argument):
                assert parameter.make_metavar(click.Context(command)).rstrip(".") in usages[name]


def documented_options() -> set[tuple[str, str]]:
    rows = next(
        rows for rows in tables(section("docs/reference/commands.md", "The command line")) if "option" in rows[0]
    )
    everywhere = ["improvement-board", *commands()]
    return {
        (command, option)
        for row in rows
        for option in codes(row["option"])
        for command in (everywhere if row["of"] == "all" else codes(row["of"]))
    }


def test_every_option_is_documented_and_no_other() -> None:
    typed: dict[str, click.Command] = {"improvement-board": main, **commands()}
    there = {
        (name, option)
        for name, command in typed.items()
        for parameter in command.get_params(click.Context(command))
        if isinstance(parameter, click.Option)
        for option in parameter.opts
    }
    assert documented_options() == there


def test_exit_codes_and_the_files_of_spc_are_documented() -> None:
    text = section("docs/reference/commands.md", "The command line")
    assert re.search(r"Exit codes: 0, .*; 1, .*; 2, ", text, re.DOTALL)
    assert {*INPUT_COLUMNS, *REQUIRED_PARAMS, *OPTIONAL_PARAMS} <= set(codes(text))


def test_every_key_of_a_definition_is_documented_and_no_other() -> None:
    rows = tables(section("CONTRIBUTING.md", "The definition"))[0]
    fields = {name: field for name, field in Definition.model_fields.items() if name not in ("id", "sql", "file")}
    assert set(first_codes(rows, "key")) == fields.keys()
    for row in rows:
        field = fields[codes(row["key"])[0]]
        assert row["needed"].startswith("yes") == (field.is_required() or "denominator" in row["key"])
        if get_origin(field.annotation) is not None and all(
            isinstance(annotation, str) for annotation in get_args(field.annotation)
        ):
            assert codes(row["allowed"]) == list(get_args(field.annotation))


def test_every_column_of_an_extract_is_documented_in_order() -> None:
    rows = tables(section("CONTRIBUTING.md", "The KPI extract"))[0]
    assert first_codes(rows, "column") == list(EXTRACT_COLUMNS)


def test_the_helper_tables_named_for_queries_are_there_with_their_columns() -> None:
    text = section("CONTRIBUTING.md", "What a query may read")
    records = open_records(SourceFolder(REPOSITORY, {}, None, date(2026, 1, 1)), "E08999901", date(2026, 3, 31))
    for row in tables(text)[0]:
        assert codes(row["columns"]) == records.table(codes(row["table"])[0]).columns
    others = re.findall(r"`(\w+)`\s\(([^)]+)\)", text)
    assert [name for name, _ in others] == ["council", "bank_holidays", "coverage"]
    for name, columns in others:
        assert codes(columns) == records.table(name).columns
    assert all(query.description for query in shared_queries())


def test_every_key_of_benchmarks_is_documented_and_no_other() -> None:
    text = section("CONTRIBUTING.md", "Comparators")
    assert first_codes(tables(text)[0], "key") == list(KEYS)
    assert set(TRANSFORMS) <= set(codes(text))


@pytest.mark.parametrize(("table_number", "model"), [(0, Publication), (1, Measure)])
def test_every_key_of_a_publication_is_documented_and_no_other(table_number: int, model: type[BaseModel]) -> None:
    rows = tables(section("CONTRIBUTING.md", "A new year of a publication"))[table_number]
    assert set(first_codes(rows, "key")) == model.model_fields.keys()


def plan_keys(model: type[BaseModel], above: str = "") -> Iterator[tuple[str, bool]]:
    """Every key of the plan with the parts above it, and whether it is needed."""
    for name, field in model.model_fields.items():
        key = f"{above}{field.alias or name}"
        inner = [part for part in parts_of(field.annotation) if isinstance(part, type) and issubclass(part, BaseModel)]
        if inner:
            yield from plan_keys(inner[0], f"{key}.")
        elif get_origin(field.annotation) is Mapping:
            yield f"{key}.<{'year' if name == 'population' else 'kpi'}>", False
        else:
            yield key, field.is_required()


def parts_of(annotation: Any) -> Iterator[Any]:
    """A type and all that it is made of."""
    yield annotation
    for part in get_args(annotation):
        yield from parts_of(part)


def test_every_key_of_a_plan_is_documented_and_no_other() -> None:
    rows = tables(section("CONTRIBUTING.md", "The plan"))[0]
    assert {codes(row["key"])[0]: row["needed"] == "yes" for row in rows} == dict(plan_keys(Plan))
    assert {"council.name", "ambition.kpi.targets.from", "parameters.<kpi>"} <= dict(plan_keys(Plan)).keys()


def test_events_and_sources_are_documented() -> None:
    rows = tables(section("CONTRIBUTING.md", "Events"))[0]
    assert first_codes(rows, "column") == list(EVENT_COLUMNS)
    assert codes(next(row["allowed"] for row in rows if row["column"] == "`kind`")) == list(KINDS)
    source = tables(section("docs/reference/sources.md", "Sources"))[1]
    assert set(first_codes(source, "key")) == SourceSettings.model_fields.keys()


def test_every_column_of_a_download_is_documented_in_order(tmp_path: Path) -> None:
    command = ["export", "--data", str(REPOSITORY / "data"), "--kpi", "agency_rate", "-o", str(tmp_path / "export.csv")]
    assert CliRunner().invoke(main, command).exit_code == 0
    header = (tmp_path / "export.csv").read_text("utf-8-sig").splitlines()[0]
    assert codes(section("docs/reference/commands.md", "Downloads").split("\n\n")[2]) == header.split(",")


@pytest.mark.parametrize("kpi", load_library())
def test_every_indicator_says_what_it_is(kpi: str) -> None:
    indicator = load_library()[kpi]
    texts = {
        "title": indicator.title,
        "numerator": indicator.numerator,
        "definition": indicator.definition,
        "question": indicator.question,
    }
    for key, text in texts.items():
        assert text.strip() == text, key
        assert len(text.split()) > 1 or key == "title", key
    assert len(indicator.definition.split()) >= 6
    assert indicator.question.endswith("?")
    assert indicator.benchmarks, "neither a comparator nor a note that says why there is none"


def test_every_file_of_a_data_home_is_documented_and_no_other() -> None:
    home = Home(REPOSITORY / "data")
    members = {name: path for name, path in getmembers(home) if isinstance(path, Path)}
    there = {str(path.relative_to(home.folder)) for name, path in members.items() if name != "folder"}
    of_home, of_edition = tables(section("docs/reference/data_home.md", "The data home"))
    assert set(first_codes(of_home, "file")) == there
    text = section("docs/reference/data_home.md", "The data home")
    assert all(file.name in text for file in home.folder.iterdir() if not file.name.startswith("."))
    edition = next((REPOSITORY / "data" / "editions").iterdir())
    kpis = {f"{kpi}.parquet" for kpi in load_library()}
    assert {file.name for file in edition.iterdir()} - kpis == set(first_codes(of_edition, "file")) - {"<kpi>.parquet"}


def test_every_local_table_is_documented_and_no_other() -> None:
    local = {table.name: table for table in declared_tables().values() if not table.name.startswith("ssd_")}
    rows = tables(section("CONTRIBUTING.md", "Local tables"))[0]
    assert {codes(row["table"])[0]: row["one row is"] for row in rows} == {
        name: table.grain for name, table in local.items()
    }
    for table in local.values():
        assert all(column.meaning for column in table.columns), table.name


def test_every_published_file_is_documented_and_in_the_help() -> None:
    rows = tables(section("docs/how-to/published_figures.md", "Your own authority, from published figures"))[0]
    assert [tuple(row.values()) for row in rows] == [(file.title, file.download) for file in publication_table()]
    assert attribution() in " ".join(section("README.md", "Licences").split())
    for command in ("published", "benchmarks"):
        said = " ".join(CliRunner().invoke(main, [command, "--help"]).output.split())
        for file in publication_table():
            assert f"{file.title}: {file.download}" in said


def test_the_list_of_published_files_is_read_only_when_it_is_asked_for() -> None:
    code = "import sys, improvement_board.cli; sys.exit('improvement_board.benchmarks' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_every_environment_variable_and_marker_is_documented() -> None:
    package, tests = REPOSITORY / "improvement_board", REPOSITORY / "tests"
    searched = [REPOSITORY / ".ci" / "run", *package.rglob("*.py"), *tests.rglob("conftest.py")]
    there = {name for file in searched for name in VARIABLE.findall(file.read_text(encoding="utf-8"))}
    assert there >= {HOME_VARIABLE}
    assert there == {name for document in DOCUMENTS for name in VARIABLE.findall(read(document))}
    assert HOME_VARIABLE in section("docs/how-to/notes_for_it.md", "Notes for IT")
    settings = tomllib.loads(read("pyproject.toml"))["tool"]["pytest"]["ini_options"]
    for marker in settings["markers"]:
        assert f"`{marker.split(':')[0]}`" in section("CONTRIBUTING.md", "Development")
    for script in (REPOSITORY / ".ci").iterdir():
        assert f"`.ci/{script.name}`" in section("CONTRIBUTING.md", "Development")


def test_the_changelog_has_the_version() -> None:
    assert f"\n## {improvement_board.__version__}\n" in read("CHANGELOG.md")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_lead_somewhere(document: str) -> None:
    for link in LINK.finditer(prose(read(document))):
        target, _, anchor = link["target"].partition("#")
        if target.startswith("https:"):
            continue
        file = (REPOSITORY / document).parent / target if target else REPOSITORY / document
        assert file.exists(), link["target"]
        assert link["text"], link["target"]
        if anchor:
            assert anchor in anchors(str(file)), link["target"]
        if link["picture"] and file.suffix != ".svg":
            assert "Synthetic data" in link["text"]
            assert file.read_bytes().startswith(b"\x89PNG")
            assert file.stat().st_size < MOST_PICTURE_BYTES


@pytest.mark.parametrize("document", DOCUMENTS)
def test_no_document_names_a_registry_or_a_place_on_a_machine(document: str) -> None:
    assert REGISTRY.search(read(document)) is None
    assert ABSOLUTE.search(read(document)) is None
