"""The repository's own data home: made by the commands, whole, small, and made again with the same figures."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner
from examples import is_nightly
from made_once import made_once
from places import REPOSITORY

from improvement_board.cli.main import main
from improvement_board.editions.manifest import MANIFEST, damaged_files, read_manifest

DATA = REPOSITORY / "data"
EDITIONS = ("2026-03-31", "2026-06-30", "2026-09-30")
MOST_BYTES = 5_000_000


@pytest.fixture(scope="session")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The records that `demo` makes now."""
    return made_once(tmp_path_factory, "demonstration_records", lambda folder: run("demo", folder))


def run(*arguments: str | Path) -> None:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exit_code == 0, result.output


def test_the_three_editions_are_whole_and_small() -> None:
    for edition in EDITIONS:
        folder = DATA / "editions" / edition
        assert damaged_files(folder, read_manifest(folder)) == []
    assert sorted(folder.name for folder in (DATA / "editions").iterdir()) == list(EDITIONS)
    assert sum(file.stat().st_size for file in (DATA / "editions").rglob("*") if file.is_file()) < MOST_BYTES


@pytest.mark.rebuild
@pytest.mark.parametrize("edition", EDITIONS)
def test_the_commands_make_the_same_edition_again(request: pytest.FixtureRequest, tmp_path: Path, edition: str) -> None:
    """From the repository's plan, events and comparators, after the editions before it: so all three, one by one."""
    if edition != EDITIONS[-1] and not is_nightly():
        pytest.skip("the last one, which stands beside the others, is made on every commit; --nightly makes them all")
    records: Path = request.getfixturevalue("records")
    for name in ("plan.toml", "events.csv", "benchmarks.parquet", "aliases.toml"):
        shutil.copyfile(DATA / name, tmp_path / name)
    for before in (earlier for earlier in EDITIONS if earlier < edition):
        shutil.copytree(DATA / "editions" / before, tmp_path / "editions" / before)
    run("build", records / edition, "--data", tmp_path)
    kept, made = DATA / "editions" / edition, tmp_path / "editions" / edition
    assert sorted(names(made)) == sorted(names(kept))
    for name in names(kept):
        if name.endswith(".parquet"):
            assert_same_rows(kept / name, made / name)
        elif name != MANIFEST:
            assert (made / name).read_bytes() == (kept / name).read_bytes(), name
    assert settled(made) == settled(kept)


def names(folder: Path) -> list[str]:
    return [file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()]


def assert_same_rows(kept: Path, made: Path) -> None:
    """The same rows in the same order, but for the last digits of sums, which the order of adding up may change."""
    connection = duckdb.connect()
    before, after = (connection.read_parquet(str(file), file_row_number=True) for file in (kept, made))
    assert (after.columns, after.types) == (before.columns, before.types), kept.name
    assert after.aggregate("count(*)").fetchall() == before.aggregate("count(*)").fetchall(), kept.name
    same = [
        f"(b.{name} is not distinct from a.{name} or abs(b.{name} - a.{name}) <= 1e-9 * greatest(1, abs(b.{name})))"
        if str(kind) == "DOUBLE"
        else f"b.{name} is not distinct from a.{name}"
        for name, kind in zip(before.columns, before.types, strict=True)
    ]
    joined = before.set_alias("b").join(after.set_alias("a"), "b.file_row_number = a.file_row_number")
    assert joined.filter(f"not ({' and '.join(same)})").limit(3).fetchall() == [], kept.name


def settled(folder: Path) -> dict[str, Any]:
    """What a manifest says, but for the time of publishing and the sums of Parquet files."""
    manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    del manifest["published"]
    manifest["files"] = {name: sha for name, sha in manifest["files"].items() if not name.endswith(".parquet")}
    for record in manifest["kpis"].values():
        del record["sha256"]
    return manifest
