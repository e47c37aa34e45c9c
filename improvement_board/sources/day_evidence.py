"""What the rows of a return or workbook say of the day it speaks of, against which a name's reading is held."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

ONE_DAY = dt.timedelta(days=1)
ONE_IN = 100
TIMES = 4  # of the rows that speak, four in the time itself weigh one after it: a few are mistakes, or came since


@dataclass
class DayEvidence:
    """When the rows began and ended: how many of them on which two days."""

    spells: Counter[tuple[dt.date | None, dt.date | None]] = field(default_factory=Counter)

    def add(self, start: dt.date | None, end: dt.date | None) -> None:
        """Note a row; one without any day says nothing."""
        if start or end:
            self.spells[start, end] += 1

    @property
    def rows(self) -> int:
        """How many rows have a day."""
        return self.spells.total()

    @property
    def latest(self) -> Counter[dt.date]:
        """How many rows have which day as their last: that of their start, or the one before they ended."""
        rows_by_day: Counter[dt.date] = Counter()
        for (start, end), rows in self.spells.items():
            rows_by_day[max(day for day in (start, end - ONE_DAY if end else None) if day)] += rows
        return rows_by_day

    def last_day(self) -> dt.date | None:
        """The last day that any row has, but for one row in a hundred: those are mistakes."""
        left = self.rows // ONE_IN
        for day, rows in sorted(self.latest.items(), reverse=True):
            left -= rows
            if left < 0:
                return day
        return None

    def open_on(self, day: dt.date) -> int:
        """The rows that had begun by a day and not ended on it."""
        return sum(
            rows for (start, end), rows in self.spells.items() if start and start <= day and (end is None or end > day)
        )

    def is_too_early(self, first: dt.date, day: dt.date) -> bool:
        """Whether too many rows go on after a day, beside those whose last day lies in the time from `first` to it."""
        after = sum(rows for latest_day, rows in self.latest.items() if latest_day > day)
        return TIMES * after > self.between(first, day)

    def between(self, first: dt.date, day: dt.date) -> int:
        """The rows whose last day lies in a time, both ends in."""
        return sum(rows for latest_day, rows in self.latest.items() if first <= latest_day <= day)

    def ended_between(self, first: dt.date, before: dt.date) -> int:
        """The rows that ended from a day on and before another."""
        return sum(rows for (_, end), rows in self.spells.items() if end and first <= end < before)

    def last_end(self, before: dt.date) -> dt.date | None:
        """The last day on which a row ended before a day."""
        return max((end for _, end in self.spells if end and end < before), default=None)

    def first_fitting(self, times: Iterable[tuple[dt.date, dt.date]]) -> dt.date | None:
        """The last day of the first of these times, in order, that the rows do not go beyond; None without a row."""
        return next((day for first, day in times if self.rows and not self.is_too_early(first, day)), None)
