"""The day a workbook speaks of: what is said of it in sources.toml, there, in its name, else its last event."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from improvement_board.months import month_end
from improvement_board.sources.values import UnfitValueError, date_of, text_of
from improvement_board.sources.workbooks.workbook import Row

DAY = r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{1,2}(?:st|nd|rd|th)? +[A-Za-z]{3,9},? +\d{4}"
SAID = re.compile(
    r"\b(?:as (?:at|of|on)|(?:position|correct|snapshot|data) (?:at|on|to|as)|snapshot|extract(?:ed|ion)?|"
    rf"report(?:ing)? (?:date|run)|run (?:date|on)|date of (?:report|extract|inspection))\b[^0-9]{{0,40}}?({DAY})",
    re.IGNORECASE,
)
SPAN = re.compile(rf"(?:{DAY})(?: 00:00(?::00)?)? *(?:to|until|and|-|–|—) *({DAY})", re.IGNORECASE)
NAME_YEAR_FIRST = re.compile(r"(?<!\d)(20\d\d)[-_. ]?(0[1-9]|1[0-2])[-_. ]?(0[1-9]|[12]\d|3[01])(?!\d)")
NAME_DAY_FIRST = re.compile(r"(?<!\d)(0?[1-9]|[12]\d|3[01])[-_. ]?(0[1-9]|1[0-2])[-_. ]?(20\d\d)(?!\d)")
NAME_IN_WORDS = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?[-_. ]*([A-Za-z]{3,9})[-_. ]*(20\d\d)(?!\d)")
NAME_MONTH = re.compile(r"(?<![A-Za-z])([A-Za-z]{3,9})[-_. ]*(20\d\d)(?!\d)")
NAME_YEAR_MONTH = re.compile(r"(?<!\d)(20\d\d)[-_. ](0[1-9]|1[0-2])(?!\d)")
FIRST_YEAR = 2000
HALF_A_MONTH = 15


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


def day_in_rows(rows: Iterable[Row], day_first: bool) -> dt.date | None:
    """The day that rows above a list, or of a cover sheet, say it is as at; the last where they say several."""
    found = []
    for row in rows:
        text = " ".join(text for text in map(text_of, row.cells) if text is not None)
        for one in (*SPAN.findall(text), *SAID.findall(text)):
            day = _day(one, day_first)
            if day is not None:
                found.append(day)
    return max(found, default=None)


def day_in_name(file: Path) -> dt.date | None:
    """The day, else the end of the month, that a file's name writes."""
    found = NAME_YEAR_FIRST.search(file.stem)
    if found:
        return _day("-".join(found.groups()), True)
    found = NAME_DAY_FIRST.search(file.stem) or NAME_IN_WORDS.search(file.stem)
    if found:
        day = _day(f"{found[1]}/{found[2]}/{found[3]}", True)
        if day is not None:
            return day
    months = [f"1/{month[1]}/{month[2]}" for month in NAME_MONTH.finditer(file.stem)]
    months += [f"1/{month[2]}/{month[1]}" for month in NAME_YEAR_MONTH.finditer(file.stem)]
    days = [day for day in (_day(month, True) for month in months) if day is not None]
    return month_end(days[0]) if days else None


def _day(text: str, day_first: bool) -> dt.date | None:
    try:
        day = date_of(text, day_first=day_first)
    except UnfitValueError:
        return None
    return day if day is not None and day.year >= FIRST_YEAR else None
