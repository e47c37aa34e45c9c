"""A KPI's cases as an analyst writes them: `cases/<kpi>.toml` with the rows given and the rows expected, as text."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from record_tables import compute

from improvement_board.declared.kpis import Definition
from improvement_board.declared.tables import declared_tables

CASES = Path(__file__).parent / "kpis" / "cases"
KEYS = {"says", "first_day", "last_day", "given", "expected", "parameters"}
GROUP = ("period_end", "team", "worker", "category")
FIGURES = ("numerator", "denominator", "value")
Row = dict[str, str]


@dataclass(frozen=True)
class Case:
    """One case of a file. `place` says which, for whoever reads a failure."""

    place: str
    kpi: str
    first_day: date
    last_day: date
    given: Mapping[str, Sequence[Row]]
    expected: Sequence[Row]
    parameters: Mapping[str, Any] = field(default_factory=dict)

    def differences(self, folder: Path, definition: Definition | None = None) -> list[str]:
        """What the query gives otherwise than expected, a sentence a row: file, case, row, expected and got.

        The definition is the library's, unless one is given."""
        rows = compute(
            definition or self.kpi,
            folder,
            self.given,
            first_day=self.first_day,
            last_day=self.last_day,
            parameters=self.parameters or None,
        )
        columns = list(self.expected[0]) if self.expected else list(GROUP)
        group, figures = ([column for column in columns if column in kind] for kind in (GROUP, FIGURES))
        got = {_key(row, group): row for row in rows}
        said = [f"{self.place}: several rows of the query are alike but for a column not expected"] * (
            len(got) < len(rows)
        )
        for line, row in enumerate(self.expected, start=1):
            figure_row = got.pop(_key(row, group), None)
            where = f"{self.place}, expected row {line} ({_words(row, group)})"
            if figure_row is None:
                said.append(f"{where}: the query gives no such row")
                continue
            figures_of_both = ((name, row[name], figure_row[name]) for name in figures)
            said += [
                f"{where}: expected {name} {expected or 'none'}, got {'none' if figure is None else figure}"
                for name, expected, figure in figures_of_both
                if not _is_same(expected, figure)
            ]
        said += [
            f"{self.place}: got a row that is not expected: {_words(row, [*GROUP, *FIGURES])}" for row in got.values()
        ]
        return said


def read_cases(file: Path) -> list[Case]:
    """The cases of a file, named by the KPI. Raises ValueError for what is not known, naming the file and the place."""
    cases = []
    for number, declared in enumerate(tomllib.loads(file.read_text(encoding="utf-8"))["case"], start=1):
        case_place = f"{file.name}, case {number} ({declared.get('says', 'says nothing')})"
        if unknown := declared.keys() - KEYS:
            raise ValueError(
                f"{case_place}: {', '.join(sorted(unknown))} is not a known key: {', '.join(sorted(KEYS))}"
            )
        given = {table: _rows(text, f"{case_place}, {table}") for table, text in declared["given"].items()}
        for table, rows in given.items():
            if table not in declared_tables():
                raise ValueError(f"{case_place}: {table} is not a table")
            known = {column.name for column in declared_tables()[table].columns}
            if rows and (unknown := rows[0].keys() - known):
                raise ValueError(f"{case_place}: {', '.join(sorted(unknown))} is no column of {table}")
        expected = _rows(declared["expected"], f"{case_place}, expected")
        if expected and (unknown := expected[0].keys() - {*GROUP, *FIGURES}):
            raise ValueError(f"{case_place}: {', '.join(sorted(unknown))} is no column of a KPI's rows")
        days = declared["first_day"], declared["last_day"]
        cases.append(Case(case_place, file.stem, *days, given, expected, declared.get("parameters", {})))
    return cases


def _rows(text: str, case_place: str) -> list[Row]:
    header, *lines = csv.reader(text.strip().splitlines(), skipinitialspace=True)
    names = [name.strip() for name in header]
    for number, line in enumerate(lines, start=1):
        if len(line) != len(names):
            raise ValueError(f"{case_place}, row {number}: {len(line)} cells under {len(names)} columns")
    return [dict(zip(names, (cell.strip() for cell in line), strict=True)) for line in lines]


def _key(row: Mapping[str, Any], group: Sequence[str]) -> tuple[str, ...]:
    return tuple("" if row[name] is None else str(row[name]) for name in group)


def _is_same(expected: str, got: float | None) -> bool:
    return got is None if expected == "" else got is not None and abs(float(expected) - got) <= 1e-9


def _words(row: Mapping[str, Any], names: Sequence[str]) -> str:
    return ", ".join(f"{name} {row[name]}" for name in names if row.get(name) not in (None, ""))
