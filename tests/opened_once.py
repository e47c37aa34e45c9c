"""Editions that tests only read, opened once for all tests of a process: opening one takes longer than most tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from places import REPOSITORY

from improvement_board.common.made_once import MadeOnce
from improvement_board.editions.scope import Scope
from improvement_board.editions.shelf import ShelvedEdition
from improvement_board.page_models import open_editions
from improvement_board.page_models.desk import Desk

ONLY_READ: set[Path] = {REPOSITORY / "data"}  # data homes
MOST_OPEN = 64


@contextmanager
def opened_once() -> Iterator[None]:
    """Whatever boards open of these homes meanwhile is the same desk for the same edition and scope. What pages a board
    made of it is the board's own. Other homes are opened as ever."""
    desks: MadeOnce[Desk] = MadeOnce(MOST_OPEN)
    open_edition = open_editions._open_edition

    def open_once(edition: ShelvedEdition, scope: Scope) -> Desk:
        if edition.folder.parent.parent not in ONLY_READ:
            return open_edition(edition, scope)
        key = (edition.folder, edition.changed, scope)
        return desks.get(key, lambda: open_edition(edition, scope))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(open_editions, "_open_edition", open_once)
        yield
