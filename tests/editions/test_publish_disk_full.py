"""A full disk is said, with the file that could not be written; nothing is published and nothing is left behind."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner
from small_council import JUNE, SEPTEMBER, Council, everything_in, monthly

from improvement_board.access.viewer import EVERYONE
from improvement_board.building import changes, extracts, publish
from improvement_board.cli.options import says_what_is_wrong
from improvement_board.common.files import is_disk_full
from improvement_board.editions import writing
from improvement_board.errors import InputError
from improvement_board.page_models import Board, Run

ROWS = {"seen": monthly([(1, 2), (3, 4)], team="North", worker="w1")}
OF_DUCKDB = 'IO Error: Could not write file "/x/tmp_seen.parquet": No space left on device'


def by_system(*_: Any, **__: Any) -> Any:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def by_quota(*_: Any, **__: Any) -> Any:
    raise OSError(errno.EDQUOT, os.strerror(errno.EDQUOT))


def by_duckdb(*_: Any, **__: Any) -> Any:
    raise duckdb.IOException(OF_DUCKDB)


STEPS: dict[str, tuple[Any, str, Callable[..., Any], str]] = {
    "first folder": (Path, "mkdir", by_system, "editions"),
    "copies": (shutil, "copyfile", by_system, "definitions/seen.sql"),
    "copies, by quota": (shutil, "copyfile", by_quota, "definitions/seen.sql"),
    "teams": (publish, "write_teams", by_duckdb, "teams.parquet"),
    "changes": (changes, "_write", by_duckdb, "changes.parquet"),
    "manifest": (os, "fsync", by_system, "manifest.json"),
    "its place": (Path, "rename", by_system, "editions"),
}


@pytest.fixture
def june(council: Council) -> Council:
    council.publish(JUNE, {"seen": monthly([(1, 2)], JUNE)})
    council.plan([council.define("seen")])
    return council


def refused(council: Council, before: dict[str, bytes], error: InputError, file: str) -> None:
    assert len(error.problems) == 1
    problem = error.problems[0]
    assert str(problem.file).endswith(file)
    assert problem.message.startswith("cannot be written: the disk is full; nothing was published")
    assert everything_in(council.home.editions) == before
    assert [folder.name for folder in council.home.editions.iterdir()] == ["2026-06-30"]
    assert str(Run(Board(council.home)).look(EVERYONE).desk.store.name) == "2026-06-30"


@pytest.mark.parametrize("step", STEPS)
def test_a_full_disk_is_said_at_every_step(june: Council, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    target, name, full, file = STEPS[step]
    before, plan = everything_in(june.home.editions), june.plan([june.definition("seen")])
    if step == "manifest":  # seeing files onto the disk fails there alone: elsewhere a drive may lack it
        monkeypatch.setattr(writing, "sync", lambda _: None)
    with monkeypatch.context() as patch:
        patch.setattr(target, name, full)
        with pytest.raises(InputError) as error:
            june.publish(SEPTEMBER, ROWS, plan)
    refused(june, before, error.value, file)
    assert str(june.publish(SEPTEMBER, ROWS)) == "2026-09-30"


class FullDisk:
    """Rows whose Parquet finds no room."""

    columns = tuple(extracts.COLUMNS)

    def project(self, _: str) -> FullDisk:
        return self

    order = project
    write_parquet = staticmethod(by_duckdb)


def test_a_full_disk_is_said_of_the_extract_that_found_no_room(june: Council) -> None:
    before = everything_in(june.home.editions)
    definition = june.definition("seen")
    rows: Any = FullDisk()
    publication = publish.EditionContents(SEPTEMBER, june.plan([definition]), (publish.Extract(definition, rows),))
    with pytest.raises(InputError) as error:
        publish.publish(june.home, publication)
    refused(june, before, error.value, "seen.parquet")


def test_what_is_not_about_the_disk_is_said_as_it_is(tmp_path: Path) -> None:
    missing = tmp_path / "missing"
    with (
        pytest.raises(InputError, match="cannot be written: No such file or directory; nothing was published"),
        writing.writing_edition(tmp_path / "to"),
    ):
        shutil.copyfile(missing, tmp_path / "to")
    with (
        pytest.raises(InputError, match=r"to: cannot be written: IO Error: bad \(x\); nothing was"),
        writing.writing_edition(tmp_path / "to"),
    ):
        raise duckdb.IOException("IO Error: bad (x)\nmore")
    assert not is_disk_full(ValueError(os.strerror(errno.ENOSPC)))


def test_the_command_says_it_in_a_line(june: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    import click

    @click.command()
    @says_what_is_wrong
    def command() -> None:
        june.publish(SEPTEMBER, ROWS)

    plan = june.plan([june.definition("seen")])
    monkeypatch.setattr(Council, "plan", lambda *_, **__: plan)
    monkeypatch.setattr(shutil, "copyfile", by_system)
    done = CliRunner().invoke(command)
    assert done.exit_code == 1
    assert done.output.count("\n") == 1
    assert "seen.sql: cannot be written: the disk is full" in done.output


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a quarter of a megabyte."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(disk)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("only root may make a small disk")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True)


def test_on_a_disk_that_fills_up_publishing_is_whole_or_refused(small_disk: Path) -> None:
    council = Council(small_disk / "council")
    council.publish(JUNE, {"seen": monthly([(1, 2)], JUNE)})
    before, plan = everything_in(council.home.editions), council.plan([council.definition("seen")])
    filler, refusals = small_disk / "filler", set()
    for free in range(0, 40, 4):
        filler.unlink(missing_ok=True)
        with filler.open("wb") as opened:
            opened.write(b"0" * (shutil.disk_usage(small_disk).free - free * 1024))
        try:
            name = council.publish(SEPTEMBER, ROWS, plan)
        except InputError as error:
            refused(council, before, error, Path(str(error.problems[0].file)).name)
            refusals.add(Path(str(error.problems[0].file)).name)
        else:
            look = Run(Board(council.home)).look(EVERYONE)
            desk, problems = look.desk, look.passed_over
            assert (desk.store.name, problems) == (name, ())
            break
    else:
        pytest.fail("the edition never fitted")
    assert len(refusals) > 2
