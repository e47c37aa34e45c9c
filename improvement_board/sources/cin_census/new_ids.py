"""Children whom a later census has under new ids, see `sources/new_ids.py`: their events get the new ids."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from improvement_board.sources.census_files import Census
from improvement_board.sources.cin_census.events import CensusEvent
from improvement_board.sources.identities import Writings
from improvement_board.sources.new_ids import Case, new_ids, tell_new_ids
from improvement_board.sources.xml_parts import Notes

Events = Sequence[CensusEvent]


@dataclass
class NewIds:
    """The children of the files read so far, from the latest to the earliest, by the ids that are used of them."""

    children: Writings
    names: dict[str, str] = field(default_factory=dict)
    later: dict[str, Case] = field(default_factory=dict)
    here: dict[str, Case] = field(default_factory=dict)
    held: dict[str, Events] = field(default_factory=dict)

    def take(self, events: Events, later: Census | None) -> Events:
        """A child's events to be used now, under the new id where it is known.

        Those of a child with an open case whom no later census has are held until the whole file is known.
        """
        if not events:
            return ()
        child = events[0].key
        if child in self.names:
            return rename_events(events, child, self.names[child])
        case = _case(events)
        if later and child not in self.later and _is_open(events) and case.born:
            self.held[child] = events if child not in self.held else (*self.held[child], *events)
            return ()
        self.here[child] = case
        return events

    def released(self, notes: Notes, later: Census | None) -> Iterator[Events]:
        """The events held of a file that is read to its end."""
        earlier = {child: _case(events, open_only=True) for child, events in self.held.items()}
        unknown = {child: case for child, case in self.later.items() if child not in self.here}
        new_names = new_ids(earlier, unknown)
        if new_names and later:
            notes.findings.add(tell_new_ids(new_names, notes.file, later.file))
        self.names |= new_names
        self.children.rename(str(notes.file), self.names)
        for child, events in self.held.items():
            if child in new_names:
                yield rename_events(events, child, new_names[child])
            else:
                self.here[child] = _case(events)
                yield events
        self.later |= self.here
        self.here, self.held = {}, {}


def _is_open(events: Events) -> bool:
    return any(event.table == "ssd_cin_episodes" and event.is_open for event in events)


def _case(events: Events, *, open_only: bool = False) -> Case:
    """What tells a child: the first event is the child's own row."""
    about = events[0].row
    referrals = [event for event in events if event.table == "ssd_cin_episodes" and event.day]
    days = frozenset(event.day for event in referrals if event.day and (event.is_open or not open_only))
    return Case(about["pers_dob"], about["pers_sex"], days)


def rename_events(events: Events, old: str, new: str) -> Events:
    """A child's events under another id: the ids made of it too."""

    def other(column: str, value: object) -> object:
        if not isinstance(value, str):
            return value
        if value == old and column.endswith("person_id"):
            return new
        return new + value[len(old) :] if value.startswith(f"{old}|") else value

    for event in events:
        event.key = str(other("person_id", event.key))
        event.row = {column: other(column, value) for column, value in event.row.items()}
    return events
