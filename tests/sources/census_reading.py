"""Hand-written censuses for tests: text in, rows and findings out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from improvement_board.common.progress import Report, report_nothing
from improvement_board.sources.adapter import Adapter, ReadingOptions
from improvement_board.sources.findings import Finding, Findings
from improvement_board.sources.staging import Staging

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Reading:
    """What an adapter gave: rows by table with their filled columns only, the line each came from, and findings."""

    tables: Mapping[str, list[dict[str, Any]]]
    lines: Mapping[str, list[int | None]]
    findings: Findings

    @property
    def kept_findings(self) -> list[Finding]:
        """The findings, in order."""
        return self.findings.kept

    def brief(self) -> list[tuple[str, str, str | None, int | None]]:
        """Rule, severity, column and line of each finding."""
        return [
            (finding.rule, finding.severity, finding.problem.column, finding.problem.row)
            for finding in self.kept_findings
        ]

    def rows(self, table: str, *columns: str) -> list[tuple[Any, ...]]:
        """Some columns of a table's rows."""
        return [tuple(row.get(column) for column in columns) for row in self.tables[table]]


def read(adapter: Adapter, files: Sequence[Path], folder: Path, progress: Report = report_nothing) -> Reading:
    """Read the files into a new folder."""
    findings = Findings()
    with Staging(folder / "staged", adapter.name) as staging:
        adapter.read(files, staging, findings, ReadingOptions(date(2026, 9, 30)), progress)
    tables, lines = {}, {}
    for name, table in staging.tables.items():
        rows = pq.read_table(table.file).to_pylist() if table.rows else []
        lines[name] = [row["_row"] for row in rows]
        tables[name] = [
            {column: value for column, value in row.items() if value is not None and not column.startswith("_")}
            for row in rows
        ]
    return Reading(tables, lines, findings)


def cin(children: str, *, year: str = "2024", day: str = "2024-03-31", authority: str = "999", made: str = "") -> str:
    """A children in need census with these children: lines 1 to 3 are the header, the children start in line 4."""
    return (
        f"<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>{year}</Year>"
        f"<ReferenceDate>{day}</ReferenceDate></CollectionDetails>\n<Source><LEA>{authority}</LEA>"
        f"<DateTime>{made}</DateTime></Source></Header>\n<Children>\n{children}</Children></Message>\n"
    )


def child(details: str, name: str = "C1", about: str = "<Sex>F</Sex>") -> str:
    """A child with these CINdetails, its identifiers in one line."""
    return f"<Child><ChildIdentifiers><LAchildID>{name}</LAchildID>{about}</ChildIdentifiers>\n{details}</Child>\n"


def case(inside: str = "", day: str = "2023-05-02", source: str = "1A") -> str:
    """CINdetails of a referral, on a line of its own."""
    referral = f"<CINreferralDate>{day}</CINreferralDate><ReferralSource>{source}</ReferralSource>"
    return f"<CINdetails>{referral}{inside}</CINdetails>\n"


def csww(workers: str, *, year: str = "2024", day: str = "2024-09-30", authority: str = "999", made: str = "") -> str:
    """A workforce census with these elements, which start in line 3; without a vacancy where they have none."""
    vacancies = "" if "Vacancies" in workers else "<LALevel><NumberOfVacancies>0</NumberOfVacancies></LALevel>"
    return (
        f"<Message><Header><CollectionDetails><Collection>CSWW</Collection><Year>{year}</Year>"
        f"<ReferenceDate>{day}</ReferenceDate></CollectionDetails>\n<Source><LEA>{authority}</LEA>"
        f"<DateTime>{made}</DateTime></Source></Header>\n{workers}{vacancies}</Message>\n"
    )


def worker(name: str | None = "SW1", **parts: object) -> str:
    """A worker of the council with a full-time post, unless said otherwise, on a line of its own."""
    cells = {"AgencyWorker": "0", "SWENo": name, "FTE": "1", "RoleStartDate": "2020-01-06"} | parts
    inside = "".join(f"<{key}>{value}</{key}>" for key, value in cells.items() if value is not None)
    return f"<CSWWWorker>{inside}</CSWWWorker>\n"


def saved(folder: Path, text: str, name: str = "census.xml", encoding: str = "utf-8") -> Path:
    """The text as a file."""
    file = folder / name
    file.write_bytes(text.encode(encoding))
    return file
