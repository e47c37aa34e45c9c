"""The table of SECURITY.md, walked: who may see a home, in every order in which it can have come to be."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from markdown_text import section, tables
from places import REPOSITORY
from small_council import JUNE, SEPTEMBER, Council, monthly

from improvement_board.access.serving import is_open, serving
from improvement_board.access.viewer import Viewer
from improvement_board.building.build import build
from improvement_board.editions.file_names import PROTECTED
from improvement_board.editions.shelf import read_shelf
from improvement_board.editions.withdrawal import withdraw
from improvement_board.errors import InputError
from improvement_board.page_models import Run
from improvement_board.records.demonstration import sign_demonstration

AUDITS = "audit_id,person_id,team,professional_id,case_type,planned_date,completed_date,grade\n"
ROW = "1,p1,North,w1,in need,2026-06-01,2026-06-20,good\n"
PLAN = """[council]
name = "Northbridge"
code = "E08999901"
{kind}

[[ambition]]
id = "practice"
title = "Good practice"
statement = "Audits are done."

[[ambition.kpi]]
kpi = "audits_completed"
"""
TABLE = next(iter(tables(section("SECURITY.md", "When sign-in is needed"))))
Steps = Callable[[Council], None]


def says(council: Council, kind: str) -> None:
    """Set the home's plan."""
    council.home.folder.mkdir(parents=True, exist_ok=True)
    council.home.plan.write_text(PLAN.format(kind=kind), encoding="utf-8")


SYNTHETIC, PUBLISHED, OWN = "synthetic = true", "synthetic = false\npublished = true", "synthetic = false"


def records(council: Council, *, day: str = "2026-06-30", signed: bool) -> Path:
    """A folder of records that is signed as the demonstration's, or not."""
    folder = council.folder / ("made up" if signed else "own") / day
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "audits.csv").write_text(AUDITS + ROW, encoding="utf-8")
    if signed:
        sign_demonstration(folder, [folder / "audits.csv"])
    return folder


def built(kind: str, *, signed: bool) -> Steps:
    def steps(council: Council) -> None:
        says(council, kind)
        build(records(council, signed=signed), council.home)

    return steps


def made_from(what: str, kind: str) -> Steps:
    """An edition as the command that makes such a one publishes it."""

    def steps(council: Council) -> None:
        council.publish(SEPTEMBER, {"seen": monthly([(1.0, 2.0)] * 3)}, made_from=what)
        says(council, kind)

    return steps


def then(first: Steps, kind: str) -> Steps:
    def steps(council: Council) -> None:
        first(council)
        says(council, kind)

    return steps


def with_comparators(council: Council) -> None:
    built(SYNTHETIC, signed=True)(council)
    council.home.benchmarks.write_bytes((REPOSITORY / "data" / "benchmarks.parquet").read_bytes())


def nothing_or_a_plan(council: Council) -> None:
    assert is_open(council.home)
    for kind in (PUBLISHED, SYNTHETIC):
        says(council, kind)
        assert is_open(council.home)


def before_or_since(council: Council) -> None:
    built(SYNTHETIC, signed=False)(council)
    assert not is_open(council.home)
    says(council, OWN)
    build(records(council, signed=False), council.home)
    says(council, SYNTHETIC)


def changed_or_beside(council: Council) -> None:
    says(council, SYNTHETIC)
    folder = records(council, signed=True)
    (folder / "training.csv").write_text(
        "training_id,professional_id,course,course_date,required_flag,outcome\nt1,w1,A,2026-06-01,Y,attended\n",
        encoding="utf-8",
    )
    build(folder, council.home)
    assert len(read_shelf(council.home).own_folders) == 1
    (folder / "training.csv").unlink()
    (folder / "audits.csv").write_text(AUDITS + ROW.replace("w1", "w2"), encoding="utf-8")
    build(folder, council.home)
    assert len(read_shelf(council.home).own_folders) == 2


def earlier_or_later(council: Council) -> None:
    council.publish(JUNE, {"seen": monthly([(1.0, 2.0)], JUNE)}, made_from="demonstration")
    assert is_open(council.home)
    council.publish(SEPTEMBER, {"seen": monthly([(1.0, 2.0)])}, made_from="records")
    assert not is_open(council.home)
    council.publish(SEPTEMBER, {"seen": monthly([(1.0, 2.0)])}, made_from="published")


def replaced_or_withdrawn(council: Council) -> None:
    earlier_or_later(council)
    withdraw(council.home.editions / "2026-09-30", "a mistake")


def of_an_earlier_version(council: Council) -> None:
    name = council.publish(SEPTEMBER, {"seen": monthly([(1.0, 2.0)])})
    file = council.home.editions / str(name) / "manifest.json"
    said = json.loads(file.read_text(encoding="utf-8"))
    del said["made_from"], said["worker_key"]
    file.write_text(json.dumps(said), encoding="utf-8")


def unreadable(council: Council) -> None:
    name = council.publish(SEPTEMBER, {"seen": monthly([(1.0, 2.0)])})
    (council.home.editions / str(name) / "manifest.json").write_text("{", encoding="utf-8")


OF_PUBLISHED = made_from("published", PUBLISHED)
STEPS: tuple[Steps, ...] = (  # in the order of the table
    built(SYNTHETIC, signed=True),
    with_comparators,
    then(built(SYNTHETIC, signed=True), OWN),
    OF_PUBLISHED,
    then(OF_PUBLISHED, OWN),
    nothing_or_a_plan,
    lambda council: says(council, OWN),
    built(OWN, signed=False),
    before_or_since,
    then(built(OWN, signed=False), PUBLISHED),
    changed_or_beside,
    earlier_or_later,
    replaced_or_withdrawn,
    of_an_earlier_version,
    unreadable,
)


@pytest.mark.parametrize(("row", "steps"), list(zip(TABLE, STEPS, strict=True)), ids=[row["the home"] for row in TABLE])
def test_a_home_is_served_as_the_table_says(council: Council, row: dict[str, str], steps: Steps) -> None:
    steps(council)
    is_anybodys = row["without sign-in"] == "anybody"
    assert (row["without sign-in"], is_open(council.home)) == ("anybody" if is_anybodys else "nobody", is_anybodys)
    way = serving(council.home, None, insecure_local=False, server_address="localhost").way
    assert way == ("open" if is_anybodys else "refused")
    for folder in read_shelf(council.home).own_folders:
        files = [str(file) for file in folder.glob("*.parquet") if "worker" in duckdb.read_parquet(str(file)).columns]
        workers = {
            worker for file in files for (worker,) in duckdb.read_parquet(file).project("worker").fetchall() if worker
        }
        assert not workers & {"w1", "w2"}
        assert (folder / PROTECTED).is_file()


@pytest.mark.parametrize("row", [row for row in TABLE if row["with sign-in"].startswith("everything")], ids=str)
def test_published_figures_are_seen_in_every_role(council: Council, row: dict[str, str]) -> None:
    OF_PUBLISHED(council)
    page = Run(council.board).look(Viewer(role="committee")).plan()
    assert (page.frame.label, page.frame.is_protected) == ("Published figures", False)


def test_records_do_not_go_into_a_home_of_published_figures(council: Council) -> None:
    OF_PUBLISHED(council)
    for signed in (False, True):
        with pytest.raises(InputError, match="records do not go into it"):
            build(records(council, signed=signed), council.home)
    assert [folder.name for folder in council.home.editions.iterdir()] == ["2026-09-30"]
    assert not council.home.worker_key.exists()
