"""One KPI's extract on its way to Parquet, in the columns and types of the contract."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from improvement_board.declared.extract_contract import COLUMNS

KINDS = {"VARCHAR": pa.string(), "DATE": pa.date32(), "DOUBLE": pa.float64()}
SCHEMA = pa.schema([(name, KINDS[kind]) for name, kind in COLUMNS.items()])
CHUNK_ROWS = 50_000


@dataclass
class ExtractWriter:
    """One KPI being written: its rows so far, where each key stood, and what its first row says of the period."""

    file: Path
    chunk: list[tuple[Any, ...]] = field(default_factory=list)
    places: dict[tuple[object, ...], tuple[Path, int]] = field(default_factory=dict)
    period: object = None
    writer: pq.ParquetWriter | None = None

    @property
    def source(self) -> Path | None:
        """The file that its first row stood in; None without a row."""
        return next((file for file, _ in self.places.values()), None)

    @property
    def is_empty(self) -> bool:
        """Whether no row was written."""
        return self.writer is None

    def add(self, row: Mapping[str, object]) -> None:
        """Write a row of the contract's columns."""
        self.chunk.append(tuple(row[name] for name in COLUMNS))
        if len(self.chunk) >= CHUNK_ROWS:
            self.flush()

    def flush(self) -> None:
        """Write what is waiting."""
        columns = list(zip(*self.chunk, strict=True)) or [()] * len(SCHEMA)
        arrays = [pa.array(values, type=column.type) for values, column in zip(columns, SCHEMA, strict=True)]
        if self.writer is None:
            self.writer = pq.ParquetWriter(self.file, SCHEMA, compression="zstd")
        self.writer.write_table(pa.table(arrays, schema=SCHEMA))
        self.chunk.clear()

    def close(self) -> None:
        """Write what is waiting and finish the file; without a row there is none."""
        if self.chunk:
            self.flush()
        if self.writer is not None:
            self.writer.close()
