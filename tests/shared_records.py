"""One connection for the records of many tests: what does not depend on a test's own rows stays in it for the next."""

from __future__ import annotations

import atexit
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

import duckdb

from improvement_board.building.records import EXTRACTS, Records, SourceFolder, open_records
from improvement_board.sql.lazy_tables import Waiting

AUTHORITY = "E08999901"
OWN = frozenset({"coverage"})  # made of the rows that a test gives, as every table of them is
CALENDARS = 4  # connections that are kept: the tests of a file ask for few other months


@dataclass
class SharedRecords:
    """A connection for records from one day to another. `kept`: its tables, and those that each was made of."""

    connection: duckdb.DuckDBPyConnection = field(default_factory=duckdb.connect)
    kept: dict[str, frozenset[str]] = field(default_factory=dict)

    def open(self, source: SourceFolder, last_day: date) -> tuple[Records, Mapping[str, Waiting]]:
        """Open a test's files beside what is kept, and what waited then."""
        self._drop({name for name, behind in self.kept.items() if not behind.isdisjoint(source.files)})
        records = open_records(source, AUTHORITY, last_day, connection=self.connection)
        waiting = dict(records.tables.waiting)
        for name in self.kept:
            del records.tables.waiting[name]
        return records, waiting

    def tidy(self, records: Records, waiting: Mapping[str, Waiting]) -> None:
        """Drop what was made of a test's own rows, and note what stays."""
        made = waiting.keys() - records.tables.waiting.keys() - self.kept.keys()
        behind = {name: _behind(name, waiting) for name in made}
        own = {name for name in made if not behind[name].isdisjoint(records.files.keys() | OWN)}
        self.kept |= {name: behind[name] for name in made - own}
        self._drop(own | records.files.keys())
        self.connection.execute(f"drop schema {EXTRACTS} cascade")

    def _drop(self, names: set[str]) -> None:
        if names:
            self.connection.execute(";".join(f'drop table if exists "{name}"' for name in sorted(names)))
        for name in names:
            self.kept.pop(name, None)


def _behind(name: str, waiting: Mapping[str, Waiting]) -> frozenset[str]:
    """A table's name and those of all that it is made of."""
    needs = waiting[name].needs if name in waiting else ()
    return frozenset({name}).union(*(_behind(need, waiting) for need in needs))


@lru_cache(CALENDARS)
def _shared(first_day: date | None, last_day: date) -> SharedRecords:
    return SharedRecords()


atexit.register(_shared.cache_clear)  # DuckDB wants its connections closed before the interpreter ends


@contextmanager
def shared_records(source: SourceFolder, last_day: date) -> Iterator[Records]:
    """The records of a test's files, which must say their first day, open until the test has read them."""
    shared = _shared(source.first_day, last_day)
    try:
        records, waiting = shared.open(source, last_day)
        yield records
        shared.tidy(records, waiting)
    except BaseException:
        _shared.cache_clear()  # whatever went wrong, no other test meets what is left of it
        raise
