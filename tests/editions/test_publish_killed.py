"""Killed or interrupted at any moment, publishing leaves the edition before it served, or the whole new one."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner
from examples import is_nightly
from fault_driver import publish_september
from places import REPOSITORY
from small_council import JUNE, SEPTEMBER, Council, everything_in, monthly

from improvement_board.access.viewer import EVERYONE
from improvement_board.building import publish
from improvement_board.cli.main import main
from improvement_board.cli.options import STOPPED, says_what_is_wrong
from improvement_board.declared.home import Home
from improvement_board.editions import leftovers
from improvement_board.page_models import Board, Run

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the processes are forks, which this system lacks")
ENOUGH_SECONDS = 300
MOMENTS, INTERRUPTS = (14, 8) if is_nightly() else (7, 4)
TESTS = Path(__file__).resolve().parent.parent


def drive(*arguments: object) -> Any:
    """What the driver says of the processes that it ran."""
    command = [sys.executable, str(Path(__file__).with_name("fault_driver.py")), *map(str, arguments)]
    path = os.pathsep.join([str(REPOSITORY), str(TESTS)])
    environment = os.environ | {"PYTHONPATH": path}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=ENOUGH_SECONDS)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def served(home: Home) -> str:
    """The edition that is served, with nothing wrong with it or passed over for it."""
    look = Run(Board(home)).look(EVERYONE)
    desk, problems = look.desk, look.passed_over
    assert problems == ()
    assert desk.store.rows("period_ends")
    return str(desk.store.name)


def names_in(home: Home) -> list[str]:
    return sorted(folder.name for folder in home.editions.iterdir())


def figures(home: Home, edition: str) -> dict[str, list[Any]]:
    """Every figure of an edition."""
    files = sorted((home.editions / edition).glob("*.parquet"))
    return {file.name: duckdb.read_parquet(str(file)).order("all").fetchall() for file in files}


def test_killed_at_any_moment_the_previous_or_the_whole_new_edition_is_served(tmp_path: Path) -> None:
    told = drive("kill", tmp_path, MOMENTS)
    whole = Council(tmp_path / "0").home
    june, september = everything_in(whole.editions / "2026-06-30"), figures(whole, "2026-09-30")
    assert served(whole) == "2026-09-30"
    assert len(told["ended"]) == MOMENTS
    assert set(told["ended"].values()) == {-signal.SIGKILL}
    seen = set()
    for number in told["ended"]:
        home = Council(tmp_path / number).home
        now = served(home)
        assert set(Run(Board(home)).shelf.served) == {"2026-06-30", now}
        assert everything_in(home.editions / "2026-06-30") == june
        if now == "2026-09-30":
            assert figures(home, now) == september
        left = [name for name in names_in(home) if name.startswith(".")]
        seen |= {(now, bool(left))}
        publish_september(tmp_path / number)
        again = "2026-09-30.2" if now == "2026-09-30" else "2026-09-30"
        assert served(home) == again
        assert figures(home, again)["seen.parquet"] == september["seen.parquet"]
        assert names_in(home) == sorted({"2026-06-30", "2026-09-30", again})
    assert seen == {("2026-06-30", False), ("2026-06-30", True), ("2026-09-30", False)}


def test_interrupted_at_any_moment_it_says_so_in_one_line_and_leaves_nothing(tmp_path: Path) -> None:
    told = drive("interrupt", tmp_path, INTERRUPTS)
    assert set(told["ended"].values()) == {1}
    for number in told["ended"]:
        home = Council(tmp_path / number).home
        assert (tmp_path / f"{number}.err").read_text(encoding="utf-8") == f"{STOPPED}\n"
        assert names_in(home) == sorted({"2026-06-30", served(home)})


def test_a_build_that_is_killed_publishes_nothing_and_the_next_one_clears_up(tmp_path: Path) -> None:
    source = tmp_path / "2026-09-30"
    source.mkdir()
    audits = "audit_id,person_id,team,professional_id,case_type,planned_date,completed_date,grade\n"
    (source / "audits.csv").write_text(f"{audits}1,p1,North,w1,in need,2026-06-01,2026-06-20,good\n", encoding="utf-8")
    moments = ("os.mkdir", "os.rename")
    for moment in moments:
        Council(tmp_path / moment.replace(".", "-")).home.folder.mkdir(parents=True)
        shutil.copyfile(REPOSITORY / "data" / "plan.toml", Council(tmp_path / moment.replace(".", "-")).home.plan)
    assert drive("build", tmp_path, source) == dict.fromkeys(moments, -signal.SIGKILL)
    for moment in moments:
        home = Council(tmp_path / moment.replace(".", "-")).home
        assert Run(Board(home)).shelf.served == ()
        assert len(names_in(home)) == (0 if moment == "os.mkdir" else 1)
    result = CliRunner().invoke(main, ["build", str(source), "--data", str(home.folder)])
    assert result.exit_code == 0, result.output
    assert names_in(home) == ["2026-09-30"]
    assert served(home) == "2026-09-30"


def test_two_at_once_are_two_revisions_and_both_whole(tmp_path: Path) -> None:
    assert drive("at_once", tmp_path) == [0, 0]
    home = Council(tmp_path).home
    assert names_in(home) == ["2026-06-30", "2026-09-30", "2026-09-30.2"]
    assert served(home) == "2026-09-30.2"
    assert figures(home, "2026-09-30") == figures(home, "2026-09-30.2")
    shutil.rmtree(home.editions / "2026-09-30.2")
    assert served(home) == "2026-09-30"


def test_what_lives_or_may_live_is_left_alone(council: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    editions = council.home.editions
    own = leftovers.working_folder(editions, SEPTEMBER)
    process = f"-{os.getpid()}-"
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    gone = own.with_name(own.name.replace(process, f"-{ended.pid}-"))
    elsewhere = gone.with_name(gone.name.replace(leftovers._machine(), "00000000"))
    unnamed = editions / ".publishing-2026-09-30-0a"
    old = editions / ".publishing-2026-06-30-0b"
    half = editions / ".removing-0c"
    other = editions / ".snapshot"
    for folder in (own, gone, elsewhere, unnamed, old, half, other):
        folder.mkdir(parents=True)
        (folder / "seen.parquet").write_bytes(b"PAR1")
    day_ago = time.time() - leftovers.DAY_SECONDS - 60
    for folder in (old, other):
        os.utime(folder, (day_ago, day_ago))
    assert set(leftovers.find_leftovers(editions)) == {gone, old, half}
    with monkeypatch.context() as patch:
        patch.setattr(os, "name", "nt")
        assert set(leftovers.find_leftovers(editions)) == {old, half}
    council.publish(SEPTEMBER, {"seen": monthly([(1, 2)])})
    assert {folder.name for folder in editions.iterdir()} == {
        "2026-09-30", *(folder.name for folder in (own, elsewhere, unnamed, other))
    }  # fmt: skip


def test_a_publisher_whose_folder_was_cleared_away_publishes_nothing(
    council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    council.publish(JUNE, {"seen": monthly([(1, 2)], JUNE)})
    real = publish._next_name

    def cleared(home: Home, day: dt.date) -> Any:
        for folder in home.editions.glob(".publishing-*"):
            folder.rename(home.editions / ".removing-0d")
        return real(home, day)

    monkeypatch.setattr(publish, "_next_name", cleared)
    with pytest.raises(Exception):  # noqa: B017, PT011 - what is said is of no matter: it cannot happen to a live one
        council.publish(SEPTEMBER, {"seen": monthly([(1, 2)])})
    assert Run(Board(council.home)).shelf.served == ("2026-06-30",)


def test_ctrl_c_within_a_query_is_told_like_any_other(capfd: pytest.CaptureFixture[str]) -> None:
    def run() -> None:
        raise RuntimeError("Query interrupted")

    with pytest.raises(SystemExit) as ended:
        says_what_is_wrong(run)()
    assert ended.value.code == 1
    assert capfd.readouterr().err == f"{STOPPED}\n"
