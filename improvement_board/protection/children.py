"""How many different children stand behind a figure: not the same as its count, where a child may be in it twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from improvement_board.common import months

Month = dt.date
Owner = tuple[str, str | None, str | None]  # a KPI, and one of its teams or one of its categories, or neither


@dataclass(frozen=True)
class ChildRow:
    """Children of one KPI, team (category; of the service where both are None), part and month who were there before in
    the month `previous`, and in none between (None: never before). `part`: total, numerator, complement."""

    kpi: str
    team: str | None
    category: str | None
    part: str
    period_end: Month
    previous: Month | None
    children: int


class Behind(Protocol):
    """How many different children stand behind a series, at least."""

    def behind(self, part: str, inside: Collection[Month]) -> int:
        """How many different children a part (total, numerator, complement) has over months."""


@dataclass(frozen=True)
class Children:
    """The different children behind one series, part by part."""

    arrivals: Mapping[str, Mapping[Month, Sequence[tuple[Month | None, int]]]]
    known: dict[tuple[str, Month, Month], int] = field(default_factory=dict, compare=False)

    def behind(self, part: str, inside: Collection[Month]) -> int:
        """How many different children a part has over months.

        Each counts in the first month of a run that has it. Of months with a gap between them it is the most of any
        run: not more than there are.
        """
        return max((self._behind(part, run) for run in _runs(inside)), default=0)

    def _behind(self, part: str, run: Sequence[Month]) -> int:
        key = (part, run[0], run[-1])
        if key not in self.known:
            arrivals = self.arrivals.get(part, {})
            arriving = (child for month in run for child in arrivals.get(month, ()))
            self.known[key] = sum(count for previous, count in arriving if previous is None or previous < run[0])
        return self.known[key]


def children_by_owner(rows: Iterable[ChildRow]) -> dict[Owner, Children]:
    """The children of every series that has rows."""
    by_owner: dict[Owner, dict[str, dict[Month, list[tuple[Month | None, int]]]]] = {}
    for row in rows:
        parts = by_owner.setdefault((row.kpi, row.team, row.category), {})
        parts.setdefault(row.part, {}).setdefault(row.period_end, []).append((row.previous, row.children))
    return {owner: Children(parts) for owner, parts in by_owner.items()}


def _runs(inside: Collection[Month]) -> list[list[Month]]:
    runs: list[list[Month]] = []
    for month in sorted(inside):
        if runs and months.month_end(runs[-1][-1] + dt.timedelta(days=1)) == month:
            runs[-1].append(month)
        else:
            runs.append([month])
    return runs
