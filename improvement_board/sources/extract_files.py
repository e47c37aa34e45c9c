"""The files of ready KPI extracts, CSV or Parquet, as rows of cells, whatever their encoding and separator."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from improvement_board.sources.xml_text import beginning_of, encoding_of

HEADER_WITHIN = 20
SEPARATORS = ",;\t|"
TEXT_SUFFIXES = frozenset({".csv", ".txt", ".tsv"})
PARQUET_SUFFIXES = frozenset({".parquet", ".pq"})
SIGNATURE = frozenset({"authority", "period_end"})
FIGURES = frozenset({"numerator", "value"})
MOSTLY = 50  # of a hundred bytes: two-byte text of Western letters has a zero in nearly every second place
BATCH_ROWS = 20_000
NOT_READABLE = (OSError, UnicodeError, csv.Error, pa.ArrowException, ValueError)


@dataclass(frozen=True)
class ExtractHeader:
    """The columns of a file in small letters, their line, and the separator (None: Parquet)."""

    names: tuple[str, ...]
    line: int
    separator: str | None


def column_name(cell: object) -> str:
    """A column's name as the contract writes it: "Period End" is period_end."""
    return re.sub(r"[\s\-]+", "_", str(cell).replace("\ufeff", "").replace("\0", "").strip().lower())


def extract_header(file: Path) -> ExtractHeader | None:
    """The header of a file that has the columns of a KPI extract, None for any other. Never raises."""
    suffix = file.suffix.lower()
    try:
        if suffix in PARQUET_SUFFIXES:
            return _of_extract(ExtractHeader(tuple(map(column_name, pq.read_schema(file).names)), 1, None))
        return _text_header(beginning_of(file).replace("\0", "")) if suffix in TEXT_SUFFIXES else None
    except NOT_READABLE:
        return None


def _of_extract(header: ExtractHeader) -> ExtractHeader | None:
    names = set(header.names)
    return header if names >= SIGNATURE and names & FIGURES else None


def _text_header(text: str) -> ExtractHeader | None:
    for line, content in enumerate(re.split(r"\r\n|\n|\r", text)[:HEADER_WITHIN], start=1):
        for separator in SEPARATORS:
            cells = next(csv.reader([content], delimiter=separator), [])
            header = _of_extract(ExtractHeader(tuple(map(column_name, cells)), line, separator))
            if header:
                return header
    return None


def extract_rows(file: Path, header: ExtractHeader) -> Iterator[tuple[int, list[object]]]:
    """Each row that is not blank: its line (the header's counts too) and its cells. Raises what NOT_READABLE names."""
    if header.separator is None:
        yield from _parquet_rows(file)
        return
    with file.open("rb") as raw:
        text = io.TextIOWrapper(raw, _encoding(file), errors="strict", newline="")
        reader = csv.reader(text, delimiter=header.separator)
        end = 0
        for cells in reader:
            line, end = end + 1, reader.line_num
            if line > header.line and any(cell.strip() for cell in cells):
                yield line, list(cells)


def _encoding(file: Path) -> str:
    return "utf-16-le" if beginning_of(file)[1:200:2].count("\0") > MOSTLY else encoding_of(file).name


def _parquet_rows(file: Path) -> Iterator[tuple[int, list[object]]]:
    line = 1
    with pq.ParquetFile(file) as opened:
        for batch in opened.iter_batches(batch_size=BATCH_ROWS):
            for cells in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                line += 1
                yield line, list(cells)
