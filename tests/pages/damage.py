"""Homes to damage: copies, and copies whose sums are made to fit the damage, as by someone who edits an edition."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from improvement_board.building.publish import EditionContents, Extract, publish
from improvement_board.common.files import sha256_of
from improvement_board.declared.home import Home, default_home
from improvement_board.declared.kpis import load_library
from improvement_board.declared.plan_file import read_plan
from improvement_board.editions.manifest import MANIFEST

LATEST, BEFORE = "2026-09-30", "2026-06-30"


def three_indicators(folder: Path) -> Home:
    """A home with two editions of the demonstration's first three indicators, which opens sooner than all of them."""
    source, home = default_home(), Home(folder / "few")
    home.folder.mkdir()
    first_three, _, _ = source.plan.read_text(encoding="utf-8").partition('[[ambition.kpi]]\nkpi = "vacancy_rate"')
    home.plan.write_text(first_three, encoding="utf-8")
    for file in ("events.csv", "benchmarks.parquet"):
        shutil.copyfile(source.folder / file, home.folder / file)
    plan = read_plan(home.plan, load_library())
    for name in (BEFORE, LATEST):
        extracts = tuple(Extract(load_library()[kpi], source.editions / name / f"{kpi}.parquet") for kpi in plan.kpis)
        publish(home, EditionContents(date.fromisoformat(name), plan, extracts, made_from="demonstration"))
    return home


def copy_of(home: Home, folder: Path, editions: tuple[str, ...] = (BEFORE, LATEST)) -> Home:
    """A copy of a home with some of its editions."""
    made = Home(folder / "home")
    made.editions.mkdir(parents=True)
    for name in editions:
        shutil.copytree(home.editions / name, made.editions / name)
    for file in (home.plan, home.events):
        shutil.copyfile(file, made.folder / file.name)
    return made


def reseal(edition: Path, change: Callable[[dict[str, Any]], None] = lambda manifest: None) -> None:
    """Write the sums of the files as they are now into the manifest, after a change of it."""
    manifest = json.loads((edition / MANIFEST).read_text(encoding="utf-8"))
    files = sorted(file for file in edition.rglob("*") if file.is_file() and file.name != MANIFEST)
    manifest["files"] = {file.relative_to(edition).as_posix(): sha256_of(file) for file in files}
    change(manifest)
    (edition / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")


def rewrite(file: Path, columns: str) -> None:
    """Write a Parquet file anew with other columns, given as DuckDB's select list."""
    connection = duckdb.connect()
    table = connection.sql(f"select {columns} from read_parquet('{file}')").to_arrow_table()
    connection.from_arrow(table).write_parquet(str(file))
