"""Cells as values: text, flags, dates in the shapes that councils' files have, numbers. What does not fit is told."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from improvement_board.declared.tables import Column
from improvement_board.sources.placeholders import (
    PlaceholderKind,
    is_no_day,
    is_no_number,
    is_placeholder,
    is_unknown_day,
)
from improvement_board.sources.zones import in_england, zone_of

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
BLANK = frozenset({"", "-", "--", "–", "—", ".", "n/a", "na", "null", "none", "nan", "(blank)", "(null)", "nil"})
NUMBER_WITH_POINT = re.compile(r"[+-]?(?:\d{1,3}(?:[, ]\d{3})+|\d+)?(?:\.\d*)?(?:[Ee][+-]?\d+)?")
NUMBER_WITH_COMMA = re.compile(r"[+-]?(?:\d{1,3}(?:\.\d{3})+|\d+)?,\d+")
COMMA_OF_EITHER_KIND = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}")
WHOLE_TIME = "full-time equivalent"
LOOKS_LIKE_A_CODE = re.compile(r"[A-Za-z]{0,3}\d[A-Za-z0-9]{0,3}")
SEPARATORS = ":–—-)."


class UnfitValueError(ValueError):
    """A cell that cannot be read as its column's type; `allowed` says what can."""

    def __init__(self, message: str, allowed: str) -> None:
        super().__init__(message)
        self.allowed = allowed


class PlaceholderError(UnfitValueError):
    """A cell that stands for "not known": to be read as an empty one, and told. It says something that is lost, but for
    a day that stands for none."""

    is_lost = True

    def __init__(self) -> None:
        super().__init__('stands for "not known": it is read as not recorded', "a value, or an empty cell")


class NoDayError(PlaceholderError):
    """A cell of a column of days that says that there is none."""

    is_lost = False


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


def words_of(cell: object, kind: PlaceholderKind = "text") -> str | None:
    """A cell as text of a kind. Raises PlaceholderError."""
    text = text_of(cell)
    if text is not None and is_placeholder(text, kind):
        raise NoDayError if kind == "date" and not is_unknown_day(text) else PlaceholderError
    return text


def moment_of(cell: object, *, day_first: bool = True) -> dt.datetime | None:
    """A cell as a local date and time: ISO, day/month/year (or month first where `day_first` is false), a day with the
    month's name or its beginning (16 September 2020, 16-Sep-20), Excel serials.

    A moment with a time zone is as the clock in England showed it. Two-digit years are of this century up to 49.
    Raises UnfitValueError for anything else, NoDayError for a day that stands for none, PlaceholderError for one that
    is not known.
    """
    moment = _any_moment(cell, day_first=day_first)
    if moment is not None and is_no_day(moment.date()):
        raise NoDayError
    return moment


def _any_moment(cell: object, *, day_first: bool) -> dt.datetime | None:
    if isinstance(cell, dt.datetime):
        return in_england(cell)
    if isinstance(cell, dt.date):
        return dt.datetime.combine(cell, dt.time())
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        cell = int(cell) if float(cell).is_integer() else cell
        return None if words_of(cell, "date") is None else _from_serial(float(cell))
    text = words_of(cell, "date")
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


def number_of(cell: object, unit: str = "") -> float | None:
    """A cell as a number in a unit; see `figure_of`. Percentages are of a whole-time post where that is the unit, and
    refused elsewhere. Raises UnfitValueError, PlaceholderError."""
    if isinstance(cell, str):
        text = words_of(cell, "number")
        if text is not None and text.endswith("%"):
            if unit != WHOLE_TIME:
                raise UnfitValueError("is a percentage", "a number, such as 0.6")
            part = figure_of(text)
            return None if part is None else round(part / 100, 6)
        if unit == WHOLE_TIME and text is not None and COMMA_OF_EITHER_KIND.fullmatch(text):
            raise UnfitValueError("may be thousands or a decimal comma", "a number such as 1.25")
    value = figure_of(cell)
    if value is not None and is_no_number(value):
        raise PlaceholderError
    return value


def figure_of(cell: object) -> float | None:
    """A cell as a number, whatever it is; a percent sign is dropped. Commas are of thousands where they may be
    (1,234), else of decimals (10,5). Raises UnfitValueError."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        value = float(cell)
    else:
        text = text_of(cell)
        if text is None:
            return None
        value = _written_number(text.removesuffix("%").strip())
    if value != value or value in (float("inf"), float("-inf")):
        raise UnfitValueError("is not a number", "a finite number")
    return value


def _written_number(text: str) -> float:
    try:
        if NUMBER_WITH_POINT.fullmatch(text):
            return float(text.replace(",", "").replace(" ", ""))
        if NUMBER_WITH_COMMA.fullmatch(text):
            return float(text.replace(".", "").replace(",", "."))
        raise ValueError(text)
    except ValueError as error:
        raise UnfitValueError("is not a number", "a number, such as 0.6") from error


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
    if is_placeholder(text, "code"):
        raise PlaceholderError
    raise UnfitValueError("is neither yes nor no", "Y or N")


def without_code(text: str | None) -> str | None:
    """The words of a coded cell: "b) Female" and "2B - Education" keep what stands after the code's bracket or dash."""
    if text is None:
        return None
    match = re.fullmatch(r"[A-Za-z0-9]{1,3}\)\s*(.+)", text)
    return match[1].strip() if match else text


def code_of(cell: object, codes: Mapping[str, str]) -> str | None:
    """A cell as one of a table's codes, by the code itself or by its words (both in small letters as keys).

    Raises UnfitValueError naming the codes, PlaceholderError for "not known" that is none of them.
    """
    text = text_of(cell)
    if text is None:
        return None
    first, _, rest = text.partition(" ")
    head = first.rstrip(SEPARATORS)
    is_apart = head != first or (rest[:1] or " ") in SEPARATORS or bool(LOOKS_LIKE_A_CODE.fullmatch(head))
    for candidate in (text, without_code(text) or "", text.partition(")")[0], head if is_apart else text):
        code = codes.get(" ".join(candidate.split()).lower())
        if code is not None:
            return code
    if is_placeholder(text, "code"):
        raise PlaceholderError
    raise UnfitValueError("is not a known code: which of them is it?", ", ".join(sorted(set(codes.values()))))


def value_of_column(column: Column, cell: object, *, day_first: bool = True) -> object:
    """A cell as a value of a declared column: its type, then its allowed values. Raises UnfitValueError,
    PlaceholderError."""
    if column.type == "date":
        return date_of(cell, day_first=day_first)
    if column.type == "time":
        return moment_of(cell, day_first=day_first)
    if column.type == "number":
        return number_of(cell, column.unit)
    if column.type == "integer":
        return integer_of(cell)
    if column.type == "flag":
        return flag_of(cell)
    if column.allowed:
        as_written = column.codes.get(" ".join(str(cell).split()).lower())
        if as_written is not None:  # which may be "n/a"
            return as_written
        return several_of(cell, column) if column.several else code_of(cell, column.codes)
    return words_of(cell, "name" if column.is_name else "text")


def several_of(cell: object, column: Column) -> str | None:
    """A cell as a code, with what stands after a colon kept as it is ("Multiple: Neglect, Emotional abuse"). Raises
    UnfitValueError."""
    text = text_of(cell)
    if text is None:
        return None
    first, colon, rest = text.partition(":")
    code = code_of(first, column.codes)
    return f"{code}: {rest.strip()}" if code and colon and code == column.several else code_of(text, column.codes)
