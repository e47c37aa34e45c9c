"""Columns and tables of the one simulated truth, each value with the day from which the council's records show it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from improvement_board.demo.days import NEVER, Codes, Days, Flags, Floats

DAY_SECONDS = 86_400
FLAG_WORDS = ("N", "Y")


@dataclass(frozen=True)
class Cells:
    """One column: its whole content, and the day from which each value is known (None: as soon as the row is).

    A value that is not yet known on an edition's date is empty in that edition.
    """

    kind: str
    values: npt.NDArray[Any]
    known: Days | None = None
    words: tuple[str, ...] = ()
    prefix: str = ""
    width: int = 0

    @cached_property
    def text(self) -> Any:
        """Every value as text, empty where the code is below 0."""
        missing = self.values < 0
        if self.kind == "id":
            numbers = pc.utf8_lpad(pa.array(np.where(missing, 0, self.values)).cast(pa.string()), self.width, "0")
            full = pc.binary_join_element_wise(self.prefix, numbers, "")
            return pc.if_else(pa.array(~missing), full, pa.scalar(None, pa.string()))
        codes = pa.array(self.values.astype(np.int32), mask=missing)
        return pa.DictionaryArray.from_arrays(codes, pa.array(list(self.words))).dictionary_decode()

    def shown(self, rows: Flags, edition: int) -> Any:
        """The column as an edition shows it: some rows, values not yet known left empty."""
        hidden = np.zeros(int(rows.sum()), dtype=np.bool_) if self.known is None else self.known[rows] > edition
        values = self.values[rows]
        if self.kind == "date":
            return pa.array(values.astype("datetime64[D]"), mask=hidden | (values > edition))
        if self.kind == "time":
            late = values >= (edition + 1) * DAY_SECONDS
            return pa.array(values.astype("datetime64[s]"), mask=hidden | late).cast(pa.timestamp("us"))
        if self.kind == "number":
            return pa.array(values.astype(np.float64), mask=hidden | np.isnan(values.astype(np.float64)))
        if self.kind == "whole":
            return pa.array(values.astype(np.int32), mask=hidden)
        text = self.text.filter(pa.array(rows))
        return pc.if_else(pa.array(~hidden), text, pa.scalar(None, pa.string())) if hidden.any() else text


@dataclass(frozen=True)
class Truth:
    """One table: its columns by name, and the day from which each row is in the records. Sorted by its key."""

    name: str
    columns: Mapping[str, Cells]
    recorded: Days


def ids(prefix: str, values: Codes, width: int = 6, known: Days | None = None) -> Cells:
    """Identifiers: a prefix and a number; a number below 0 is not recorded."""
    return Cells("id", values, known, prefix=prefix, width=width)


def dates(days: Days, known: Days | None = None) -> Cells:
    """Dates; empty where the day lies after the edition or is NEVER."""
    return Cells("date", days, known)


def times(seconds: npt.NDArray[np.int64], known: Days | None = None) -> Cells:
    """Local dates and times, as seconds since 1970-01-01."""
    return Cells("time", seconds, known)


def words(codes: Codes, allowed: Sequence[str], known: Days | None = None) -> Cells:
    """Text from a list; a code below 0 is not recorded."""
    return Cells("word", codes, known, words=tuple(allowed))


def flags(values: Flags, known: Days | None = None) -> Cells:
    """Y or N."""
    return words(values.astype(np.int64), FLAG_WORDS, known)


def numbers(values: Floats, known: Days | None = None) -> Cells:
    """Numbers with decimals; NaN is not recorded."""
    return Cells("number", values, known)


def wholes(values: Codes, known: Days | None = None) -> Cells:
    """Whole numbers."""
    return Cells("whole", values, known)


def unknown_for_some(codes: Codes, lost: Flags) -> Codes:
    """The codes, with some not recorded."""
    return np.where(lost, -1, codes)


def numbered(size: int, first: int = 1) -> Codes:
    """Row numbers for a key, in the order of the rows."""
    return np.arange(first, first + size, dtype=np.int64)


def never(size: int) -> Days:
    """A column of days that do not come."""
    return np.full(size, NEVER, dtype=np.int64)
