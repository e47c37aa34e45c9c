"""Calendar months, by a day in them."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache


def following_month(day: dt.date) -> dt.date:
    """The first day of the month after a day's."""
    return (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)


def month_end(day: dt.date) -> dt.date:
    """The last day of a day's month."""
    return following_month(day) - dt.timedelta(days=1)


def month_ends_between(first: dt.date, last: dt.date) -> list[dt.date]:
    """Every month end from one to another, both taken in."""
    return list(_month_ends_between(first, last))


@lru_cache(maxsize=4096)
def _month_ends_between(first: dt.date, last: dt.date) -> tuple[dt.date, ...]:
    ends, day = [], first
    while day <= last:
        ends.append(day)
        day = month_end(following_month(day))
    return tuple(ends)
