"""Rows of one child from several returns as what is known now: the last return wins, and what it denies is not kept.

A return lists all that was open in its year. So an episode that an earlier return had, which reaches into the year of a
later one and is not in it, was corrected. It is left out where it lies in the later year, or where the later return has
another one in its place; else it ends on the day after the return that had it last. So does that of a social worker
where the child is in no later return: whether the worker stayed on after care is not known.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from improvement_board.errors import Problem
from improvement_board.sources.findings import Finding, Findings, Severity
from improvement_board.sources.ssda903.fields import KINDS, FileOfReturn
from improvement_board.sources.ssda903.returns import Return
from improvement_board.sources.ssda903.shelf import ReturnRow

KEYS = MappingProxyType(
    {
        "Episodes": ("DECOM",),
        "Reviews": ("REVIEW",),
        "Missing": ("MIS_START", "MISSING", "NUMBER"),
        "SocialWorker": ("SW_DECOM", "SW_ID"),
        "OC2": (),
        "OC3": (),
    }
)
PLACE_KEYS = frozenset({"FILE", "PLACE_IN_FILE", "_file", "_sheet", "_row"})


@dataclass(frozen=True)
class KnownReturns:
    """What rows are held against: the files, the return of each, and where findings go."""

    files: Sequence[Path]
    returns: Sequence[Return]
    findings: Findings

    def return_of(self, row: ReturnRow) -> Return:
        """The return a row stands in."""
        return self.returns[row["FILE"]]

    @cached_property
    def _by_kind(self) -> Mapping[str, Sequence[Return]]:
        in_order = sorted({id(each): each for each in self.returns}.values(), key=lambda each: each.day)
        return {kind: [each for each in in_order if kind in each.kinds] for kind in KINDS}

    def later(self, kind: FileOfReturn, day: dt.date) -> Return | None:
        """The first return after a day's that has such rows."""
        return next((each for each in self._by_kind[kind.name] if each.day > day), None)

    def path_of(self, row: ReturnRow) -> Path:
        """The file a row stands in."""
        return self.files[row["FILE"]]

    def tell_too_many(self, row: ReturnRow) -> None:
        """Note that a child has more rows than any child can have."""
        problem = Problem(self.path_of(row), "has more rows than a child can have", column="CHILD", value=row["CHILD"])
        self.findings.add(Finding("too-many-rows-of-a-child", "stop", problem))

    def tell(
        self,
        rule: str,
        severity: Severity,
        row: ReturnRow,
        kind: FileOfReturn,
        message: str,
        column: str,
        allowed: str | None = None,
    ) -> None:
        """Note what is wrong with a row."""
        value = row.get(column)
        shown = value.date() if isinstance(value, dt.datetime) and value.time() == dt.time() else value
        text = f"{shown:%d/%m/%Y}" if isinstance(shown, dt.date) else shown
        problem = Problem(self.path_of(row), message, row=row["_row"], column=column, value=text, allowed=allowed)
        self.findings.add(Finding(rule, severity, problem, kind.table, row["CHILD"], row.get("PLACE_IN_FILE")))


def settle_rows(kind_name: str, rows: Sequence[ReturnRow], known: KnownReturns) -> list[ReturnRow]:
    """The rows that count, in order of their start: one a key, that of the last return, and none that a later return
    denies. Of two different rows with one key in one return the last is kept; the other is told as an error."""
    kind = KINDS[kind_name]
    kept: dict[tuple[object, ...], ReturnRow] = {}
    if kind_name == "Missing":
        rows = _numbered(rows)
    if kind_name == "Episodes":
        rows = _with_moves_of_a_day(rows, known)
    for row in sorted(rows, key=lambda each: known.return_of(each).day):
        key = _key(kind, row, known)
        before = kept.get(key)
        if before is not None and known.return_of(before) is known.return_of(row):
            _tell_twice(kind, before, row, known)
        kept[key] = row
    settled_rows = list(kept.values())
    if kind.starts is None:
        return settled_rows
    start = kind.starts
    settled_rows = [each for row in settled_rows if (each := _undenied(kind, row, settled_rows, known)) is not None]
    return sorted(
        settled_rows,
        key=lambda row: (row[start], _sort_end(row.get(kind.ends or "")), *map(str, _key(kind, row, known))),
    )


