"""What somebody sees of a board by the parameters of an address, for tests."""

from __future__ import annotations

from collections.abc import Mapping

from improvement_board.access.viewer import Viewer
from improvement_board.page_models import Address, Board, Run


def resolved(board: Board, viewer: Viewer, asked: Mapping[str, str]) -> tuple[Address, tuple[str, ...]]:
    """The choices that an address comes to, and what is said of those that cannot be kept."""
    look = Run(board).look(viewer, Address(edition=asked.get("edition"))).choose(asked)
    return look.address, look.notices
