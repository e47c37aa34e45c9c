"""Cells as values: text, flags, dates in the shapes that councils' files have, numbers. What does not fit is told."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from improvement_board.sources.zones import in_england, zone_of
from improvement_board.tables import Column

EXCEL_EPOCH = dt.datetime.combine(dt.date(1899, 12, 30), dt.time())
EARLIEST_SERIAL, LATEST_SERIAL = 1.0, 80_000.0
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?")
SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?")
NAMED = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?[ /.-]+([A-Za-z]{3,9})\.?[ ,/.-]+(\d{4}|\d{2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?"
)
FIRST_MONTHS = ("january", "february", "march", "april", "may", "june")
MONTHS = (*FIRST_MONTHS, "july", "august", "september", "october", "november", "december")
YES = frozenset({"y", "yes", "true", "1", "t"})
NO = frozenset({"n", "no", "false", "0", "f"})
BLANK = frozenset({"", "-", "n/a", "na", "null", "none", "nan", "#n/a", "not known", "not recorded"})


class UnfitValueError(ValueError):
    """A cell that cannot be read as its column's type; `allowed` says what can."""

    def __init__(self, message: str, allowed: str) -> None:
        super().__init__(message)
        self.allowed = allowed


def text_of(cell: object) -> str | None:
    """A cell as text on one line; blank cells, and the usual words for them, are None. Whole numbers lose their .0."""
    if cell is None:
        return None
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    text = " ".join(str(cell).replace("\x00", "").split())
    return None if text.lower() in BLANK else text


def moment_of(cell: object, *, day_first: bool = True) -> dt.datetime | None:
    """A cell as a local date and time: ISO, day/month/year (or month first where `day_first` is false), a day with the
    month's name or its beginning (16 September 2020, 16-Sep-20), Excel serials.

    A moment with a time zone is as the clock in England showed it. Two-digit years are of this century up to 49.
    Raises UnfitValueError for anything else.
    """
    if isinstance(cell, dt.datetime):
        return in_england(cell)
    if isinstance(cell, dt.date):
        return dt.datetime.combine(cell, dt.time())
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _from_serial(float(cell))
    text = text_of(cell)
    if text is None:
        return None
    allowed = "a date such as 30/09/2026 or 2026-09-30"
    try:
        written, zone = zone_of(text)
        return in_england(_written_moment(written, day_first=day_first).replace(tzinfo=zone))
    except (ValueError, OverflowError) as error:
        raise UnfitValueError("is not a date", allowed) from error


def _written_moment(text: str, *, day_first: bool) -> dt.datetime:
    iso, slashed, named = ISO.fullmatch(text), SLASHED.fullmatch(text), NAMED.fullmatch(text)
    if iso:
        year, month, day, *clock = (int(part or 0) for part in iso.groups())
        return _at(dt.date(year, month, day), clock)
    if slashed:
        first, second, year, *clock = (int(part or 0) for part in slashed.groups())
        day, month = (first, second) if day_first else (second, first)
        return _at(dt.date(_full(year), month, day), clock)
    if named:
        day, year, *clock = (int(part or 0) for part in (named[1], *named.groups()[2:]))
        return _at(dt.date(_full(year), _month(named[2]), day), clock)
    return _from_serial(float(text))


def _full(year: int) -> int:
    return year if year > 99 else year + (2000 if year < 50 else 1900)


def _month(name: str) -> int:
    """The number of a month by its name or the name's first letters; 0, which is none, for anything else."""
    return next((at for at, month in enumerate(MONTHS, start=1) if month.startswith(name.lower())), 0)


def _at(day: dt.date, clock: list[int]) -> dt.datetime:
    hour, minute, second = clock
    return dt.datetime.combine(day, dt.time(hour, minute, second))


def _from_serial(serial: float) -> dt.datetime:
    if not EARLIEST_SERIAL <= serial <= LATEST_SERIAL:
        raise UnfitValueError("is not a date", "a date such as 30/09/2026, 2026-09-30, or an Excel date")
    return EXCEL_EPOCH + dt.timedelta(seconds=round(serial * 86_400))


def date_of(cell: object, *, day_first: bool = True) -> dt.date | None:
    """A cell as a day; a time of day with it is dropped."""
    moment = moment_of(cell, day_first=day_first)
    return moment.date() if moment else None


def number_of(cell: object) -> float | None:
    """A cell as a number; thousands may have commas, a percent sign is dropped. Raises UnfitValueError."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        value = float(cell)
    else:
        text = text_of(cell)
        if text is None:
            return None
        try:
            value = float(text.replace(",", "").removesuffix("%").strip())
        except ValueError as error:
            raise UnfitValueError("is not a number", "a number, such as 0.6") from error
    if value != value or value in (float("inf"), float("-inf")):
        raise UnfitValueError("is not a number", "a finite number")
    return value


def integer_of(cell: object) -> int | None:
    """A cell as a whole number. Raises UnfitValueError."""
    value = number_of(cell)
    if value is None:
        return None
    if not value.is_integer() or abs(value) > 2**31 - 1:
        raise UnfitValueError("is not a whole number", "a whole number, such as 12")
    return int(value)


def flag_of(cell: object) -> str | None:
    """A cell as Y or N: yes and no in the usual spellings, "a) Yes" too. Raises UnfitValueError."""
    text = without_code(text_of(cell))
    if text is None:
        return None
    if text.lower() in YES:
        return "Y"
    if text.lower() in NO:
        return "N"
    raise UnfitValueError("is neither yes nor no", "Y or N")


def without_code(text: str | None) -> str | None:
    """The words of a coded cell: "b) Female" and "2B - Education" keep what stands after the code's bracket or dash."""
    if text is None:
        return None
    found = re.fullmatch(r"[A-Za-z0-9]{1,3}\)\s*(.+)", text)
    return found[1].strip() if found else text


def code_of(cell: object, codes: Mapping[str, str]) -> str | None:
    """A cell as one of a table's codes, by the code itself or by its words (both in small letters as keys).

    Raises UnfitValueError naming the codes.
    """
    text = text_of(cell)
    if text is None:
        return None
    for candidate in (text, without_code(text) or "", text.partition(")")[0], text.partition(" ")[0]):
        found = codes.get(candidate.strip().lower())
        if found is not None:
            return found
    raise UnfitValueError("is not a known code", ", ".join(sorted(set(codes.values()))))


def value_of_column(column: Column, cell: object, *, day_first: bool = True) -> object:
    """A cell as a value of a declared column: its type, then its allowed values. Raises UnfitValueError."""
    if column.type == "date":
        return date_of(cell, day_first=day_first)
    if column.type == "time":
        return moment_of(cell, day_first=day_first)
    if column.type == "number":
        return number_of(cell)
    if column.type == "integer":
        return integer_of(cell)
    if column.type == "flag":
        return flag_of(cell)
    if column.allowed:
        return code_of(cell, {value.lower(): value for value in column.allowed})
    return text_of(cell)
