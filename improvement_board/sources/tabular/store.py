"""The tables of a tabular source as they are written: files of the same table one after the other."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from improvement_board.declared.tables import Table
from improvement_board.sources.staging import ARROW_TYPES, PLACE_COLUMNS, Staging
from improvement_board.sources.tabular.conversion import LINE


@dataclass
class Written:
    """A table being written."""

    file: Path
    writer: pq.ParquetWriter
    rows: int = 0


@dataclass
class TableWriter:
    """Writes tables and says them to the staging. Use `close` at the end, whatever happened."""

    staging: Staging
    tables: dict[str, Written] = field(default_factory=dict)

    def supply(self, table: Table) -> Written:
        """Say that a table is there, though it may have no row."""
        written = self.tables.get(table.name)
        if written is None:
            fields = [(column.name, ARROW_TYPES[column.type]) for column in table.columns]
            file = self.staging.place_for(table.name)
            writer = pq.ParquetWriter(file, pa.schema([*fields, *PLACE_COLUMNS]), compression="zstd")
            written = self.tables[table.name] = Written(file, writer)
        return written

    def add(self, table: Table, rows: pa.Table, file: Path, sheet: str | None) -> None:
        """Add rows of declared columns and `_row`."""
        written = self.supply(table)
        count = len(rows)
        places = (pa.repeat(pa.scalar(str(file)), count), pa.repeat(pa.scalar(sheet, pa.string()), count))
        lines = rows.column(LINE).cast(pa.int64())
        arrays = [*rows.drop_columns([LINE]).columns, *places, lines]
        written.writer.write_table(pa.table(arrays, schema=written.writer.schema))
        written.rows += count

    def close(self) -> None:
        """Finish the files and put each as its table."""
        for table, written in self.tables.items():
            written.writer.close()
            self.staging.put(table, written.file, written.rows)
