"""Events: what happened when, drawn on the charts they concern. `events.csv`: date, title, kind, scope, rebase."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from improvement_board.errors import InputError, Problem

COLUMNS = ("date", "title", "kind", "scope", "rebase")
KINDS = ("inspection", "redesign", "school closure", "system change", "other")


@dataclass(frozen=True)
class Event:
    """Something that happened (inspection, redesign, school closure …); `rebase` starts new limits."""

    day: date
    title: str
    kind: str
    scope: str
    rebase: bool


def read_events(file: Path) -> tuple[Event, ...]:
    """The events of a file, in date order; none where there is no file.

    Raises InputError naming line, column, value and what is allowed.
    """
    if not file.is_file():
        return ()
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            reader = csv.DictReader(opened)
            missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
            if missing:
                raise InputError(Problem(file, "the column is missing", column=missing[0], allowed=", ".join(COLUMNS)))
            rows = [(reader.line_num, row) for row in reader if any(row.values())]
    except UnicodeDecodeError as error:
        raise InputError(Problem(file, "is not UTF-8 text")) from error
    except csv.Error as error:
        raise InputError(Problem(file, f"cannot be read as CSV: {error}", row=reader.line_num + 1)) from error
    problems = [problem for line, row in rows for problem in _problems(file, line, row)]
    if problems:
        raise InputError(problems)
    events = (
        Event(date.fromisoformat(row["date"]), row["title"], row["kind"], row["scope"], row["rebase"] == "yes")
        for _, row in rows
    )
    return tuple(sorted(events, key=lambda event: (event.day, event.title)))


def _problems(file: Path, line: int, row: dict[str, str]) -> list[Problem]:
    problems = []
    try:
        date.fromisoformat(row["date"] or "")
    except ValueError:
        problems.append(
            Problem(file, "is not a date", row=line, column="date", value=row["date"], allowed="YYYY-MM-DD")
        )
    problems += [
        Problem(file, "is empty", row=line, column=column)
        for column in ("title", "scope")
        if not (row[column] or "").strip()
    ]
    for column, allowed in (("kind", KINDS), ("rebase", ("yes", "no"))):
        if row[column] not in allowed:
            problems.append(
                Problem(file, "is not known", row=line, column=column, value=row[column], allowed=", ".join(allowed))
            )
    return problems


def events_for(events: Iterable[Event], *, kpi: str, ambitions: Iterable[str], team: str | None) -> tuple[Event, ...]:
    """The events whose scope takes in a KPI: `all`, one of its ambitions, the KPI itself, or the team shown. Each day
    and title once, a rebase before the same event without one."""
    scopes = {"all", kpi, *ambitions} | ({team} if team else set())
    by_day_and_title: dict[tuple[date, str], Event] = {}
    for event in events:
        key = (event.day, event.title)
        if event.scope in scopes and (key not in by_day_and_title or event.rebase):
            by_day_and_title[key] = event
    return tuple(by_day_and_title.values())
