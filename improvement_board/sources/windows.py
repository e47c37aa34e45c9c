"""The days for which a table is complete, by what its sources say of themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from improvement_board.common.months import following_month, month_end


@dataclass(frozen=True)
class CoveredDays:
    """The first and the last day for which a table is complete; None where its own dates show it."""

    first: dt.date | None = None
    last: dt.date | None = None

    def joined(self, other: CoveredDays) -> CoveredDays:
        """The window of a table that two sources have: what one of them covers is covered."""
        return CoveredDays(_either(min, self.first, other.first), _either(max, self.last, other.last))

    @property
    def first_period_end(self) -> dt.date | None:
        """The end of the first month that lies in it from its first day on."""
        if self.first is None:
            return None
        month = self.first if self.first.day == 1 else following_month(self.first)
        return month_end(month)


def unbroken_from(spans: Iterable[tuple[dt.date, dt.date]]) -> dt.date | None:
    """The first day from which spans (first and last day, both in) cover every day to the latest one's end.

    What lies before a gap is left out: of a year that no file covers, only what went on after it is known.
    """
    start: dt.date | None = None
    for first, last in sorted(spans, key=lambda span: (span[1], span[0]), reverse=True):
        if start is not None and last < start - dt.timedelta(days=1):
            break
        start = first if start is None else min(start, first)
    return start


def _either(choose: object, first_day: dt.date | None, other: dt.date | None) -> dt.date | None:
    assert callable(choose)
    return None if first_day is None or other is None else choose(first_day, other)
