"""A cold edition is opened once for a scope, outside every lock; its files are read for their sums once for all."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from small_council import Council

from improvement_board.access.viewer import EVERYONE, Viewer
from improvement_board.editions import manifest, open_edition
from improvement_board.editions.open_edition import Store
from improvement_board.editions.scope import Scope
from improvement_board.errors import InputError, Problem
from improvement_board.page_models import Board, NoEditionError, Run, open_editions

CHAIR, PATIENCE = Viewer("chair", "member"), 60
MANAGER = Viewer("manager", "manager", teams=frozenset({"North"}))


class Door:
    """Stands before the opening of editions for one scope: tells who came, and holds them until it is opened."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, scope: Scope, error: InputError | None = None) -> None:
        self.came, self.is_open, self.opened = threading.Event(), threading.Event(), list[str]()
        real = open_editions.open_store

        def held(folder: Path, asked: Scope) -> Store:
            if asked == scope:
                self.opened.append(folder.name)
                self.came.set()
                assert self.is_open.wait(PATIENCE)
                if error is not None:
                    raise error
            return real(folder, asked)

        monkeypatch.setattr(open_editions, "open_store", held)


def test_a_second_viewers_page_comes_while_a_thirds_scope_opens(two: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    board = Board(two.home)
    assert Run(board).look(EVERYONE).plan().frame.edition == "2026-09-30"
    door = Door(monkeypatch, MANAGER.scope)
    with ThreadPoolExecutor(8) as pool:
        third = [pool.submit(lambda: Run(board).look(MANAGER).plan()) for _ in range(5)]
        assert door.came.wait(PATIENCE)
        warm = pool.submit(lambda: Run(board).look(EVERYONE).team()).result(PATIENCE)
        cold = pool.submit(lambda: Run(board).look(CHAIR).plan()).result(PATIENCE)
        assert not any(opening.done() for opening in third)
        door.is_open.set()
        pages = {id(opening.result(PATIENCE)) for opening in third}
    assert warm.frame.edition == cold.frame.edition == "2026-09-30"
    assert len(pages) == 1
    assert door.opened == ["2026-09-30"]


def test_a_failure_to_open_is_told_to_all_and_tried_again(two: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    board = Board(two.home)
    door = Door(monkeypatch, CHAIR.scope, InputError(Problem("teams.parquet", "cannot be read")))
    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(lambda: Run(board).look(CHAIR)) for _ in range(4)]
        assert door.came.wait(PATIENCE)
        door.is_open.set()
        for opening in asked:
            with pytest.raises(NoEditionError, match="cannot be read"):
                opening.result(PATIENCE)
    monkeypatch.undo()
    assert Run(board).look(CHAIR).passed_over == ()


def test_files_are_summed_and_read_once_for_every_scope(two: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    summed: list[Path] = []
    read: list[Path] = []
    sha256_of, read_plan = manifest.sha256_of, open_edition.read_plan
    monkeypatch.setattr(manifest, "sha256_of", lambda file: summed.append(file) or sha256_of(file))
    monkeypatch.setattr(open_edition, "read_plan", lambda file, known: read.append(file) or read_plan(file, known))
    board = Board(two.home)
    for viewer in (EVERYONE, CHAIR, MANAGER):
        Run(board).look(viewer)
    files = manifest.read_manifest(two.home.editions / "2026-09-30").files
    assert sorted(summed) == sorted(two.home.editions / "2026-09-30" / name for name in files)
    assert read == [two.home.editions / "2026-09-30" / "plan.toml"]


def test_a_file_that_changes_in_place_is_found_when_another_scope_opens(two: Council) -> None:
    board, file = Board(two.home), two.home.editions / "2026-09-30" / "seen.parquet"
    assert Run(board).look(EVERYONE).passed_over == ()
    content = file.read_bytes()
    with file.open("r+b") as opened:
        opened.write(bytes([content[0] ^ 1]))
    look = Run(board).look(CHAIR)
    assert [problem.file for problem in look.passed_over] == [file]
    assert str(look.desk.store.name) == "2026-06-30"
    with file.open("r+b") as opened:
        opened.write(content[:1])
    assert Run(board).look(CHAIR).passed_over == ()


def test_no_more_earlier_editions_are_opened_than_are_shown(
    published: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_editions, "EARLIER_EDITIONS", 0)
    board = Board(published.home)
    look = Run(board).look(EVERYONE)
    assert board.opened.earlier(look.shelf, look.desk) == ()
    assert len(board.opened._desks._things) == 1
