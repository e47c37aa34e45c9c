"""Rows of all files, kept on disk and read again child by child: memory stays small however large the files are."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cached_property
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import Any

import duckdb
import pyarrow as pa

from improvement_board.declared.tables import Column, Table
from improvement_board.sources.ssda903.fields import KINDS
from improvement_board.sources.staging import StagedTable
from improvement_board.sql.session import connect

MEMORY_LIMIT = "200MB"
BATCH_ROWS = 5_000
MOST_ROWS_OF_A_CHILD = 20_000
STORED_TYPES = MappingProxyType({"code": "text", "flag": "flag", "date": "date", "time": "time", "number": "number"})
ReturnRow = dict[str, Any]


class Shelf:
    """Rows by file of the return. `FILE` is the place of a row's file among those read, `_row` its line in it,
    `PLACE_IN_FILE` the number of its element where it is XML."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._tables: dict[str, StagedTable] = {}
        self._ids: dict[str, str] = {}

    @property
    def kinds(self) -> frozenset[str]:
        """The files of the return that have rows."""
        return frozenset(self._tables)

    def close(self) -> None:
        """Let go of the files of the folder."""
        self._connection.close()

    def put(self, kind: str, values: ReturnRow, file: int, line: int, row_number: int | None = None) -> None:
        """Keep one row."""
        staged = self._tables.get(kind)
        if staged is None:
            own = (Column(field.name, STORED_TYPES.get(field.type, "text")) for field in KINDS[kind].fields)
            columns = (Column("FILE", "integer"), Column("PLACE_IN_FILE", "integer"), *own)
            staged = StagedTable(Table(kind, "", ("CHILD",), None, columns), self._folder / f"{kind}.parquet")
            self._tables[kind] = staged
        staged.add({**values, "FILE": file, "PLACE_IN_FILE": row_number}, "", None, line)

    def settle_ids(self, take: Callable[[str, int, date | None], str]) -> None:
        """Give each child the id that `take` says, of how it is written, the place of the file and the birth there.

        To be asked once, after all rows are put: those with a birth go first.
        """
        for staged in self._tables.values():
            staged.close()
        with self._connection.cursor() as connection:
            written_ids: list[tuple[str, int, date | None]] = []
            for kind, staged in self._tables.items():
                born = "min(DOB)" if any(field.name == "DOB" for field in KINDS[kind].fields) else "cast(null as date)"
                read = connection.read_parquet(str(staged.file))
                written_ids += read.aggregate(f"CHILD, FILE, {born}", "CHILD, FILE").fetchall()
        for written, file_number, birth in sorted(
            written_ids, key=lambda writing: (writing[2] is None, writing[1], writing[0])
        ):
            taken = take(written, file_number, birth)
            if taken != written:
                self._ids[written] = taken

    def rename(self, names: Mapping[str, str]) -> None:
        """Give children other ids than those settled."""
        self._ids = {written: names.get(taken, taken) for written, taken in self._ids.items()}
        for old, new in names.items():
            self._ids.setdefault(old, new)

    def facts(self, kind: str, *columns: str) -> list[tuple[Any, ...]]:
        """Each child, the place of the file, and some columns of the rows of a file of the return; settled ids."""
        if kind not in self._tables:
            return []
        with self._connection.cursor() as connection:
            read = connection.read_parquet(str(self._tables[kind].file)).select("CHILD", "FILE", *columns).distinct()
            return [(self._ids.get(child, child), *others) for child, *others in read.fetchall()]

    @cached_property
    def _connection(self) -> duckdb.DuckDBPyConnection:
        return connect(memory=MEMORY_LIMIT, spill=self._folder, threads=2)

    def children(self, too_many: Callable[[ReturnRow], None]) -> Iterator[dict[str, list[ReturnRow]]]:
        """Each child's rows by kind, in the order of the children's ids, and of files and lines. `too_many` is told of
        the first row that is too many for one child: it and those after it are left out."""
        with self._connection.cursor() as connection:
            streams = [self._sorted(connection.cursor(), kind) for kind in self._tables]
            merged = heapq.merge(*streams, key=lambda stored: stored[1]["CHILD"])
            for _, stored in groupby(merged, key=lambda stored: stored[1]["CHILD"]):
                rows: dict[str, list[ReturnRow]] = {}
                for number, (kind, row) in enumerate(stored):
                    if number == MOST_ROWS_OF_A_CHILD:
                        too_many(row)
                    if number < MOST_ROWS_OF_A_CHILD:
                        rows.setdefault(kind, []).append(row)
                yield rows

    def _sorted(self, connection: duckdb.DuckDBPyConnection, kind: str) -> Iterator[tuple[str, ReturnRow]]:
        read = connection.read_parquet(str(self._tables[kind].file))
        if self._ids:
            ids = connection.from_arrow(pa.table({"CHILD": list(self._ids), "taken": list(self._ids.values())}))
            joined = read.join(ids, "CHILD", "left")
            read = joined.project("* exclude (CHILD, taken), coalesce(taken, CHILD) as CHILD")
        read = read.order('"CHILD", "FILE", "_row", "PLACE_IN_FILE"')
        for batch in read.to_arrow_reader(BATCH_ROWS):
            for row in batch.to_pylist():
                yield kind, row
