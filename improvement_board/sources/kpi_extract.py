"""Ready KPI extracts: CSV or Parquet in the KPI-extract contract, one KPI a file or several with a column `kpi`.

A figure that lacks one of its rows is a wrong figure, so whatever breaks the contract stops the edition. The files
carry no record-level table. Rows of another council are refused at publishing, against the plan.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from improvement_board.common.progress import Report
from improvement_board.declared.extract_contract import COLUMNS, OPTIONAL
from improvement_board.declared.kpis import Definition, load_library
from improvement_board.errors import Problem
from improvement_board.sources.adapter import ReadingOptions
from improvement_board.sources.extract_cells import typed_row
from improvement_board.sources.extract_files import FIGURES, NOT_READABLE, ExtractHeader, extract_header, extract_rows
from improvement_board.sources.extract_sense import find_oddities
from improvement_board.sources.extract_writer import ExtractWriter
from improvement_board.sources.findings import Finding, Findings
from improvement_board.sources.staging import Staging
from improvement_board.sources.team_names import fold_name

CARRIES: Mapping[str, tuple[str, ...]] = {}
DOWNLOAD_COLUMNS = frozenset({"level", "edition", "variation"})
KEY = ("period_end", "team", "worker", "category")
REPORT_ROWS = 20_000


@dataclass(frozen=True)
class _File:
    """A file being read: its header, and its KPI where it has no column `kpi`."""

    file: Path
    header: ExtractHeader
    kpi: str | None


@dataclass
class _Reading:
    """What reading the files needs at each row."""

    staging: Staging
    findings: Findings
    options: ReadingOptions
    library: Mapping[str, Definition]
    written: dict[str, ExtractWriter] = field(default_factory=dict)
    told: set[tuple[Path, str]] = field(default_factory=set)

    def stop(self, rule: str, problem: Problem) -> None:
        self.findings.add(Finding(rule, "stop", problem))

    def unknown(self, file: Path, named: str, column: str | None, line: int | None) -> None:
        """Tell of a KPI that the library does not have, once a file, with those that are called nearly so."""
        if (file, named) in self.told:
            return
        self.told.add((file, named))
        near = get_close_matches(_id(named), self.library, n=3, cutoff=0.4)
        allowed = f"the id of a KPI of the library{', such as ' + ', '.join(near) if near else ''}"
        self.stop("unknown-kpi", Problem(file, "is no KPI", row=line, column=column, value=named, allowed=allowed))


class KpiExtract:
    """The adapter of ready KPI extracts."""

    name = "kpi_extract"
    title = "Ready KPI extract"

    def recognises(self, file: Path) -> bool:
        """Whether a file has the columns of the contract: authority, period_end, and numerator or value."""
        return extract_header(file) is not None

    def read(
        self, files: Sequence[Path], staging: Staging, findings: Findings, options: ReadingOptions, progress: Report
    ) -> None:
        """Write each KPI's rows as one Parquet file and say so in `staging.extracts`."""
        reading = _Reading(staging, findings, options, load_library())
        try:
            for file in files:
                _read_file(file, reading, progress)
        finally:
            for written in reading.written.values():
                written.close()
        for kpi, extract in reading.written.items():
            for odd in find_oddities(extract.file, reading.library[kpi], extract.source) if extract.source else ():
                findings.add(odd)
        staging.extracts.update({kpi: extract.file for kpi, extract in reading.written.items() if not extract.is_empty})


