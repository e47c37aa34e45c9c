"""Reading just enough of a published table to know what it is: header, distinct values, or a small sheet whole."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as parquet
from python_calamine import CalamineError, CalamineWorkbook

from improvement_board.benchmarks.aliases import simplify_name
from improvement_board.errors import InputError, Problem
from improvement_board.sources.limits import too_large

HEADER_WITHIN_ROWS = 10
SUFFIXES = (".csv", ".parquet", ".xlsx")
Cell = str | float | int | bool | None


@dataclass(frozen=True)
class FileTable:
    """A file's columns in order, and for a spreadsheet its rows (row number from 1, cells)."""

    file: Path
    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Cell, ...]], ...] = ()

    def find(self, declared: Mapping[str, Sequence[str]]) -> dict[str, int]:
        """Where each meaning stands, by the first of its declared names that the file has."""
        places: dict[str, int] = {}
        for number, column in enumerate(self.columns):
            places.setdefault(simplify_name(column), number)
        numbers = {}
        for meaning, names in declared.items():
            known = [places[simplify_name(name)] for name in names if simplify_name(name) in places]
            if known:
                numbers[meaning] = known[0]
        return numbers

    def distinct(self, places: Collection[int]) -> dict[int, frozenset[str]]:
        """The distinct texts of some columns of a CSV file, by place."""
        texts_of: dict[int, set[str]] = {number: set() for number in places}
        for _, row in read_csv_rows(self.file):
            for number, texts in texts_of.items():
                if number < len(row):
                    texts.add(row[number])
        return {number: frozenset(text.strip() for text in texts) for number, texts in texts_of.items()}

    def count_rows(self) -> int:
        """How many rows stand below the header."""
        if self.file.suffix.lower() == ".parquet":
            return int(parquet.read_metadata(self.file).num_rows)
        if self.file.suffix.lower() == ".xlsx":
            return len(self.rows)
        return sum(1 for _ in read_csv_rows(self.file))


def read_csv_rows(file: Path) -> Iterator[tuple[int, list[str]]]:
    """Rows of a CSV file below the header, with their line. Raises InputError for text that is not UTF-8 CSV."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream, strict=True)
            next(reader, None)
            for row in reader:
                yield reader.line_num, row
    except UnicodeDecodeError as error:
        raise InputError(Problem(file.name, "is not UTF-8 text: save it as CSV UTF-8")) from error
    except csv.Error as error:
        raise InputError(Problem(file.name, f"is not a CSV file: {error}")) from error


def read_table(file: Path, headings: Sequence[Mapping[str, Sequence[str]]] = ()) -> FileTable:
    """The columns of a file; of a spreadsheet, all of the sheet whose header has every meaning of one of `headings`.

    Raises InputError for a file that cannot be read, or is too large to be.
    """
    why = too_large(file)
    if why:
        raise InputError(Problem(file.name, why))
    try:
        if file.suffix.lower() == ".parquet":
            return FileTable(file, tuple(parquet.read_schema(file).names))
        if file.suffix.lower() == ".xlsx":
            return _spreadsheet(file, headings)
    except (OSError, ValueError, CalamineError) as error:
        raise InputError(Problem(file.name, f"cannot be read: {str(error).splitlines()[0]}")) from error
    return FileTable(file, _csv_header(file))


def _csv_header(file: Path) -> tuple[str, ...]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            return tuple(next(csv.reader(stream), []))
    except UnicodeDecodeError as error:
        raise InputError(Problem(file.name, "is not UTF-8 text: save it as CSV UTF-8")) from error
    except (OSError, csv.Error) as error:
        raise InputError(Problem(file.name, f"cannot be read: {error}")) from error


def _spreadsheet(file: Path, headings: Sequence[Mapping[str, Sequence[str]]]) -> FileTable:
    workbook = CalamineWorkbook.from_path(file)
    first: FileTable | None = None
    for name in workbook.sheet_names:
        rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for index, row in enumerate(rows[:HEADER_WITHIN_ROWS]):
            body = tuple((index + 2 + below, tuple(cells)) for below, cells in enumerate(rows[index + 1 :]))
            table = FileTable(file, tuple("" if cell is None else str(cell) for cell in row), body)
            first = first or table
            if any(table.find(heading).keys() == heading.keys() for heading in headings):
                return table
    return first or FileTable(file, ())
