"""The parts of an XML record as columns of a row: declared once, read by their type, what does not fit told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from lxml import etree

from improvement_board.errors import Problem
from improvement_board.sources.findings import PLACEHOLDER, Finding, Findings, Severity
from improvement_board.sources.values import (
    PlaceholderError,
    UnfitValueError,
    code_of,
    date_of,
    flag_of,
    integer_of,
    number_of,
    text_of,
    words_of,
)
from improvement_board.sources.xml_files import line_of, local_name

ValueKind = Literal["text", "date", "flag", "whole number", "number", "code"]
RULES: Mapping[ValueKind, str] = {
    "text": "not-text",
    "date": "not-a-date",
    "flag": "neither-yes-nor-no",
    "whole number": "not-a-whole-number",
    "number": "not-a-number",
    "code": "unknown-code",
}
EARLIEST = dt.date(1900, 1, 1)
MOST_UNKNOWN_NAMES = 50
SHOWN_CHARACTERS = 80


@dataclass(frozen=True)
class Part:
    """An element inside a record, and the column it fills.

    A row lacking a `needed` part is kept out; so is one where a part that `matters` cannot be read. Any other part that
    cannot be read is left empty. `lowest` and `highest` bound a number; without the lowest there is no bound.
    """

    element: str
    column: str
    kind: ValueKind = "text"
    codes: Mapping[str, str] = field(default_factory=dict)
    needed: bool = False
    matters: bool = False
    lowest: float | None = None
    highest: float | None = None


@dataclass(frozen=True)
class Trouble:
    """What is wrong with one part of a row, before the row has its key; `lost` is the column without its value."""

    rule: str
    severity: Severity
    message: str
    line: int | None
    column: str | None = None
    value: str | None = None
    allowed: str | None = None
    lost: str | None = None


@dataclass(frozen=True)
class RowRead:
    """A row's values by column, what is wrong with them, and whether the row may be used."""

    values: dict[str, Any]
    troubles: tuple[Trouble, ...]
    is_fit: bool


@dataclass
class Notes:
    """Notes what is wrong with one file. `is_stopped`: it cannot be used; `rows` were read so far.

    `feeds`: what to say after an element that was not read, see `feeding.might_feed`.
    """

    file: Path
    findings: Findings
    feeds: str = ""
    unknown_names: set[str] = field(default_factory=set)
    is_stopped: bool = False
    rows: int = 0

    def next_row(self) -> int:
        """The number of one more row of the file: all of them may stand on one line."""
        self.rows += 1
        return self.rows

    def tell(
        self, trouble: Trouble, table: str | None = None, key: str | None = None, row_number: int | None = None
    ) -> None:
        """Note a trouble, of a row where table, key and the row's number say so."""
        value = trouble.value if trouble.value is None else trouble.value[:SHOWN_CHARACTERS]
        problem = Problem(
            self.file, trouble.message, row=trouble.line, column=trouble.column, value=value, allowed=trouble.allowed
        )
        lost = (trouble.lost,) if trouble.lost and table else ()
        self.findings.add(Finding(trouble.rule, trouble.severity, problem, table, key, row_number, lost))

    def stop(self, rule: str, message: str, line: int | None = None) -> None:
        """Note that the file cannot be used."""
        self.is_stopped = True
        self.tell(Trouble(rule, "stop", message, line))

    def unknown_part(self, element: etree._Element, parent: str) -> None:
        """Note an element that this format is not known to have: once a name, for it may be one that was renamed."""
        name = f"{parent}/{local_name(element.tag)}"
        if name in self.unknown_names or len(self.unknown_names) >= MOST_UNKNOWN_NAMES:
            return
        self.unknown_names.add(name)
        message = f"is not an element that is known here, and was not read{self.feeds}"
        self.tell(Trouble("unknown-element", "warning", message, line_of(element), name))


ElementParts = dict[str, list[etree._Element]]


def parts_of(element: etree._Element) -> ElementParts:
    """The elements directly inside one, by their names in small letters without namespace."""
    parts: ElementParts = {}
    for part in element:
        if isinstance(part.tag, str):
            parts.setdefault(local_name(part.tag).lower(), []).append(part)
    return parts


def read_row(parts: ElementParts, declared: Sequence[Part], line: int | None) -> RowRead:
    """The declared parts as values of their columns."""
    values: dict[str, Any] = {}
    troubles: list[Trouble] = []
    is_fit = True
    for part in declared:
        value, trouble = _read_part(part, parts.get(part.element.lower(), ()), line)
        values[part.column] = value
        if trouble:
            troubles.append(trouble)
            is_fit = is_fit and trouble.severity != "error"
    return RowRead(values, tuple(troubles), is_fit)


def _read_part(part: Part, elements: Sequence[etree._Element], line: int | None) -> tuple[Any, Trouble | None]:
    filled = [element for element in elements if element.text and not element.text.isspace()]
    if not filled:
        return None, _missing(part, line)
    element = filled[0]
    severity: Severity = "error" if part.needed or part.matters else "warning"
    if len(filled) > 1 and any(other.text != element.text for other in filled):
        message = f"is given {len(filled)} times"
        return None, Trouble("given-twice", severity, message, line_of(element), part.element, element.text, "once")
    try:
        value = read_value(part, element.text)
    except UnfitValueError as error:
        rule, lost = RULES[part.kind], part.column
        if isinstance(error, PlaceholderError):
            rule, lost = PLACEHOLDER, part.column if error.is_lost else ""
            severity = "error" if part.needed else "warning"
        lost = "" if severity == "error" else lost
        told = Trouble(rule, severity, str(error), line_of(element), part.element, element.text, error.allowed, lost)
        return None, told
    return value, _missing(part, line) if value is None else None


def _missing(part: Part, line: int | None) -> Trouble | None:
    return Trouble("missing-value", "error", "is missing", line, part.element) if part.needed else None


def read_value(part: Part, text: str) -> Any:
    """A text as a value of a part's kind. Raises UnfitValueError."""
    if part.kind == "code":
        return part.codes.get(text.lower()) or code_of(text, part.codes)
    value = READERS[part.kind](text)
    if part.lowest is None or value is None:
        return value
    if value < part.lowest or (part.highest is not None and value > part.highest):
        raise UnfitValueError(
            "is out of range", f"from {part.lowest:g}" + (f" to {part.highest:g}" if part.highest else "")
        )
    return value


@lru_cache(maxsize=20_000)
def census_date(text: str) -> dt.date | None:
    """A date as returns write it: YYYY-MM-DD, day/month/year, or with the month's name. Raises UnfitValueError for
    anything else. A bare number is no date here, though Excel might have counted it from 1900."""
    allowed = "a date such as 2026-03-31"
    if text_of(text) is not None and _is_bare_number(text):
        raise UnfitValueError("is not a date", allowed)
    day = date_of(text)
    if day is not None and day < EARLIEST:
        raise UnfitValueError("is before 1900", allowed)
    return day


def _is_bare_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


READERS: Mapping[str, Callable[[str], Any]] = {
    "text": words_of,
    "date": census_date,
    "flag": flag_of,
    "whole number": integer_of,
    "number": number_of,
}
