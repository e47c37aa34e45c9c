"""Several years' files together: each event once, as the latest file that has it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from improvement_board.sources.census_files import Census
from improvement_board.sources.cin_census.codes import NOT_IN_NEED
from improvement_board.sources.cin_census.events import CensusEvent
from improvement_board.sources.xml_parts import Notes, Trouble

Fate = Literal["counted", "superseded", "kept out"]


@dataclass
class EventsSeen:
    """The events of the files read so far, from the latest to the earliest: a number of 64 bits each."""

    later: set[int] = field(default_factory=set)
    here: set[int] = field(default_factory=set)
    files: list[Census] = field(default_factory=list)
    outcomes: dict[int, str] = field(default_factory=dict)

    def next_file(self, census: Census) -> None:
        """A file has been read: what it had is now of a later file."""
        self.later |= self.here
        self.here = set()
        self.files.append(census)

    def settle(self, events: Sequence[CensusEvent]) -> None:
        """Say of a child's assessments what later files tell: how the case closed that was still open in this one."""
        authorised = [event for event in events if event.row.get("cina_assessment_auth_date")]
        for event in authorised:
            if event.row["cina_assessment_outcome_nfa"] is None:
                event.row["cina_assessment_outcome_nfa"] = self.outcomes.get(hash(event.row["cina_referral_id"]))
        assessed = {event.row["cina_referral_id"] for event in authorised}
        for event in events:
            reason = event.row.get("cine_close_reason")
            if event.table == "ssd_cin_episodes" and event.key in assessed:
                self.outcomes[hash(event.key)] = "N"
            elif reason:
                self.outcomes.setdefault(hash(event.key), "Y" if reason in NOT_IN_NEED else "N")

    def fate(self, event: CensusEvent, census: Census, notes: Notes) -> Fate:
        """Whether the event's row is counted, as a later file has it, or kept out, which is told.

        A census has every case that was open on any day of its year. So what one census leaves open and a later one of
        the authority lacks was corrected or withdrawn between them: it would stay open for ever.
        """
        number = hash((event.table, event.key))
        if number in self.here:
            message = "the child has two records, and both have this event"
            notes.tell(Trouble("duplicate-row", "error", message, event.line), event.table, event.key, event.row_number)
            return "kept out"
        self.here.add(number)
        if number in self.later:
            return "superseded"
        if event.is_open and (later := self.later_file(census)):
            message = f"is open at the end of this census, but {later.file.name} does not have it"
            notes.tell(
                Trouble("gone-from-later-census", "error", message, event.line),
                event.table,
                event.key,
                event.row_number,
            )
            return "kept out"
        return "counted"

    def later_file(self, census: Census) -> Census | None:
        """The next census of the same authority."""
        if census.reference_date is None:
            return None
        of_later_days = (
            file
            for file in reversed(self.files)
            if file.authority == census.authority
            and file.reference_date is not None
            and file.reference_date > census.reference_date
        )
        return next(of_later_days, None)
