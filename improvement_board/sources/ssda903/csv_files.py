"""The CSV files of the return, read row by row, whatever their encoding and separator."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from improvement_board.common.progress import Report
from improvement_board.errors import Problem
from improvement_board.sources.findings import Finding, Findings
from improvement_board.sources.ssda903.carries import FILLS
from improvement_board.sources.ssda903.cells import RawRow
from improvement_board.sources.ssda903.fields import FileOfReturn, field_name, kinds_of
from improvement_board.sources.ssda903.unread import Unread, tell_no_rows
from improvement_board.sources.totals import is_total
from improvement_board.sources.xml_text import beginning_of, encoding_of

HEADER_WITHIN = 20
LINE_END = re.compile(r"\r\n|\n|\r")
SEPARATORS = ",;\t|"
MOSTLY = 50
REPORT_ROWS = 20_000
Notice = Callable[[Sequence[FileOfReturn]], None]


@dataclass(frozen=True)
class FileHeader:
    """Where a file's column names stand (line from 1), what they are as fields (None: not of the return), and the
    separator."""

    line: int
    names: tuple[str | None, ...]
    separator: str
    cells: tuple[str, ...]

    @property
    def kinds(self) -> tuple[FileOfReturn, ...]:
        """The files of the return that the columns belong to."""
        return kinds_of({name for name in self.names if name})


def is_return_csv(file: Path) -> bool:
    """Whether the beginning of a file has the column names of one of the return's files. Never raises."""
    try:
        return _header_in(file) is not None
    except (OSError, csv.Error):
        return False


def _header_in(file: Path) -> FileHeader | None:
    """The header at a file's beginning, whatever its encoding: names have no more than ASCII. Raises OSError."""
    return find_file_header(beginning_of(file).replace("\0", ""))


def find_file_header(text: str) -> FileHeader | None:
    """The first line, of the first twenty, that names CHILD and a field that tells which file it is."""
    for line, content in enumerate(LINE_END.split(text)[:HEADER_WITHIN], start=1):
        for separator in SEPARATORS:
            cells = next(csv.reader([content], delimiter=separator), [])
            names = tuple(field_name(cell) for cell in cells)
            if "CHILD" in names and kinds_of({name for name in names if name}):
                return FileHeader(line, names, separator, tuple(cells))
    return None


def _encoding(file: Path) -> str:
    """The encoding of a file: Unicode in two bytes without a mark too, which no XML has. Raises OSError."""
    return "utf-16-le" if beginning_of(file)[1:200:2].count("\0") > MOSTLY else encoding_of(file).name


def rows_of_file(file: Path, findings: Findings, progress: Report, notice: Notice) -> Iterator[RawRow]:
    """The rows of a file, one for each kind of it; `notice` is told which.

    A file that can't be read is a finding of severity stop.
    """
    try:
        header, encoding = _header_in(file), _encoding(file)
        with file.open("rb") as raw:
            if header is None:
                problem = Problem(file, "is not a file of the return", allowed="CHILD and the columns of one of them")
                findings.add(Finding("unreadable-file", "stop", problem))
                return
            if not _is_complete(file, header, findings):
                return
            _tell_unread(file, header, findings)
            notice(header.kinds)
            text = io.TextIOWrapper(raw, encoding, errors="replace", newline="")
            size = file.stat().st_size
            number = 0
            for number, row in enumerate(_rows(file, text, header, findings), start=1):
                if number % REPORT_ROWS == 1:
                    progress(f"SSDA903: {file.name}", raw.tell(), size)
                yield row
            if not number:
                tell_no_rows(file, header.kinds, findings)
    except (OSError, UnicodeError, csv.Error) as error:
        findings.add(Finding("unreadable-file", "stop", Problem(file, f"can't be read: {error}")))


def _is_complete(file: Path, header: FileHeader, findings: Findings) -> bool:
    """Whether the columns are there that the file can't do without, each once."""
    names = [name for name in header.names if name]
    complete = True
    for name in sorted({name for name in names if names.count(name) > 1}):
        problem = Problem(file, "the column is there twice", row=header.line, column=name, allowed="each column once")
        findings.add(Finding("column-twice", "stop", problem))
        complete = False
    for kind in header.kinds:
        wanted = [field.name for field in kind.fields]
        for name in wanted:
            if name in names or name == "PL_DISTANCE":
                continue
            needed = name in kind.columns
            problem = Problem(file, "the column is missing", row=header.line, column=name, allowed=", ".join(wanted))
            findings.add(Finding("column-missing", "stop" if needed else "warning", problem, kind.table))
            complete = complete and not needed
            for table, _, column in (filled.partition(".") for filled in FILLS.get((kind.name, name), ())):
                findings.absent.setdefault((table, column), set()).add(str(file))
    return complete


def _tell_unread(file: Path, header: FileHeader, findings: Findings) -> None:
    unread = Unread(file, findings)
    for cell, name in zip(header.cells, header.names, strict=True):
        if name is None and cell.strip():
            unread.note(cell.strip(), header.line)
    unread.tell("unknown-column", "is no column of the return, and was not read", header.kinds)


def _rows(file: Path, text: io.TextIOWrapper, header: FileHeader, findings: Findings) -> Iterator[RawRow]:
    reader, kinds, width = csv.reader(text, delimiter=header.separator), header.kinds, len(header.names)
    end = 0
    for cells in reader:
        line, end = end + 1, reader.line_num
        if line <= header.line or not any(cell.strip() for cell in cells) or tuple(cells) == header.cells:
            continue
        if any(cell.strip() for cell in cells[width:]):
            problem = Problem(file, "has more cells than there are columns", row=line, allowed=f"{width} cells")
            findings.add(Finding("too-many-cells", "error", problem, kinds[0].table))
            continue
        by_field = _by_field(header.names, cells)
        if is_total(by_field.get("CHILD")):
            problem = Problem(file, "is a total, and was not counted", row=line, value=by_field["CHILD"])
            findings.add(Finding("total-row", "warning", problem, kinds[0].table))
            continue
        for kind in kinds:
            yield RawRow(kind, by_field, line)


def _by_field(names: Sequence[str | None], cells: Sequence[str]) -> dict[str, str | None]:
    return {name: cell for name, cell in zip(names, cells, strict=False) if name}
