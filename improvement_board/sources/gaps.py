"""Columns that say nothing, or not enough: missing, empty, or with values that could not be read.

What is not recorded is not "no": a KPI that rests on such a column is left out, or carries a caveat.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
from pyarrow import parquet

from improvement_board.declared.tables import Column, Table, declared_tables
from improvement_board.records.column_use import TableColumn
from improvement_board.sources.findings import Findings
from improvement_board.sources.merge import Merged, read_declared
from improvement_board.sql.quote import quoted
from improvement_board.sql.session import scratch

MOST_LOST = 0.5  # of a column's values, above which no figure can rest on it
CAVEAT_SHARE = 0.01  # above which one is doubted
LATELY = dt.timedelta(days=360)
# Days that some row must have, though they are neither of the key nor date it.
NEVER_EMPTY = frozenset({"ssd_person.pers_dob", "ssd_care_leavers.clea_pathway_plan_review_date"})
# Columns that are rightly empty in many rows: of what was not moderated, has not ended, was not absent.
OFTEN_EMPTY = frozenset(
    {"audits.moderated_grade", "ssd_cla_placement.clap_cla_placement_change_reason", "workforce.working_days_lost"}
)
FEWEST_OF_A_MONTH = 5  # rows, of which all may well lack a value by chance
FileMonth = tuple[str, dt.date | None]  # file, month


@dataclass(frozen=True)
class Gap:
    """What is wrong with a column. `is_fatal`: no figure can rest on it."""

    table: str
    column: str
    is_fatal: bool
    why: str

    @property
    def needed(self) -> str:
        """What a KPI that rests on it needs."""
        return f"{self.column} of {self.table} ({self.why})"

    @property
    def caveat(self) -> str:
        """The sentence beside a KPI that rests on it."""
        return f"{self.column} of {self.table}: {self.why}; what is not recorded decides nothing."


def gaps_in(tables: Mapping[str, Merged], files: Mapping[str, Path], findings: Findings) -> Mapping[TableColumn, Gap]:
    """The gaps of every table with rows; `files` are its files as they are counted."""
    lost: dict[TableColumn, Counter[FileMonth]] = {}
    for (owner, of, file, month), cells in findings.lost.items():
        lost.setdefault((owner, of), Counter())[file, month] += cells
    gaps: dict[TableColumn, Gap] = {}
    with scratch() as connection:
        for name, merged in tables.items():
            table = declared_tables()[name]
            filled = _filled(table, files[name])
            if not filled:
                continue
            count = parquet.ParquetFile(files[name]).metadata.num_rows
            rows = read_declared(connection, table, files[name], next(iter(merged.sources), ""))
            latest = _empty_lately(table, rows)
            for column in table.columns:
                key = (name, column.name)
                without = findings.absent.get(key, set())
                gap = _gap(table, column, filled[column.name], lost.get(key, Counter()), without, rows)
                gap = gap or _empty_in_part(table, column, count - filled[column.name], count, latest)
                if gap is not None:
                    gaps[key] = gap
    return gaps


def _filled(table: Table, file: Path) -> Mapping[str, int]:
    """How many rows have a value of each column; nothing where there is no row. Parquet itself says so."""
    facts = parquet.ParquetFile(file).metadata
    if not facts.num_rows:
        return {}
    empty: Counter[str] = Counter()
    there = set()
    for group in (facts.row_group(at) for at in range(facts.num_row_groups)):
        for part in (group.column(at) for at in range(group.num_columns)):
            there.add(part.path_in_schema)
            said = part.statistics
            empty[part.path_in_schema] += said.null_count if said is not None and said.has_null_count else 0
    return {column.name: facts.num_rows - empty[column.name] if column.name in there else 0 for column in table.columns}


def _gap(
    table: Table,
    column: Column,
    filled: int,
    lost: Counter[FileMonth],
    without: Collection[str],
    rows: duckdb.DuckDBPyRelation,
) -> Gap | None:
    if not filled and not lost:
        if without:
            return Gap(table.name, column.name, True, "the column is missing")
        return Gap(table.name, column.name, not _may_stay_empty(table, column), "it is empty in every row")
    if not lost and not without:
        return None
    return _partly(table, column, filled, lost, without, rows)


def _empty_lately(table: Table, rows: duckdb.DuckDBPyRelation) -> Collection[str]:
    """The columns that are empty in every row of the latest month, of a table that has each month's state."""
    day = table.dated_by
    if day not in table.key:
        return ()
    month = f"last_day({quoted(day)})"
    names = [column.name for column in table.columns if column.name not in table.key]
    counts = ", ".join(["count(*)", *(f"count({quoted(name)})" for name in names)])
    dated = rows.filter(duckdb.ColumnExpression(day).isnotnull())
    latest = dated.aggregate(f"{month}, {counts}", month).order("1 desc").limit(1)
    for _, count, *filled in latest.fetchall():
        if count >= FEWEST_OF_A_MONTH:
            return frozenset(name for name, known in zip(names, filled, strict=True) if not known)
    return ()


