"""DfE's children in need census, XML: collections from 2021 to 2022 on, several years' files at once.

A file holds every case that was open on any day of its year to 31 March, with its assessments, plans, enquiries and
reviews. What it cannot carry, so that the columns stay empty:

- team and worker: every figure is of the whole service;
- the due date of a review conference, reviews not held, and what a review decided;
- what came of a section 47 enquiry or of an assessment. An assessment's outcome is inferred from the closure of its
  case: RC8 and RC9 (closed after assessment) mean that the last one authorised found no need;
- which categories a plan for multiple categories has;
- contacts, visits, reviews of in-need plans, plans of other authorities.

Ids are made of the child's id, the day, and a number among the child's events of that day, so that they are the same in
every file. An event that several files have counts once, as the latest file says. A conference that stands in the case
and not in a section 47 enquiry is a transfer in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

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
)
from improvement_board.sources.cin_census.child import events_of
from improvement_board.sources.cin_census.events import CensusEvent
from improvement_board.sources.cin_census.new_ids import NewIds
from improvement_board.sources.cin_census.several import EventsSeen
from improvement_board.sources.feeding import might_feed
from improvement_board.sources.findings import Findings
from improvement_board.sources.staging import Staging
from improvement_board.sources.windows import unbroken_from
from improvement_board.sources.xml_files import local_name
from improvement_board.sources.xml_parts import Notes

YEAR_END = (3, 31)
CARRIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "ssd_person": (
            *("pers_person_id", "pers_sex", "pers_gender", "pers_ethnicity", "pers_dob", "pers_upn_unknown"),
            *("pers_expected_dob", "pers_death_date"),
        ),
        "ssd_cin_episodes": (
            *("cine_referral_id", "cine_person_id", "cine_referral_date", "cine_cin_primary_need_code"),
            *("cine_referral_source_code", "cine_referral_nfa", "cine_close_reason", "cine_close_date"),
        ),
        "ssd_cin_assessments": (
            *("cina_assessment_id", "cina_person_id", "cina_referral_id", "cina_assessment_start_date"),
            *("cina_assessment_auth_date", "cina_assessment_outcome_nfa"),
        ),
        "ssd_assessment_factors": ("cinf_table_id", "cinf_assessment_id", "cinf_assessment_factors_json"),
        "ssd_cin_plans": (
            *("cinp_cin_plan_id", "cinp_referral_id", "cinp_person_id", "cinp_cin_plan_start_date"),
            "cinp_cin_plan_end_date",
        ),
        "ssd_s47_enquiry": ("s47e_s47_enquiry_id", "s47e_referral_id", "s47e_person_id", "s47e_s47_start_date"),
        "ssd_initial_cp_conference": (
            *("icpc_icpc_id", "icpc_s47_enquiry_id", "icpc_person_id", "icpc_cp_plan_id", "icpc_referral_id"),
            *("icpc_icpc_transfer_in", "icpc_icpc_target_date", "icpc_icpc_date", "icpc_icpc_outcome_cp_flag"),
        ),
        "ssd_cp_plans": (
            *("cppl_cp_plan_id", "cppl_referral_id", "cppl_icpc_id", "cppl_person_id", "cppl_cp_plan_start_date"),
            *("cppl_cp_plan_end_date", "cppl_cp_plan_initial_category", "cppl_cp_plan_latest_category"),
            "previous_plans",
        ),
        "ssd_cp_reviews": ("cppr_cp_review_id", "cppr_person_id", "cppr_cp_plan_id", "cppr_cp_review_date"),
    }
)


class CinCensus:
    """Reads children in need censuses."""

    name: str = "cin_census"
    title: str = "Children in need census (XML)"

    def recognises(self, file: Path) -> bool:
        """Whether the file is a children in need census, by its header, or its children where it has none."""
        census = look_at(file, YEAR_END)
        if census is None:
            return False
        return census.collection.startswith("CIN") if census.collection else "<Child>" in census.beginning

    def read(
        self, files: Sequence[Path], staging: Staging, findings: Findings, options: ReadingOptions, progress: Report
    ) -> None:
        """Add the rows of the files, the latest file first."""
        censuses = latest_first(files, YEAR_END, findings)
        if not censuses:
            return
        for table in CARRIES:
            staging.supply(table)
        staging.first_days.update(self.first_days(files))
        staging.dates.update({str(each.file): each.reference_date for each in censuses if each.reference_date})
        staging.authorities.update({str(each.file): each.authority for each in censuses if each.authority})
        if staging.dates:
            staging.last_days.update(dict.fromkeys(CARRIES, max(staging.dates.values())))
        sizes = bytes_of(censuses)
        seen, new_ids = EventsSeen(), NewIds(options.identities.children)
        for number, census in enumerate(censuses):
            notes = Notes(census.file, findings, might_feed(frozenset(CARRIES), self.name))
            if number and census.reference_date and census.reference_date == censuses[number - 1].reference_date:
                tell_same_day(census, censuses[number - 1], "it wins where both have the same event", notes)
            report = report_of(progress, self.title, census, sum(sizes[:number]), sum(sizes))
            is_empty, later = True, seen.later_file(census)
            for child in census_records(census, ("Child",), notes, report):
                if local_name(child.tag) != "Child":
                    notes.unknown_part(child, "Message")
                    continue
                is_empty = False
                events = events_of(child, notes, options.identities.children)
                _stage(new_ids.take(events, later), seen, census, notes, staging)
            for released in new_ids.released(notes, later):
                _stage(released, seen, census, notes, staging)
            if is_empty and not notes.is_stopped:
                notes.stop("unreadable-file", "has no Child")
            seen.next_file(census)

    def first_days(self, files: Sequence[Path]) -> Mapping[str, dt.date]:
        """The day from which each table is complete: the 1 April that begins the earliest census's year, after any year
        that no file covers. Of the time before there are only the cases that were still open then."""
        censuses = [census for census in (look_at(file, YEAR_END) for file in files) if census]
        ends = [census.reference_date for census in censuses if census.reference_date]
        first_day = unbroken_from((_year_start(end), end) for end in ends)
        return dict.fromkeys(CARRIES, first_day) if first_day else {}


def _stage(events: Sequence[CensusEvent], seen: EventsSeen, census: Census, notes: Notes, staging: Staging) -> None:
    """Add a child's events, but for those that a later file has and those that are kept out."""
    seen.settle(events)
    for event in events:
        fate = seen.fate(event, census, notes)
        if fate == "counted":
            staging.add(event.table, event.row, file=str(census.file), line=event.line)
        elif fate == "superseded":
            staging.supersede(event.table, str(census.file))


def _year_start(day: dt.date) -> dt.date:
    """1 April of the census's year that a day lies in."""
    april = dt.date(day.year, 4, 1)
    return april if april <= day else april.replace(year=april.year - 1)
