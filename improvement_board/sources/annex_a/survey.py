"""A first look at a workbook: which list stands on which sheet, and of which day it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from improvement_board.common.months import month_end
from improvement_board.sources.adapter import ReadingOptions
from improvement_board.sources.annex_a.as_at import (
    contradicts,
    day_in_rows,
    day_in_settings,
    days_in_name,
    month_end_of,
)
from improvement_board.sources.annex_a.carries import FILLS
from improvement_board.sources.annex_a.cells import CellReader
from improvement_board.sources.annex_a.headers import HEADER_ROWS, ListHeader, find_header, read_list_number, top_of
from improvement_board.sources.annex_a.layout import annex_a_layout, comparable_text
from improvement_board.sources.annex_a.notes import Notes
from improvement_board.sources.day_evidence import DayEvidence
from improvement_board.sources.drafts import is_draft
from improvement_board.sources.feeding import might_feed
from improvement_board.sources.findings import Findings, Severity
from improvement_board.sources.values import UnfitValueError
from improvement_board.sources.workbooks.package import Package
from improvement_board.sources.workbooks.scan import UnreadableWorkbookError
from improvement_board.sources.workbooks.workbook import Sheet, SheetRow, Workbook, opened

FEWEST_HEADERS_OF_A_LIST = 4
MOST_HEADERS = 30
MOST_ROWS_LOOKED_AT = 5_000


@dataclass(frozen=True)
class FoundList:
    """A list of a workbook: its sheet and its header."""

    sheet: str
    header: ListHeader

    @property
    def number(self) -> int:
        """The list's number, 1 to 11."""
        return self.header.layout.number


@dataclass(frozen=True)
class Survey:
    """A workbook that can be read: its lists by number, and the month end that it shows."""

    file: Path
    package: Package
    lists: tuple[FoundList, ...]
    day: dt.date

    @property
    def as_at(self) -> dt.date:
        """The month end that it shows."""
        return month_end_of(self.day)


def survey(file: Path, options: ReadingOptions, findings: Findings) -> Survey | None:
    """Look at a workbook; what is odd is noted, None where it cannot be read at all, which is a stop."""
    notes = Notes(file, findings)
    try:
        with opened(file) as workbook:
            survey_lists, other_rows = _look(workbook, notes)
            if not survey_lists:
                notes.stop("no-list", "has no sheet that is one of Annex A's lists", allowed=_titles())
                return None
            lists = tuple(_one_a_list(survey_lists, notes))
            day = _day(workbook, lists, other_rows, options, notes)
            return Survey(file, workbook.package, lists, day)
    except UnreadableWorkbookError as error:
        notes.stop("unreadable-file", str(error))
        return None


def _titles() -> str:
    return ", ".join(f"{list_layout.number} {list_layout.title}" for list_layout in annex_a_layout().lists.values())


def _look(workbook: Workbook, notes: Notes) -> tuple[list[FoundList], list[SheetRow]]:
    """The lists on the sheets, and rows that are of no list: above headers, and on other sheets."""
    lists: list[FoundList] = []
    others: list[SheetRow] = []
    passed: list[str] = []
    for sheet in workbook.sheets():
        rows = top_of(sheet) if sheet.last_row else []
        number, outright = read_list_number(sheet.name)
        header = find_header(rows, number, outright)
        if header is not None and not header.missing:
            if number is not None and header.layout.number != number:
                _tell_other_list(notes.of(sheet.name, None), header, number)
            if sheet.is_hidden:
                notes.of(sheet.name, None).tell("hidden-sheet", "warning", "is hidden, and was not read")
                continue
            if sheet.hidden_rows:
                message = f"has {len(sheet.hidden_rows):,} rows that are hidden or filtered out: they were not read"
                notes.of(sheet.name, None).tell("hidden-rows", "warning", message)
            lists.append(FoundList(sheet.name, header))
            if sheet.last_row <= header.last_line and header.layout.tables:
                _tell_no_rows(notes.of(sheet.name, None), header)
        elif not sheet.is_hidden:
            passed += (
                [sheet.name]
                if rows and number is None and comparable_text(sheet.name) not in annex_a_layout().no_lists
                else []
            )
            _tell_no_list(notes.of(sheet.name, None), rows, header, number, outright)
        before = header.first_line if header and not header.missing else HEADER_ROWS
        others += [row for row in rows if row.line < before]
    if passed and lists:
        notes.tell("unknown-sheet", "warning", f"is none of the lists, and was not read: {', '.join(passed)}")
    return lists, others


def _tell_no_rows(notes: Notes, header: ListHeader) -> None:
    tables = header.layout.tables
    message = f"has no rows: {', '.join(tables)} count as supplied, with nothing in them{might_feed(frozenset(tables))}"
    notes.tell("no-rows", "warning", message, row=header.last_line, table=tables[0])


def _tell_other_list(notes: Notes, header: ListHeader, number: int) -> None:
    own = annex_a_layout().lists[number]
    message = f"is named as list {number} ({own.title}) but holds list {header.layout.number} ({header.layout.title})"
    notes.tell("other-list", "warning", message)