def _numbered(rows: Sequence[ReturnRow]) -> list[ReturnRow]:
    """Missing episodes have days without time: a child may go missing twice on one, so each of a file has a number."""
    counts: Counter[tuple[object, ...]] = Counter()
    numbered = []
    for row in sorted(
        rows,
        key=lambda episode: (episode["FILE"], episode["MIS_END"] is None, episode["MIS_END"] or episode["MIS_START"]),
    ):
        own = (row["FILE"], row["MIS_START"], row["MISSING"])
        counts[own] += 1
        numbered.append({**row, "NUMBER": counts[own]})
    return numbered


def _with_moves_of_a_day(rows: Sequence[ReturnRow], known: KnownReturns) -> list[ReturnRow]:
    """A child may move more than once on a day: each episode that starts and ends on it has a number among those of
    its return, from 1, in the order of the file; any other has 0. The same row twice has the same number."""
    seen: dict[tuple[object, ...], list[tuple[object, ...]]] = {}
    episodes = []
    for row in rows:
        number = 0
        if row["DEC"] == row["DECOM"]:
            own = seen.setdefault((known.return_of(row).day, row["DECOM"]), [])
            content = tuple(value for name, value in row.items() if name not in PLACE_KEYS)
            if content not in own:
                own.append(content)
            number = own.index(content) + 1
        episodes.append({**row, "MOVE": number})
    return episodes


def _key(kind: FileOfReturn, row: ReturnRow, known: KnownReturns) -> tuple[object, ...]:
    """What makes a row the same in every return; an episode of no length is not the one that starts on its day, nor
    another of no length."""
    if kind.starts is None:
        return (known.return_of(row).day,)
    key = tuple(row[name] for name in KEYS[kind.name])
    return (*key, row["MOVE"]) if kind.name == "Episodes" else key


def _sort_end(end: dt.date | None) -> str:
    return end.isoformat() if end else "9999"


def _tell_twice(kind: FileOfReturn, before: ReturnRow, row: ReturnRow, known: KnownReturns) -> None:
    column = kind.starts or "CHILD"
    if all(before[name] == value for name, value in row.items() if name not in PLACE_KEYS):
        known.tell("row-twice", "warning", row, kind, "the row is there twice and counted once", column)
        return
    message = f"another row says otherwise of the same one: line {row['_row']} of {known.path_of(row).name}, kept"
    known.tell("rows-disagree", "error", before, kind, message, column, "one row")


def _undenied(kind: FileOfReturn, row: ReturnRow, rows: Sequence[ReturnRow], known: KnownReturns) -> ReturnRow | None:
    """The row, or what later returns leave of it, or None."""
    own = known.return_of(row)
    later = known.later(kind, own.day)
    start, end = _day(row[kind.starts or ""]), _day(row.get(kind.ends or ""))
    if later is None or start is None or start > later.day:
        return row
    if start >= later.first_day:
        known.tell("not-in-later-return", "warning", row, kind, _denied(later, "left out"), kind.starts or "")
        return None
    if kind.name not in ("Episodes", "SocialWorker") or (end is not None and end <= later.first_day):
        return row
    last = min(own.day + dt.timedelta(days=1), later.first_day)
    replaced = any(_replaces(kind, each, start, last) for each in rows if known.return_of(each).day > own.day)
    if kind.name == "Episodes" or any(known.return_of(each) is later for each in rows):
        done = "left out, as others stand in its place" if replaced else f"taken to end on {last:%d/%m/%Y}"
        known.tell("not-in-later-return", "warning", row, kind, _denied(later, done), kind.starts or "")
    return None if replaced else {**row, kind.ends or "": last}


def _denied(later: Return, done: str) -> str:
    return f"is in an earlier return and not in that of {later.day:%d/%m/%Y}, whose year it reaches into: {done}"


def _replaces(kind: FileOfReturn, row: ReturnRow, start: dt.date, end: dt.date) -> bool:
    other_start, other_end = _day(row[kind.starts or ""]), _day(row.get(kind.ends or ""))
    return other_start is not None and other_start < end and (other_end is None or other_end > start)


def _day(value: dt.date | None) -> dt.date | None:
    return value.date() if isinstance(value, dt.datetime) else value
