"""What is said of a table whose headings are not known: the declared table it is nearest to, and what it lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice
from pathlib import Path

import pyarrow.parquet as parquet
from pyarrow import ArrowException

from improvement_board.declared.tables import Table, declared_tables
from improvement_board.sources.tabular.csv_header import SEPARATORS, beginning_of, first_records
from improvement_board.sources.tabular.excel_tables import HEADER_WITHIN, cell_text, is_workbook, opened_workbook
from improvement_board.sources.tabular.naming import comparable_name, named_table, needed_key, own_columns
from improvement_board.sources.tabular.parquet_tables import MAGIC
from improvement_board.sources.workbooks.scan import UnreadableWorkbookError

MOST_HEADINGS = 15
LONGEST_HEADING = 40
ALIKE = 0.8


@dataclass(frozen=True)
class Nearest:
    """The declared table that some headings are nearest to. `known` are its columns among them, `others` the rest."""

    table: Table
    known: tuple[str, ...]
    others: tuple[str, ...]

    @property
    def words(self) -> str:
        """What the headings are nearest to, which columns are missing, and which headings may be these."""
        key = [name for name in needed_key(self.table) if name not in self.known]
        missing = key or [column.name for column in self.table.columns if column.name not in self.known]
        kind = "column of its key" if key else "column"
        said = f"nearest to the table {self.table.name}, but has no {kind} {', '.join(missing[:MOST_HEADINGS])}"
        alike = [f"{heading} looks like {name}" for name in missing if (heading := self._like(name))]
        there = [heading[:LONGEST_HEADING] for heading in self.others[:MOST_HEADINGS]]
        said += f"; not known are {', '.join(there)}" if there else ""
        return said + (f" ({'; '.join(alike)})" if alike else "")

    def _like(self, column: str) -> str | None:
        by_name = {comparable_name(heading): heading for heading in self.others}
        alike = get_close_matches(column, list(by_name), n=1, cutoff=ALIKE)
        return by_name[alike[0]] if alike else None


def nearest_of(file: Path) -> Nearest | None:
    """What the headings of a file are nearest to; None where nothing in it reads as the headings of a table."""
    try:
        candidates = [nearest for name, cells in _rows_of(file) if (nearest := _nearest(name, cells))]
    except (OSError, ValueError, ArrowException, UnreadableWorkbookError):
        return None
    return max(candidates, key=lambda candidate: (len(candidate.known), -len(candidate.others)), default=None)


def _nearest(name: str, cells: Sequence[str]) -> Nearest | None:
    headings = {comparable_name(cell): cell for cell in cells if comparable_name(cell)}
    known = {
        table: [column.name for column in table.columns if column.name in headings]
        for table in declared_tables().values()
    }
    named = named_table(name)
    if named is None:
        own = own_columns()
        named = max(known, key=lambda table: (len(known[table]), len(own[table.name] & headings.keys())))
    if not known[named]:
        return None
    others = [cell for heading, cell in headings.items() if heading not in known[named]]
    return Nearest(named, tuple(known[named]), tuple(others))


def _rows_of(file: Path) -> Iterator[tuple[str, Sequence[str]]]:
    """The rows that may be headings, with the name of the sheet or file they stand in."""
    with file.open("rb") as opened:
        beginning = opened.read(len(MAGIC) * 2)
    if beginning.startswith(MAGIC):
        yield file.stem, parquet.read_schema(file).names
    elif is_workbook(beginning):
        with opened_workbook(file) as workbook:
            for sheet in workbook.sheets():
                for row in islice(sheet.rows(), HEADER_WITHIN):
                    texts = [(cell_text(cell) or "").strip() for cell in row.cells]
                    yield (sheet.name if named_table(sheet.name) else file.stem), texts
    else:
        text = beginning_of(file)
        for separator in SEPARATORS:
            for _, cells in first_records(text, separator):
                yield file.stem, cells
