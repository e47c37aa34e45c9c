"""What is known so far, as workbooks are read from the latest to the earliest: the events that a later one had, who is
who, and who held which case when. Small beside the workbooks: a key an event, a line a child."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from improvement_board.sources.annex_a.spells import MonthEnds, RowPosition
from improvement_board.sources.identities import Writings
from improvement_board.sources.staging import Staging

LONGEST_LISTED_DAYS = 184
Named = tuple[str | None, str | None]


@dataclass
class Known:
    """All that is known so far. `worker_id` makes a worker's pseudonymous id of the name, of which `workers` knows the
    writings.

    `events` has the keys of a table's events in later workbooks, true where a row was added; `own` those of the one
    being read. `later` is the month end of the workbook read before that holds a table.
    """

    staging: Staging
    worker_id: Callable[[str], str]
    workers: Writings
    events: dict[str, dict[str, bool]] = field(default_factory=dict)
    own: dict[str, dict[str, Any]] = field(default_factory=dict)
    later: dict[str, dt.date] = field(default_factory=dict)
    next_starts: dict[tuple[str, str], dt.date] = field(default_factory=dict)
    in_need: dict[str, dict[str, Any]] = field(default_factory=dict)
    allocated: MonthEnds[Named] = field(default_factory=MonthEnds)
    permanence: MonthEnds[str] = field(default_factory=MonthEnds)
    notes_allocations: bool = True
    _persons: dict[str, tuple[dict[str, Any], RowPosition]] = field(default_factory=dict)
    _workers: dict[str, tuple[str, str | None, RowPosition]] = field(default_factory=dict)
    _teams: dict[str, RowPosition] = field(default_factory=dict)

    def finish_list(self, tables: Iterable[str], as_at: dt.date) -> None:
        """A list of a workbook is read: what comes is of earlier ones."""
        for table in tables:
            events = self.events.setdefault(table, {})
            for key, added in self.own.pop(table, {}).items():
                events[key] = events.get(key, False) or bool(added)
            self.later[table] = as_at

    def number_of(self, position: RowPosition, table: str, key: str, content: Iterable[Any]) -> int | None:
        """The number of an event among those of its key in this workbook, from 1.

        None for one that a later workbook has, and for a row that says the same as another, which is told.
        """
        same = self.own.setdefault(table, {}).setdefault(key, [])
        says = hash(tuple(content))
        if says in same:
            position.notes.tell("row-twice", "warning", "says the same as a row above; counted once", row=position.line)
            return None
        same.append(says)
        return None if key in self.events.get(table, {}) else len(same)

    def is_first(self, position: RowPosition, table: str, key: str, added: bool = True) -> bool:
        """Whether no row above has the same key, whatever a later workbook has; a second one is told."""
        own = self.own.setdefault(table, {})
        if key in own:
            message = "is of the child and day of a row above, which counts"
            position.notes.tell("row-twice", "warning", message, row=position.line)
            return False
        own[key] = added
        return True

    def is_new(self, table: str, key: str) -> bool:
        """Whether no row of any workbook had the key, noting it."""
        events = self.events.setdefault(table, {})
        if key in events:
            return False
        events[key] = True
        return True

    def end_unseen(self, position: RowPosition, table: str, child: str) -> tuple[bool, dt.date | None]:
        """Whether something open that no later workbook has is kept, and when it ended.

        Lists 6 to 8 hold what ended in the last six months. So what the next workbook of that time does not hold was
        corrected since, and is left out; where the next workbook is later than that, it ended unseen, the day after.
        """
        later = self.later.get(table)
        if later is None:
            return True, None
        if (later - position.as_at).days <= LONGEST_LISTED_DAYS:
            message = f"is open, but not in the workbook of {later:%d/%m/%Y} any more: left out as corrected since"
            position.notes.tell("not-in-later-workbook", "error", message, row=position.line, table=table, child=child)
            return False, None
        message = f"is open, and not in the workbook of {later:%d/%m/%Y}: taken as ended the day after"
        position.notes.tell("not-in-later-workbook", "warning", message, row=position.line, table=table, child=child)
        return True, position.as_at + dt.timedelta(days=1)

    def follow(self, kind: str, child: str, start: dt.date) -> tuple[bool, dt.date | None]:
        """Whether a child's placement or legal status fits in before the next one, and when that one starts."""
        following = self.next_starts.get((kind, child))
        if following is None or start < following:
            self.next_starts[kind, child] = start
        return following is None or start < following, following

    def person(self, child: str, columns: dict[str, Any], position: RowPosition) -> None:
        """Note what is said of a child; what a later workbook, or a row above, says goes before."""
        known, first = self._persons.setdefault(child, ({}, position))
        born, other = known.get("pers_dob"), columns.get("pers_dob")
        if born and other and born != other and first.as_at == position.as_at:
            message = f"differs from {born:%d/%m/%Y}, which stands in another row of the child"
            position.notes.tell("births-disagree", "warning", message, row=position.line, value=other, child=child)
        known.update({column: value for column, value in columns.items() if known.get(column) is None})

    def worker(self, name: str | None, team: str | None, position: RowPosition) -> str | None:
        """A worker's id, noting worker and team."""
        if team is not None:
            self._teams.setdefault(team, position)
        if name is None:
            return None
        name = self.workers.take(name, str(position.notes.file))
        identity = self.worker_id(name)
        _, known_team, first = self._workers.get(identity, (name, None, position))
        self._workers[identity] = (name, known_team or team, first)
        return identity

    def allocate(self, child: str, named: Named, position: RowPosition, rank: int) -> None:
        """Note who holds a child's case; `rank` says which list goes before others."""
        if self.notes_allocations and any(named):
            self.allocated.note(child, named, position, rank)

    def finish(self) -> None:
        """Add children, workers, teams, and what is known by month ends, to the tables."""
        for child, (columns, position) in self._persons.items():
            position.add(self.staging, "ssd_person", {"pers_person_id": child, **columns})
        for identity, (name, team, position) in self._workers.items():
            row = {"prof_professional_id": identity, "prof_professional_department": team}
            shown = {"prof_professional_name": name} if identity == name else {}
            position.add(self.staging, "ssd_professionals", row | shown)
        for team, position in self._teams.items():
            position.add(self.staging, "ssd_department", {"dept_team_id": team, "dept_team_name": team})
