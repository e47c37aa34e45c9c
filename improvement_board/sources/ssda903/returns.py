"""Which files are one return, and the day it speaks of: 31 March of its year, or the quarter's end.

The settings say it, else the rows decide which of the days counts that the name of a file or folder may mean.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from improvement_board.common.months import month_end
from improvement_board.errors import Problem
from improvement_board.sources.day_evidence import ONE_DAY, TIMES, DayEvidence
from improvement_board.sources.findings import Finding, Findings, Severity
from improvement_board.sources.named_days import named_days

YEAR_END = (3, 31)
CARE_LEAVERS = "OC3"  # the file of those who left care, the only one of the return with children of earlier years
FEWEST, DIFFER = 10, 0.2  # of episodes that two returns hold of one day: more is no correction
QUARTER_ENDS = {1: (6, 30), 2: (9, 30), 3: (12, 31), 4: (3, 31)}


@dataclass
class Return:
    """One return: where it is, for people, its day (None until it is settled; `is_said`: by the settings), the days
    that its name may mean, what its rows say (`is_of_episodes`: those of episodes alone), and which of its files were
    there."""

    folder: Path
    as_at: dt.date | None
    readings: tuple[dt.date, ...] = ()
    is_said: bool = False
    rows: DayEvidence = field(default_factory=DayEvidence)
    is_of_episodes: bool = False
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

    def note(self, start: dt.date | None, end: dt.date | None, *, is_episode: bool) -> None:
        """Note when a row began and ended: of episodes where there are some, as nothing else is sure to lie in its
        year."""
        if is_episode and not self.is_of_episodes:
            self.rows, self.is_of_episodes = DayEvidence(), True
        if is_episode or not self.is_of_episodes:
            self.rows.add(start, end)

    def take(self, other: Return) -> None:
        """Take another file, or several, of the same day."""
        self.kinds |= other.kinds
        if other is not self and other.is_of_episodes:
            for (start, end), rows in other.rows.spells.items():
                for _ in range(rows):
                    self.note(start, end, is_episode=True)


def year_start(day: dt.date) -> dt.date:
    """1 April of the year to 31 March that a day lies in."""
    return dt.date(day.year if (day.month, day.day) >= (4, 1) else day.year - 1, 4, 1)


def year_end(day: dt.date) -> dt.date:
    """31 March of the year to 31 March that a day lies in."""
    return year_start(day).replace(year=year_start(day).year + 1) - dt.timedelta(days=1)


def days_in_name(name: str) -> tuple[dt.date, ...]:
    """The days that a name may mean, the likeliest first.

    31 March 2024 for 2023-24, 30 June for 2024-25 Q1, a month's end itself and the end of a month, in the year where
    one is named too. 2024 alone is 31 March 2024, or of 2025: some name a return by the year it begins in. The day a
    file was made on is none.
    """
    named = named_days(name)
    ends = [day for day in named.days if day == month_end(day) and day not in named.made_on] + list(named.months)
    spans = [_quarter_end(year, named.quarter) for year in dict.fromkeys(named.spans)]
    if spans:
        return tuple(dict.fromkeys([*(day for day in ends if year_end(day) in map(year_end, spans)), *spans]))
    years = dict.fromkeys(named.years)
    if ends or len(years) != 1 or named.quarter:
        return tuple(dict.fromkeys(ends))
    return tuple(dt.date(year + later, *YEAR_END) for year in years for later in (0, 1))


def _quarter_end(year: int, quarter: int | None) -> dt.date:
    """The end of a quarter of the year to 31 March of `year`; of the year itself without one."""
    month, day = QUARTER_ENDS[quarter or 4]
    return dt.date(year - (month > YEAR_END[0]), month, day)


def returns_of(
    files: Sequence[Path], settings: Mapping[str, object], edition: dt.date, findings: Findings
) -> list[Return] | None:
    """The return of each file. Files of the same day are one return, and CSV files of one folder without a day.

    `settings["as_at"]` is the day of all files, or a table from the name of a file or folder to its day; else the
    file's name or its folder's may mean one (a folder named after the edition tells nothing). None, with a finding,
    where the setting is wrong.
    """
    given = settings.get("as_at")
    days = given if isinstance(given, Mapping) else {}
    wrong = [
        written for written in (days.values() if isinstance(given, Mapping) else [given]) if _month_end(written) is None
    ]
    if given is not None and wrong:
        allowed = "a month's end such as 2026-03-31, or a table from a file's or folder's name to one"
        problem = Problem(None, "is not a day a return speaks of", column="as_at", value=str(wrong[0]), allowed=allowed)
        findings.add(Finding("bad-setting", "stop", problem))
        return None
    by_key: dict[object, Return] = {}
    all_returns = []
    for file in files:
        day, readings = _month_end(given) or _day_by_name(file, days), _readings(file, edition)
        day = min(day, edition) if day else None
        folder = file if file.suffix.lower() == ".xml" else file.parent
        all_returns.append(by_key.setdefault(day or readings or folder, Return(folder, day, readings, day is not None)))
    return all_returns


def _month_end(value: object) -> dt.date | None:
    if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
        return None
    return value if value.day == monthrange(value.year, value.month)[1] else None


def _day_by_name(file: Path, days: Mapping[object, object]) -> dt.date | None:
    return next((_month_end(days[name]) for name in (file.name, file.stem, file.parent.name) if name in days), None)


def _readings(file: Path, edition: dt.date) -> tuple[dt.date, ...]:
    """The days that the name of a file, else of its folder, may mean, none after the edition's."""
    days = days_in_name(file.stem)
    if not days and file.parent.name != edition.isoformat():
        days = days_in_name(file.parent.name)
    return tuple(dict.fromkeys(min(day, edition) for day in days))


