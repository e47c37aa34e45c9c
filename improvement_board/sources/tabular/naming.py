"""Which record-level table a file or sheet is: its name says so and its columns confirm it, or the columns alone do."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

from improvement_board.declared.tables import Column, Table, declared_tables

NOT_A_LETTER = re.compile(r"[\W_]+")
LONGEST_NAME = 200
FEWEST_COLUMNS = 2
FILLED_BY_US = MappingProxyType({"ssd_care_leavers": frozenset({"as_at"})})  # the dataset itself has no such column
KPI_EXTRACT = frozenset({"authority", "period_end", "numerator"})


@lru_cache(maxsize=20_000)
def comparable_name(name: str) -> str:
    """A name for comparing: in small letters, with one underscore for anything that is no letter or digit."""
    folded = unicodedata.normalize("NFKC", name[:LONGEST_NAME]).lower()
    return NOT_A_LETTER.sub("_", folded).strip("_")


@dataclass(frozen=True)
class TableHeader:
    """The column names of a table's file or sheet, and the line on which they end (from 1).

    `places` has the place (from 0) of each declared column; `twice` those that stand there more than once.
    """

    table: Table
    line: int
    cells: tuple[str, ...]

    @property
    def names(self) -> list[str]:
        """The names for comparing."""
        return [comparable_name(cell) for cell in self.cells]

    @property
    def places(self) -> dict[str, int]:
        """The place of each declared column that is there, the first where it is there twice."""
        names = self.names
        return {column.name: names.index(column.name) for column in self.table.columns if column.name in names}

    @property
    def twice(self) -> dict[str, list[str]]:
        """Declared columns that stand there more than once, as they are written."""
        cells_by_name = {
            name: [self.cells[at] for at, own_name in enumerate(self.names) if own_name == name] for name in self.places
        }
        return {name: cells for name, cells in cells_by_name.items() if len(cells) > 1}

    @property
    def unknown(self) -> list[str]:
        """Columns that are not declared, as they are written; those without a name are left out."""
        declared = {column.name for column in self.table.columns}
        return [cell for cell, name in zip(self.cells, self.names, strict=True) if name and name not in declared]

    @property
    def missing(self) -> list[Column]:
        """Declared columns that are not there."""
        there = self.places
        return [column for column in self.table.columns if column.name not in there]

    @property
    def missing_key(self) -> list[str]:
        """Columns of the key that are not there, and that cannot be filled."""
        there = self.places
        return [name for name in needed_key(self.table) if name not in there]


def needed_key(table: Table) -> list[str]:
    """The columns of the key that a file must have."""
    filled = FILLED_BY_US.get(table.name, frozenset())
    return [name for name in table.key if name not in filled]


def table_of(name: str, cells: Sequence[str]) -> Table | None:
    """The table of these columns; `name` is what the file or sheet is called. None where they are of none, or fit
    several and the name does not say which."""
    names = {comparable_name(cell) for cell in cells}
    if names >= KPI_EXTRACT or len(names & _all_columns()) < FEWEST_COLUMNS:
        return None
    named = named_table(name)
    if named is not None and _confirms(named, names):
        return named
    fitting = [table for table in declared_tables().values() if _fits(table, names)]
    return fitting[0] if len(fitting) == 1 else None


@lru_cache(maxsize=1_000)
def named_table(name: str) -> Table | None:
    """The table that a file's or sheet's name has in it, the longest where it has several."""
    text = f"_{comparable_name(name)}_"
    named = [table for key, table in declared_tables().items() if f"_{key}_" in text]
    return max(named, key=lambda table: len(table.name), default=None)


def _confirms(table: Table, names: Iterable[str]) -> bool:
    there = {column.name for column in table.columns} & set(names)
    of_this_alone = own_columns()[table.name] & there
    return len(there) >= FEWEST_COLUMNS and (there >= set(needed_key(table)) or bool(of_this_alone))


def _fits(table: Table, names: set[str]) -> bool:
    own = own_columns()[table.name]
    there = {column.name for column in table.columns} & names
    has_key = there >= set(needed_key(table))
    return bool(own) and len(there) >= FEWEST_COLUMNS and has_key and 2 * len(own & there) >= len(own)


@cache
def _all_columns() -> frozenset[str]:
    return frozenset(column.name for table in declared_tables().values() for column in table.columns)


@cache
def own_columns() -> Mapping[str, frozenset[str]]:
    """The columns that no other table has, by table."""
    tables = declared_tables().values()
    counted = Counter(column.name for table in tables for column in table.columns)
    return MappingProxyType(
        {
            table.name: frozenset(
                declared_column.name for declared_column in table.columns if counted[declared_column.name] == 1
            )
            for table in tables
        }
    )
