"""The editions of a data home: listed anew at each call, opened once each, the last few used kept open."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from pathlib import Path

from improvement_board.declared.home import Home
from improvement_board.editions.manifest import EditionName
from improvement_board.editions.open_edition import Store, open_store
from improvement_board.editions.scope import Scope
from improvement_board.editions.shelf import edition_before, finished_editions, latest_editions, shown_instead
from improvement_board.editions.withdrawal import WithdrawnEdition, read_withdrawal
from improvement_board.errors import InputError, Problem
from improvement_board.page_models.desk import Desk, open_desk
from improvement_board.page_models.home_plan import plan_problems

EARLIER_EDITIONS = 5
MOST_OPEN = 48  # of all scopes: the editions of eight at once


class NoEditionError(InputError):
    """A data home without any edition that can be served."""


@dataclass
class OpenEditions:
    """The editions of a data home that can be served."""

    home: Home
    _open: dict[tuple[EditionName, int, Scope], Desk] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def editions(self) -> tuple[str, ...]:
        """The editions there are, the latest first."""
        return tuple(str(name) for name in reversed(latest_editions(self.home)))

    def withdrawn(self, edition: str | None) -> WithdrawnEdition | None:
        """The withdrawal of an edition that an address names, None for any other."""
        name = EditionName.parse(edition or "")
        folder = finished_editions(self.home).get(name) if name else None
        mark = read_withdrawal(folder) if folder else None
        if name is None or mark is None:
            return None
        instead = shown_instead(name, list(latest_editions(self.home)))
        return WithdrawnEdition(str(name), mark, str(instead) if instead else None)

    def desk(self, scope: Scope, edition: str | None = None) -> tuple[Desk, tuple[Problem, ...]]:
        """The desk of an edition (default: the latest that can be opened) with what a scope may see of it, and what is
        wrong with any passed over.

        Raises NoEditionError where none can be served, with every problem found.
        """
        names = list(latest_editions(self.home))
        if not names:
            raise NoEditionError([*self._why_none(), *plan_problems(self.home, {})])
        withdrawn = self.withdrawn(edition)
        wanted = withdrawn.instead if withdrawn else edition
        asked = [name for name in names if str(name) == wanted]
        problems: list[Problem] = []
        for name in [*asked, *(name for name in reversed(names) if name not in asked)]:
            try:
                return self._desk(name, names, scope), tuple(problems)
            except InputError as error:
                problems.extend(error.problems)
        raise NoEditionError(problems)

    def _why_none(self) -> list[Problem]:
        message = "holds no edition to show: publish one with improvement-board build, or open another data home"
        there = finished_editions(self.home)
        withdrawn = [(folder, read_withdrawal(folder)) for folder in there.values()]
        return [
            Problem(self.home.editions, message),
            *(Problem(folder, mark.sentence()) for folder, mark in withdrawn if mark),
        ]

    def _desk(self, name: EditionName, names: list[EditionName], scope: Scope) -> Desk:
        folder = latest_editions(self.home)[name]
        key = (name, folder.stat().st_mtime_ns, scope)
        with self._lock:
            desk = self._open.pop(key, None) or _opened(folder, scope)
            self._open[key] = desk
            while len(self._open) > MOST_OPEN:
                del self._open[next(iter(self._open))]
        previous = edition_before(self.home, desk.store.manifest)
        return replace(desk, is_latest=name == names[-1], previous=str(previous) if previous else None)

    def earlier(self, desk: Desk) -> tuple[Store, ...]:
        """The editions before a desk's that can be opened, the latest first."""
        names = list(latest_editions(self.home))
        stores = []
        for name in reversed([name for name in names if name.day < desk.store.name.day]):
            try:
                stores.append(self._desk(name, names, desk.scope).store)
            except InputError:  # said on the page of that edition; here it only cannot be compared with
                continue
        return tuple(stores[:EARLIER_EDITIONS])


def _opened(folder: Path, scope: Scope) -> Desk:
    return open_desk(open_store(folder, scope), scope, is_latest=True, previous=None)
