"""The rows of a CSV file in chunks, each row with its line.

A file whose rows all have as many cells as the header is parsed by Arrow; from the first that has not, the rest is
parsed row by row: a short row lacks its last cells, a long one is kept out, and both are told.
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from improvement_board.errors import Problem
from improvement_board.sources.findings import Finding, Findings
from improvement_board.sources.tabular.conversion import LINE, Chunk
from improvement_board.sources.tabular.csv_header import CsvHeader, encoding_of_csv
from improvement_board.sources.tabular.naming import comparable_name
from improvement_board.sources.tabular.unreadable import UnreadableTableError

BLOCK_BYTES = 16 << 20
CHUNK_ROWS = 100_000
PIECE = 1 << 20
UTF_8 = ("utf-8", "utf-8-sig")
FEWEST_COLUMNS_TO_BE_SURE = 4


@contextmanager
def as_utf_8(file: Path) -> Iterator[Path]:
    """The file, or a copy of it in UTF-8 that is gone afterwards."""
    encoding = encoding_of_csv(file)
    if encoding in UTF_8:
        yield file
        return
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "utf_8.csv"
        with (
            file.open(encoding=encoding, errors="replace", newline="") as source,
            copy.open("w", encoding="utf-8", newline="") as target,
        ):
            for piece in iter(lambda: source.read(PIECE), ""):
                target.write(piece)
        yield copy


@dataclass
class CsvRows:
    """The rows below a header. `text` is the file in UTF-8, `file` the one that findings name."""

    file: Path
    text: Path
    csv_header: CsvHeader
    findings: Findings

    def chunks(self) -> Iterator[Chunk]:
        """The rows, in order. Raises UnreadableTableError, OSError."""
        last = self.csv_header.header.line
        self._ragged = False
        try:
            for cells in self._parsed():
                if self._ragged:
                    break
                chunk, last = self._numbered(cells, last)
                yield self._looked_into(chunk)
        except pa.ArrowInvalid:
            self._ragged = True
        if self._ragged:
            yield from self._row_by_row(last)

    def _parsed(self) -> Iterator[pa.RecordBatch]:
        names = [str(number) for number in range(len(self.csv_header.header.cells))]

        def note(_: object) -> str:
            self._ragged = True
            return "skip"

        reader = arrow_csv.open_csv(
            self.text,
            arrow_csv.ReadOptions(
                block_size=BLOCK_BYTES, skip_rows=self.csv_header.header.line, column_names=names, use_threads=True
            ),
            arrow_csv.ParseOptions(
                delimiter=self.csv_header.separator,
                newlines_in_values=True,
                ignore_empty_lines=False,
                invalid_row_handler=note,
            ),
            arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False, check_utf8=True
            ),
        )
        with reader:
            yield from reader

    def _numbered(self, cells: pa.RecordBatch, last: int) -> tuple[Chunk, int]:
        """The rows with their lines, the first after `last`, and the last line of all."""
        breaks = np.zeros(len(cells), dtype=np.int64)
        for column in cells.columns:
            breaks += pc.count_substring(column, "\n").to_numpy(zero_copy_only=False)
        ends = last + np.arange(1, len(cells) + 1) + np.cumsum(breaks)
        table = pa.Table.from_batches([cells]).append_column(LINE, pa.array(ends - breaks))
        return Chunk(table), int(ends[-1]) if len(ends) else last

    def _row_by_row(self, last: int) -> Iterator[Chunk]:
        with self.text.open(encoding="utf-8-sig", errors="replace", newline="") as opened:
            rows = self._checked(opened, last)
            while chunk := list(islice(rows, CHUNK_ROWS)):
                yield self._looked_into(_chunk(chunk, len(self.csv_header.header.cells)))

    def _looked_into(self, chunk: Chunk) -> Chunk:
        """The chunk, once cells of several lines are known to hold no rows: those after a quotation mark that is never
        closed would be lost without a word."""
        header, lines = self.csv_header.header, chunk.cells.column(LINE)
        for number, name in enumerate(header.cells):
            cells = chunk.cells.column(number)
            several = pc.match_substring(cells, "\n")
            if not pc.any(several).as_py():
                continue
            for line, cell in zip(lines.filter(several).to_pylist(), cells.filter(several).to_pylist(), strict=True):
                if _holds_rows(cell, self.csv_header.separator, len(header.cells)):
                    message = "holds lines that look like rows: is a quotation mark opened there and never closed?"
                    problem = Problem(self.file, message, row=line, column=comparable_name(name))
                    self.findings.add(Finding("rows-in-a-cell", "stop", problem, header.table.name))
        return chunk

    def _checked(self, opened: io.TextIOWrapper, last: int) -> Iterator[tuple[int, list[str]]]:
        """The rows after a line that can be used, each with its line."""
        reader, width, end = (
            csv.reader(opened, delimiter=self.csv_header.separator),
            len(self.csv_header.header.cells),
            0,
        )
        try:
            for cells in reader:
                line, end = end + 1, reader.line_num
                if line <= last or not any(cell.strip() for cell in cells):
                    continue
                if self._fits(line, cells, width):
                    yield line, [*cells[:width], *[""] * (width - len(cells))]
        except csv.Error as error:
            message = f"cannot be read: {error}; is a quotation mark opened there and never closed?"
            raise UnreadableTableError(message, row=end + 1) from error

    def _fits(self, line: int, cells: list[str], width: int) -> bool:
        table = self.csv_header.header.table.name
        if any(cell.strip() for cell in cells[width:]):
            message = f"has {len(cells)} cells where there are {width} columns"
            problem = Problem(self.file, message, row=line, allowed=f"{width} cells")
            self.findings.add(Finding("too-many-cells", "error", problem, table))
            return False
        if len(cells) < width:
            message = f"has {len(cells)} cells where there are {width} columns: the others are taken as empty"
            problem = Problem(self.file, message, row=line, allowed=f"{width} cells")
            self.findings.add(Finding("too-few-cells", "warning", problem, table))
        return True


def _holds_rows(cell: str, separator: str, width: int) -> bool:
    lines = [line for line in cell.splitlines()[1:] if line.strip()]
    is_sure = len(lines) > 1 or width >= FEWEST_COLUMNS_TO_BE_SURE
    return is_sure and all(line.count(separator) == width - 1 for line in lines) and bool(lines)


def _chunk(rows: list[tuple[int, list[str]]], width: int) -> Chunk:
    columns = zip(*(cells for _, cells in rows), strict=True)
    arrays = [pa.array(cells, type=pa.string()) for cells in columns]
    names = [*(str(number) for number in range(width)), LINE]
    return Chunk(pa.table([*arrays, pa.array([line for line, _ in rows], type=pa.int64())], names=names))
