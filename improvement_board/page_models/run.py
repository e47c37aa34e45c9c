"""One run of the app or of a command: it lists the editions once, and all of it is of those that it found."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from improvement_board.access.viewer import Viewer
from improvement_board.editions.shelf import Shelf, read_shelf
from improvement_board.errors import NotForRoleError, Problem
from improvement_board.page_models.address import Address
from improvement_board.page_models.board import Board
from improvement_board.page_models.look import Look


@dataclass(frozen=True)
class Run:
    """One run, of however many calls: what is published or withdrawn between two of them is seen by the next run."""

    board: Board

    @cached_property
    def shelf(self) -> Shelf:
        """The editions as they were when the run first asked for them."""
        return read_shelf(self.board.home)

    def look(self, viewer: Viewer, address: Address | None = None) -> Look:
        """What a viewer looks at: the edition of an address (default: the latest that can be opened), and its choices,
        which must be known to be there. Else `Look.choose` checks them.

        Raises NoEditionError where no edition can be served, with every problem found. Raises NotForRoleError for a
        viewer who may see no figures.
        """
        if not viewer.sees_figures:
            raise NotForRoleError(Problem(None, f"the role {viewer.role} sees no figures"))
        address = address or Address()
        desk, passed_over = self.board.opened.desk(self.shelf, viewer.scope, address.edition)
        return Look(self.board, self.shelf, viewer, desk, address, passed_over)
