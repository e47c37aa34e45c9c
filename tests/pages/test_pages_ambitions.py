"""Each ambition of the demonstration plan, alone in a plan of its own: in one process only the first of several pages
on one file can be opened."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from examples import every_night
from opening import (
    ABOUT,
    AMBITION,
    PLAN,
    TEAM,
    alternatives,
    downloads,
    notices,
    open_app,
    title,
    words_of,
)

from improvement_board.building.publish import EditionContents, Extract, publish
from improvement_board.declared.home import Home, default_home
from improvement_board.declared.kpis import load_library
from improvement_board.declared.plan_file import read_plan
from improvement_board.editions.manifest import read_manifest

EDITION = default_home().editions / "2026-09-30"
SEPARATOR = "[[ambition]]\n"
COUNCIL, *TEXTS = (EDITION / "plan.toml").read_text(encoding="utf-8").split(SEPARATOR)
AMBITIONS = {tomllib.loads(SEPARATOR + one)["ambition"][0]["id"]: one for one in TEXTS}


@pytest.mark.parametrize("name", every_night(AMBITIONS, ("practice",)))
def test_an_ambition_alone_in_its_plan(name: str, serve: Callable[[Home], None], tmp_path: Path) -> None:
    home, text = Home(tmp_path), AMBITIONS[name]
    home.plan.write_text(COUNCIL.split("[parameters")[0] + SEPARATOR + text, encoding="utf-8")
    plan = read_plan(home.plan, load_library())
    manifest = read_manifest(EDITION)
    there = [kpi for kpi in plan.kpis if kpi in manifest.kpis]
    extracts = tuple(Extract(load_library()[kpi], EDITION / f"{kpi}.parquet") for kpi in there)
    publish(home, EditionContents(date(2026, 9, 30), plan, extracts, made_from="demonstration"))
    serve(home)

    app = open_app(AMBITION)

    assert not app.exception
    assert notices(app) == []
    assert title(app) == plan.ambition[0].title
    assert plan.ambition[0].statement in words_of(app)
    assert len(alternatives(app)) == len(there)
    assert all(alternatives(app))
    assert all(load_library()[kpi].title in words_of(app) for kpi in there)
    assert downloads(app) == ["all figures of this ambition (CSV)"]
    for page in (PLAN, TEAM, ABOUT):
        assert not open_app(page).exception
