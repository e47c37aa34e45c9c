"""Reads children looked after returns in tests: files in, the staged tables and the findings out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from improvement_board.common.progress import report_nothing
from improvement_board.sources.adapter import ReadingOptions
from improvement_board.sources.findings import Finding, Findings
from improvement_board.sources.ssda903 import SSDA903
from improvement_board.sources.staging import Staging

EDITION = date(2026, 9, 30)
EPISODE_COLUMNS = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN"
HEADER_COLUMNS = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB"
Row = dict[str, Any]


@dataclass(frozen=True)
class Reading:
    """What was read: rows by table, and the findings."""

    tables: Mapping[str, list[Row]]
    findings: list[Finding]
    first_day: date | None
    folder: Path
    dates: Mapping[str, date]

    def rules(self) -> list[str]:
        """The short names of the findings, in order."""
        return [finding.rule for finding in self.findings]

    def only(self, rule: str) -> Finding:
        """The one finding of a rule."""
        (only_finding,) = [finding for finding in self.findings if finding.rule == rule]
        return only_finding

    def column(self, table: str, column: str) -> list[Any]:
        """The values of a column, in the order of the rows."""
        return [row[column] for row in self.tables[table]]


def stage(
    folder: Path, files: Sequence[Path], edition: date = EDITION, **settings: object
) -> tuple[Staging, Findings, SSDA903]:
    """Read files into a new folder, and leave there what was read."""
    findings, adapter = Findings(), SSDA903()
    with Staging(folder / f"staged {len(list(folder.glob('staged *')))}", "ssda903") as staging:
        adapter.read(files, staging, findings, ReadingOptions(edition, settings=settings), report_nothing)
    return staging, findings, adapter


def read(folder: Path, files: Sequence[Path], edition: date = EDITION, **settings: object) -> Reading:
    """Read files and take up what was read."""
    staging, findings, adapter = stage(folder, files, edition, **settings)
    tables = {}
    for name, staged in staging.tables.items():
        tables[name] = pq.read_table(staged.file).to_pylist() if staged.file.is_file() else []
    return Reading(tables, findings.kept, adapter.first_day, staging.folder, staging.dates)


def csv_file(folder: Path, name: str, columns: str, *rows: str) -> Path:
    """A CSV file of these lines."""
    file = folder / f"{name}.csv"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join([columns, *rows]) + "\n", encoding="utf-8")
    return file


def episodes(folder: Path, *rows: str) -> Path:
    """An episodes file; what a line lacks at its end is blank."""
    width = EPISODE_COLUMNS.count(",")
    return csv_file(folder, "episodes", EPISODE_COLUMNS, *(row + "," * (width - row.count(",")) for row in rows))
