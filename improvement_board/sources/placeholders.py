"""What stands in a cell where nothing is known: one list for every adapter, by the kind of value.

A placeholder is "not recorded", never a team, a worker, a code, a number or a day, and is told where it stands. Cells
that are simply blank (`sources/values.py`) are not told.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal

PlaceholderKind = Literal["text", "name", "code", "number", "date"]

ERRORS_OF_EXCEL = frozenset(
    {
        *("#n/a", "#n/a!", "#na", "#ref!", "#value!", "#div/0!", "#name?", "#null!", "#num!", "#getting_data"),
        *("#spill!", "#calc!", "#field!", "#blocked!"),
    }
)
WORDS = frozenset(
    {
        *("not known", "unknown", "(unknown)", "unkn", "not recorded"),
        *("unrecorded", "not stated", "not available", "not provided", "not supplied", "not entered"),
        *("not specified", "unspecified", "undefined", "no data", "missing data", "data missing"),
        "information not yet obtained",
    }
)
TO_COME = frozenset(
    {
        *("not yet known", "not yet recorded", "tbc", "tba", "tbd", "to be confirmed", "to be advised"),
        *("to be determined", "?", "??", "???"),
    }
)
MINUS_ONES = frozenset({"-1", "-9", "-99", "-999", "-9999"})
NO_NAMES = frozenset({"xx", "xxx", "xxxx", "dummy", "placeholder"})
NINES = re.compile(r"9{4,12}")
NUMBER = re.compile(r"([+-]?\d+)(?:\.0+)?")
# The first day that a program knows, which it makes of an empty or zero cell: .NET and Java, SQL Server, Access, Excel.
NO_DAYS = frozenset(
    dt.date(*day)
    for day in (
        *((1, 1, 1), (1582, 10, 15), (1601, 1, 1), (1753, 1, 1), (1800, 1, 1), (1899, 12, 30), (1899, 12, 31)),
        *((1900, 1, 1), (1900, 1, 2), (1900, 12, 31), (1901, 1, 1), (1970, 1, 1)),
    )
)
FIRST_YEAR_OF_NEVER = 2099
NO_DAY = re.compile(r"(?:00?[/.-]){2}(?:0000|00|1900)|00?[/.-]0?1[/.-](?:1900|00)|0000-00-00|9999-99-99|99/99/9{2,4}")


def is_placeholder(text: str, kind: PlaceholderKind) -> bool:
    """Whether a cell's text stands for "not known" in a column of a kind; days are asked of `is_no_day` too.

    `name` is a team or a worker, `text` any other words and identifiers: 9999 may be one of the latter. A code's own
    words must be asked for first, for some lists have one for "not known".
    """
    plain = " ".join(text.split()).casefold()
    if plain in ERRORS_OF_EXCEL or plain in WORDS or plain in TO_COME:
        return True
    number = NUMBER.fullmatch(plain)
    whole = number[1] if number else plain
    if kind in ("text", "name", "code", "number") and whole in MINUS_ONES:
        return True
    if kind == "name":
        return whole in NO_NAMES or bool(NINES.fullmatch(whole))
    if kind == "date":
        return whole in MINUS_ONES or bool(NO_DAY.fullmatch(plain.split(" ")[0]) or NINES.fullmatch(whole))
    return kind in ("number", "code") and bool(NINES.fullmatch(whole))


def is_unknown_day(text: str) -> bool:
    """Whether a placeholder in a column of days says that the day is not known. The others say that there is none, or
    none yet: -1, 9999, 00/00/0000, TBC."""
    plain = " ".join(text.split()).casefold()
    return plain in ERRORS_OF_EXCEL or plain in WORDS


def is_no_number(value: float) -> bool:
    """Whether a number stands for "not known": no column of the tables can be -1, or 9999 and more nines."""
    return value.is_integer() and is_placeholder(str(int(value)), "number")


def is_no_day(day: dt.date) -> bool:
    """Whether a day stands for "none": the first that a program knows, or the last."""
    is_never = day.year >= FIRST_YEAR_OF_NEVER and (day.month, day.day) in ((1, 1), (12, 31), (12, 30))
    return day in NO_DAYS or is_never
