"""DfE's children's social work workforce census, XML: the social workers on 30 September, and who left in the year.

A census gives a row of `workforce` for 30 September for everyone in post, agency workers too, and for each leaver a row
of the month they left in, with their last day. A leaver's full-time equivalent is that of 30 September a year before
(FTE30), since FTE is that of the census's own day; who came and left within the year has none. Several posts of a
worker are one row. What it cannot carry, so that it stays empty:

- the team: every figure is of the whole service;
- any other month end than 30 September;
- sickness by month (working_days_lost): WorkingDaysLost is of the whole year;
- which children a worker holds (Cases30 is a number only), so no caseload.

`vacancies` has one row a census, without a team: the NumberOfVacancies of the block about the authority, whatever a
year calls it (LALevelVacancies, LALevel from 2025 on). A worker's id is the Social Work England number, in capitals.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from lxml import etree

from improvement_board.common.progress import Report
from improvement_board.sources.adapter import ReadingOptions
from improvement_board.sources.census_files import (
    Census,
    bytes_of,
    census_records,
    latest_first,
    look_at,
    report_of,
    tell_same_day,
    year_before,
)
from improvement_board.sources.csww_census.workers import MOST_WORKERS, Workers
from improvement_board.sources.feeding import might_feed
from improvement_board.sources.findings import Findings
from improvement_board.sources.staging import Staging
from improvement_board.sources.xml_files import line_of, local_name
from improvement_board.sources.xml_parts import Notes, Part, Trouble, parts_of, read_row

YEAR_END = (9, 30)
CARRIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "workforce": (
            *("professional_id", "period_end", "role", "social_worker_flag", "agency_flag", "fte"),
            *("start_date", "end_date"),
        ),
        "vacancies": ("period_end", "vacant_fte"),
    }
)
VACANT = frozenset({"vacancies"})
VACANCIES = (Part("NumberOfVacancies", "vacant_fte", "number", needed=True, lowest=0),)
VACANCIES_KNOWN = frozenset(
    {
        *("numberofvacancies", "noagencyfte", "noagencyheadcount", "recruitmentbonus", "retentionbonus"),
        *("performanceaward", "carallowance", "relocationpackage", "regionalweighting", "costswe", "costdbs"),
        "otherallowances",
    }
)


class CswwCensus:
    """Reads children's social work workforce censuses."""

    name: str = "csww_census"
    title: str = "Social work workforce census (XML)"

    def recognises(self, file: Path) -> bool:
        """Whether the file is a social work workforce census, by its header, or its workers where it has none."""
        census = look_at(file, YEAR_END)
        if census is None:
            return False
        if census.collection:
            return census.collection.startswith("CSWW")
        return "<CSWWWorker>" in census.beginning or "<LALevel" in census.beginning

    def read(
        self, files: Sequence[Path], staging: Staging, findings: Findings, options: ReadingOptions, progress: Report
    ) -> None:
        """Add the rows of the files, the latest file first: of two files of one day the later one counts."""
        censuses = latest_first(files, YEAR_END, findings)
        if not censuses:
            return
        for table in CARRIES:
            staging.supply(table)
        staging.first_days.update(self.first_days(files))
        staging.dates.update({str(each.file): day for each in censuses if (day := _census_day(each))})
        staging.authorities.update({str(each.file): each.authority for each in censuses if each.authority})
        if staging.dates:
            staging.last_days.update(dict.fromkeys(CARRIES, max(staging.dates.values())))
        sizes = bytes_of(censuses)
        read: dict[tuple[str | None, dt.date], Census] = {}
        taken: set[tuple[str, dt.date]] = set()
        for number, census in enumerate(censuses):
            notes = Notes(census.file, findings, might_feed(frozenset(CARRIES), self.name))
            day = _census_day(census)
            if day is None:
                notes.stop("no-reference-date", "does not say of which year it is, so that nothing can be dated")
            elif (census.authority, day) in read:
                tell_same_day(census, read[census.authority, day], "this one was not read", notes)
            else:
                read[census.authority, day] = census
                _tell_if_odd_day(census, day, notes)
                report = report_of(progress, self.title, census, sum(sizes[:number]), sum(sizes))
                _read_census(census, Workers(day, notes, options.identities.workers), staging, taken, report)

    def first_days(self, files: Sequence[Path]) -> Mapping[str, dt.date]:
        """The day from which each table is complete. Everyone who left after the 30 September before the earliest
        census is in it: those are the leavers of its year, so the year's turnover is known. Vacancies are those of the
        month's end, 30 September: a census holds the whole of that month's row."""
        census_days = [_census_day(census) for census in (look_at(file, YEAR_END) for file in files) if census]
        days = [day for day in census_days if day]
        year_before_it = year_before(min(days)).replace(day=1) if days else None  # a month counts from its first day on
        return {"workforce": year_before_it, "vacancies": min(days).replace(day=1)} if year_before_it else {}


