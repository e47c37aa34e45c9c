"""An edition is published whole or not at all, never over another, and holds all it was made of."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import duckdb
import pytest
from small_council import AUTHORITY, JUNE, SEPTEMBER, Council, everything_in, monthly, relation

import improvement_board
from improvement_board.building import publish
from improvement_board.building.publish import EditionContents, Extract
from improvement_board.common.files import sha256_of
from improvement_board.editions.manifest import CheckRecord, EditionName, SourceRecord, read_manifest
from improvement_board.editions.shelf import read_shelf
from improvement_board.errors import InputError
from improvement_board.page_models import Board, Run

ROWS = {"seen": monthly([(1, 2), (3, 4)], team="North", worker="w1")}


def test_an_edition_holds_all_it_was_made_of(council: Council) -> None:
    definition = council.define("seen", sources=["ssd_person"])
    plan = council.plan([definition], more='[[service]]\nname = "Help"\nteams = ["North"]\n')
    council.home.events.write_text("date,title,kind,scope,rebase\n2026-01-01,New,other,all,no\n", encoding="utf-8")
    benchmarks = council.home.benchmarks
    columns = ["kpi", "category", "area_type", "area_code", "area_name", "symbol", "source", "vintage"]
    texts = ", ".join(f"'' as {column}" for column in columns)
    dates = "date '2025-04-01' as period_start, date '2026-03-31' as period_end, 1.0 as value"
    duckdb.sql(f"select {texts}, {dates}").write_parquet(str(benchmarks))
    source = SourceRecord(table="ssd_person", file="ssd_person.csv", rows=3, sha256="0" * 64, date=SEPTEMBER)
    check = CheckRecord(check="ids", severity="error", failures=0)
    extract = Extract(definition, relation(ROWS["seen"]), {"days": 3}, source="A source", note="A note")
    before = datetime.now(UTC).replace(microsecond=0)
    name = publish.publish(
        council.home,
        EditionContents(SEPTEMBER, plan, (extract,), (source,), {"other": ("audits",)}, {"North": "Records"}, (check,)),
    )
    assert name == EditionName(SEPTEMBER)
    folder = council.home.editions / "2026-09-30"
    assert set(everything_in(folder)) == {
        "seen.parquet", "teams.parquet", "changes.parquet", "changes_protected.parquet", "protected.parquet",
        "protected_managers.parquet", "benchmarks.parquet",
        "plan.toml", "events.csv", "definitions/seen.sql", "manifest.json",
    }  # fmt: skip
    for file in (council.home.plan, council.home.events, benchmarks):
        assert (folder / file.name).read_bytes() == file.read_bytes()
    assert (folder / "definitions" / "seen.sql").read_bytes() == definition.file.read_bytes()
    assert duckdb.read_parquet(str(folder / "teams.parquet")).fetchall() == [
        ("North", "Help", date(2026, 8, 31), SEPTEMBER)
    ]
    manifest = read_manifest(folder)
    assert (manifest.edition, manifest.revision, manifest.council) == (SEPTEMBER, 1, AUTHORITY)
    assert manifest.software == improvement_board.__version__
    assert before <= manifest.published <= datetime.now(UTC)
    assert manifest.sources == (source,)
    assert manifest.checks == (check,)
    assert manifest.missing == {"other": ("audits",)}
    seen = manifest.kpis["seen"]
    assert (seen.rows, seen.sha256) == (2, sha256_of(folder / "seen.parquet"))
    assert (seen.definition, seen.parameters) == (definition.hash, {"days": 3})
    assert (seen.source, seen.note) == ("A source", "A note")
    assert manifest.files == {
        name: sha256_of(folder / name) for name in everything_in(folder) if name != "manifest.json"
    }


def test_a_team_the_plan_does_not_place_has_the_records_service(council: Council) -> None:
    rows = {"seen": [*ROWS["seen"], *monthly([(1, 2)], team="South"), *monthly([(1, 2)], team=None)]}
    council.publish(SEPTEMBER, rows, services={"South": "Care", "East": "Care"})
    teams = duckdb.read_parquet(str(council.home.editions / "2026-09-30" / "teams.parquet")).fetchall()
    assert teams == [("North", None, date(2026, 8, 31), SEPTEMBER), ("South", "Care", SEPTEMBER, SEPTEMBER)]


def test_the_same_date_again_is_a_revision_and_overwrites_nothing(council: Council) -> None:
    assert str(council.publish(SEPTEMBER, ROWS)) == "2026-09-30"
    first = everything_in(council.home.editions)
    assert str(council.publish(SEPTEMBER, {"seen": monthly([(2, 2)])})) == "2026-09-30.2"
    assert str(council.publish(JUNE, {"seen": monthly([(1, 2)], JUNE)})) == "2026-06-30"
    assert str(council.publish(SEPTEMBER, ROWS)) == "2026-09-30.3"
    now = everything_in(council.home.editions)
    assert {name: now[name] for name in first} == first
    assert [str(name) for name in read_shelf(council.home).latest] == ["2026-06-30", "2026-09-30.3"]
    assert read_manifest(council.home.editions / "2026-09-30.2").revision == 2


def test_a_place_that_is_taken_meanwhile_is_left_to_its_owner(
    council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, taken = publish._next_name, []

    def late(home: Any, day: date) -> EditionName:
        name = real(home, day)
        if not taken:
            taken.append(home.editions / str(name))
            taken[0].mkdir()
            (taken[0] / "other").write_text("another's", encoding="utf-8")
        return name

    monkeypatch.setattr(publish, "_next_name", late)
    assert str(council.publish(SEPTEMBER, ROWS)) == "2026-09-30.2"
    assert everything_in(taken[0]) == {"other": b"another's"}
    assert read_manifest(council.home.editions / "2026-09-30.2").revision == 2


def test_without_a_kpi_there_is_nothing_to_publish(council: Council) -> None:
    plan = council.plan([council.define("seen")])
    with pytest.raises(InputError, match="no KPI to publish"):
        publish.publish(council.home, EditionContents(SEPTEMBER, plan, ()))
    assert not council.home.editions.exists()


@pytest.mark.parametrize("earlier", [False, True])
@pytest.mark.parametrize("name", ["events.csv", "benchmarks.parquet"])
def test_an_edition_that_could_not_be_opened_is_never_published(council: Council, name: str, earlier: bool) -> None:
    if earlier:
        council.publish(JUNE, {"seen": monthly([(1, 2)], JUNE)})
    council.plan([council.define("seen")])
    (council.home.folder / name).write_text("date,title\nnot,these\n", encoding="utf-8")
    with pytest.raises(InputError):
        council.publish(SEPTEMBER, ROWS)
    assert [folder.name for folder in council.home.editions.glob("*")] == (["2026-06-30"] if earlier else [])


def test_an_edition_without_its_manifest_is_not_served_nor_its_place_taken(council: Council) -> None:
    council.publish(JUNE, {"seen": monthly([(1, 2)], JUNE)})
    council.publish(SEPTEMBER, ROWS)
    (council.home.editions / "2026-09-30" / "manifest.json").unlink()
    assert Run(Board(council.home)).shelf.served == ("2026-06-30",)
    assert str(council.publish(SEPTEMBER, ROWS)) == "2026-09-30.2"
    assert Run(Board(council.home)).shelf.served == ("2026-09-30.2", "2026-06-30")


def test_the_manifest_is_json_that_a_person_can_read(council: Council) -> None:
    council.publish(SEPTEMBER, ROWS)
    text = (council.home.editions / "2026-09-30" / "manifest.json").read_text(encoding="utf-8")
    assert len(text.splitlines()) > 10
    assert json.loads(text)["edition"] == "2026-09-30"
