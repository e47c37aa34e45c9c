"""The examples of the documentation work: definitions, comparators, plans, events, commands."""

from __future__ import annotations

import csv
import shlex
import tomllib
from datetime import date
from pathlib import Path

import click
import pytest
from case_files import read_cases
from markdown_text import DOCUMENTS, blocks, read, section
from record_folders import read_source_folder

from improvement_board.benchmarks.aliases import load_aliases
from improvement_board.benchmarks.declared import read_comparators
from improvement_board.building.extracts import broken_rules, write_extract
from improvement_board.building.records import open_records
from improvement_board.cli.main import main
from improvement_board.declared.events import read_events
from improvement_board.declared.kpis import Definition, load_library, parse_definition
from improvement_board.declared.plan import Ambition
from improvement_board.declared.plan_file import read_plan
from improvement_board.declared.tables import declared_tables
from improvement_board.sources.partial import still_needed

AUTHORITY, EDITION = "E08999901", date(2026, 3, 31)
TRAINING = """training_id,professional_id,course,course_date,required_flag,outcome
P1,W1,Neglect,2026-01-10,Y,cancelled
P2,W1,Neglect,2026-01-31,Y,attended
P3,W2,Neglect,2026-02-01,Y,absent
P4,W1,Neglect,2026-01-12,N,cancelled
P5,W1,Neglect,2026-04-01,Y,cancelled
"""
WORKFORCE = """professional_id,period_end,team
W1,2026-01-31,Safeguarding North
"""
COUNCIL = f'[council]\nname = "Northbridge"\ncode = "{AUTHORITY}"\nsynthetic = true\n'


@pytest.fixture
def example() -> Definition:
    """The worked example of an indicator."""
    block = next(code for code in blocks(read("CONTRIBUTING.md"), "sql") if code.startswith("/*---"))
    return parse_definition(block, Path("training_cancelled.sql"))


def test_the_example_of_an_indicator_counts_as_its_words_say(example: Definition, tmp_path: Path) -> None:
    (tmp_path / "training.csv").write_text(TRAINING, encoding="utf-8")
    (tmp_path / "workforce.csv").write_text(WORKFORCE, encoding="utf-8")
    (tmp_path / "source.toml").write_text("first_day = 2026-01-01\n", encoding="utf-8")
    records = open_records(read_source_folder(tmp_path), AUTHORITY, EDITION)
    assert still_needed(example, dict.fromkeys(records.files, ())) == ()
    rows = records.compute(example)
    assert sorted(rows.fetchall()) == [
        (AUTHORITY, date(2026, 1, 31), "Safeguarding North", "W1", "Neglect", 1.0, 2.0),
        (AUTHORITY, date(2026, 2, 28), None, "W2", "Neglect", 0.0, 1.0),
    ]
    write_extract(rows, tmp_path / f"{example.id}.parquet", example)
    assert broken_rules([tmp_path / f"{example.id}.parquet"], [example.id], AUTHORITY, EDITION) == []
    all_places = records.compute(example, {"required_only": False}).fetchall()
    assert sorted(row[-2:] for row in all_places) == [(0.0, 1.0), (2.0, 3.0)]


def test_the_example_is_not_in_the_library_and_reads_declared_tables(example: Definition) -> None:
    assert example.id not in load_library()
    assert set(example.sources) <= declared_tables().keys()


def test_the_example_of_a_case_is_right(example: Definition, tmp_path: Path) -> None:
    file = tmp_path / f"{example.id}.toml"
    file.write_text(blocks(section("CONTRIBUTING.md", "An example"), "toml")[1], encoding="utf-8")
    (case,) = read_cases(file)
    assert case.differences(tmp_path, example) == []


def test_the_examples_of_comparators_are_right(example: Definition) -> None:
    comparator_blocks = [
        block for block in blocks(section("CONTRIBUTING.md", "Comparators"), "toml") if block.startswith("[benchmarks]")
    ]
    kpis = ("average_caseload", "children_in_care", "attendance_social_worker")
    for kpi, block in zip(kpis, comparator_blocks, strict=True):
        declared = load_library()[kpi]
        shown = declared.model_copy(update={"benchmarks": tomllib.loads(block)["benchmarks"]})
        here, there = read_comparators(shown, load_aliases()), read_comparators(declared, load_aliases())
        assert (here.file, here.own_file, here.own_lait) == (there.file, there.own_file, there.own_lait)
        assert here.lait in ((), there.lait)
    assert not read_comparators(example, load_aliases()).has_any


def test_the_examples_of_a_plan_are_right(example: Definition, tmp_path: Path) -> None:
    ambition = blocks(section("CONTRIBUTING.md", "The plan"), "toml")[0]
    entry, *_ = blocks(section("CONTRIBUTING.md", "An example"), "toml")
    file = tmp_path / "plan.toml"
    file.write_text(COUNCIL + ambition + "\n" + entry, encoding="utf-8")
    plan = read_plan(file, {**load_library(), example.id: example})
    assert [planned.kpi for planned in plan.ambition[0].kpi] == ["cp_visits_on_time", "training_cancelled"]
    assert isinstance(plan.ambition[0], Ambition)
    assert plan.parameters == {"training_cancelled": {"required_only": False}}


def test_the_examples_of_events_are_right(tmp_path: Path) -> None:
    file = tmp_path / "events.csv"
    file.write_text(blocks(section("CONTRIBUTING.md", "Events"), "csv")[0], encoding="utf-8")
    assert [event.rebase for event in read_events(file)] == [True, False]


def test_the_example_of_new_names_is_of_names_there_are() -> None:
    example = blocks(section("CONTRIBUTING.md", "A new year of a publication"), "toml")[0]
    known = load_aliases().publication
    added = tomllib.loads(example)
    assert added["columns"]["re_referrals"][:-1] == list(known["referrals"].columns["re_referrals"])
    assert added["values"]["group"]["in care"][:-1] == list(known["absence"].values["group"]["in care"])


def command_lines() -> list[str]:
    lines = [line for document in DOCUMENTS for block in blocks(read(document), "sh") for line in block.splitlines()]
    return [line for line in lines if line.startswith("improvement-board ")]


@pytest.mark.parametrize("line", command_lines())
def test_commands_in_the_documents_can_be_typed(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("DOWNLOADS").mkdir()
    _, name, *arguments = shlex.split(line)
    command = main.commands[name]
    with click.Context(main) as above:
        command.make_context(name, arguments, parent=above)


def test_the_demonstration_councils_editions_are_those_of_the_instructions() -> None:
    from improvement_board.demo import EDITIONS

    built = [line.split("/")[-1] for line in command_lines() if " build demo_records/" in line]
    assert built == [day.isoformat() for day in EDITIONS]


def test_the_csv_examples_have_the_declared_columns() -> None:
    for text, table in ((TRAINING, "training"), (WORKFORCE, "workforce")):
        columns = {column.name for column in declared_tables()[table].columns}
        assert set(next(csv.reader(text.splitlines()))) <= columns
