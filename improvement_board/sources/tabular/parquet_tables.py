"""Parquet files: taken as they lie where the columns have the declared names and types, else read in chunks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from improvement_board.declared.tables import Column
from improvement_board.sources.placeholders import NO_NAMES
from improvement_board.sources.staging import ARROW_TYPES
from improvement_board.sources.tabular.cells import PLACEHOLDERS, drop_unknown
from improvement_board.sources.tabular.conversion import LINE, Chunk
from improvement_board.sources.tabular.naming import FILLED_BY_US, TableHeader, table_of
from improvement_board.sources.tabular.unreadable import UnreadableTableError
from improvement_board.sources.totals import TOTALS
from improvement_board.sources.zones import ENGLAND
from improvement_board.sql.quote import quoted

MAGIC = b"PAR1"
BATCH_ROWS = 100_000
USUAL_NUMBERS, USUAL_YEARS = (0, 9998), (1971, 2098)


@dataclass(frozen=True)
class ParquetTable:
    """A Parquet file that is a table."""

    file: Path
    header: TableHeader
    schema: pa.Schema
    rows: int

    @property
    def needs_no_reading(self) -> bool:
        """Whether the declared columns that are there have their names and types, and nothing is to be filled."""
        cells, places = self.header.cells, self.header.places
        declared = {column.name: column for column in self.header.table.columns}
        filled = FILLED_BY_US.get(self.header.table.name, frozenset())
        return filled <= places.keys() and all(
            cells[number] == name and self.schema.field(number).type == ARROW_TYPES[declared[name].type]
            for name, number in places.items()
        )

    def is_plain(self, connection: duckdb.DuckDBPyConnection) -> bool:
        """Whether each flag is Y or N, each code an allowed one, and nothing stands for "not known" or a total, as it
        must be where no cell is looked at."""
        columns = [column for column in self.header.table.columns if column.name in self.header.places]
        wrong = [f"{quoted(column.name)} not in ({_listed(_codes(column))})" for column in columns if _codes(column)]
        wrong += [f"{quoted(column.name)} in ({_listed(no_names())})" for column in columns if column.is_name]
        wrong += [
            f"({quoted(column.name)} is not null and ({drop_unknown(column, column.name)}) is null)"
            for column in columns
            if column.type in ("date", "time", "number", "integer") and not self._is_usual(column)
        ]
        if not wrong:
            return True
        return not connection.read_parquet(str(self.file)).filter(" or ".join(wrong)).limit(1).fetchall()

    def _is_usual(self, column: Column) -> bool:
        """Whether all values of a column lie, by what the file says, where none stands for "not known"."""
        least, most = USUAL_NUMBERS if column.type in ("number", "integer") else USUAL_YEARS
        with pq.ParquetFile(self.file) as opened:
            facts = opened.metadata
            number = next(at for at in range(facts.num_columns) if facts.schema.column(at).path == column.name)
            groups = [facts.row_group(at).column(number).statistics for at in range(facts.num_row_groups)]
        for said in groups:
            if said is not None and said.has_null_count and said.null_count and not said.num_values:
                continue
            if said is None or not said.has_min_max:
                return False
            ends = [getattr(end, "year", end) for end in (said.min, said.max)]
            if not (least <= ends[0] and ends[1] <= most):
                return False
        return True

    def chunks(self) -> Iterator[Chunk]:
        """The rows, each with its number (from 1). Raises UnreadableTableError, OSError."""
        names = [str(number) for number in range(len(self.header.cells))]
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
    return None if table is None else ParquetTable(file, TableHeader(table, 0, tuple(schema.names)), schema, rows)


def column_names(file: Path) -> list[str]:
    """The columns of a Parquet file."""
    with pq.ParquetFile(file) as opened:
        return list(opened.schema_arrow.names)


def first_line(error: Exception) -> str:
    """What went wrong, on one line."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]


@cache
def no_names() -> tuple[str, ...]:
    """What stands where a team or worker is not known, or for a total, in the usual capitals."""
    words = (*PLACEHOLDERS, *NO_NAMES, *("9" * length for length in range(4, 13)), *TOTALS)
    return tuple(sorted({form for word in words for form in (word, word.upper(), word.capitalize(), word.title())}))


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
