"""Rows on their way to record-level tables: typed, each with the file, sheet and row it came from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from improvement_board.declared.tables import Table, declared_tables

CHUNK_ROWS = 50_000
ARROW_TYPES = {
    "text": pa.string(),
    "flag": pa.string(),
    "date": pa.date32(),
    "time": pa.timestamp("us"),
    "number": pa.float64(),
    "integer": pa.int32(),
}
PLACE_COLUMNS = (("_file", pa.string()), ("_sheet", pa.string()), ("_row", pa.int64()))
PLACE_NAMES = tuple(name for name, _ in PLACE_COLUMNS)


@dataclass
class StagedTable:
    """One table of one source being written: columns as declared, and where each row came from."""

    table: Table
    file: Path
    rows: int = 0
    _chunk: list[tuple[Any, ...]] = field(default_factory=list)
    _writer: pq.ParquetWriter | None = None

    @cached_property
    def column_names(self) -> frozenset[str]:
        """The names of the declared columns."""
        return frozenset(column.name for column in self.table.columns)

    def add(self, row: Mapping[str, Any], file: str, sheet: str | None, line: int | None) -> None:
        """Add a row of values in the declared Python types (str, date, datetime, float, int or None); columns it lacks
        are null, keys that are no column raise KeyError."""
        unknown = row.keys() - self.column_names
        if unknown:
            raise KeyError(f"{self.table.name} has no column {sorted(unknown)[0]}")
        self._chunk.append((*(row.get(column.name) for column in self.table.columns), file, sheet, line))
        self.rows += 1
        if len(self._chunk) >= CHUNK_ROWS:
            self.flush()

    def flush(self) -> None:
        """Write what is waiting."""
        fields = [(column.name, ARROW_TYPES[column.type]) for column in self.table.columns] + list(PLACE_COLUMNS)
        columns = list(zip(*self._chunk, strict=True)) or [()] * len(fields)
        arrays = [pa.array(values, type=kind) for values, (_, kind) in zip(columns, fields, strict=True)]
        batch = pa.table(arrays, schema=pa.schema(fields))
        if self._writer is None:
            self._writer = pq.ParquetWriter(self.file, batch.schema, compression="zstd")
        self._writer.write_table(batch)
        self._chunk.clear()

    def close(self) -> None:
        """Write what is waiting and finish the file, which is there even without a row."""
        if self._chunk or self._writer is None:
            self.flush()
        if self._writer is not None:
            self._writer.close()


@dataclass
class Staging:
    """The tables of one source, each written to `<folder>/<table>.parquet`. Use as a context manager.

    An adapter says in `first_days` and `last_days` from and to which day a table is complete, where its dates do not
    show it; in `dates` the day each file speaks of, in `authorities` whose it says it is; in `extracts` which files are
    ready extracts, by KPI. `superseded` counts by table and file the rows that a later file of the format has too.
    """

    folder: Path
    source: str
    tables: dict[str, StagedTable] = field(default_factory=dict)
    first_days: dict[str, date] = field(default_factory=dict)
    last_days: dict[str, date] = field(default_factory=dict)
    dates: dict[str, date] = field(default_factory=dict)
    authorities: dict[str, str] = field(default_factory=dict)
    extracts: dict[str, Path] = field(default_factory=dict)
    superseded: Counter[tuple[str, str]] = field(default_factory=Counter)
    _whole: set[str] = field(default_factory=set)

    def add(
        self, table: str, row: Mapping[str, Any], *, file: str, sheet: str | None = None, line: int | None = None
    ) -> None:
        """Add a row to a table; `line` counts from 1 with the header as 1 (for XML: the line of the element)."""
        staged = self.tables.get(table)
        if staged is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            staged = StagedTable(declared_tables()[table], self.folder / f"{table}.parquet")
            self.tables[table] = staged
        staged.add(row, file, sheet, line)

    def supersede(self, table: str, file: str) -> None:
        """Say that a row of a file is not counted, as a later file of the format has it too."""
        self.superseded[table, file] += 1

    def supply(self, table: str) -> None:
        """Say that a table was supplied though it has no row: its KPIs are zero or absent, not left out."""
        if table not in self.tables:
            self.folder.mkdir(parents=True, exist_ok=True)
            self.tables[table] = StagedTable(declared_tables()[table], self.folder / f"{table}.parquet")

    def put(self, table: str, file: Path, rows: int) -> None:
        """Take a Parquet file as a whole table: declared columns in their types (not all need be there) and, where it
        was written by the adapter, `_file`, `_sheet` and `_row`. It is read where it lies and never written."""
        if table in self.tables:
            raise KeyError(f"{table} was staged before")
        self.tables[table] = StagedTable(declared_tables()[table], file, rows)
        self._whole.add(table)

    def place_for(self, table: str) -> Path:
        """Where an adapter that writes a table by itself writes it, before it says so by `put`."""
        self.folder.mkdir(parents=True, exist_ok=True)
        return self.folder / f"{table}.parquet"

    def __enter__(self) -> Staging:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for name, staged in self.tables.items():
            if name not in self._whole:
                staged.close()