def _empty_in_part(table: Table, column: Column, empty: int, count: int, latest: Collection[str]) -> Gap | None:
    """The gap of a column that is empty in the latest month, or in too many rows: numbers in hardly any, since a sum
    takes each for 0; others in most."""
    if column.type in ("date", "time") or column.name in table.key:
        return None
    if column.name in latest:
        return Gap(table.name, column.name, True, "it is empty in every row of the latest month")
    most = CAVEAT_SHARE if column.type in ("number", "integer") else MOST_LOST
    if empty <= most * count or f"{table.name}.{column.name}" in OFTEN_EMPTY:
        return None
    return Gap(table.name, column.name, False, f"it is empty in {empty:,} of {count:,} rows")


def _may_stay_empty(table: Table, column: Column) -> bool:
    """Whether a column may well be empty in every row: a day of something that need not have happened yet."""
    is_start = column.name in (*table.key, table.dated_by) or f"{table.name}.{column.name}" in NEVER_EMPTY
    return column.type in ("date", "time") and not is_start


def _partly(
    table: Table,
    column: Column,
    filled: int,
    lost: Counter[FileMonth],
    without: Collection[str],
    rows: duckdb.DuckDBPyRelation,
) -> Gap | None:
    """The gap of a column that has some values, by file and month: one file, or the latest month, may have none."""
    known = _known(table, column, rows)
    cells = lost.total()
    share = cells / (cells + filled)
    if share > MOST_LOST:
        why = f"{cells:,} of {cells + filled:,} values could not be read"
        return Gap(table.name, column.name, True, why)
    unread = [group for group in lost if lost[group] > _of(known, group)]
    latest_file, latest_month = max(known, key=lambda group: (group[1] or dt.date.min, group[0]))
    if latest_file in without:
        return Gap(table.name, column.name, True, f"the column is missing in {Path(latest_file).name}")
    if any(month == latest_month if month else file == latest_file for file, month in unread):
        return Gap(table.name, column.name, True, "most values of the latest month could not be read")
    if without:
        names = ", ".join(sorted(Path(file).name for file in without))
        return Gap(table.name, column.name, False, f"the column is missing in {names}")
    if unread or share > CAVEAT_SHARE or _has_lost_lately(known, lost, latest_month):
        return Gap(table.name, column.name, False, f"{cells:,} of {cells + filled:,} values could not be read")
    return None


def _has_lost_lately(known: Mapping[FileMonth, int], lost: Counter[FileMonth], latest_month: dt.date | None) -> bool:
    """Whether a month of the latest twelve has too many values that could not be read, of a few rows perhaps one."""
    since = latest_month - LATELY if latest_month else dt.date.min
    recent = (group for group in lost if group[1] and group[1] >= since)
    return any(lost[group] > CAVEAT_SHARE * (lost[group] + _of(known, group)) for group in recent)


def _known(table: Table, column: Column, rows: duckdb.DuckDBPyRelation) -> Mapping[FileMonth, int]:
    """How many rows of each file and month have a value."""
    month = f"last_day({quoted(table.dated_by)})" if table.dated_by else "cast(null as date)"
    counts = f"_file, {month}, count({quoted(column.name)})"
    return {(str(file), day): known for file, day, known in rows.aggregate(counts, f"_file, {month}").fetchall()}


def _of(known: Mapping[FileMonth, int], group: FileMonth) -> int:
    """The values known in a group; of the whole file where the month is not known."""
    file, month = group
    if month is not None:
        return known.get(group, 0)
    return sum(count for (other, _), count in known.items() if other == file)


def gaps_of(needed: Collection[TableColumn], gaps: Mapping[TableColumn, Gap]) -> Iterator[Gap]:
    """The gaps among some columns, in the order of their names."""
    return (gaps[column] for column in sorted(needed) if column in gaps)
