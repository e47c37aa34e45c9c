"""Reads hand-written tables in tests: files in, rows by table and findings out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import xlsxwriter

from improvement_board.common.progress import report_nothing
from improvement_board.sources.adapter import Adapter, ReadingOptions
from improvement_board.sources.findings import Finding, Findings
from improvement_board.sources.staging import Staging
from improvement_board.sources.tabular import LocalTables, SsdTables

EDITION = dt.date(2026, 9, 30)
PLACES = ("_file", "_sheet", "_row")


@dataclass(frozen=True)
class Reading:
    """What was read: the rows of each table with their filled columns only, where each came from, and the findings."""

    tables: Mapping[str, list[dict[str, Any]]]
    places: Mapping[str, list[tuple[str, str | None, int]]]
    files: Mapping[str, Path]
    rows: Mapping[str, int]
    findings: Findings

    def lines(self, table: str) -> list[int]:
        """The line of each row."""
        return [row_place[2] for row_place in self.places[table]]

    def column(self, table: str, column: str) -> list[Any]:
        """A column of a table."""
        return [row.get(column) for row in self.tables[table]]

    def brief(self) -> list[tuple[str, str, str | None, int | None]]:
        """Rule, severity, column and line of each finding."""
        return [
            (finding.rule, finding.severity, finding.problem.column, finding.problem.row)
            for finding in self.findings.kept
        ]

    def only(self, rule: str) -> Finding:
        """The one finding of a rule."""
        (only_finding,) = (finding for finding in self.findings.kept if finding.rule == rule)
        return only_finding


def read(*files: Path, adapter: Adapter | None = None, edition: dt.date = EDITION, day_first: bool = True) -> Reading:
    """Read files into a folder beside the first."""
    adapter = adapter or SsdTables()
    findings = Findings(source=adapter.name)
    folder = files[0].parent / "staged"
    with Staging(folder, adapter.name) as staging:
        adapter.read(files, staging, findings, ReadingOptions(edition, day_first), report_nothing)
    tables, places = {}, {}
    for name, table in staging.tables.items():
        rows = pq.read_table(table.file).to_pylist()
        assert len(rows) == table.rows
        places[name] = [tuple(row.get(place_column) for place_column in PLACES) for row in rows]
        tables[name] = [
            {column: value for column, value in row.items() if value is not None and column not in PLACES}
            for row in rows
        ]
    staged = staging.tables.items()
    return Reading(
        tables,
        places,
        {name: staged_table.file for name, staged_table in staged},
        {name: staged_table.rows for name, staged_table in staged},
        findings,
    )


def saved(folder: Path, text: str | bytes, name: str = "ssd_person.csv", encoding: str = "utf-8") -> Path:
    """The text as a file."""
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return file


def book(file: Path, sheets: Mapping[str, Sequence[Sequence[Any]]], options: Mapping[str, Any] | None = None) -> Path:
    """A workbook: days as Excel has them; text that begins with = is a formula with its result after a |."""
    with xlsxwriter.Workbook(str(file), dict(options or {})) as workbook:
        days = workbook.add_format({"num_format": "dd/mm/yyyy"})
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for line, row in enumerate(rows):
                for at, cell in enumerate(row):
                    if isinstance(cell, dt.date):
                        sheet.write_datetime(line, at, cell, days)
                    elif isinstance(cell, str) and cell.startswith("="):
                        formula, _, result = cell.partition("|")
                        sheet.write_formula(line, at, formula, None, result)
                    elif cell is not None:
                        sheet.write(line, at, cell)
    return file


def claimed(file: Path) -> list[str]:
    """The names of the adapters that know a file."""
    return [adapter.name for adapter in (SsdTables(), LocalTables()) if adapter.recognises(file)]
