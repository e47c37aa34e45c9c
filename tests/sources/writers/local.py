"""Writes the local record-level tables as filled templates."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq

from improvement_board.records.template_workbook import write_table_workbook
from improvement_board.records.templates import local_tables


def write(tables: Path, out: Path) -> list[Path]:
    """A workbook for each local table that there is, in `out`. Gives the files."""
    out.mkdir(parents=True, exist_ok=True)
    files = []
    for name, table in local_tables().items():
        source = tables / f"{name}.parquet"
        if source.is_file():
            files.append(out / f"{name}.xlsx")
            write_table_workbook(table, pq.read_table(source).to_pylist(), files[-1])
    return files
