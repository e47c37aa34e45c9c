"""CSV rows and cells, read strictly: what is wrong becomes a problem with its line, column and value."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

from improvement_board.errors import Problem
from improvement_board.spc.series import LARGEST_VALUE, MINIMUM_BASELINE

NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
WHOLE_NUMBER = re.compile(r"[0-9]{1,9}")
ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
FORMULA_STARTS = ("=", "+", "-", "@")
SERIES_ID_ALLOWED = "printable text that a spreadsheet cannot take for a formula: not starting with = + - @"
Value = TypeVar("Value")


class CsvRow:
    """The cells of one line, which note a problem instead of raising."""

    def __init__(self, file: Path, line: int, cells: Mapping[str, str], problems: list[Problem]) -> None:
        self.file, self.line, self.cells, self.problems = file, line, cells, problems

    def read(self, column: str, convert: Callable[[str], Value], default: Value, message: str, allowed: str) -> Value:
        """The converted cell, or the default where it is empty or wrong."""
        text = self.cells.get(column, "").strip()
        if not text:
            return default
        try:
            return convert(text)
        except ValueError:
            self.problem(column, message, allowed)
            return default

    def problem(self, column: str, message: str, allowed: str | None = None) -> None:
        value = self.cells.get(column, "")
        self.problems.append(Problem(self.file, message, row=self.line, column=column, value=value, allowed=allowed))

    def series_id(self) -> str | None:
        series_id = self.cells["series_id"].strip()
        if not series_id:
            self.problem("series_id", "is empty", "the name of a series")
        elif series_id.startswith(FORMULA_STARTS) or not series_id.isprintable():
            self.problem("series_id", "is not a name for a series", SERIES_ID_ALLOWED)
        else:
            return series_id
        return None


def read_known_columns(
    file: Path, required: Sequence[str], optional: Sequence[str], problems: list[Problem]
) -> Iterator[CsvRow]:
    """The rows of a CSV file under the known columns; blank lines are left out."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        problems.append(Problem(file, f"cannot be read: {error.strerror}"))
        return
    except UnicodeDecodeError as error:
        problems.append(Problem(file, f"is not UTF-8 text (byte {error.start + 1})", allowed="CSV saved as UTF-8"))
        return
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
        if not _is_header(file, header, required, optional, problems):
            return
        has_rows = False
        for cells in reader:
            if not cells:
                continue
            has_rows = True
            if len(cells) != len(header):
                message = f"has {len(cells)} cells where the header has {len(header)}"
                problems.append(Problem(file, message, row=reader.line_num))
            else:
                yield CsvRow(file, reader.line_num, dict(zip(header, cells, strict=True)), problems)
        if not has_rows:
            problems.append(Problem(file, "has no rows"))
    except csv.Error as error:
        problems.append(Problem(file, f"is not CSV: {error}", row=reader.line_num))


def _is_header(
    file: Path, header: list[str], required: Sequence[str], optional: Sequence[str], problems: list[Problem]
) -> bool:
    known = [*required, *optional]
    allowed = ", ".join(known)
    wrong = [Problem(file, "the column is missing", row=1, column=name) for name in required if name not in header]
    for position, name in enumerate(header):
        if name not in known:
            wrong.append(Problem(file, f"unknown column {name!r}", row=1, allowed=allowed))
        elif name in header[:position]:
            wrong.append(Problem(file, "the column stands twice", row=1, column=name))
    problems.extend(wrong)
    return not wrong


def number_of(text: str) -> float:
    """Stricter than float(), which takes 1_000, nan and other scripts' digits."""
    if not NUMBER.fullmatch(text) or not math.isfinite(number := float(text)) or abs(number) > LARGEST_VALUE:
        raise ValueError(text)
    return number


def baseline_of(text: str) -> int:
    if not WHOLE_NUMBER.fullmatch(text) or int(text) < MINIMUM_BASELINE:
        raise ValueError(text)
    return int(text)


def truth_of(text: str) -> bool:
    if text not in ("TRUE", "FALSE"):
        raise ValueError(text)
    return text == "TRUE"


def date_of(text: str) -> date:
    if not ISO_DATE.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text)


def dates_of(text: str) -> tuple[date, ...]:
    return tuple(date_of(part.strip()) for part in text.split(";") if part.strip())
