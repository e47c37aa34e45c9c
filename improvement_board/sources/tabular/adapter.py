"""Record-level tables as CSV, Parquet or Excel: those of the Standard Safeguarding Dataset, and the local ones.

They carry every declared column, but for `as_at` of `ssd_care_leavers`, which the dataset does not have: rows without
it are of the edition's day. Parquet that has the declared types is taken as it lies, without a look at its text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from improvement_board.common.progress import Report
from improvement_board.declared.tables import Table
from improvement_board.sources.adapter import ReadingOptions
from improvement_board.sources.findings import Findings
from improvement_board.sources.staging import Staging
from improvement_board.sources.tabular.csv_header import find_table_header
from improvement_board.sources.tabular.excel_tables import is_workbook, opened_workbook, tables_in
from improvement_board.sources.tabular.parquet_tables import MAGIC, parquet_table
from improvement_board.sources.tabular.store import TableWriter
from improvement_board.sources.tabular.table_reader import TableReader
from improvement_board.sources.tabular.unreadable import UnreadableTableError
from improvement_board.sources.workbooks.scan import UnreadableWorkbookError
from improvement_board.sql.session import scratch

OF_DATASET = "ssd_"


@dataclass
class _Tables:
    """What both adapters do; `_is_own` says which tables a file is recognised by. A workbook may hold any."""

    name: str
    title: str
    _is_own: Callable[[str], bool]

    def recognises(self, file: Path) -> bool:
        """Whether a file holds a table by its name and columns, or by its columns alone."""
        try:
            facts = file.stat()
            return any(self._is_own(table.name) for table in _tables_of(file, facts.st_mtime_ns, facts.st_size))
        except (UnreadableTableError, UnreadableWorkbookError, OSError):
            return False

    def read(
        self, files: Sequence[Path], staging: Staging, findings: Findings, options: ReadingOptions, progress: Report
    ) -> None:
        """Add the tables of the files to the staging."""
        store = TableWriter(staging)
        with scratch() as connection:
            reading = TableReader(store, findings, options, connection)
            try:
                for at, file in enumerate(files):
                    progress(f"{self.title}: {file.name}", at, len(files))
                    reading.read(file)
                reading.finish()
            finally:
                store.close()


@lru_cache(maxsize=1)
def _tables_of(file: Path, *_: int) -> list[Table]:
    """The tables that a file holds: kept for the other of the two adapters, which is asked next."""
    with file.open("rb") as opened:
        beginning = opened.read(len(MAGIC) * 2)
    if beginning.startswith(MAGIC):
        table = parquet_table(file, file.stem)
        return [table.header.table] if table else []
    if is_workbook(beginning):
        with opened_workbook(file) as workbook:
            sheets = tables_in(workbook, file.stem)
            return [sheet.header.table for sheet in (*sheets.shown, *sheets.hidden)]
    header = find_table_header(file)
    return [header.header.table] if header else []


class SsdTables(_Tables):
    """Tables of the Standard Safeguarding Dataset."""

    def __init__(self) -> None:
        super().__init__("ssd", "Standard Safeguarding Dataset", lambda table: table.startswith(OF_DATASET))


class LocalTables(_Tables):
    """The local tables."""

    def __init__(self) -> None:
        super().__init__("local", "Local tables", lambda table: not table.startswith(OF_DATASET))
