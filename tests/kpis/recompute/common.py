"""What the recomputations share: months, working days, rows and adding up. See `children.py` for who holds a case.

The rules are those of the KPI library ("Rules for all"). Rows are dictionaries with dates as `datetime.date`.
"""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

import holidays

from improvement_board.declared.tables import declared_tables

Row = Mapping[str, Any]
Tables = Mapping[str, Sequence[Row]]
Key = tuple[date, str | None, str | None, str | None]
Result = dict[Key, tuple[float, float | None]]


def month_end(day: date) -> date:
    """The last day of a day's month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def add_months(day: date, months: int) -> date:
    """The same day so many months later (or earlier), or the last of that month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def month_ends(first_day: date, last_day: date) -> list[date]:
    """Every month end from the month of the first day to the last day."""
    ends = []
    end = month_end(first_day)
    while end <= last_day:
        ends.append(end)
        end = month_end(end + timedelta(days=1))
    return ends


@cache
def _is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in _bank_holidays(day.year)


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=[year]))


@cache
def working_days(start: date, end: date) -> int:
    """Working days after `start` up to and including `end` (the start is day 0); negative if the end comes first."""
    if end < start:
        return -working_days(end, start)
    return sum(_is_working_day(start + timedelta(days=number)) for number in range(1, (end - start).days + 1))


def is_open(start: date | None, end: date | None, day: date) -> bool:
    """Open at a day: started by then, and not ended or ended later."""
    return start is not None and start <= day and (end is None or end > day)


def within_months(day: date | None, end: date, months: int) -> bool:
    """In the last so many months up to and including `end`."""
    return day is not None and add_months(end, -months) < day <= end


def within_days(day: date | None, end: date, days: int) -> bool:
    """In the last so many days up to and including `end`."""
    return day is not None and end - timedelta(days=days) < day <= end


def once(rows: Iterable[Row], *key: str) -> list[Row]:
    """One row a primary key: the first of each."""
    first_rows: dict[tuple[Any, ...], Row] = {}
    for row in rows:
        first_rows.setdefault(tuple(row.get(name) for name in key), row)
    return list(first_rows.values())


def by(rows: Iterable[Row], name: str) -> dict[Any, list[Row]]:
    """Rows by the value of one column, rows without a value left out."""
    rows_by_value: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        if row.get(name) is not None:
            rows_by_value[row[name]].append(row)
    return rows_by_value


def source_start(tables: Tables, table: str, first_day: date) -> date:
    """First day of the first month for which a table can be trusted; the end of time if it was not supplied."""
    if table not in tables:
        return date.max
    dated_by = declared_tables()[table].dated_by
    days = [row[dated_by] for row in tables[table] if dated_by and row.get(dated_by)]
    earliest = min((day.date() if hasattr(day, "hour") else day for day in days), default=first_day)
    return max(first_day, earliest).replace(day=1)


def team_names(tables: Tables) -> Callable[[str | None], str | None]:
    """A function from the team that was recorded (id or name) to its name."""
    names: dict[str, str] = {}
    for row in tables.get("ssd_department", ()):
        team, name = row.get("dept_team_id"), row.get("dept_team_name")
        if team is not None and name is not None:
            names[team] = min(names.get(team, name), name)
    return lambda recorded: None if recorded is None else names.get(recorded, recorded)


class Tally:
    """Numerators and denominators added up by month, team, worker and category."""

    def __init__(self) -> None:
        self._sums: dict[Key, list[float]] = defaultdict(lambda: [0.0, 0.0])

    def add(
        self,
        period_end: date,
        team: str | None,
        worker: str | None,
        category: str | None,
        numerator: float,
        denominator: float = 0.0,
    ) -> None:
        """Add one unit's share."""
        sums = self._sums[(period_end, team, worker, category)]
        sums[0] += numerator
        sums[1] += denominator

    def ratios(self) -> Result:
        """The sums; a group with nothing below the line gives nothing."""
        return {key: (above, below) for key, (above, below) in self._sums.items() if below > 0}

    def sums(self) -> Result:
        """The sums of every group, nothing below the line or not."""
        return {key: (above, below) for key, (above, below) in self._sums.items()}

    def counts(self) -> Result:
        """The numerators alone, for a count."""
        return {key: (above, None) for key, (above, _) in self._sums.items()}
