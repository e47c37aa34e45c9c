"""The adapter: every workbook is looked at, then read from the latest to the earliest, so that the last word counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from improvement_board.common.progress import Report
from improvement_board.sources.adapter import ReadingOptions
from improvement_board.sources.annex_a.coverage import CASE_LISTS, first_days
from improvement_board.sources.annex_a.headers import find_header, read_list_number, top_of
from improvement_board.sources.annex_a.known import Known
from improvement_board.sources.annex_a.new_ids import NewIds
from improvement_board.sources.annex_a.notes import Notes
from improvement_board.sources.annex_a.survey import Survey, survey
from improvement_board.sources.annex_a.workbook_reader import WorkbookReader
from improvement_board.sources.findings import Findings
from improvement_board.sources.staging import Staging
from improvement_board.sources.workbooks.package import sheet_names
from improvement_board.sources.workbooks.scan import UnreadableWorkbookError
from improvement_board.sources.workbooks.workbook import Workbook, opened

FEWEST_LISTS_BY_NAME = 3
LIST_OF_CARE = 8


@dataclass
class AnnexA:
    """Ofsted's Annex A workbook, one or several.

    Settings of the reading options: `as_at`, the day of every workbook, or days by file name; `worker_id`, a function
    that makes a pseudonymous id of a worker's name. After reading, `first_days` has for each table the first day from
    which what was read is complete.
    """

    name: str = "annex_a"
    title: str = "Ofsted Annex A workbook"
    first_days: Mapping[str, dt.date] = field(default_factory=dict)

    @property
    def first_day(self) -> dt.date | None:
        """The first day from which every table read is complete, None before any is read."""
        return max(self.first_days.values(), default=None)

    def recognises(self, file: Path) -> bool:
        """Whether a file is an Excel workbook with Annex A's lists, by its sheets' names or their headers."""
        try:
            named = {number for number, outright in map(read_list_number, sheet_names(file)) if outright}
            if len(named) >= FEWEST_LISTS_BY_NAME:
                return True
            with opened(file) as workbook:
                return _has_list(workbook)
        except UnreadableWorkbookError:
            return False

    def read(
        self, files: Sequence[Path], staging: Staging, findings: Findings, options: ReadingOptions, progress: Report
    ) -> None:
        """Add the rows of the workbooks to the staging tables."""
        surveys = []
        for at, file in enumerate(files):
            progress(f"Annex A: {file.name}", at, len(files))
            looked_over = survey(file, options, findings)
            surveys += [looked_over] if looked_over else []
        surveys.sort(key=lambda workbook: (workbook.day, str(workbook.file)), reverse=True)
        _tell_same_month(surveys, findings)
        self.first_days = first_days(surveys)
        staging.first_days.update(self.first_days)
        staging.dates.update({str(workbook.file): workbook.day for workbook in surveys})
        if surveys:
            staging.last_days.update(dict.fromkeys(self.first_days, surveys[0].as_at))
        people = options.identities
        known = Known(staging, _worker_id(options.settings), people.workers)
        reading = WorkbookReader(known, findings, options, progress, NewIds(people.children))
        case_lists = CASE_LISTS & {each.number for workbook in surveys for each in workbook.lists}
        for workbook in surveys:
            _prepare(reading.known, workbook, case_lists)
            reading.read(workbook, is_alone=len(surveys) == 1)
        reading.finish()


def _has_list(workbook: Workbook) -> bool:
    for sheet in workbook.sheets():
        header = find_header(top_of(sheet), read_list_number(sheet.name)[0]) if sheet.last_row else None
        if header is not None and not header.missing:
            return True
    return False


def _worker_id(settings: Mapping[str, object]) -> Callable[[str], str]:
    given: Any = settings.get("worker_id")
    return given if callable(given) else str


def _tell_same_month(surveys: Sequence[Survey], findings: Findings) -> None:
    for later, earlier in pairwise(surveys):
        if later.as_at == earlier.as_at:
            message = f"shows the same month end as {later.file.name}, which counts where both have the same event"
            Notes(earlier.file, findings).tell("same-reference-date", "warning", message, value=earlier.as_at)


def _prepare(known: Known, workbook: Survey, case_lists: frozenset[int]) -> None:
    """Who holds a case is noted from workbooks that have every list of cases that any of them has: the cases of a list
    that one lacks would seem to have ended."""
    numbers = {each.number for each in workbook.lists}
    known.notes_allocations = bool(case_lists) and case_lists <= numbers
    if known.notes_allocations:
        known.allocated.days.add(workbook.as_at)
    if LIST_OF_CARE in numbers:
        known.permanence.days.add(workbook.as_at)