def settle_days(returns: Sequence[Return], edition: dt.date, findings: Findings) -> list[Return]:
    """The returns with their days, those of one day as one.

    A name's reading counts unless the rows contradict it. Else the day is the 31 March after which hardly any row goes
    on, at most the edition's day. A return whose rows have no day, and whose name says none, is of the day of the
    others in its folder. What was not taken as the name says, or is not said at all, is told.
    """
    every = list({id(each): each for each in returns}.values())
    for each in sorted(every, key=lambda each: not each.rows.rows):
        if each.as_at is None:
            beside = [other for other in every if other.as_at and other.folder.parent == each.folder.parent]
            each.as_at = _settled(each, beside, edition, findings)
    by_day: dict[dt.date, Return] = {}
    for each in every:
        by_day.setdefault(each.day, each).take(each)
    _tell_if_they_disagree(list(by_day.values()), findings)
    return [by_day[each.day] for each in returns]


def _tell_if_they_disagree(returns: Sequence[Return], findings: Findings) -> None:
    """Two years' returns hold the same children on the day between them. Where they do not, one is of another year than
    it is taken for, or holds a part: a stop, but for returns of which the settings say the day."""
    in_order = sorted((each for each in returns if each.is_of_episodes), key=lambda each: each.day)
    for earlier, later in pairwise(in_order):
        counts = earlier.rows.open_on(earlier.day), later.rows.open_on(earlier.day)
        if later.first_day > earlier.day + ONE_DAY or max(counts) - min(counts) < max(FEWEST, DIFFER * max(counts)):
            continue
        message = (
            f"has {counts[1]} episodes that were open on {earlier.day:%d/%m/%Y}, and the return of that day has "
            f"{counts[0]}: is one of them of another year than it is taken for, or only a part?"
        )
        allowed = f"as_at of each file in the settings, such as {later.folder.name or 'episodes.csv'} = {later.day}"
        severity: Severity = "warning" if earlier.is_said and later.is_said else "stop"
        findings.add(Finding("returns-disagree", severity, Problem(later.folder, message, allowed=allowed)))


def _settled(this: Return, beside: Sequence[Return], edition: dt.date, findings: Findings) -> dt.date:
    """The day of a return; `beside`: those beside it whose day is settled."""
    by_name = _by_name(this, beside)
    if by_name is not None and by_name == this.readings[0]:
        return by_name
    of_rows = this.rows.first_fitting(_years(this.rows)) if by_name is None else by_name
    days = {other.day for other in beside}
    if of_rows is None and len(days) == 1:
        return days.pop()
    day = min(of_rows or year_end(edition), edition)
    if this.readings:
        named = " or ".join(f"{reading:%d/%m/%Y}" for reading in this.readings)
        message = f"has the name of a return of {named}, which its rows contradict: taken as {day:%d/%m/%Y}"
        rule = "name-contradicted"
    else:
        by = "by the days in it" if this.rows.rows else "as no row of it has a day"
        message, rule = f"does not say of which year it is: taken as {day:%d/%m/%Y} {by}", "year-not-said"
    allowed = "a folder or file named such as 2025-26, or as_at = 2026-03-31 in the settings"
    findings.add(Finding(rule, "warning", Problem(this.folder, message, allowed=allowed)))
    return day


def _by_name(this: Return, beside: Sequence[Return]) -> dt.date | None:
    """The first day that its name may mean and its rows do not contradict. Without a row that has a day: the one that a
    return beside it has, else the first."""
    if not this.rows.rows:
        days = {other.day for other in beside}
        return next((day for day in this.readings if day in days), this.readings[0] if this.readings else None)
    return next((day for day in this.readings if not _contradicts(this, day)), None)


def _contradicts(this: Return, day: dt.date) -> bool:
    """Whether a return of that day would not have these rows: too many go on after it, or hardly any is of its year
    while others ended in a year before. Care leavers' rows do: their episodes ended long ago."""
    rows, first = this.rows, year_start(day)
    ended = rows.last_end(first) if CARE_LEAVERS not in this.kinds else None
    before = rows.ended_between(year_start(ended), first) if ended else 0
    return rows.is_too_early(first, day) or TIMES * rows.between(first, day) < before


def _years(rows: DayEvidence) -> Iterator[tuple[dt.date, dt.date]]:
    """The years to 31 March in which rows have their last day, from the first."""
    for end in sorted({year_end(day) for day in rows.latest}):
        yield year_start(end), end
