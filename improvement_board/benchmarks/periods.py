"""How a published year becomes a period: the rules stand in `aliases.toml` (`year_types`, `year_forms`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from improvement_board.benchmarks.aliases import Aliases, simplify_name

SPLIT_FORMS = frozenset({"split_year", "several_split_years"})
CONSECUTIVE_FORM = "split_year"
HYPHEN_FORM = "hyphen"
EARLIEST_YEAR = 1990
LATEST_YEAR = 2100
REMARK = re.compile(r"(?P<year>.*?)\s*\((?P<remark>[^()]*)\)")


@dataclass(frozen=True, order=True)
class PublishedPeriod:
    """A published year, first and last day included."""

    start: date
    end: date


def read_period(year: str, year_type: str, aliases: Aliases) -> PublishedPeriod | None:
    """The period of a year as published ("2024", "202324", "2023/24", "2014-16", "2022 (Revised)"), or None.

    `year_type` is a key of `year_types`. A plain year is the one that ends in it. None is a form that is not known,
    or one that makes no sense for the type: the caller keeps such a row out and says so.
    """
    text = _without_remark(year.strip(), aliases)
    if text is None:
        return None
    for form, pattern in aliases.year_forms.items():
        match = re.fullmatch(pattern, text)
        if match:
            groups = match.groupdict()
            last = groups["last"] or groups.get("last_full") or ""
            return _period(form, groups.get("first"), last, aliases.year_types[year_type].ends)
    return None


def _without_remark(text: str, aliases: Aliases) -> str | None:
    match = REMARK.fullmatch(text)
    if not match:
        return text
    allowed = {simplify_name(word) for word in aliases.year_remarks.allowed}
    return match["year"] if simplify_name(match["remark"]) in allowed else None


def _period(form: str, first_text: str | None, last_text: str, ends: str) -> PublishedPeriod | None:
    first = int(first_text) if first_text else None
    last = _full_year(last_text, first)
    if not EARLIEST_YEAR <= last <= LATEST_YEAR:
        return None
    splits = ends != "12-31"
    if first is None:
        return _from_to(last - 1, last, ends)
    if last <= first or first < EARLIEST_YEAR:
        return None
    if form in SPLIT_FORMS or (form == HYPHEN_FORM and splits and last == first + 1):
        consecutive = last == first + 1 or form != CONSECUTIVE_FORM
        return _from_to(first, last, ends) if splits and consecutive else None
    return _from_to(first - 1, last, ends)


def _full_year(last: str, first: int | None) -> int:
    if len(last) == 4 or first is None:
        return int(last)
    year = first // 100 * 100 + int(last)
    return year if year > first else year + 100


def _from_to(year_before: int, last: int, ends: str) -> PublishedPeriod:
    return PublishedPeriod(_day(year_before, ends) + timedelta(days=1), _day(last, ends))


def _day(year: int, ends: str) -> date:
    return date.fromisoformat(f"{year}-{ends}")


def year_type_named(name: str, aliases: Aliases) -> str | None:
    """The type of year that the data dictionary calls by a name, or None."""
    wanted = simplify_name(name)
    for key, declared in aliases.year_types.items():
        if wanted in {simplify_name(known) for known in declared.names}:
            return key
    return None
