"""A crash at any moment leaves the previous edition served and nothing half-published."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from small_council import JUNE, SEPTEMBER, Council, everything_in, monthly

from improvement_board.access.viewer import EVERYONE
from improvement_board.building import changes, publish
from improvement_board.page_models import Board, Run

ROWS = {"seen": monthly([(1, 2), (3, 4)], team="North", worker="w1")}


STEPS: dict[str, tuple[Any, str]] = {
    "write_extract": (publish, "write_extract"),
    "copy_settings": (shutil, "copyfile"),
    "teams": (publish, "write_teams"),
    "open": (changes, "open_beside"),
    "changes": (changes, "_write"),
    "sums": (publish, "sha256_of"),
    "manifest": (publish, "write_synced"),
    "sync": (os, "fsync"),
    "rename": (Path, "rename"),
}


class Died(BaseException):
    """The process ends here: nothing that catches errors sees it."""


def dying(target: Any, name: str, when: str) -> Callable[..., Any]:
    real = getattr(target, name)

    def die(*arguments: Any, **options: Any) -> Any:
        if when != "before":
            real(*arguments, **options)
        raise Died

    return die


@pytest.fixture(scope="module")
def june(tmp_path_factory: pytest.TempPathFactory) -> Council:
    council = Council(tmp_path_factory.mktemp("june"))
    council.publish(JUNE, {"seen": monthly([(1, 2)], JUNE)})
    return council


@pytest.mark.parametrize("when", ["before", "after, killed"])
@pytest.mark.parametrize("step", STEPS)
def test_a_crash_at_any_step_leaves_the_previous_edition_served(
    june: Council, council: Council, monkeypatch: pytest.MonkeyPatch, step: str, when: str
) -> None:
    shutil.copytree(june.folder, council.folder, dirs_exist_ok=True)
    before = everything_in(council.home.editions)
    target, name = STEPS[step]
    with monkeypatch.context() as patch:
        patch.setattr(target, name, dying(target, name, when))
        if when == "after, killed":  # a killed process clears nothing away
            patch.setattr(shutil, "rmtree", lambda *_, **__: None)
        with pytest.raises(Died):
            council.publish(SEPTEMBER, ROWS)
    is_published = (step, when) == ("rename", "after, killed")
    served = ["2026-09-30", "2026-06-30"] if is_published else ["2026-06-30"]
    board = Board(council.home)
    assert list(Run(board).shelf.served) == served
    look = Run(board).look(EVERYONE)
    desk, problems = look.desk, look.passed_over
    assert (str(desk.store.name), problems) == (served[0], ())
    now = everything_in(council.home.editions)
    assert {name: now[name] for name in before} == before
    if when == "before":
        assert sorted(folder.name for folder in council.home.editions.iterdir()) == sorted(served)


def test_after_a_crash_the_edition_can_be_published(council: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", dying(Path, "rename", "before"))
        patch.setattr(shutil, "rmtree", lambda *_, **__: None)
        with pytest.raises(Died):
            council.publish(SEPTEMBER, ROWS)
    assert str(council.publish(SEPTEMBER, ROWS)) == "2026-09-30"
    assert str(Run(Board(council.home)).look(EVERYONE).desk.store.name) == "2026-09-30"
