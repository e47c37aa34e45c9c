"""The days, months and years that the name of a file or folder writes, in whatever order and with whatever between."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from improvement_board.common.months import month_end
from improvement_board.sources.values import MONTHS

WORD = re.compile(r"[^\W\d_]+|\d+")
BETWEEN_WORDS = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
ORDINALS = frozenset({"st", "nd", "rd", "th"})
JOINING = frozenset({"to", "of", "and"})
MADE_ON = frozenset(
    {
        *("run", "ran", "extracted", "extract", "exported", "export", "made", "created", "generated", "printed"),
        *("produced", "saved", "downloaded", "download", "uploaded", "submitted", "sent"),
    }
)
FIRST_YEAR, LAST_YEAR = 2000, 2099
FIRST_SHORT_YEAR = 15  # of 15-16: earlier ones are more likely months and days
LONGEST_OF_A_DAY = 3  # words
SHORTEST_MONTH = 3  # letters


@dataclass(frozen=True)
class NamedDays:
    """What a name writes: whole days, those of them said to be the day it was made on; ends of months; years by the two
    they span (the second one); years alone; and the number of a quarter."""

    days: tuple[dt.date, ...]
    made_on: tuple[dt.date, ...]
    months: tuple[dt.date, ...]
    spans: tuple[int, ...]
    years: tuple[int, ...]
    quarter: int | None


def named_days(name: str) -> NamedDays:
    """Read a name. What may be read in two ways, such as 24-01-31, gives both."""
    words = _words(name)
    days: list[dt.date] = []
    made_on: list[dt.date] = []
    months: list[dt.date] = []
    spans: list[int] = []
    years: list[int] = []
    at = 0
    while at < len(words):
        length, days_there = _days_at(words, at)
        if days_there:
            days += days_there
            made_on += days_there if MADE_ON & set(words[max(at - 2, 0) : at]) else ()
        elif span := _span_at(words, at):
            length, year = span
            spans.append(year)
        elif month := _month_at(words, at):
            length, end = month
            months.append(end)
        elif words[at] == "fy" and re.fullmatch(r"\d\d", "".join(words[at + 1 : at + 2])):
            years.append(FIRST_YEAR + int(words[at + 1]))
        elif _year(words[at]):
            is_alone = at + 1 == len(words) or not re.fullmatch(r"\d\d", words[at + 1])
            years += [int(words[at])] if is_alone else ()
        at += max(length, 1)
    return NamedDays(tuple(days), tuple(made_on), tuple(months), tuple(spans), tuple(years), _quarter(words))


def _words(name: str) -> list[str]:
    words = [word.lower() for word in WORD.findall(BETWEEN_WORDS.sub(" ", name))]
    return [word for word in words if word not in ORDINALS]


def _days_at(words: Sequence[str], at: int) -> tuple[int, list[dt.date]]:
    """How many words are a whole day, and the days that they may mean."""
    word = words[at]
    if re.fullmatch(r"\d{8}", word):
        days = [*_dates(word[:4], word[4:6], word[6:]), *_dates(word[4:], word[2:4], word[:2])]
        return (1 if days else 0), days
    parts = words[at : at + LONGEST_OF_A_DAY]
    if len(parts) < LONGEST_OF_A_DAY or any(len(first) > 2 and first.isdigit() and not _year(first) for first in parts):
        return 0, []
    first, two, three = parts
    days = [*_dates(three, two, first), *_dates(first, two, three)]
    if not first.isdigit():
        days += _dates(three, first, two)
    if not three.isdigit():
        days += _dates(first, three, two)
    return (LONGEST_OF_A_DAY if days else 0), list(dict.fromkeys(days))


def _dates(year: str, month: str, day: str) -> Iterator[dt.date]:
    """The day of a year (of four figures or two), month (number or name) and day, where there is one."""
    if not (re.fullmatch(r"\d\d|\d{4}", year) and re.fullmatch(r"\d\d?", day)):
        return
    full = int(year) if len(year) == 4 else FIRST_YEAR + int(year)
    number = int(month) if re.fullmatch(r"\d\d?", month) else _month(month)
    try:
        day_of_month = dt.date(full, number, int(day))
    except ValueError:
        return
    if FIRST_YEAR <= full <= LAST_YEAR:
        yield day_of_month


def _span_at(words: Sequence[str], at: int) -> tuple[int, int] | None:
    """How many words are two years that follow each other, and the second: 2023-24, 2023 to 2024, 202324, 23-24."""
    word = words[at]
    if re.fullmatch(r"20\d{4}|20\d\d20\d\d", word) and _follows(word[2:4], word[-2:]):
        return 1, FIRST_YEAR + int(word[-2:])
    if re.fullmatch(r"\d{4}", word) and not _year(word) and _follows(word[:2], word[2:]):
        return 1, FIRST_YEAR + int(word[2:])
    second = at + 1
    if second < len(words) and words[second] in JOINING:
        second += 1
    if second == len(words) or (not re.fullmatch(r"\d\d", words[second]) and not _year(words[second])):
        return None
    is_first = _year(word) or (re.fullmatch(r"\d\d", word) and int(word) >= FIRST_SHORT_YEAR)
    if not is_first or not _follows(word[-2:], words[second][-2:]):
        return None
    return second - at + 1, FIRST_YEAR + int(words[second][-2:])


def _follows(word: str, other: str) -> bool:
    return int(other) == int(word) + 1 and int(word) >= FIRST_SHORT_YEAR


def _month_at(words: Sequence[str], at: int) -> tuple[int, dt.date] | None:
    """How many words are a month of a year, and its end: Jan 2024, 2024 January, 2024-01, 01-2024, 202401, Jan 24."""
    word = words[at]
    if re.fullmatch(r"20\d{4}", word):
        first_part, other = word[:4], word[4:]
    elif at + 1 < len(words):
        first_part, other = words[at], words[at + 1]
    else:
        return None
    for year, month in ((first_part, other), (other, first_part)):
        number = _month(month) or (int(month) if _year(year) and re.fullmatch(r"\d\d", month) else 0)
        is_year = _year(year) or (re.fullmatch(r"\d\d", year) and not month.isdigit())
        if is_year and 1 <= number <= len(MONTHS):
            end = month_end(dt.date(int(year) if len(year) == 4 else FIRST_YEAR + int(year), number, 1))
            return (1 if first_part != word else 2), end
    return None


def _month(word: str) -> int:
    """The number of a month by its name or the name's first letters, sept too; 0 for anything else."""
    if len(word) < SHORTEST_MONTH:
        return 0
    return next((at for at, month in enumerate(MONTHS, start=1) if month.startswith(word)), 0)


def _year(word: str) -> bool:
    return re.fullmatch(r"20\d\d", word) is not None


def _quarter(words: Sequence[str]) -> int | None:
    for word, number in pairwise(words):
        if word in ("q", "qtr", "quarter") and number in ("1", "2", "3", "4"):
            return int(number)
    return None
