"""The cells of one row as values of its fields; what does not fit is a finding."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from improvement_board.errors import Problem
from improvement_board.records.identifiers import is_cut, without_point_zero
from improvement_board.sources.findings import PLACEHOLDER, Finding, Findings, Severity
from improvement_board.sources.identities import Writings
from improvement_board.sources.ssda903.carries import FILLS
from improvement_board.sources.ssda903.fields import Field, FieldType, FileOfReturn
from improvement_board.sources.values import (
    PlaceholderError,
    UnfitValueError,
    code_of,
    flag_of,
    moment_of,
    number_of,
    text_of,
    words_of,
)

LONGEST_CARE_YEARS = 40
WORKER = "SW_ID"
LOOKS_LIKE_A_CODE = re.compile(r"[A-Z][A-Z0-9]{0,7}")
RULES: Mapping[FieldType, str] = {
    "text": "not-text",
    "date": "not-a-date",
    "time": "not-a-date",
    "code": "unknown-code",
    "flag": "neither-yes-nor-no",
    "number": "not-a-number",
}
Values = dict[str, Any]


class UnfitCellError(UnfitValueError):
    """As UnfitValueError, with the short name of the rule that is broken."""

    def __init__(self, rule: str, message: str, allowed: str) -> None:
        super().__init__(message, allowed)
        self.rule = rule


@dataclass(frozen=True)
class RawRow:
    """One row of a file as text by field; `line` counts from 1, `place` is the number of its element in XML."""

    kind: FileOfReturn
    cells: Mapping[str, str | None]
    line: int
    row_number: int | None = None


@dataclass(frozen=True)
class Reader:
    """Reads cells of one file; `edition` is the day after which nothing is known yet."""

    file: Path
    edition: dt.date
    day_first: bool
    findings: Findings
    workers: Writings

    def values(self, raw: RawRow) -> Values | None:
        """The row's values by field; None where something the row can't do without is missing or wrong."""
        values: Values = {}
        sound = True
        for field in raw.kind.fields:
            cell = raw.cells.get(field.name)
            try:
                values[field.name] = value = self._value(field, cell)
                if value is None and field.needed:
                    raise UnfitCellError("missing-value", "is missing", "a value in every row")
                self._check_day(raw.kind, field, value)
            except UnfitValueError as error:
                keeps_out = field.needed or (field.decisive and not isinstance(error, PlaceholderError))
                values[field.name] = self._kept_code(field, cell)
                sound = sound and not keeps_out
                self._tell(raw, field, cell, error, "error" if keeps_out else "warning")
        if sound and values.get(WORKER):
            values[WORKER] = self.workers.take(values[WORKER], str(self.file))
        return values if sound and self._in_order(raw, values) else None

    def _value(self, field: Field, cell: str | None) -> object:
        value = _value_of(field, cell, self.day_first) if cell else None
        if isinstance(value, dt.date) and value.year < self.edition.year - LONGEST_CARE_YEARS:
            first = self.edition.year - LONGEST_CARE_YEARS
            raise UnfitCellError("not-a-likely-date", "is too long ago", f"a date from {first} on")
        return value

    def _check_day(self, kind: FileOfReturn, field: Field, value: object) -> None:
        """Nothing starts, and nobody is born, after the edition's day."""
        if field.name not in (kind.starts, "DOB") or value is None:
            return
        day = value.date() if isinstance(value, dt.datetime) else value
        if isinstance(day, dt.date) and day > self.edition:
            allowed = f"a date up to {self.edition:%d/%m/%Y}"
            raise UnfitCellError("after-edition", "is after the edition's day", allowed)

    def _in_order(self, raw: RawRow, values: Values) -> bool:
        """Whether the row does not end before it starts; a missing episode that does so only loses its end."""
        start, end = values.get(raw.kind.starts or ""), values.get(raw.kind.ends or "")
        if start is None or end is None or start <= end:
            return True
        field = next(field for field in raw.kind.fields if field.name == raw.kind.ends)
        allowed = f"{start:%d/%m/%Y} or later"
        error = UnfitCellError("ends-before-start", f"is before {raw.kind.starts}", allowed)
        self._tell(raw, field, raw.cells.get(field.name), error, "error" if field.decisive else "warning")
        values[field.name] = None
        return not field.decisive

    @staticmethod
    def _kept_code(field: Field, cell: str | None) -> str | None:
        text = (text_of(cell) or "").upper()
        return text if field.open and LOOKS_LIKE_A_CODE.fullmatch(text) else None

    def _tell(self, raw: RawRow, field: Field, cell: str | None, error: UnfitValueError, severity: Severity) -> None:
        by_type = RULES[field.type]
        rule = error.rule if isinstance(error, UnfitCellError) else by_type
        lost = FILLS.get((raw.kind.name, field.name), ())
        if isinstance(error, PlaceholderError):
            rule, lost = PLACEHOLDER, lost if error.is_lost else ()
        problem = Problem(
            self.file, str(error), row=raw.line, column=field.name, value=text_of(cell), allowed=error.allowed
        )
        child = text_of(raw.cells.get("CHILD"))
        lost = lost if severity == "warning" else ()
        self.findings.add(Finding(rule, severity, problem, raw.kind.table, child, raw.row_number, lost))


def _value_of(field: Field, cell: str, day_first: bool) -> object:
    """A cell as a value of a field. Raises UnfitValueError."""
    if field.type != "text":
        return _common_value_of(field, cell, day_first)
    text = words_of(cell, "name" if field.name == WORKER else "text")
    if text and is_cut(text):
        raise UnfitCellError("identifier-cut", "has lost its last digits in Excel", "the identifier itself")
    return without_point_zero(text) if text else None


@lru_cache(maxsize=50_000)
def _common_value_of(field: Field, cell: str, day_first: bool) -> object:
    """Days and codes come again and again, unlike text."""
    written = text_of(cell)
    if written is None:
        return None
    text = without_point_zero(written)
    if field.type in ("date", "time"):
        moment = moment_of(text, day_first=day_first)
        return moment.date() if moment and field.type == "date" else moment
    if field.type == "code":
        return code_of(text, field.codes)
    return flag_of(text) if field.type == "flag" else number_of(text)
