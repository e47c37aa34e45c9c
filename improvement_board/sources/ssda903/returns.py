"""Which files are one return, and the day it speaks of: 31 March of its year, or the quarter's end."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from improvement_board.errors import Problem
from improvement_board.sources.findings import Finding, Findings

DAY = re.compile(r"(?<!\d)(20\d\d)[-_. ]?(0[1-9]|1[0-2])[-_. ]?(0[1-9]|[12]\d|3[01])(?!\d)")
YEARS = re.compile(r"(?<!\d)20(\d\d)\s*(?:[-_/ ]|to)*\s*(?:20)?(\d\d)(?!\d)")
YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
QUARTER = re.compile(r"(?<![a-z])q(?:uarter)?\s*[-_]?([1-4])(?!\d)", re.IGNORECASE)
QUARTER_ENDS = {1: (6, 30), 2: (9, 30), 3: (12, 31), 4: (3, 31)}


@dataclass
class Return:
    """One return: where it is, for people, its day (None until it is told by the rows), the latest start in it,
    and which of its files were there."""

    place: Path
    as_at: dt.date | None
    latest: dt.date | None = None
    latest_is_episode: bool = False
    kinds: set[str] = field(default_factory=set)

    @property
    def day(self) -> dt.date:
        """The day the return speaks of."""
        assert self.as_at is not None, "asked for before it was settled"
        return self.as_at

    @property
    def first_day(self) -> dt.date:
        """The first day the return covers: 1 April."""
        return year_start(self.day)


def year_start(day: dt.date) -> dt.date:
    """1 April of the year to 31 March that a day lies in."""
    return dt.date(day.year if (day.month, day.day) >= (4, 1) else day.year - 1, 4, 1)


def day_in_name(name: str) -> dt.date | None:
    """The day a name gives: a month's end itself; 31 March 2024 for 2023-24, or 2024 alone; 30 June for 2024-25 Q1."""
    for found in DAY.finditer(name):
        year, month, day = (int(part) for part in found.groups())
        if day == monthrange(year, month)[1]:
            return dt.date(year, month, day)
    rest, quarter = DAY.sub(" ", name), QUARTER.search(name)
    pairs = [(int(found[1]), int(found[2])) for found in YEARS.finditer(rest)]
    for first, second in pairs:
        if second == first + 1:
            month, day = QUARTER_ENDS[int(quarter[1])] if quarter else (3, 31)
            return dt.date(2000 + (first if month > 3 else second), month, day)
    years = {int(found[1]) for found in YEAR.finditer(rest)}
    return dt.date(years.pop(), 3, 31) if len(years) == 1 and not quarter and not pairs else None


def returns_of(
    files: Sequence[Path], settings: Mapping[str, object], edition: dt.date, findings: Findings
) -> list[Return] | None:
    """The return of each file. Files of the same day are one return, and CSV files of one folder without a day.

    `settings["as_at"]` is the day of all files, or a table from the name of a file or folder to its day; else the day
    stands in the file's name or its folder's (a folder named after the edition tells nothing). None, with a finding,
    where the setting is wrong.
    """
    given = settings.get("as_at")
    days = given if isinstance(given, Mapping) else {}
    wrong = [one for one in (days.values() if isinstance(given, Mapping) else [given]) if _month_end(one) is None]
    if given is not None and wrong:
        allowed = "a month's end such as 2026-03-31, or a table from a file's or folder's name to one"
        problem = Problem(None, "is not a day a return speaks of", column="as_at", value=str(wrong[0]), allowed=allowed)
        findings.add(Finding("bad-setting", "stop", problem))
        return None
    by_key: dict[object, Return] = {}
    found = []
    for file in files:
        day = _month_end(given) or _named_day(file, days, edition)
        day = min(day, edition) if day else None
        place = file if file.suffix.lower() == ".xml" else file.parent
        found.append(by_key.setdefault(day or place, Return(place, day)))
    return found


def _month_end(value: object) -> dt.date | None:
    if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
        return None
    return value if value.day == monthrange(value.year, value.month)[1] else None


def _named_day(file: Path, days: Mapping[object, object], edition: dt.date) -> dt.date | None:
    for name in (file.name, file.stem, file.parent.name):
        if name in days:
            return _month_end(days[name])
    in_name = day_in_name(file.stem)
    if in_name or file.parent.name == edition.isoformat():
        return in_name
    return day_in_name(file.parent.name)


def settle_days(returns: Sequence[Return], edition: dt.date, findings: Findings) -> None:
    """Give a return that does not say its day the 31 March on or after its latest start, at most the edition's day."""
    for one in {id(one): one for one in returns}.values():
        if one.as_at is not None:
            continue
        latest = one.latest or edition
        one.as_at = min(year_start(latest).replace(year=year_start(latest).year + 1) - dt.timedelta(days=1), edition)
        message = f"does not say of which year it is: taken as {one.as_at:%d/%m/%Y} by the latest start in it"
        allowed = "a folder or file named such as 2025-26, or as_at = 2026-03-31 in the settings"
        findings.add(Finding("year-not-said", "warning", Problem(one.place, message, allowed=allowed)))
