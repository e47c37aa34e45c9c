"""The day a workbook speaks of: what is said of it in sources.toml, there, in its name, else its last event.

A name is a hint: where most rows contradict it, they count.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from improvement_board.common.months import month_end
from improvement_board.sources.day_evidence import DayEvidence
from improvement_board.sources.named_days import named_days
from improvement_board.sources.values import UnfitValueError, date_of, text_of
from improvement_board.sources.workbooks.workbook import SheetRow

DAY = r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{1,2}(?:st|nd|rd|th)? +[A-Za-z]{3,9},? +\d{4}"
SAID = re.compile(
    r"\b(?:as (?:at|of|on)|(?:position|correct|snapshot|data) (?:at|on|to|as)|snapshot|extract(?:ed|ion)?|"
    rf"report(?:ing)? (?:date|run)|run (?:date|on)|date of (?:report|extract|inspection))\b[^0-9]{{0,40}}?({DAY})",
    re.IGNORECASE,
)
SPAN = re.compile(rf"(?:{DAY})(?: 00:00(?::00)?)? *(?:to|until|and|-|–|—) *({DAY})", re.IGNORECASE)
FIRST_YEAR = 2000
HALF_A_MONTH = 15
A_MONTH = dt.timedelta(days=31)
LISTED = dt.timedelta(days=2 * 184)  # lists go back six months, and as long again is no contradiction yet
FEWEST_ROWS = 5


def month_end_of(day: dt.date) -> dt.date:
    """The month end that a workbook of a day shows: that of its month, up to the 15th that of the month before.

    An extract made on 5 October shows September's end, one of 28 September too.
    """
    first = day.replace(day=1)
    if day.day <= HALF_A_MONTH and day.day < month_end(day).day:
        return first - dt.timedelta(days=1)
    return month_end(day)


def day_in_settings(settings: Mapping[str, object], file: Path) -> dt.date | None:
    """The day that `as_at` of the settings gives: a day for every workbook, or days by the name of the file.

    Raises UnfitValueError for what is no day.
    """
    given = settings.get("as_at")
    if isinstance(given, Mapping):
        given = given.get(file.name)
    return None if given is None else date_of(given)


def day_in_rows(rows: Iterable[SheetRow], day_first: bool) -> dt.date | None:
    """The day that rows above a list, or of a cover sheet, say it is as at; the last where they say several."""
    days = []
    for row in rows:
        text = " ".join(text for text in map(text_of, row.cells) if text is not None)
        for written in (*SPAN.findall(text), *SAID.findall(text)):
            day = _day(written, day_first)
            if day is not None:
                days.append(day)
    return max(days, default=None)


def days_in_name(file: Path, edition: dt.date) -> tuple[dt.date, ...]:
    """The days, else the ends of months, that a file's name may mean, else its folder's (but for one named after the
    edition); none much later than the edition."""
    latest = edition + A_MONTH
    for name in (file.stem, "" if file.parent.name == edition.isoformat() else file.parent.name):
        named = named_days(name)
        days = tuple(day for day in named.days or named.months if day <= latest)
        if days:
            return days
    return ()


def contradicts(rows: DayEvidence, day: dt.date) -> bool:
    """Whether the rows of a workbook are not those of a day: too many go on after it, or none of several is of the
    months before, of which its lists tell."""
    first = day - LISTED
    is_too_late = rows.rows >= FEWEST_ROWS and not any(latest >= first for latest in rows.latest)
    return is_too_late or rows.is_too_early(first, day)


def _day(text: str, day_first: bool) -> dt.date | None:
    try:
        day = date_of(text, day_first=day_first)
    except UnfitValueError:
        return None
    return day if day is not None and day.year >= FIRST_YEAR else None