def _tell_no_list(
    notes: Notes, rows: Sequence[SheetRow], header: ListHeader | None, number: int | None, outright: bool
) -> None:
    """A sheet that should be a list and cannot be read is a stop; an empty one, or what may be one, a warning."""
    if number is not None and not rows:
        notes.tell(
            "sheet-empty", "warning", f"is empty: list {number} ({annex_a_layout().lists[number].title}) was not read"
        )
    elif header is not None and (number == header.layout.number or len(header.places) >= FEWEST_HEADERS_OF_A_LIST):
        columns = header.layout.columns
        missing = header.missing[0]
        message = f"list {header.layout.number} ({header.layout.title}) cannot be read without this column"
        severity: Severity = "stop" if number == header.layout.number else "warning"
        allowed = ", ".join(columns[missing].headers[:3])
        others = f"; headers not known: {', '.join(header.unknown[:5])}" if header.unknown else ""
        notes.tell(
            "column-missing", severity, message, row=header.first_line, column=missing, allowed=f"{allowed}{others}"
        )
    elif outright and number is not None:
        first = next(iter(annex_a_layout().lists[number].columns.values())).headers[0]
        notes.stop(
            "no-header", f"has no header of list {number} ({annex_a_layout().lists[number].title})", allowed=first
        )


def _one_a_list(lists: Sequence[FoundList], notes: Notes) -> Iterator[FoundList]:
    """The sheet of each list, drafts and copies left out; of several, none can be chosen, which is a stop."""
    for number in sorted({listed.number for listed in lists}):
        sheets = [listed for listed in lists if listed.number == number]
        shown = [listed for listed in sheets if not is_draft(listed.sheet)] or sheets
        for listed in (listed for listed in sheets if listed not in shown):
            message = "is by its name a draft or a copy of another sheet, and was not read"
            notes.of(listed.sheet, None).tell("draft-copy", "warning", message)
        if len(shown) > 1:
            names = ", ".join(listed.sheet for listed in shown)
            notes.stop("list-twice", f"has list {number} on several sheets ({names}): leave one")
            continue
        chosen = shown[0]
        _tell_of_columns(chosen, notes.of(chosen.sheet, None))
        yield chosen


def _tell_of_columns(chosen: FoundList, notes: Notes) -> None:
    header = chosen.header
    if header.unknown and header.layout.tables:
        message = f"is no column of list {header.layout.number} that is known here, and was not read"
        fed = might_feed(frozenset(header.layout.tables))
        names = ", ".join(header.unknown[:MOST_HEADERS])
        notes.tell("unknown-column", "warning", f"{message}{fed}", row=header.first_line, column=names)
    for name, column in header.layout.columns.items():
        if name not in header.places and not column.rare and header.layout.tables:
            message = "the column was not found; what it holds is left empty"
            allowed = ", ".join(column.headers[:3])
            notes.tell("column-missing", "warning", message, row=header.first_line, column=name, allowed=allowed)
            for filled in FILLS.get((header.layout.number, name), ()):
                notes.without(filled)
        elif len(header.places.get(name, ())) > 1:
            message = "stands in several columns: rows in which they differ are told"
            notes.tell("column-twice", "warning", message, row=header.first_line, column=name)


def _day(
    workbook: Workbook, lists: Sequence[FoundList], rows: Sequence[SheetRow], options: ReadingOptions, notes: Notes
) -> dt.date:
    try:
        day = day_in_settings(options.settings, workbook.file)
    except UnfitValueError as error:
        notes.tell("bad-setting", "warning", str(error), column="as_at", allowed=error.allowed)
        day = None
    day = day or day_in_rows(rows, options.day_first)
    if day is not None:
        return day
    evidence = _evidence(workbook, lists, options)
    named = days_in_name(workbook.file, options.edition)
    by_name = next((named_day for named_day in named if not contradicts(evidence, named_day)), None)
    if by_name is not None:
        return by_name
    latest = evidence.last_day()
    day = min(month_end(latest), options.edition) if latest else options.edition
    taken = f"taken as {day:%d/%m/%Y}, the end of the month of its latest event"
    allowed = 'as_at = 2026-09-30 in sources.toml, "as at 30/09/2026" above a list, or the day in the file\'s name'
    if named:
        days = " or ".join(f"{named_day:%d/%m/%Y}" for named_day in named)
        message = f"is named as of {days}, which its rows contradict: {taken}"
        notes.tell("name-contradicted", "warning", message, allowed=allowed)
    else:
        notes.tell("day-not-said", "warning", f"does not say of which day it is: {taken}", allowed=allowed)
    return day


def _evidence(workbook: Workbook, lists: Sequence[FoundList], options: ReadingOptions) -> DayEvidence:
    """The latest day of each row up to the edition's, births left out and what is planned; of long lists the first
    thousands of rows."""
    sheets: dict[str, Sheet] = {sheet.name: sheet for sheet in workbook.sheets()}
    evidence = DayEvidence()
    for listed in lists:
        columns = listed.header.layout.columns
        dated = {
            name for name, column in columns.items() if column.kind == "date" and not (column.later and column.rare)
        }
        header = replace(listed.header, places={name: at for name, at in listed.header.places.items() if name in dated})
        silent = Notes(workbook.file, Findings())
        reader = CellReader(header, {}, silent, options.edition, options.day_first, workbook.serial_shift)
        rows = (row for row in sheets[listed.sheet].rows() if row.line > header.last_line)
        for row in islice(rows, MOST_ROWS_LOOKED_AT):
            evidence.add(max((day for day in reader.days(row) if day <= options.edition), default=None), None)
    return evidence
