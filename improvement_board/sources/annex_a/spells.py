"""What workbooks show at month ends, as spells from one month end to another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Generic, TypeVar

from improvement_board.sources.annex_a.notes import Notes
from improvement_board.sources.staging import Staging

Shown = TypeVar("Shown")


@dataclass(frozen=True)
class RowPosition:
    """Where a row stands: its workbook and sheet, its line, and the month end that the workbook shows."""

    notes: Notes
    line: int
    as_at: dt.date

    def add(self, staging: Staging, table: str, row: dict[str, Any]) -> None:
        """Add a row to a table as one from here."""
        staging.add(table, row, file=str(self.notes.file), sheet=self.notes.sheet, line=self.line)


@dataclass(frozen=True)
class Spell(Generic[Shown]):
    """What a child had, from the first month end that shows it up to the first that does not (None: still)."""

    child: str
    shown: Shown
    start: dt.date
    end: dt.date | None
    position: RowPosition


@dataclass
class MonthEnds(Generic[Shown]):
    """What each child has at the month ends shown, such as the allocated worker. `days` are all month ends shown, also
    those at which a child has nothing."""

    days: set[dt.date] = field(default_factory=set)
    _by_child: dict[str, dict[dt.date, tuple[int, Shown, RowPosition]]] = field(default_factory=dict)

    def note(self, child: str, shown: Shown, position: RowPosition, rank: int = 0) -> None:
        """Note what a child has; of several at one month end the lowest rank counts, then the first noted."""
        own = self._by_child.setdefault(child, {})
        if position.as_at not in own or rank < own[position.as_at][0]:
            own[position.as_at] = (rank, shown, position)

    def spells(self) -> Iterator[Spell[Shown]]:
        """Each child's spells in order."""
        following = dict(pairwise(sorted(self.days)))
        for child, own in self._by_child.items():
            first: tuple[dt.date, RowPosition] | None = None
            for day in sorted(own):
                _, shown, position = own[day]
                first = first or (day, position)
                then = following.get(day)
                if then is None or then not in own or own[then][1] != shown:
                    yield Spell(child, shown, first[0], then, first[1])
                    first = None
