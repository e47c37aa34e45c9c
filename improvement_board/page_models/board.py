"""The board: a data home being served, with what of it is kept for every viewer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from improvement_board.common.made_once import MadeOnce
from improvement_board.declared.home import Home
from improvement_board.page_models.open_editions import OpenEditions

KEPT_PAGES = 200


@dataclass(frozen=True)
class Board:
    """A data home: the editions of it that are open, and the last few pages that were made. One for a whole server."""

    home: Home
    opened: OpenEditions = field(init=False)
    pages: MadeOnce[Any] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "opened", OpenEditions(self.home))
        object.__setattr__(self, "pages", MadeOnce(KEPT_PAGES))