def _id(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")


def kpi_of_name(file: Path, library: Mapping[str, Definition]) -> str | None:
    """The KPI that a file's name is: its id, with dates or numbers after it, or "kpi" or "extract" about it."""
    name = _id(file.stem)
    while name not in library:
        shorter = re.sub(r"_(?:\d+|kpi|extract)$|^(?:kpi|extract)_", "", name)
        if shorter == name:
            return None
        name = shorter
    return name


def _read_file(file: Path, reading: _Reading, progress: Report) -> None:
    header = extract_header(file)
    if header is None:
        allowed = f"a header with {', '.join(COLUMNS)}"
        reading.stop("unreadable-file", Problem(file, "has no header of a KPI extract", allowed=allowed))
        return
    of_file = None
    if "kpi" not in header.names:
        of_file = kpi_of_name(file, reading.library)
        if of_file is None:
            reading.unknown(file, file.stem, None, None)
            return
    if _is_whole(file, header, reading):
        _read_rows(_File(file, header, of_file), reading, progress)


def _read_rows(source: _File, reading: _Reading, progress: Report) -> None:
    file, days, rows = source.file, set[dt.date](), 0
    try:
        for line, cells in extract_rows(file, source.header):
            if rows % REPORT_ROWS == 0:
                progress(f"Reading {file.name}")
            rows += 1
            day = _read_row(source, line, cells, reading)
            days |= {day} if day else set()
    except NOT_READABLE as error:
        reading.stop("unreadable-file", Problem(file, f"can't be read to its end: {error}"))
    if rows == 0:
        reading.findings.add(Finding("no-rows", "warning", Problem(file, "has no rows: its KPI is left out")))
    if days:
        reading.staging.dates[str(file)] = max(days)


def _is_whole(file: Path, header: ExtractHeader, reading: _Reading) -> bool:
    """Whether the columns are those of the contract; others are told, and not read."""
    names = header.names
    if set(names) >= DOWNLOAD_COLUMNS:
        message = "is a download of the dashboard, whose rows are sums, and no KPI extract: take it out of the folder"
        reading.stop("a-download", Problem(file, message))
        return False
    needed = [name for name in COLUMNS if name not in OPTIONAL and name not in names]
    known = (*COLUMNS, "kpi")
    for name in needed:
        problem = Problem(file, "the column is missing", row=header.line, column=name, allowed=", ".join(COLUMNS))
        reading.stop("column-missing", problem)
    twice = sorted({name for name in known if names.count(name) > 1})
    for name in twice:
        problem = Problem(file, "the column is there twice", row=header.line, column=name, allowed="each column once")
        reading.stop("column-twice", problem)
    for name in sorted({name for name in names if name and name not in known}):
        problem = Problem(file, "is no column of a KPI extract, and was not read", row=header.line, column=name)
        reading.findings.add(Finding("unknown-column", "warning", problem))
    return not needed and not twice


def _read_row(source: _File, line: int, values: list[object], reading: _Reading) -> dt.date | None:
    """Write a row, or tell what is wrong with it; its day where it was written."""
    file, header = source.file, source.header
    width = len(header.names)
    cells = dict(zip(header.names, values, strict=False))
    extra = len(values) > width and any(str(cell).strip() for cell in values[width:])
    if extra or (len(values) < width and not cells.keys() & FIGURES):
        message, allowed = "does not have a cell for each column", f"{width} cells"
        reading.stop("not-the-columns", Problem(file, message, row=line, value=f"{len(values)} cells", allowed=allowed))
        return None
    kpi = source.kpi or _id(str(cells.get("kpi") or ""))
    if kpi not in reading.library:
        reading.unknown(file, str(cells.get("kpi") or ""), "kpi", line)
        return None
    row, broken = typed_row(cells, reading.library[kpi], reading.options.edition, day_first=reading.options.day_first)
    for trouble in broken:
        problem = Problem(
            file, trouble.message, row=line, column=trouble.column, value=trouble.value, allowed=trouble.allowed
        )
        reading.stop(trouble.rule, problem)
    if broken:
        return None
    written = reading.written.get(kpi)
    if written is None:
        written = reading.written[kpi] = ExtractWriter(reading.staging.place_for(kpi))
    if not _fits_the_others(source, line, row, written, reading):
        return None
    written.add(row)
    day = row["period_end"]
    return day if isinstance(day, dt.date) else None


def _fits_the_others(
    source: _File, line: int, row: Mapping[str, object], written: ExtractWriter, reading: _Reading
) -> bool:
    """Whether a row has the period of its KPI's other rows and a key of its own; told where it has not."""
    file = source.file
    written.period = written.period or row["period"]
    if row["period"] != written.period:
        message, allowed = f"is not the period of the other rows of {written.file.stem}", str(written.period)
        problem = Problem(file, message, row=line, column="period", value=row["period"], allowed=allowed)
        reading.stop("mixed-periods", problem)
        return False
    key = tuple(fold_name(cell) if isinstance(cell := row[name], str) else cell for name in KEY)
    before = written.places.setdefault(key, (file, line))
    if before != (file, line):
        earlier_line = f"line {before[1]}" + (f" of {before[0].name}" if before[0] != file else "")
        said = ", ".join(str(row[name]) for name in KEY if row[name] is not None)
        message = f"has the same period, team, worker and category of {written.file.stem} as {earlier_line}"
        reading.stop("repeated-row", Problem(file, message, row=line, value=said, allowed="each of them once"))
        return False
    return True
