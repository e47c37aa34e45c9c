"""Tables that a query may name, each made when one first does."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, field

import duckdb

Maker = Callable[[duckdb.DuckDBPyConnection], None]


@dataclass(frozen=True)
class Waiting:
    """A table that nothing has asked for yet: how it is made, and which tables must be there first."""

    make: Maker
    needs: Set[str] = frozenset()
    lock: threading.RLock = field(default_factory=threading.RLock)


@dataclass(frozen=True)
class LazyTables:
    """The tables of a connection that are still to be made, by name. What a table needs must not need it.

    Any thread may ask: each table is made once, and who asks for one that is being made waits for it.
    """

    connection: duckdb.DuckDBPyConnection
    waiting: dict[str, Waiting] = field(default_factory=dict)

    def add(self, tables: Mapping[str, Waiting]) -> None:
        """Let these wait until they are asked for."""
        self.waiting.update(tables)

    def make(self, names: Iterable[str]) -> None:
        """Make those of these tables that still wait, and what they need. Raises what making one raises."""
        for name in sorted(names):
            table = self.waiting.get(name)
            if table is None:
                continue
            with table.lock:
                if name in self.waiting:
                    self.make(table.needs)
                    table.make(self.connection.cursor())
                    del self.waiting[name]
