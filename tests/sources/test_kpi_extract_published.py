"""A ready KPI extract in a source folder is published as it came; one that breaks the contract publishes nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from places import REPOSITORY

from improvement_board.access.viewer import EVERYONE
from improvement_board.cli.main import main
from improvement_board.declared.home import Home
from improvement_board.figures.export_request import ExportRequest
from improvement_board.page_models import Board, Run

HEADER = "authority;period_end;team;worker;category;numerator;denominator\n"
ROWS = "E08999901;31/08/2026;;;;3;4\nE08999901;30/09/2026;North;w1;;1;4\nE08999901;30/09/2026;South;;;2;4\n"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    published_home = Home(tmp_path / "home")
    published_home.folder.mkdir()
    shutil.copyfile(REPOSITORY / "data" / "plan.toml", published_home.plan)
    return published_home


def build(home: Home, **files: str) -> Result:
    source = home.folder.parent / "2026-09-30"
    source.mkdir(exist_ok=True)
    for name, text in files.items():
        (source / f"{name}.csv").write_text(text, encoding="utf-8")
    return CliRunner().invoke(main, ["build", str(source), "--data", str(home.folder)])


def test_its_figures_are_served(home: Home) -> None:
    done = build(home, agency_rate=HEADER + ROWS)
    assert done.exit_code == 0, done.output
    assert "with 1 KPIs" in done.output
    board = Board(home)
    assert list(Run(board).look(EVERYONE).desk.store.manifest.kpis) == ["agency_rate"]
    lines = Run(board).look(EVERYONE).export(ExportRequest()).text.splitlines()
    assert [line.split(",")[4] + " " + line.split(",")[12] for line in lines[1:]] == [
        "2026-08-31 75",
        "2026-09-30 37.5",
    ]
    assert [record.team for record in Run(board).look(EVERYONE).desk.store.teams] == ["North", "South"]
    assert Run(board).look(EVERYONE).plan().frame.edition == "2026-09-30"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("agency_rate", ROWS.replace("E08999901", "E08000009"), "authority = 'E08000009': is not the plan's authority"),
        ("agency_rate", ROWS.replace(";3;", ";three;"), "rate.csv, line 2, numerator = 'three': is not a number"),
        ("agency_rates", ROWS, "rates.csv: is no KPI (allowed: the id of a KPI of the library, such as agency_rate"),
        (
            "contacts",
            f"{ROWS}E08999901;2026-10-31;;;;3;\n",
            "line 5, period_end = '2026-10-31': lies after the edition",
        ),
    ],
)
def test_what_breaks_the_contract_publishes_nothing_and_says_where(home: Home, name: str, text: str, said: str) -> None:
    done = build(home, **{name: HEADER + text})
    assert done.exit_code == 1
    assert said in done.output
    assert Run(Board(home)).shelf.served == ()
