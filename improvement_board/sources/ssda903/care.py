"""A child's episodes as periods of care, placements and legal statuses.

By DfE's guide an episode is cut whenever legal status or placement changes, and its reason (RNE) says which: S starts
to be looked after, L a change of legal status only, P of placement and carer, T of placement with the same carer, B of
legal status, placement and carer, U of legal status and placement with the same carer. So a placement goes on through
L, and the reason it ended for stands on its last episode.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from improvement_board.sources.ssda903.fields import KINDS
from improvement_board.sources.ssda903.settle import KnownReturns
from improvement_board.sources.ssda903.shelf import ReturnRow

EPISODES = KINDS["Episodes"]
SAME_CARER = frozenset({"T", "U"})
PLACEMENT_FACTS = ("PLACE", "PL_POST", "URN")


@dataclass
class Episode:
    """One episode: its row, end, the id of its period of care (its start: the first that is known), when the child
    entered care (None: before the returns begin), and the id of its placement (None: no placement recorded)."""

    row: ReturnRow
    end: dt.date | None
    care_id: str
    entered: dt.date | None
    placement_id: str | None

    @property
    def start(self) -> dt.date:
        """The first day."""
        day: dt.date = self.row["DECOM"]
        return day


def _id(row: ReturnRow) -> str:
    """The id of an episode, and of a placement that starts with it: one of no length has its own."""
    move = {0: "", 1: "|0"}.get(row["MOVE"], f"|0|{row['MOVE']}")
    return f"{row['CHILD']}|{row['DECOM']}{move}"


def episodes_of(rows: Sequence[ReturnRow], known: KnownReturns) -> list[Episode]:
    """Episodes in order of their start, joined into periods of care and placements."""
    episodes: list[Episode] = []
    for index, row in enumerate(rows):
        following = rows[index + 1] if index + 1 < len(rows) else None
        end = _end(row, following, known)
        before = episodes[-1] if episodes else None
        goes_on = before is not None and row["RNE"] != "S" and _meets(before, row, known)
        placement = before.placement_id if before and goes_on and _same_placement(before.row, row, known) else None
        placement = placement or (_id(row) if row["PLACE"] else None)
        if before is not None and goes_on:
            episodes.append(Episode(row, end, before.care_id, before.entered, placement))
        else:
            entered = row["DECOM"] if row["RNE"] == "S" or before is not None else None
            episodes.append(Episode(row, end, f"{row['CHILD']}|{row['DECOM']}", entered, placement))
    return episodes


def _end(row: ReturnRow, following: ReturnRow | None, known: KnownReturns) -> dt.date | None:
    """The recorded end; one left open though another episode follows ends when that starts."""
    end: dt.date | None = row["DEC"]
    if end is None and row["REC"] and following is None:
        known.tell("reason-without-end", "warning", row, EPISODES, "has a reason for its end and no end", "REC")
    if end is not None and not row["REC"]:
        known.tell("end-without-reason", "warning", row, EPISODES, "has an end and no reason for it", "DEC")
    last = known.return_of(row).day
    if row["DECOM"] > last or (end is not None and end > last + dt.timedelta(days=1)):
        message = f"lies after {last:%d/%m/%Y}, the day its return speaks of"
        known.tell("after-return", "warning", row, EPISODES, message, "DECOM" if row["DECOM"] > last else "DEC")
    if following is None:
        return end
    if end is None:
        message = f"has no end though the next starts on {following['DECOM']:%d/%m/%Y}: taken to end then"
        known.tell("open-before-another", "warning", row, EPISODES, message, "DECOM")
        return following["DECOM"]  # type: ignore[no-any-return]
    if end > following["DECOM"]:
        message = f"ends on {end:%d/%m/%Y}, after the next starts"
        known.tell("episodes-overlap", "warning", row, EPISODES, message, "DECOM", "the start of the next")
    return end


def _meets(before: Episode, row: ReturnRow, known: KnownReturns) -> bool:
    """Whether an episode starts where the one before it ended, or earlier."""
    if before.end is not None and row["DECOM"] > before.end:
        message = f"goes on an episode that ended on {before.end:%d/%m/%Y}, before it: taken as a new period of care"
        known.tell("gap-in-care", "warning", row, EPISODES, message, "DECOM", "S as reason for a new period")
        return False
    return True


def _same_placement(before: ReturnRow, row: ReturnRow, known: KnownReturns) -> bool:
    if row["RNE"] == "L":
        if before["PLACE"] != row["PLACE"]:
            message = (
                f"differs from {before['PLACE']} before, though only the legal status changed: the placement goes on"
            )
            known.tell("placement-differs", "warning", row, EPISODES, message, "PLACE", "P, T, B or U as RNE")
        return True
    return row["RNE"] is None and all(before[name] == row[name] for name in PLACEMENT_FACTS)


def episode_row(episode: Episode) -> Mapping[str, Any]:
    """A row of ssd_cla_episodes."""
    row = episode.row
    return {
        "clae_cla_episode_id": _id(row),
        "clae_person_id": row["CHILD"],
        "clae_cla_episode_start_date": episode.start,
        "clae_cla_episode_start_reason": row["RNE"],
        "clae_cla_primary_need_code": row["CIN"],
        "clae_cla_episode_ceased_date": episode.end,
        "clae_cla_episode_ceased_reason": row["REC"],
        "clae_cla_id": episode.care_id,
        "clae_cla_placement_id": episode.placement_id,
        "clae_entered_care_date": episode.entered,
    }


def placements(episodes: Sequence[Episode]) -> list[tuple[ReturnRow, Mapping[str, Any]]]:
    """Rows of ssd_cla_placement, each with the row it starts in. A placement ends with its last episode, whose reason
    it takes; where none is given and the child stays with the same carer (T, U), it is PLACE, a change of status."""
    parts: dict[str, list[Episode]] = {}
    after: dict[str, Episode] = {}
    for index, episode in enumerate(episodes):
        if episode.placement_id is None:
            continue
        parts.setdefault(episode.placement_id, []).append(episode)
        if index + 1 < len(episodes):
            after[episode.placement_id] = episodes[index + 1]
    return [(own[0].row, _placement_row(own, after.get(name))) for name, own in parts.items()]


def _placement_row(own: Sequence[Episode], following: Episode | None) -> Mapping[str, Any]:
    first, last = own[0], own[-1]
    reason = last.row["REASON_PLACE_CHANGE"]
    goes_on = following is not None and following.care_id == last.care_id and following.start == last.end
    if reason is None and goes_on and following is not None and following.row["RNE"] in SAME_CARER:
        reason = "PLACE"
    return {
        "clap_cla_placement_id": first.placement_id,
        "clap_cla_placement_start_date": first.start,
        "clap_cla_placement_type": first.row["PLACE"],
        "clap_cla_placement_urn": _latest(own, "URN"),
        "clap_cla_placement_distance": _latest(own, "PL_DISTANCE"),
        "clap_cla_id": first.care_id,
        "clap_cla_placement_provider": _latest(own, "PLACE_PROVIDER"),
        "clap_cla_placement_postcode": _latest(own, "PL_POST"),
        "clap_cla_placement_end_date": last.end,
        "clap_cla_placement_change_reason": reason if last.end else None,
        "clap_person_id": first.row["CHILD"],
    }


def _latest(own: Sequence[Episode], name: str) -> object:
    return next((episode.row[name] for episode in reversed(own) if episode.row[name] is not None), None)


def legal_statuses(episodes: Sequence[Episode]) -> list[tuple[ReturnRow, Mapping[str, Any]]]:
    """Rows of ssd_legal_status, each with the row it starts in; a status goes on while episodes that have it meet."""
    spells: list[list[Episode]] = []
    for episode in episodes:
        status = episode.row["LS"]
        last = spells[-1][-1] if spells else None
        meets = last is not None and (last.end is None or last.end >= episode.start) and last.care_id == episode.care_id
        if last is not None and meets and last.row["LS"] == status:
            spells[-1].append(episode)
        elif status is not None:
            spells.append([episode])
    return [
        (
            own[0].row,
            {
                "lega_legal_status_id": f"{_id(own[0].row)}|{own[0].row['LS']}",
                "lega_person_id": own[0].row["CHILD"],
                "lega_legal_status": own[0].row["LS"],
                "lega_legal_status_start_date": own[0].start,
                "lega_legal_status_end_date": own[-1].end,
            },
        )
        for own in spells
    ]
