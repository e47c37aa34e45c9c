"""Parquet files: taken as they lie where the columns have the declared names and types, else read in chunks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from improvement_board.record_types import quoted
from improvement_board.sources.staging import ARROW_TYPES
from improvement_board.sources.tabular.conversion import LINE, Chunk
from improvement_board.sources.tabular.naming import FILLED_BY_US, Header, table_of
from improvement_board.sources.tabular.unreadable import UnreadableTableError
from improvement_board.sources.zones import ENGLAND
from improvement_board.tables import Column

MAGIC = b"PAR1"
BATCH_ROWS = 100_000


@dataclass(frozen=True)
class ParquetTable:
    """A Parquet file that is a table."""

    file: Path
    header: Header
    schema: pa.Schema
    rows: int

    @property
    def needs_no_reading(self) -> bool:
        """Whether the declared columns that are there have their names and types, and nothing is to be filled."""
        cells, places = self.header.cells, self.header.places
        declared = {column.name: column for column in self.header.table.columns}
        filled = FILLED_BY_US.get(self.header.table.name, frozenset())
        return filled <= places.keys() and all(
            cells[place] == name and self.schema.field(place).type == ARROW_TYPES[declared[name].type]
            for name, place in places.items()
        )

    def codes_are_right(self, connection: duckdb.DuckDBPyConnection) -> bool:
        """Whether each flag is Y or N and each code an allowed one, as they must be where no cell is looked at."""
        coded = [one for one in self.header.table.columns if _codes(one) and one.name in self.header.places]
        if not coded:
            return True
        wrong = " or ".join(f"{quoted(one.name)} not in ({_listed(_codes(one))})" for one in coded)
        return not connection.read_parquet(str(self.file)).filter(wrong).limit(1).fetchall()

    def chunks(self) -> Iterator[Chunk]:
        """The rows, each with its number (from 1). Raises UnreadableTableError, OSError."""
        names = [str(place) for place in range(len(self.header.cells))]
        first = 1
        try:
            with pq.ParquetFile(self.file) as opened:
                for batch in opened.iter_batches(BATCH_ROWS):
                    columns = [_without_zone(column) for column in batch.columns]
                    lines = pa.array(range(first, first + len(batch)), type=pa.int64())
                    first += len(batch)
                    yield Chunk(pa.table([*columns, lines], names=[*names, LINE]))
        except (pa.ArrowException, pa.ArrowKeyError, ValueError) as error:
            raise UnreadableTableError(f"cannot be read: {first_line(error)}") from error


def parquet_table(file: Path, name: str) -> ParquetTable | None:
    """A Parquet file as a table, None where it is none. Raises UnreadableTableError, OSError."""
    try:
        with pq.ParquetFile(file) as opened:
            schema, rows = opened.schema_arrow, opened.metadata.num_rows
    except (pa.ArrowException, ValueError) as error:
        raise UnreadableTableError(f"is not a Parquet file that can be read: {first_line(error)}") from error
    table = table_of(name, schema.names)
    return None if table is None else ParquetTable(file, Header(table, 0, tuple(schema.names)), schema, rows)


def column_names(file: Path) -> list[str]:
    """The columns of a Parquet file."""
    with pq.ParquetFile(file) as opened:
        return list(opened.schema_arrow.names)


def first_line(error: Exception) -> str:
    """What went wrong, on one line."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]


def _codes(column: Column) -> tuple[str, ...]:
    return ("Y", "N") if column.type == "flag" else column.allowed


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join("'" + word.replace("'", "''") + "'" for word in words)


def _without_zone(column: pa.Array) -> pa.Array:
    """Moments as the clock in England showed them; words kept once for many cells as plain text."""
    if pa.types.is_timestamp(column.type) and column.type.tz is not None:
        return pc.local_timestamp(column.cast(pa.timestamp(column.type.unit, tz=ENGLAND.key)))
    if pa.types.is_dictionary(column.type):
        return column.dictionary_decode()
    return column
