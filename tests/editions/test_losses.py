"""A source that was there in the last edition and is not in this one is a loss, in words that cannot be missed."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from places import REPOSITORY

from improvement_board.access.viewer import EVERYONE, Viewer
from improvement_board.building.build import build
from improvement_board.cli.main import main
from improvement_board.declared.home import Home
from improvement_board.document.changes import changes
from improvement_board.editions.manifest import EditionName
from improvement_board.page_models import Board, Run

MARCH, JUNE = date(2026, 3, 31), date(2026, 6, 30)
COMMITTEE = Viewer(role="committee")
WORKFORCE = [
    {
        "professional_id": f"W{at}",
        "period_end": day.isoformat(),
        "team": "North",
        "social_worker_flag": "Y",
        "agency_flag": "Y" if at < 2 else "N",
        "fte": "1",
    }
    for day in (date(2026, 1, 31), date(2026, 2, 28), MARCH)
    for at in range(10)
]
AUDITS = [
    {"audit_id": f"A{at}", "planned_date": "2026-02-02", "completed_date": "2026-02-10", "team": "N", "grade": "Good"}
    for at in range(12)
]
Tables = Mapping[str, Sequence[Mapping[str, str]]]
BOTH: Tables = {"workforce": WORKFORCE, "audits": AUDITS}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    home.folder.mkdir()
    home.plan.write_bytes((REPOSITORY / "data" / "plan.toml").read_bytes())
    return home


def folder(home: Home, day: date, tables: Tables) -> Path:
    """A source folder for an edition with these tables."""
    source = home.folder.parent / day.isoformat()
    source.mkdir()
    for name, rows in tables.items():
        with (source / f"{name} {day}.csv").open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, rows[0])
            writer.writeheader()
            writer.writerows(rows)
    return source


def sentences(home: Home, viewer: Viewer) -> list[str]:
    return [change.sentence for change in Run(Board(home)).look(viewer).plan().changes if change.kind == "lost"]


def test_kpis_that_a_source_gave_are_told_as_lost_to_every_role(home: Home) -> None:
    build(folder(home, MARCH, BOTH), home)
    told = build(folder(home, JUNE, {"audits": AUDITS}), home)
    assert told.before == EditionName(MARCH)
    (line,) = told.lost
    assert "agency_rate" in line
    assert "no source gives workforce any more (workforce 2026-03-31.csv did)" in line
    (said,) = sentences(home, EVERYONE)
    assert "Agency social workers" in said
    assert said.endswith("no longer given, since no source gives workforce any more (workforce 2026-03-31.csv did)")
    (to_committee,) = sentences(home, COMMITTEE)
    assert to_committee.endswith("no longer given, since no source gives workforce any more")
    for viewer in (EVERYONE, COMMITTEE):
        page = changes(Run(Board(home)).look(viewer).plan())
        assert "No longer given" in page
        assert "Nothing changed" not in page


def test_build_says_it_where_it_cannot_be_missed(home: Home) -> None:
    build(folder(home, MARCH, BOTH), home)
    source = folder(home, JUNE, {"audits": AUDITS})
    said = CliRunner().invoke(main, ["build", str(source), "--data", str(home.folder)])
    assert said.exit_code == 0
    assert "WARNING: no longer given, unlike in the edition 2026-03-31: " in said.output


def test_a_revision_is_held_against_the_one_before_it(home: Home) -> None:
    source = folder(home, MARCH, BOTH)
    build(source, home)
    (source / f"audits {MARCH}.csv").unlink()
    (line,) = build(source, home).lost
    assert "no source gives audits any more" in line


def test_nothing_is_lost_where_the_sources_go_on(home: Home) -> None:
    assert build(folder(home, MARCH, BOTH), home).lost == ()
    assert build(folder(home, JUNE, BOTH), home).lost == ()
    assert sentences(home, EVERYONE) == []
    assert "No longer given" not in changes(Run(Board(home)).look(EVERYONE).plan())


def test_a_ready_extract_that_is_gone_is_lost_too(home: Home) -> None:
    cells = ("team", "worker", "category", "denominator")
    extract = [{"period_end": "2026-02-28", "numerator": "4", **dict.fromkeys(cells, "")}]
    plan = home.plan.read_text(encoding="utf-8")
    code = plan.split('code = "')[1].split('"')[0]
    rows = [{**row, "authority": code} for row in extract]
    build(folder(home, MARCH, {"contacts": rows, "audits": AUDITS}), home)
    (line,) = build(folder(home, JUNE, {"audits": AUDITS}), home).lost
    assert "contacts" in line
    assert "no ready extract gives it any more (contacts 2026-03-31.csv did)" in line
