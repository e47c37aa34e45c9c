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
from improvement_board.sources.ssda903.fields import KINDS, Kind
from improvement_board.sources.ssda903.returns import Return
from improvement_board.sources.ssda903.shelf import Row

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
class Known:
    """What rows are held against: the files, the return of each, and where findings go."""

    files: Sequence[Path]
    returns: Sequence[Return]
    findings: Findings

    def return_of(self, row: Row) -> Return:
        """The return a row stands in."""
        return self.returns[row["FILE"]]

    @cached_property
    def _by_kind(self) -> Mapping[str, Sequence[Return]]:
        in_order = sorted({id(one): one for one in self.returns}.values(), key=lambda one: one.day)
        return {kind: [one for one in in_order if kind in one.kinds] for kind in KINDS}

    def later(self, kind: Kind, day: dt.date) -> Return | None:
        """The first return after a day's that has such rows."""
        return next((one for one in self._by_kind[kind.name] if one.day > day), None)

    def path_of(self, row: Row) -> Path:
        """The file a row stands in."""
        return self.files[row["FILE"]]

    def tell_too_many(self, row: Row) -> None:
        """Note that a child has more rows than any child can have."""
        problem = Problem(self.path_of(row), "has more rows than a child can have", column="CHILD", value=row["CHILD"])
        self.findings.add(Finding("too-many-rows-of-a-child", "stop", problem))

    def tell(
        self, rule: str, severity: Severity, row: Row, kind: Kind, message: str, column: str, allowed: str | None = None
    ) -> None:
        """Note what is wrong with a row."""
        value = row.get(column)
        shown = value.date() if isinstance(value, dt.datetime) and value.time() == dt.time() else value
        text = f"{shown:%d/%m/%Y}" if isinstance(shown, dt.date) else shown
        problem = Problem(self.path_of(row), message, row=row["_row"], column=column, value=text, allowed=allowed)
        self.findings.add(Finding(rule, severity, problem, kind.table, row["CHILD"], row.get("PLACE_IN_FILE")))


def settled(kind_name: str, rows: Sequence[Row], known: Known) -> list[Row]:
    """The rows that count, in order of their start: one a key, that of the last return, and none that a later return
    denies. Of two different rows with one key in one return the last is kept; the other is told as an error."""
    kind = KINDS[kind_name]
    kept: dict[tuple[object, ...], Row] = {}
    if kind_name == "Missing":
        rows = _numbered(rows)
    if kind_name == "Episodes":
        rows = _with_moves_of_a_day(rows, known)
    for row in sorted(rows, key=lambda one: known.return_of(one).day):
        key = _key(kind, row, known)
        before = kept.get(key)
        if before is not None and known.return_of(before) is known.return_of(row):
            _tell_twice(kind, before, row, known)
        kept[key] = row
    found = list(kept.values())
    if kind.starts is None:
        return found
    start = kind.starts
    found = [one for row in found if (one := _undenied(kind, row, found, known)) is not None]
    return sorted(
        found, key=lambda row: (row[start], _sort_end(row.get(kind.ends or "")), *map(str, _key(kind, row, known)))
    )


def _numbered(rows: Sequence[Row]) -> list[Row]:
    """Missing episodes have days without time: a child may go missing twice on one, so each of a file has a number."""
    counts: Counter[tuple[object, ...]] = Counter()
    found = []
    for row in sorted(rows, key=lambda one: (one["FILE"], one["MIS_END"] is None, one["MIS_END"] or one["MIS_START"])):
        own = (row["FILE"], row["MIS_START"], row["MISSING"])
        counts[own] += 1
        found.append({**row, "NUMBER": counts[own]})
    return found


def _with_moves_of_a_day(rows: Sequence[Row], known: Known) -> list[Row]:
    """A child may move more than once on a day: each episode that starts and ends on it has a number among those of
    its return, from 1, in the order of the file; any other has 0. The same row twice has the same number."""
    seen: dict[tuple[object, ...], list[tuple[object, ...]]] = {}
    found = []
    for row in rows:
        number = 0
        if row["DEC"] == row["DECOM"]:
            own = seen.setdefault((known.return_of(row).day, row["DECOM"]), [])
            content = tuple(value for name, value in row.items() if name not in PLACE_KEYS)
            if content not in own:
                own.append(content)
            number = own.index(content) + 1
        found.append({**row, "MOVE": number})
    return found


def _key(kind: Kind, row: Row, known: Known) -> tuple[object, ...]:
    """What makes a row the same in every return; an episode of no length is not the one that starts on its day, nor
    another of no length."""
    if kind.starts is None:
        return (known.return_of(row).day,)
    key = tuple(row[name] for name in KEYS[kind.name])
    return (*key, row["MOVE"]) if kind.name == "Episodes" else key


def _sort_end(end: dt.date | None) -> str:
    return end.isoformat() if end else "9999"


def _tell_twice(kind: Kind, before: Row, row: Row, known: Known) -> None:
    column = kind.starts or "CHILD"
    if all(before[name] == value for name, value in row.items() if name not in PLACE_KEYS):
        known.tell("row-twice", "warning", row, kind, "the row is there twice and counted once", column)
        return
    message = f"another row says otherwise of the same one: line {row['_row']} of {known.path_of(row).name}, kept"
    known.tell("rows-disagree", "error", before, kind, message, column, "one row")


def _undenied(kind: Kind, row: Row, rows: Sequence[Row], known: Known) -> Row | None:
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
    replaced = any(_replaces(kind, one, start, last) for one in rows if known.return_of(one).day > own.day)
    if kind.name == "Episodes" or any(known.return_of(one) is later for one in rows):
        done = "left out, as others stand in its place" if replaced else f"taken to end on {last:%d/%m/%Y}"
        known.tell("not-in-later-return", "warning", row, kind, _denied(later, done), kind.starts or "")
    return None if replaced else {**row, kind.ends or "": last}


def _denied(later: Return, done: str) -> str:
    return f"is in an earlier return and not in that of {later.day:%d/%m/%Y}, whose year it reaches into: {done}"


def _replaces(kind: Kind, row: Row, start: dt.date, end: dt.date) -> bool:
    other_start, other_end = _day(row[kind.starts or ""]), _day(row.get(kind.ends or ""))
    return other_start is not None and other_start < end and (other_end is None or other_end > start)


def _day(value: dt.date | None) -> dt.date | None:
    return value.date() if isinstance(value, dt.datetime) else value
