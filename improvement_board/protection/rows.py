"""What goes into protection and what comes out: counts by month, and the rows that may be seen."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

HIDDEN = "c"
PeriodKind = Literal["month", "quarter", "year"]


@dataclass(frozen=True)
class MeasuredKpi:
    """What protection needs to know of a KPI: its unit, and whether its months add up (`flow`) or not (`snapshot`).

    `part_of`: a KPI that counts all of whose children this one counts some; those left over are children too.
    `has_teams`: figures of teams may be given. `is_certain`: it is known whose children stand behind its figures, and
    how many different ones. `until`: the last month that its records cover and that can be judged, where that is known;
    what has no figure after it is not 0, nor is it kept back. `empty_months`: the calendar months in which, as anybody
    knows, there is nothing to count.
    """

    id: str
    unit: str
    timing: str
    part_of: str | None = None
    has_teams: bool = True
    is_certain: bool = True
    until: dt.date | None = None
    empty_months: tuple[int, ...] = ()


@dataclass(frozen=True)
class CountRow:
    """True counts of one KPI, team (None: not recorded), category and month.

    Not whole where a part of it is not known (suppressed at source, or a rate without its parts).
    """

    kpi: str
    period_end: dt.date
    team: str | None
    category: str | None
    numerator: float
    denominator: float | None
    is_whole: bool = True


@dataclass(frozen=True)
class Parts:
    """A numerator and its denominator (None for a count), as they add up."""

    numerator: float = 0.0
    denominator: float | None = None

    def __add__(self, other: Parts) -> Parts:
        """The sum, part by part."""
        both = (self.denominator, other.denominator)
        denominator = None if both == (None, None) else (both[0] or 0.0) + (both[1] or 0.0)
        return Parts(self.numerator + other.numerator, denominator)

    def __sub__(self, other: Parts) -> Parts:
        """What is left without a part of it."""
        denominator = None if self.denominator is None else self.denominator - (other.denominator or 0.0)
        return Parts(self.numerator - other.numerator, denominator)


@dataclass(frozen=True, order=True)
class RowKey:
    """Which figure a row is about; `team` and `category` are '' where there is none, `period` one of three."""

    kpi: str
    level: str
    team: str
    category: str
    period: str
    period_end: dt.date


@dataclass(frozen=True)
class ProtectedRow:
    """One figure that the roles committee and member may see, or its gap (`symbol` 'c', all else empty).

    Service level: numerator, denominator and value. Team level: only value_low and value_high, the value (percent, or
    an average) being from the one up to but not including the other, 100 percent taken in. `team` is None at service
    level and for "not recorded", which is never published at team level.
    """

    kpi: str
    level: str
    team: str | None
    category: str | None
    period_end: dt.date
    period: str
    numerator: float | None = None
    denominator: float | None = None
    value: float | None = None
    value_low: float | None = None
    value_high: float | None = None
    symbol: str | None = None

    @property
    def key(self) -> RowKey:
        """What the row is about."""
        return RowKey(self.kpi, self.level, self.team or "", self.category or "", self.period, self.period_end)

    @property
    def is_hidden(self) -> bool:
        """Whether the row is a gap."""
        return self.symbol == HIDDEN
