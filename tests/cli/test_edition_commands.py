"""`improvement-board editions` in a person's hands."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from small_council import JUNE, SEPTEMBER, Council, monthly

from improvement_board.cli.main import main


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Council:
    council = Council(tmp_path_factory.mktemp("published"))
    council.publish(JUNE, {"seen": monthly([(1, 2)] * 8, JUNE, team="North")})
    council.define("seen", definition="Made up anew")
    council.publish(SEPTEMBER, {"seen": monthly([(1, 4)] * 11, team="North")})
    return council


@pytest.fixture
def two(published: Council, tmp_path: Path) -> Council:
    shutil.copytree(published.folder, tmp_path / "two")
    return Council(tmp_path / "two")


def run(council: Council, *arguments: object) -> Result:
    return CliRunner().invoke(main, ["editions", *map(str, arguments), "--data", str(council.home.folder)])


def test_list_says_what_each_edition_is(two: Council) -> None:
    done = run(two, "list")
    assert done.exit_code == 0
    head, latest, earlier = done.output.splitlines()
    assert head.split() == ["edition", "published", "KPIs", "software", "state"]
    assert re.fullmatch(r"2026-09-30  20\d\d-\d\d-\d\d \d\d:\d\d UTC  1     0\.1\.0     served", latest)
    assert earlier.endswith("  earlier")
    (two.home.editions / "2026-09-30" / "seen.parquet").write_bytes(b"")
    (two.home.editions / ".removing-0a").mkdir()
    lines = run(two, "list").output.splitlines()
    assert "  damaged: " in lines[1]
    assert lines[2].endswith("  served")
    assert lines[3] == "A build that died left a folder behind; the next build clears up."


def test_list_of_a_home_without_editions_says_so(council: Council) -> None:
    done = run(council, "list")
    assert (done.exit_code, done.output) == (0, f"{council.home.editions} holds no edition.\n")


def test_compare_counts_first_then_names_the_largest(two: Council, tmp_path: Path) -> None:
    done = run(two, "compare", "2026-06-30", "2026-09-30", "-o", tmp_path / "found.csv")
    assert done.exit_code == 0
    assert done.output.splitlines() == [
        "2026-06-30 to 2026-09-30: 16 figures changed, 0 vanished, 6 are new.",
        "Seen (seen): 16 changed, 6 new, its definition changed",
        "    2025-11-30 all: 50.0% to 25.0% (-25)",
        "    2025-12-31 all: 50.0% to 25.0% (-25)",
        "    2026-01-31 all: 50.0% to 25.0% (-25)",
        "    2026-02-28 all: 50.0% to 25.0% (-25)",
        "    2026-03-31 all: 50.0% to 25.0% (-25)",
        "    and 11 more",
        f"Wrote {tmp_path / 'found.csv'}",
    ]
    with (tmp_path / "found.csv").open(encoding="utf-8-sig", newline="") as opened:
        assert len(list(csv.DictReader(opened))) == 22
    back = run(two, "compare", "2026-09-30", "2026-06-30", "--level", "service", "--kpi", "seen").output.splitlines()
    assert back[0] == "2026-09-30 to 2026-06-30: 8 figures changed, 3 vanished, 0 are new."
    assert back[2].endswith(": 25.0% to no figure")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["compare", "2026-06-30", "2026-09-31"], "edition = '2026-09-31': is not an edition (allowed: 2026-09-30, "),
        (["compare", "2026-06-30", "2026-09-30", "--kpi", "x"], "--kpi = 'x': is a KPI of neither edition"),
        (["withdraw", "2026-12-31", "--reason", "Wrong"], "edition = '2026-12-31': is not an edition"),
        (["withdraw", "2026-09-30", "--undo"], "2026-09-30: is not withdrawn"),
    ],
)
def test_what_is_wrong_is_said_in_a_line(two: Council, arguments: list[str], said: str) -> None:
    done = run(two, *arguments)
    assert done.exit_code == 1
    assert said in done.output
    assert done.output.count("\n") == 1


def test_withdraw_and_back_again(two: Council) -> None:
    done = run(two, "withdraw", "2026-09-30", "--reason", "Counted twice")
    assert (done.exit_code, done.output) == (0, "Withdrew 2026-09-30.\nThe latest edition is 2026-06-30.\n")
    listed = run(two, "list").output.splitlines()
    assert re.search(r"  withdrawn on 20\d\d-\d\d-\d\d: Counted twice$", listed[1])
    assert listed[2].endswith("  served")
    again = run(two, "withdraw", "2026-09-30", "--reason", "Counted twice")
    assert again.exit_code == 1
    assert "is withdrawn already: Counted twice" in again.output
    assert run(two, "compare", "2026-06-30", "2026-09-30").exit_code == 0
    done = run(two, "withdraw", "2026-09-30", "--undo")
    assert done.output == "The withdrawal of 2026-09-30 is taken back.\nThe latest edition is 2026-09-30.\n"
    assert run(two, "list").output.splitlines()[1].endswith("  served")


def test_withdrawing_the_only_edition_warns(two: Council) -> None:
    run(two, "withdraw", "2026-06-30", "--reason", "Wrong")
    done = run(two, "withdraw", "2026-09-30", "--reason", "Wrong")
    assert done.exit_code == 0
    assert done.stderr == "It was the only edition: the dashboard now has none to show.\n"
    assert done.stdout == "Withdrew 2026-09-30.\n"


@pytest.mark.parametrize("options", [[], ["--reason", " "], ["--undo", "--reason", "Wrong"]])
def test_withdraw_wants_a_reason_or_undo(two: Council, options: list[str]) -> None:
    done = run(two, "withdraw", "2026-09-30", *options)
    assert done.exit_code == 2
    assert "give --reason, or --undo" in done.output
