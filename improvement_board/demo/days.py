"""Days as whole numbers since 1970-01-01, so that whole tables of dates are worked on at once.

`NEVER` stands for a day that has not come: the end of an open spell, an event that does not happen.
"""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import numpy as np
import numpy.typing as npt

Days = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

EPOCH = date(1970, 1, 1)
NEVER = 200_000
YEAR = 365.25
EIGHTEEN = 6575
WORKING_CALENDAR = np.busdaycalendar(
    holidays=sorted(holidays.country_holidays("GB", subdiv="ENG", years=range(2010, 2030)))
)


def day_number(day: date) -> int:
    """A date as days since 1970-01-01."""
    return (day - EPOCH).days


def as_date(number: int) -> date:
    """The date of a day number."""
    return EPOCH + timedelta(days=int(number))


def as_dates(days: Days) -> npt.NDArray[np.datetime64]:
    """Day numbers as numpy dates."""
    return days.astype("datetime64[D]")


def month_start(day: date, months: int = 0) -> date:
    """The first day of the month that lies `months` after a day's own."""
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def month_starts(first: date, last: date) -> Days:
    """The first day of every month from the one `first` lies in to the one `last` lies in."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    return np.array([day_number(month_start(first, month)) for month in range(months)], dtype=np.int64)


def month_ends(first: date, last: date) -> Days:
    """The last day of every month from the one `first` lies in to the one `last` lies in."""
    starts = month_starts(first, month_start(last, 1))
    return starts[1:] - 1


def to_working_day(days: Days) -> Days:
    """Each day itself, or the next working day in England."""
    return np.busday_offset(as_dates(days), 0, roll="forward", busdaycal=WORKING_CALENDAR).astype(np.int64)


def add_working_days(days: Days, working_days: Codes | int) -> Days:
    """The day so many working days after each day (the day itself is working day 0)."""
    moved = np.busday_offset(as_dates(days), working_days, roll="backward", busdaycal=WORKING_CALENDAR)
    return moved.astype(np.int64)


def ages(born: Days, on: Days | int) -> Floats:
    """Ages in years."""
    return np.asarray((on - born) / YEAR, dtype=np.float64)


def earliest(*days: Days | int) -> Days:
    """The earliest of several days, row by row."""
    first: Days | int = days[0]
    for other in days[1:]:
        first = np.minimum(first, other)
    return np.asarray(first, dtype=np.int64)
