"""Tables that a query may name, each made when one first does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, field

WORD = re.compile(r"\w+")


def words_of(sql: str) -> frozenset[str]:
    """Every word of a query in small letters: whatever tables it reads, their names are among them."""
    return frozenset(word.lower() for word in WORD.findall(sql))


@dataclass(frozen=True)
class Waiting:
    """A table that nothing has asked for yet: how it is made, and which tables must be there first."""

    make: Callable[[], None]
    needs: Set[str] = frozenset()


@dataclass(frozen=True)
class LazyTables:
    """The tables of one connection that are still to be made, by name. What a table needs must not need it."""

    waiting: dict[str, Waiting] = field(default_factory=dict)

    def add(self, tables: Mapping[str, Waiting]) -> None:
        """Let these wait until they are asked for."""
        self.waiting.update(tables)

    def make(self, names: Iterable[str]) -> None:
        """Make those of these tables that still wait, and what they need. Raises what making one raises."""
        for name in sorted(self.waiting.keys() & set(names)):
            table = self.waiting.get(name)
            if table is not None:  # else made by now, since another needed it
                self.make(table.needs)
                table.make()
                del self.waiting[name]
