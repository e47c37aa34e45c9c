"""The same event from two sources is counted once: which source wins is stated in sources.toml, by table.

`queries/same_event.toml` says which columns make an event the same and where its id is carried. Rows of the source that
loses are left out, and what referred to them refers to the row that won.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb
from pyarrow import parquet

from improvement_board.declared.tables import Table, declared_tables
from improvement_board.declared.toml import shipped_toml
from improvement_board.sources.settings import SourceSettings
from improvement_board.sources.staging import PLACE_NAMES
from improvement_board.sql.quote import quoted, quoted_text
from improvement_board.sql.session import scratch


@dataclass(frozen=True)
class SameEvent:
    """When rows of a table are the same event: equal in `same`; its `id`, and the columns of other tables with it."""

    same: tuple[str, ...]
    id: str
    carried_by: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class FileCount:
    """The rows of one file that a table took, and those that lost to another source's."""

    source: str
    file: str
    taken: int
    lost: int


@dataclass(frozen=True)
class Merged:
    """A table put together: its file, and of each file of each source the rows it took and those that lost.

    The file has the declared columns and, as far as they are known, `_source`, `_file`, `_sheet` and `_row`:
    `read_declared` reads it with all of them.
    """

    table: str
    file: Path
    counts: tuple[FileCount, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """The formats that gave it rows, or gave it without any."""
        return tuple(dict.fromkeys(count.source for count in self.counts))

    @property
    def taken(self) -> Mapping[str, int]:
        """The rows taken, by source."""
        return {source: sum(count.taken for count in self.counts if count.source == source) for source in self.sources}

    @property
    def lost(self) -> Mapping[str, int]:
        """The rows that lost to another source's, by source."""
        return {source: sum(count.lost for count in self.counts if count.source == source) for source in self.sources}


@cache
def same_events() -> Mapping[str, SameEvent]:
    """The declarations of `queries/same_event.toml`, and for every other table its primary key."""
    declared = shipped_toml("same_event.toml")
    by_table = {}
    for name, table in declared_tables().items():
        rule = declared.get(name, {"same": table.key, "id": table.key[0], "carried_by": []})
        carried = tuple((column.split(".")[0], column.split(".")[1]) for column in rule["carried_by"])
        by_table[name] = SameEvent(tuple(rule["same"]), rule["id"], carried)
    return by_table


def merge(staged: Mapping[str, Mapping[str, Path]], settings: SourceSettings, folder: Path) -> dict[str, Merged]:
    """Put the staged tables (table to source to Parquet file) together, one file a table in `folder`.

    A table that only one source has is taken as it is. Tables are merged in the order of the declarations, so that an
    id that changed is carried on into those merged after. What the winning source has of an event, such as two moves on
    one day, is kept whole.
    """
    folder.mkdir(parents=True, exist_ok=True)
    merged: dict[str, Merged] = {}
    renamed: dict[tuple[str, str], list[str]] = {}
    with scratch() as connection:
        for table in _in_order(staged):
            by_source = staged[table]
            order = [source for source in settings.order_for(table) if source in by_source]
            merged[table] = _merge_one(connection, table, by_source, order, folder, renamed)
    return merged


def _in_order(staged: Mapping[str, Mapping[str, Path]]) -> list[str]:
    events = same_events()
    parents = [table for table in events if table in staged and events[table].carried_by]
    return parents + [table for table in staged if table not in parents]


def _merge_one(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    by_source: Mapping[str, Path],
    order: Sequence[str],
    folder: Path,
    renamed: dict[tuple[str, str], list[str]],
) -> Merged:
    event = same_events()[table]
    if len(order) == 1 and not any((table, column.name) in renamed for column in declared_tables()[table].columns):
        return Merged(table, by_source[order[0]], _counted_alone(connection, table, by_source[order[0]], order[0]))
    rows = _all_rows(connection, table, by_source, order, renamed)
    partition = _partition(event)
    ranked = rows.project(f"*, rank() over (partition by {partition} order by _rank) as _choice")
    ranked.create(f'"{table}_ranked"')
    kept = connection.table(f"{table}_ranked").filter("_choice = 1")
    file = folder / f"{table}.parquet"
    columns = ", ".join(quoted(name) for name in (*declared_names(table), "_source", *PLACE_NAMES))
    kept.project(columns).write_parquet(str(file), compression="zstd")
    _note_renamed(connection, table, event, renamed)
    return Merged(table, file, _counted(connection, table, order))


def declared_names(table: str) -> tuple[str, ...]:
    """The names of a table's declared columns."""
    return tuple(column.name for column in declared_tables()[table].columns)


def read_declared(
    connection: duckdb.DuckDBPyConnection, table: Table, file: Path, source: str, *, numbered: bool = False
) -> duckdb.DuckDBPyRelation:
    """The rows of a Parquet file with the declared columns, null where it lacks one, and where each row came from:
    `_source`, `_file`, `_sheet`, `_row`; the file itself and the row's number in it where it does not say. `numbered`:
    with the row's number in the Parquet file, `_number`."""
    read = connection.read_parquet(str(file), file_row_number=True)
    there = set(read.columns)
    usual = {"_source": quoted_text(source), "_file": quoted_text(str(file)), "_sheet": "cast(null as varchar)"}
    usual["_row"] = "file_row_number + 1"
    columns = [
        quoted(column.name) if column.name in there else f"cast(null as {column.duckdb_type}) as {quoted(column.name)}"
        for column in table.columns
    ]
    columns += [
        quoted(column_name) if column_name in there else f"{value} as {column_name}"
        for column_name, value in usual.items()
    ]
    columns += ["file_row_number as _number"] if numbered else []
    return read.project(", ".join(columns))


def _partition(event: SameEvent) -> str:
    """What makes rows the same event; one that lacks any of it is the same as none but itself."""
    columns = [f'"{column}"' for column in event.same]
    lacks = " or ".join(f"{column} is null" for column in columns)
    return f'{", ".join(columns)}, case when {lacks} then "{event.id}" end'


def _all_rows(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    by_source: Mapping[str, Path],
    order: Sequence[str],
    renamed: Mapping[tuple[str, str], list[str]],
) -> duckdb.DuckDBPyRelation:
    parts = []
    for rank, source in enumerate(order):
        read = read_declared(connection, declared_tables()[table], by_source[source], source)
        parts.append(read.project(f"*, {rank} as _rank"))
    rows = parts[0]
    for part in parts[1:]:
        rows = rows.union(part)
    for (owner, column), ids in renamed.items():
        if owner == table:
            rows = _with_new_ids(connection, rows, column, ids)
    return rows


def _with_new_ids(
    connection: duckdb.DuckDBPyConnection, rows: duckdb.DuckDBPyRelation, column: str, ids: list[str]
) -> duckdb.DuckDBPyRelation:
    """Rows whose column names the row that won where it named one that lost."""
    for name in ids:
        others = ", ".join(f'rows."{other}"' for other in rows.columns if other != column)
        joined = rows.set_alias("rows").join(
            connection.table(name).set_alias("ids"), f'rows."{column}" = ids.lost and rows._source = ids.source', "left"
        )
        rows = joined.project(f'coalesce(ids.won, rows."{column}") as "{column}", {others}')
    return rows


def _note_renamed(
    connection: duckdb.DuckDBPyConnection, table: str, event: SameEvent, renamed: dict[tuple[str, str], list[str]]
) -> None:
    if not event.carried_by:
        return
    name = f"{table}_ids"
    partition = _partition(event)
    ranked = connection.table(f"{table}_ranked")
    won = f'first_value("{event.id}") over (partition by {partition} order by _choice, "{event.id}")'
    ranked.project(f'"{event.id}" as lost, _source as source, {won} as won, _choice').filter("_choice > 1").create(name)
    for carrier in event.carried_by:
        renamed.setdefault(carrier, []).append(name)


def _counted(connection: duckdb.DuckDBPyConnection, table: str, order: Sequence[str]) -> tuple[FileCount, ...]:
    counts = "_source, _file, count(*) filter (_choice = 1), count(*) filter (_choice > 1)"
    rows = connection.table(f"{table}_ranked").aggregate(counts, "_source, _file").order("_source, _file").fetchall()
    file_counts = tuple(FileCount(*row) for row in rows)
    absent = [source for source in order if source not in {count.source for count in file_counts}]
    return file_counts + tuple(FileCount(source, "", 0, 0) for source in absent)


def _counted_alone(connection: duckdb.DuckDBPyConnection, table: str, file: Path, source: str) -> tuple[FileCount, ...]:
    """The rows of a table that only one source has, by file; a table without any has none of any file."""
    facts = parquet.ParquetFile(file)
    if facts.metadata.num_rows and "_file" not in facts.schema_arrow.names:
        return (FileCount(source, str(file), facts.metadata.num_rows, 0),)
    rows = read_declared(connection, declared_tables()[table], file, source).aggregate("_file, count(*)", "_file")
    counts = tuple(FileCount(source, name, taken, 0) for name, taken in rows.order("_file").fetchall())
    return counts or (FileCount(source, "", 0, 0),)
