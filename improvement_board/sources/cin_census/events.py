"""A child's events: rows of the tables under ids made of the child, the day, and a number among those of the day."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from improvement_board.sources.cin_census.parts import EventParts
from improvement_board.sources.xml_parts import ElementParts, Notes, Trouble, read_row

ENDS: Mapping[str, tuple[str, ...]] = {
    "ssd_cin_episodes": ("cine_close_date", "cine_close_reason"),
    "ssd_cin_assessments": ("cina_assessment_auth_date",),
    "ssd_cin_plans": ("cinp_cin_plan_end_date",),
    "ssd_cp_plans": ("cppl_cp_plan_end_date",),
}


@dataclass
class CensusEvent:
    """A row of a table, its key, and the line and number of its element. `day` is None where it cannot be read."""

    table: str
    key: str
    day: dt.date | None
    row: dict[str, Any]
    line: int | None
    row_number: int | None = None

    @property
    def id(self) -> str | None:
        """The id by which other rows name it: its key, if it has a day."""
        return self.key if self.day else None

    @property
    def is_open(self) -> bool:
        """Whether it was going on when the census was taken, so that the next census must have it too."""
        ends = ENDS.get(self.table, ())
        return bool(ends) and all(self.row[end] is None for end in ends) and self.row.get("cine_referral_nfa") != "Y"


@dataclass
class ChildRecord:
    """What is gathered while a child's record is read: the events whose rows may be used, and the ids given."""

    child: str
    notes: Notes
    events: list[CensusEvent] = field(default_factory=list)
    conferences: dict[dt.date, CensusEvent] = field(default_factory=dict)
    reviews: dict[tuple[str, dt.date], CensusEvent] = field(default_factory=dict)
    _numbers: Counter[tuple[str, str]] = field(default_factory=Counter)
    _known: dict[tuple[Any, ...], CensusEvent] = field(default_factory=dict)

    def new_key(self, table: str, day: dt.date | None) -> str:
        """The id of one more event of a day."""
        name = day.isoformat() if day else "?"
        self._numbers[table, name] += 1
        return f"{self.child}|{name}|{self._numbers[table, name]}"

    def add(
        self,
        table: str,
        id_column: str,
        day: dt.date,
        row: dict[str, Any],
        line: int | None,
        row_number: int | None = None,
    ) -> CensusEvent:
        """Add a row under a new id."""
        key = self.new_key(table, day)
        event = CensusEvent(table, key, day, {id_column: key, **row}, line, row_number)
        self.events.append(event)
        return event

    def read(
        self, kind: EventParts, parts: ElementParts, line: int | None, referral: str | None, more: tuple[Any, ...] = ()
    ) -> CensusEvent:
        """Read an event. It joins the events unless something that matters cannot be read, or the same stands there
        already: equal in every column and in `more`."""
        for name in parts.keys() - kind.known:
            self.notes.unknown_part(parts[name][0], kind.element)
        read, row_number = read_row(parts, kind.parts, line), self.notes.next_row()
        row = {kind.person_column: self.child, **read.values}
        if kind.referral_column:
            row[kind.referral_column] = referral
        content = (kind.table, *row.values(), *more)
        if read.is_fit and content in self._known:
            first = self._known[content]
            self.notes.tell(
                Trouble("duplicate-row", "error", f"is there twice: the same {kind.element}", line),
                kind.table,
                first.key,
                row_number,
            )
            return first
        day = read.values[kind.date_column]
        key = self.new_key(kind.table, day)
        event = CensusEvent(kind.table, key, day, {kind.id_column: key, **row}, line, row_number)
        for trouble in read.troubles:
            self.notes.tell(trouble, kind.table, key, row_number)
        if read.is_fit:
            self.events.append(event)
            self._known[content] = event
        return event
