"""Write one edition's folder: every table as Parquet, signed, and what the folder says of itself.

The same bytes every time.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from improvement_board.common.files import explain_write_errors
from improvement_board.declared.tables import declared_tables
from improvement_board.demo.cells import Truth
from improvement_board.demo.days import day_number
from improvement_board.records.demonstration import sign_demonstration

ARROW_TYPES = {
    "text": pa.string(),
    "flag": pa.string(),
    "date": pa.date32(),
    "time": pa.timestamp("us"),
    "number": pa.float64(),
    "integer": pa.int32(),
}
SOURCE = """edition = {edition}
first_day = {first_day}
synthetic = true
description = "Northbridge is made up: every child, worker and figure is generated from a seed"
"""


def write_edition(folder: Path, tables: Iterable[Truth], edition: date, first_day: date) -> None:
    """Write what was in the records on an edition's date, whole or not at all.

    Raises KeyError for an undeclared table or column, and InputError where the folder cannot be written.
    """
    with explain_write_errors(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=".demo-", dir=folder.parent))
        try:
            _write_tables(beside, tables, edition, first_day)
            folder.mkdir(exist_ok=True)
            for file in beside.iterdir():
                file.replace(folder / file.name)
        finally:
            shutil.rmtree(beside)


def _write_tables(folder: Path, tables: Iterable[Truth], edition: date, first_day: date) -> None:
    last_day = day_number(edition)
    files = []
    for table in tables:
        file = folder / f"{table.name}.parquet"
        pq.write_table(_shown(table, last_day), file, compression="zstd", row_group_size=1 << 20)
        files.append(file)
    sign_demonstration(folder, files)
    text = SOURCE.format(edition=edition.isoformat(), first_day=first_day.isoformat())
    (folder / "source.toml").write_text(text, encoding="utf-8", newline="\n")


def _shown(table: Truth, last_day: int) -> pa.Table:
    declared = declared_tables()[table.name].columns
    unknown = table.columns.keys() - {column.name for column in declared}
    if unknown:
        raise KeyError(f"{table.name} has no column {', '.join(sorted(unknown))}")
    rows = table.recorded <= last_day
    height = int(rows.sum())
    arrays = []
    for column in declared:
        kind = ARROW_TYPES[column.type]
        cells = table.columns.get(column.name)
        arrays.append(pa.nulls(height, kind) if cells is None else cells.shown(rows, last_day).cast(kind))
    return pa.table(arrays, names=[column.name for column in declared])
