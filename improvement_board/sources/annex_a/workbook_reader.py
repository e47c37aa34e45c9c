"""One workbook after another, list by list, row by row, into the tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from improvement_board.common.progress import Report
from improvement_board.sources.adapter import ReadingOptions
from improvement_board.sources.annex_a.care import care_leaver, in_care, involvement, permanence_plan
from improvement_board.sources.annex_a.cells import CellReader, Values
from improvement_board.sources.annex_a.events import ListEntry, assessment, contact, early_help, enquiry, referral
from improvement_board.sources.annex_a.known import Known
from improvement_board.sources.annex_a.new_ids import LISTS_OF_CASES, NewIds
from improvement_board.sources.annex_a.notes import Notes
from improvement_board.sources.annex_a.plans import child_in_need, protection_plan
from improvement_board.sources.annex_a.spells import RowPosition
from improvement_board.sources.annex_a.survey import FoundList, Survey
from improvement_board.sources.findings import Findings
from improvement_board.sources.workbooks.scan import UnreadableWorkbookError
from improvement_board.sources.workbooks.workbook import Workbook, opened

# List 6 first: list 3 takes need and closure from it.
TAKERS: Mapping[int, Callable[[ListEntry], None]] = MappingProxyType(
    {
        6: child_in_need,
        7: protection_plan,
        8: in_care,
        9: care_leaver,
        1: contact,
        2: early_help,
        3: referral,
        4: assessment,
        5: enquiry,
    }
)
REPORT_ROWS = 2_000


@dataclass(frozen=True)
class WorkbookReader:
    """How workbooks are read, and what is known of those read before."""

    known: Known
    findings: Findings
    options: ReadingOptions
    progress: Report
    new_ids: NewIds

    def read(self, survey: Survey, *, is_alone: bool) -> None:
        """Read a workbook's lists; `is_alone` where there is no other. What cannot be read is a stop."""
        lists = {each.number: each for each in survey.lists}
        try:
            with opened(survey.file, survey.package) as workbook:
                if not is_alone:
                    cases = (lists[number] for number in LISTS_OF_CASES if number in lists)
                    untold = Notes(survey.file, Findings())  # what is wrong with a row is told when it is read
                    rows = (values for each in cases for _, values in self._rows(workbook, survey, each, untold))
                    self.new_ids.look(survey.file, rows, self.findings)
                for number in TAKERS:
                    if number in lists:
                        self._read_list(workbook, survey, lists[number])
        except UnreadableWorkbookError as error:
            Notes(survey.file, self.findings).stop("unreadable-file", str(error))

    def _read_list(self, workbook: Workbook, survey: Survey, listed: FoundList) -> None:
        tables = listed.header.layout.tables
        notes = Notes(survey.file, self.findings, listed.sheet, tables[0])
        edition, take = self.options.edition, TAKERS[listed.number]
        for table in ("ssd_person", *tables):
            self.known.staging.supply(table)
        for line, values in self._rows(workbook, survey, listed, notes):
            position = RowPosition(notes, line, survey.as_at)
            values["child"] = self.new_ids.name_of(values, survey.file)
            self.known.person(values["child"], person_columns(values, edition), position)
            take(ListEntry(values, position, self.known, edition))
        self.known.finish_list(tables, survey.as_at)

    def _rows(
        self, workbook: Workbook, survey: Survey, listed: FoundList, notes: Notes
    ) -> Iterator[tuple[int, Values]]:
        """The rows of a list that can be read, each with its line."""
        sheet = next(each for each in workbook.sheets() if each.name == listed.sheet)
        options, shift = self.options, workbook.serial_shift
        reader = CellReader(listed.header, sheet.bad_cells, notes, options.edition, options.day_first, shift)
        what = f"Annex A: {survey.file.name}, list {listed.number}"
        for row in sheet.rows():
            if row.line % REPORT_ROWS == 0:
                self.progress(what, row.line, sheet.last_row)
            values = reader.values(row) if row.line > listed.header.last_line else None
            if values is not None:
                yield row.line, values

    def finish(self) -> None:
        """Add what is known once all workbooks are read."""
        known = self.known
        known.finish()
        if known.allocated.days:
            known.staging.supply("ssd_involvements")
        for held in known.allocated.spells():
            worker, team = held.shown
            row = involvement(held.child, worker, team, held.start, held.end)
            held.position.add(known.staging, "ssd_involvements", row)
        for plan in known.permanence.spells():
            row = permanence_plan(plan.child, plan.shown, plan.start, plan.end)
            plan.position.add(known.staging, "ssd_cla_care_plan", row)


def person_columns(values: Values, edition: dt.date) -> dict[str, Any]:
    """What a row says of its child; a birth later than the edition is expected."""
    born = values["birth_date"]
    is_expected = born is not None and born > edition
    return {
        "pers_sex": values["sex"],
        "pers_ethnicity": values["ethnicity"],
        "pers_dob": None if is_expected else born,
        "pers_expected_dob": born if is_expected else None,
    }
