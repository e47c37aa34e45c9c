"""The editions of a data home that are open: each opened once for a scope, the last few used kept."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from improvement_board.common.made_once import MadeOnce
from improvement_board.declared.home import Home
from improvement_board.editions.open_edition import Store, open_store
from improvement_board.editions.scope import Scope
from improvement_board.editions.shelf import Shelf, ShelvedEdition
from improvement_board.errors import InputError, Problem
from improvement_board.page_models.desk import Desk, open_desk
from improvement_board.page_models.home_plan import plan_problems

EARLIER_EDITIONS = 5
MOST_OPEN = 48  # of all scopes: the editions of eight at once


class NoEditionError(InputError):
    """A data home without any edition that can be served."""


@dataclass(frozen=True)
class OpenEditions:
    """The open editions of a data home, for every viewer of a server.

    One that is not open yet is opened outside every lock, once for each scope however many wait for it. Pages of other
    scopes do not.
    """

    home: Home
    _desks: MadeOnce[Desk] = field(default_factory=lambda: MadeOnce(MOST_OPEN))

    def desk(self, shelf: Shelf, scope: Scope, edition: str | None = None) -> tuple[Desk, tuple[Problem, ...]]:
        """The desk of an edition on the shelf (default: the latest that can be opened) with what a scope may see of it,
        and what is wrong with any passed over.

        Raises NoEditionError where none can be served, with every problem found.
        """
        served = list(shelf.latest.values())
        if not served:
            raise NoEditionError([*self._explain_none(shelf), *plan_problems(self.home, {})])
        withdrawn = shelf.withdrawn(edition)
        wanted = withdrawn.instead if withdrawn else edition
        asked = [shelved for shelved in served if str(shelved.name) == wanted]
        problems: list[Problem] = []
        for shelved in [*asked, *(shelved for shelved in reversed(served) if shelved not in asked)]:
            try:
                return self._desk(shelf, shelved, scope), tuple(problems)
            except InputError as error:
                problems.extend(error.problems)
        raise NoEditionError(problems)

    def _explain_none(self, shelf: Shelf) -> list[Problem]:
        message = "holds no edition to show: publish one with improvement-board build, or open another data home"
        withdrawn = [(edition.folder, edition.withdrawal) for edition in shelf.finished.values()]
        return [
            Problem(self.home.editions, message),
            *(Problem(folder, mark.sentence()) for folder, mark in withdrawn if mark),
        ]

    def _desk(self, shelf: Shelf, edition: ShelvedEdition, scope: Scope) -> Desk:
        key = (edition.name, edition.changed, scope)
        desk = self._desks.get(key, lambda: _open_edition(edition, scope))
        previous = shelf.edition_before(desk.store.manifest)
        is_latest = edition.name == list(shelf.latest)[-1]
        return replace(desk, is_latest=is_latest, previous=str(previous) if previous else None)

    def earlier(self, shelf: Shelf, desk: Desk) -> tuple[Store, ...]:
        """The editions before a desk's that can be opened, the latest first."""
        stores: list[Store] = []
        for edition in reversed([shelved for name, shelved in shelf.latest.items() if name.day < desk.store.name.day]):
            if len(stores) == EARLIER_EDITIONS:
                break
            try:
                stores.append(self._desk(shelf, edition, desk.scope).store)
            except InputError:  # said on the page of that edition; here it only cannot be compared with
                continue
        return tuple(stores)


def _open_edition(edition: ShelvedEdition, scope: Scope) -> Desk:
    return open_desk(open_store(edition.folder, scope), scope, is_latest=True, previous=None)