def _census_day(census: Census) -> dt.date | None:
    """The 30 September that a census is of: its reference date, else that of its year, else the last before it."""
    day = census.reference_date
    if day is None or (day.month, day.day) == YEAR_END:
        return day
    if census.year is not None:
        return dt.date(census.year, *YEAR_END)
    return dt.date(day.year if (day.month, day.day) > YEAR_END else day.year - 1, *YEAR_END)


def _tell_if_odd_day(census: Census, day: dt.date, notes: Notes) -> None:
    if census.reference_date != day:
        message, read = f"is not 30 September; the census is taken to be that of {day}", str(census.reference_date)
        notes.tell(Trouble("odd-reference-date", "warning", message, None, "ReferenceDate", read))


def _read_census(
    census: Census,
    workers: Workers,
    staging: Staging,
    taken: set[tuple[str, dt.date]],
    report: Callable[[int], None],
) -> None:
    """Add a file's rows; those whose key is `taken` by a file of another authority are left to it."""
    notes = workers.notes
    is_empty = True
    vacancies = 0
    for element in census_records(census, ("CSWWWorker",), notes, report):
        if local_name(element.tag) == "CSWWWorker":
            is_empty = False
            workers.add(element)
            if len(workers.posts) > MOST_WORKERS:
                message = f"has more than {MOST_WORKERS:,} workers: not a census of one authority"
                notes.stop("unreadable-file", message)
                return
        elif "numberofvacancies" in parts_of(element):
            vacancies += 1
            _add_vacancies(element, workers, staging, taken)
        else:
            notes.unknown_part(element, "Message")
    if is_empty and not notes.is_stopped:
        notes.stop("unreadable-file", "has no CSWWWorker")
    if vacancies != 1 and not notes.is_stopped:
        _tell_of_vacancies(vacancies, notes)
    for post_number, post in workers.posts.items():
        if post_number not in taken:
            taken.add(post_number)
            staging.add("workforce", post.row, file=str(census.file), line=post.line)


def _add_vacancies(
    element: etree._Element, workers: Workers, staging: Staging, taken: set[tuple[str, dt.date]]
) -> None:
    parts, line, row_number = parts_of(element), line_of(element), workers.notes.next_row()
    for name in parts.keys() - VACANCIES_KNOWN:
        workers.notes.unknown_part(parts[name][0], local_name(element.tag))
    read = read_row(parts, VACANCIES, line)
    for trouble in read.troubles:
        workers.notes.tell(trouble, "vacancies", str(workers.day), row_number)
    if read.is_fit and ("vacancies", workers.day) not in taken:
        taken.add(("vacancies", workers.day))
        row = {"period_end": workers.day, **read.values}
        staging.add("vacancies", row, file=str(workers.notes.file), line=line)


def _tell_of_vacancies(blocks: int, notes: Notes) -> None:
    """A census says once how many posts are vacant: of several numbers the first counts, without one none is known."""
    message = f"is given in {blocks} blocks: the first counts" if blocks else f"is missing{might_feed(VACANT)}"
    notes.tell(Trouble("vacancies-not-once", "warning", message, None, VACANCIES[0].element), "vacancies")
