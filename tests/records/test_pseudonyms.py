"""Workers in editions: pseudonyms by a keyed hash, the key kept in the home, and names from a file of its own."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import stat
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from improvement_board.access.viewer import Viewer
from improvement_board.access.worker_names import read_worker_names
from improvement_board.building.build import build
from improvement_board.declared.home import Home
from improvement_board.editions.key_of_home import fingerprint, known_pseudonyms
from improvement_board.errors import InputError
from improvement_board.page_models import Address, Board, Run
from improvement_board.page_models.indicator_page import IndicatorChoice
from improvement_board.records.demonstration import sign_demonstration
from improvement_board.records.pseudonyms import assign_pseudonyms, pseudonym, worker_key

PLAN = """[council]
name = "Elsewhere"
code = "E08999902"
synthetic = {synthetic}

[[ambition]]
id = "practice"
title = "Good practice"
statement = "Audits are done."

[[ambition.kpi]]
kpi = "audits_completed"
"""
AUDITS = """audit_id,person_id,team,professional_id,case_type,planned_date,completed_date,grade
1,p1,North,w1,in need,2026-06-01,2026-06-20,good
2,p2,North,w2,in need,2026-06-01,,
3,p2,North,,in need,2026-06-01,,
"""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    home.folder.mkdir()
    home.plan.write_text(PLAN.format(synthetic="false"), encoding="utf-8")
    return home


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "2026-06-30"
    folder.mkdir()
    (folder / "audits.csv").write_text(AUDITS, encoding="utf-8")
    return folder


def workers(home: Home) -> set[str | None]:
    file = home.editions / "2026-06-30" / "audits_completed.parquet"
    return {row[0] for row in duckdb.read_parquet(str(file)).project("worker").fetchall()}


def test_a_pseudonym_is_the_keyed_hash_of_the_id() -> None:
    key = bytes(range(32))
    assert pseudonym("w1", key) == "w-" + hmac.new(key, b"w1", hashlib.sha256).hexdigest()[:12]
    assert pseudonym("w1", key) != pseudonym("w1", bytes(32))


def test_two_workers_never_share_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("improvement_board.records.pseudonyms.pseudonym", lambda worker, key: "w-1")
    assert assign_pseudonyms(["a"], bytes(32)) == {"a": "w-1"}
    with pytest.raises(InputError, match="same pseudonym"):
        assign_pseudonyms(["a", "b"], bytes(32))


def test_the_key_is_made_once_and_is_the_owners_alone(home: Home) -> None:
    key = worker_key(home)
    assert worker_key(home) == key
    assert len(key) == 32
    assert stat.S_IMODE(home.worker_key.stat().st_mode) == 0o600


@pytest.mark.parametrize("text", ["", "short", "zz" * 32, "ab" * 31])
def test_a_damaged_key_is_told_and_never_replaced(home: Home, text: str) -> None:
    home.worker_key.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="is not a key"):
        worker_key(home)
    assert home.worker_key.read_text(encoding="utf-8") == text


def test_an_edition_has_pseudonyms_and_nowhere_a_workers_id(home: Home, source: Path) -> None:
    build(source, home)
    key = worker_key(home)
    assert workers(home) == {pseudonym("w1", key), pseudonym("w2", key), None}
    assert all(re.fullmatch(r"w-[0-9a-f]{12}", worker) for worker in workers(home) if worker)


def test_made_up_workers_keep_their_ids_and_need_no_key(home: Home, source: Path) -> None:
    sign_demonstration(source, [source / "audits.csv"])
    build(source, home)
    assert workers(home) == {"w1", "w2", None}
    assert not home.worker_key.exists()


def test_a_plan_that_calls_workers_made_up_does_not_show_their_ids(home: Home, source: Path) -> None:
    home.plan.write_text(PLAN.format(synthetic="true"), encoding="utf-8")
    build(source, home)
    assert workers(home) == {pseudonym("w1", worker_key(home)), pseudonym("w2", worker_key(home)), None}


def forget(home: Home, *keys: str) -> None:
    """Make an edition's manifest as an earlier version wrote it."""
    file = home.editions / "2026-06-30" / "manifest.json"
    said = {key: value for key, value in json.loads(file.read_text(encoding="utf-8")).items() if key not in keys}
    file.write_text(json.dumps(said), encoding="utf-8")


@pytest.mark.parametrize("earlier", [False, True], ids=["with a fingerprint", "of an earlier version"])
def test_a_lost_key_beside_editions_that_used_it_stops(home: Home, source: Path, earlier: bool) -> None:
    build(source, home)
    if earlier:
        forget(home, "made_from", "worker_key")
    home.worker_key.unlink()
    with pytest.raises(InputError, match=r"worker\.key: is missing, and the workers of 2026-06-30"):
        build(source, home)
    assert not home.worker_key.exists()
    assert [folder.name for folder in home.editions.iterdir()] == ["2026-06-30"]


def test_another_key_stops_and_the_right_one_goes_on(home: Home, source: Path) -> None:
    build(source, home)
    right = home.worker_key.read_text(encoding="ascii")
    manifest = (home.editions / "2026-06-30" / "manifest.json").read_text(encoding="utf-8")
    assert right.strip() not in manifest
    assert fingerprint(bytes.fromhex(right)) in manifest
    home.worker_key.write_text("ab" * 32, encoding="ascii")
    with pytest.raises(InputError, match="is another key than that of 2026-06-30"):
        build(source, home)
    home.worker_key.write_text(right, encoding="ascii")
    assert str(build(source, home).edition) == "2026-06-30.2"


def test_names_are_shown_to_those_who_may_see_them(home: Home, source: Path) -> None:
    build(source, home)
    home.worker_names.write_text("worker,name\nw1,Ada  Byron\n", encoding="utf-8-sig")
    key = worker_key(home)
    assert read_worker_names(home) == {pseudonym("w1", key): "Ada Byron"}
    board, address = Board(home), Address(team="North")
    choice = IndicatorChoice(kpi="audits_completed")
    named = Run(board).look(Viewer(), address).indicator(choice)
    assert {named.name_of(named_worker.worker) for named_worker in named.workers} == {"Ada Byron", pseudonym("w2", key)}
    unnamed = Run(board).look(Viewer(role="member"), address).indicator(choice)
    assert (unnamed.workers, unnamed.worker_names) == ((), {})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("worker\nw1\n", "name: the column is missing"),
        ("worker,name\nw1,\n", "line 2, name: is empty"),
        ("worker,name\nw1,A\nw1,B\n", "line 3, worker = 'w1': is there twice"),
    ],
)
def test_a_wrong_file_of_names_is_said_and_pseudonyms_shown(home: Home, source: Path, text: str, message: str) -> None:
    build(source, home)
    home.worker_names.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_worker_names(home)
    page = Run(Board(home)).look(Viewer(), Address(team="North")).indicator(IndicatorChoice(kpi="audits_completed"))
    assert page.worker_names == {}
    assert any("shown without names" in notice for notice in page.notices)


def test_a_damaged_extract_of_an_earlier_edition_hides_no_workers_of_the_others(tmp_path: Path) -> None:
    folder = Home(tmp_path).editions / "2026-06-30"
    folder.mkdir(parents=True)
    for name in ("seen", "visited"):
        pq.write_table(pa.table({"worker": [f"w-{name}-{at}" for at in range(500)]}), folder / f"{name}.parquet")
    whole = bytearray((folder / "seen.parquet").read_bytes())
    whole[4:200] = bytes(196)
    (folder / "seen.parquet").write_bytes(whole)
    assert known_pseudonyms(Home(tmp_path)) == {f"w-visited-{at}" for at in range(500)}
