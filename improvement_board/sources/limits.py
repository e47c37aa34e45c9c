"""Files too large to be read in a sensible time and memory: known before anything reads them, whatever their format."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from improvement_board.sources.tabular.excel_tables import is_workbook, opened_workbook
from improvement_board.sources.tabular.parquet_tables import MAGIC
from improvement_board.sources.workbooks.scan import TooLargeError, UnreadableWorkbookError

MOST_BYTES = 2 << 30
MOST_PARQUET_ROWS = 20_000_000


def too_large(file: Path) -> str | None:
    """Why a file is too large to be read, as a sentence without its name; None for any other, and for one that cannot
    be opened, which whoever reads it says."""
    try:
        if file.stat().st_size > MOST_BYTES:
            return f"is larger than {MOST_BYTES >> 30} GB"
        with file.open("rb") as opened:
            beginning = opened.read(len(MAGIC) * 2)
        if beginning.startswith(MAGIC):
            rows = pq.read_metadata(file).num_rows
            return f"has {rows:,} rows; {MOST_PARQUET_ROWS:,} are read at most" if rows > MOST_PARQUET_ROWS else None
        if is_workbook(beginning):
            with opened_workbook(file):
                return None
    except TooLargeError as error:
        return str(error)
    except (OSError, ValueError, pa.ArrowException, UnreadableWorkbookError):
        return None
    return None
