"""Writes and reads Annex A workbooks in tests: sheets of rows in, the staged tables and the findings out."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow.parquet as pq
import xlsxwriter

from improvement_board.common.progress import report_nothing
from improvement_board.sources.adapter import ReadingOptions
from improvement_board.sources.annex_a import AnnexA
from improvement_board.sources.findings import Finding, Findings
from improvement_board.sources.staging import Staging

EDITION = dt.date(2026, 9, 30)
CHILD = ("Child Unique ID", "Gender", "Ethnicity", "Date of Birth")
CASE = ("Allocated Team", "Allocated Worker")
CONTACTS = (*CHILD, "Date of Contact", "Contact Source")
EARLY_HELP = (*CHILD, "Assessment start date", "Assessment completion date", "Organisation completing assessment")
REFERRALS = (*CHILD, "Date of Referral", "Referral Source", "Referral NFA?", *CASE)
ASSESSMENTS = (
    *CHILD,
    "Continuous Assessment Start Date",
    "Child Seen During Continuous Assessment",
    "Continuous Assessment Date of Authorisation",
    "Was the child assessed as requiring LA children's social care support?",
    *CASE,
)
ENQUIRIES = (
    *CHILD,
    "Strategy discussion initiating Section 47 Enquiry Start Date",
    "Was an Initial Child Protection Conference deemed unnecessary?",
    "Date of Initial Child Protection Conference",
    "Did the Initial Child Protection Conference Result in a Child Protection Plan",
    *CASE,
)
IN_NEED = (
    *CHILD,
    "CIN Start Date",
    "Primary Need Code",
    "Date Child Was Last Seen",
    "CIN Closure Date",
    "Reason for Closure",
    "Case Status",
    *CASE,
)
PROTECTION = (
    *CHILD,
    "Child Protection Plan Start Date",
    "Initial Category of Abuse",
    "Latest Category of Abuse",
    "Date of the Last Statutory Visit",
    "Was the Child Seen Alone?",
    "Date of latest review conference",
    "Child Protection Plan End Date",
    "Number of Previous Child Protection Plans",
    *CASE,
)
IN_CARE = (
    *CHILD,
    "Date Started to be Looked After",
    "Child's Category of Need",
    "Start date of current legal status",
    "Child's Legal Status",
    "Date of Latest Statutory Review",
    "Date of Last Social Work Visit",
    "What is the permanence plan for this child?",
    "Date of Last IRO Visit / Contact to the Child",
    "Date of Last Health Assessment",
    "Date of Last Dental Check",
    "Date Ceased to be Looked After",
    "Reason Ceased to be Looked After",
    "Start Date of Most Recent Placement",
    "Placement Type",
    "Placement Provider",
    "Placement postcode",
    "URN of Placement",
    *CASE,
)
LEAVERS = (
    *CHILD,
    *CASE,
    "Eligibility Category",
    "LA in Touch",
    "Type of Accommodation",
    "Suitability of Accommodation",
    "Activity Status",
)
Row = dict[str, Any]
Sheets = Mapping[str, Sequence[Sequence[Any]]]


def rows_of(headers: Sequence[str], *rows: Mapping[str, Any]) -> list[list[Any]]:
    """A header and rows under it; each row is the cells it has, by header."""
    for row in rows:
        assert not row.keys() - set(headers), row.keys() - set(headers)
    return [list(headers), *([row.get(header) for header in headers] for row in rows)]


def book(file: Path, sheets: Sheets, hidden: Sequence[str] = ()) -> Path:
    """Write a workbook: days as Excel writes them, a text that begins with = as a formula with its result after a |."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(str(file)) as workbook:
        days = workbook.add_format({"num_format": "dd/mm/yyyy"})
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            if name in hidden:
                sheet.hide()
            for line, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, dt.date):
                        sheet.write_datetime(line, column, cell, days)
                    elif isinstance(cell, str) and cell.startswith("="):
                        formula, _, result = cell.partition("|")
                        sheet.write_formula(line, column, formula, None, result)
                    elif cell is not None:
                        sheet.write(line, column, cell)
    return file


def changed(file: Path, part: str, content: bytes) -> Path:
    """A workbook with one of its parts replaced, or added."""
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, old in (parts | {part: content}).items():
            archive.writestr(name, content if name == part else old)
    return file


@dataclass(frozen=True)
class Reading:
    """What was read: rows by table, the findings, and the adapter that read it."""

    tables: Mapping[str, list[Row]]
    findings: list[Finding]
    adapter: AnnexA
    folder: Path
    holder: TemporaryDirectory[str]  # the folder goes with the reading

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

    def row(self, table: str) -> Row:
        """The one row of a table, without what is empty and where it stood."""
        (row,) = self.tables[table]
        return {key: value for key, value in row.items() if value is not None and not key.startswith("_")}


def read(*files: Path, edition: dt.date = EDITION, day_first: bool = True, **settings: object) -> Reading:
    """Read workbooks and take up what was read. Without `as_at`, they are taken as of the edition's day."""
    findings, adapter = Findings(), AnnexA()
    holder = TemporaryDirectory(prefix="annex-a-")
    folder = Path(holder.name)
    options = ReadingOptions(edition, day_first, {"as_at": edition} | settings)
    with Staging(folder, "annex_a") as staging:
        adapter.read(files, staging, findings, options, report_nothing)
    tables = {name: pq.read_table(table.file).to_pylist() for name, table in staging.tables.items()}
    return Reading(tables, findings.kept, adapter, folder, holder)


def read_sheets(folder: Path, sheets: Sheets, **options: Any) -> Reading:
    """Write one workbook and read it."""
    return read(book(folder / "Annex A.xlsx", sheets), **options)
