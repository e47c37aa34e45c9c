"""One row of a ready KPI extract as typed values, and each rule of the contract that it breaks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from improvement_board.common.months import month_end
from improvement_board.declared.kpis import Definition
from improvement_board.sources.placeholders import is_no_number
from improvement_board.sources.totals import is_total
from improvement_board.sources.values import UnfitValueError, date_of, figure_of, text_of, words_of

PERIODS = ("month", "quarter", "year")
NOT_KNOWN = 'stands for "not known"'
REMEMBERED = 65_536
ExtractRow = dict[str, object]


@dataclass(frozen=True)
class Broken:
    """One rule that a cell breaks: its short name, what is wrong, and what is allowed."""

    rule: str
    message: str
    column: str
    value: object
    allowed: str


def typed_row(
    cells: Mapping[str, object], definition: Definition, edition: dt.date, *, day_first: bool
) -> tuple[ExtractRow, list[Broken]]:
    """The row of the contract that cells make, and what is wrong with it."""
    broken: list[Broken] = []
    row: ExtractRow = {name: _plain(cells.get(name)) for name in ("authority", "category", "symbol")}
    for name in ("team", "worker"):
        row[name] = _read(name, cells, _name, "placeholder", broken)
    row["period"] = (_text(cells.get("period")) or PERIODS[0]).lower()
    row["period_end"] = _read("period_end", cells, lambda cell: _date(cell, day_first), "not-a-date", broken)
    for name in ("numerator", "denominator", "value"):
        row[name] = _read(name, cells, _number, "not-a-number", broken)
        broken += _broken_number(name, cells.get(name), row[name], definition)
    if not broken:
        broken = [*_broken_place(row, edition), *_broken_figures(row, definition), *_broken_names(row)]
    return row, broken


def _plain(cell: object) -> str | None:
    """Text on one line as it stands: a category may well be called "Not known"."""
    return None if cell is None else _on_one_line(str(cell))


@lru_cache(REMEMBERED)
def _on_one_line(text: str) -> str | None:
    return " ".join(text.replace("\0", "").split()) or None


def _text(cell: object) -> str | None:
    return _text_of_text(cell) if isinstance(cell, str) else text_of(cell)


@lru_cache(REMEMBERED)
def _text_of_text(cell: str) -> str | None:
    return text_of(cell)


def _name(cell: object) -> str | None:
    text = _text(cell)
    return text if text is None else _name_of_text(text)


@lru_cache(REMEMBERED)
def _name_of_text(text: str) -> str | None:
    return words_of(text, "name")


@lru_cache(REMEMBERED)
def _month_end(day: dt.date) -> dt.date:
    return month_end(day)


def _read(
    name: str, cells: Mapping[str, object], read: Callable[[object], object], rule: str, broken: list[Broken]
) -> object:
    cell = cells.get(name)
    try:
        return read(cell)
    except UnfitValueError as error:
        broken.append(Broken(rule, str(error), name, str(cell), error.allowed))
        return None


@lru_cache(REMEMBERED)
def _date_of_text(cell: str, day_first: bool) -> dt.date | None:
    return date_of(cell, day_first=day_first)


@lru_cache(REMEMBERED)
def _number_of_text(cell: str) -> float | None:
    return figure_of(cell)


def _date(cell: object, day_first: bool) -> dt.date | None:
    return _date_of_text(cell, day_first) if isinstance(cell, str) else date_of(cell, day_first=day_first)


def _number(cell: object) -> float | None:
    return _number_of_text(cell) if isinstance(cell, str) else figure_of(cell)


def _broken_place(row: ExtractRow, edition: dt.date) -> list[Broken]:
    broken, day = [], row["period_end"]
    if row["authority"] is None:
        broken.append(Broken("no-authority", "is empty", "authority", None, "the GSS code of the council"))
    if not isinstance(day, dt.date):
        broken.append(Broken("no-period", "is empty", "period_end", None, "the last day of a month"))
    elif day != _month_end(day):
        message, allowed = "is not the last day of a month", _month_end(day).isoformat()
        broken.append(Broken("not-a-month-end", message, "period_end", day.isoformat(), allowed))
    elif day > edition:
        allowed = f"up to {edition.isoformat()}"
        broken.append(Broken("after-the-edition", "lies after the edition", "period_end", day.isoformat(), allowed))
    if row["period"] not in PERIODS:
        broken.append(Broken("not-a-period", "is not a period", "period", row["period"], ", ".join(PERIODS)))
    return broken


def _broken_number(name: str, cell: object, number: object, definition: Definition) -> list[Broken]:
    """A number that stands for "not known", or has a percent sign where the column holds none."""
    if isinstance(number, float) and number > 0 and is_no_number(number):
        return [Broken("placeholder", NOT_KNOWN, name, str(cell), "the number, or no row where it is not known")]
    is_share = isinstance(cell, str) and cell.rstrip().endswith("%")
    if is_share and (name != "value" or definition.unit != "percent"):
        return [Broken("not-a-number", "is a percentage", name, cell, "a number, such as 0.6")]
    return []


def _broken_names(row: ExtractRow) -> list[Broken]:
    """Words for a total, whose row the dashboard would count beside those that it adds up."""
    return [
        Broken("total-row", "is a row that adds up others", name, row[name], "the rows that it adds up alone")
        for name in ("team", "worker", "category")
        if isinstance(named := row[name], str) and is_total(named)
    ]


def _broken_figures(row: ExtractRow, definition: Definition) -> list[Broken]:
    broken: list[Broken] = []
    numerator, denominator, value = row["numerator"], row["denominator"], row["value"]
    for name, number in (("numerator", numerator), ("denominator", denominator)):
        if isinstance(number, float) and number < 0:
            broken.append(Broken("negative", "is less than 0", name, number, "a number of 0 or more"))
    if value is not None and (numerator is not None or denominator is not None):
        allowed = "a value only where numerator and denominator are empty"
        broken.append(Broken("value-beside-parts", "stands beside a numerator or denominator", "value", value, allowed))
    if numerator is None and denominator is not None:
        allowed = "a numerator beside each denominator"
        broken.append(Broken("no-numerator", "has no numerator", "denominator", denominator, allowed))
    if definition.is_ratio and numerator is not None and denominator is None:
        allowed = f"a denominator beside each numerator: {definition.id} is not a count"
        broken.append(Broken("no-denominator", "has no denominator", "numerator", numerator, allowed))
    return broken
