"""A child's person row, reviews, missing episodes, health checks, care leaver's state and social workers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from improvement_board.sources.ssda903 import codes
from improvement_board.sources.ssda903.care import Episode
from improvement_board.sources.ssda903.fields import KINDS
from improvement_board.sources.ssda903.settle import KnownReturns
from improvement_board.sources.ssda903.shelf import ReturnRow

HEALTH_CHECKS = MappingProxyType(
    {
        "HEALTH_ASSESSMENT": "Health Assessment",
        "TEETH_CHECK": "Dental Check",
        "HEALTH_CHECK": "Health Surveillance Check",
    }
)
ALLOCATED = "Allocated Case Worker"
FoundRow = tuple[ReturnRow, Mapping[str, Any]]


def person_row(rows: Mapping[str, Sequence[ReturnRow]], known: KnownReturns) -> FoundRow:
    """The row of ssd_person: of each fact what the last return says that says something, the header before others."""
    every = [(kind == "Header", row) for kind, own in rows.items() for row in own]
    every.sort(key=lambda told: (told[0], known.return_of(told[1]).day))
    facts: ReturnRow = {}
    for _, row in every:
        facts |= {name: value for name, value in row.items() if value is not None}
    born = {row["DOB"] for is_header, row in every if row.get("DOB") is not None}
    last = every[-1][1]
    if len(born) > 1:
        message = "files do not agree on the date of birth: this one is taken"
        known.tell("births-disagree", "warning", {**last, "DOB": facts["DOB"]}, KINDS["Header"], message, "DOB")
    unknown = (facts.get("UPN") or "").lower()
    mother = facts.get("MOTHER") or ("Y" if facts.get("MC_DOB") else None)
    return last, {
        "pers_person_id": last["CHILD"],
        "pers_sex": facts.get("SEX"),
        "pers_ethnicity": facts.get("ETHNIC"),
        "pers_dob": facts.get("DOB"),
        "pers_upn_unknown": codes.UPN_UNKNOWN.get(unknown),
        "pers_is_mother": mother,
    }


def reviews(rows: Sequence[ReturnRow], episodes: Sequence[Episode], known: KnownReturns) -> Iterator[FoundRow]:
    """Rows of ssd_cla_reviews: those held. The return does not say when a review was due."""
    for row in rows:
        day = row["REVIEW"]
        care = [
            episode.care_id
            for episode in episodes
            if episode.start <= day and (episode.end is None or day <= episode.end)
        ]
        if not care:
            known.tell("review-outside-care", "warning", row, KINDS["Reviews"], "no episode covers the day", "REVIEW")
        yield (
            row,
            {
                "clar_cla_review_id": f"{row['CHILD']}|{day}",
                "clar_cla_id": care[-1] if care else None,
                "clar_cla_review_date": day,
                "clar_cla_review_participation": row["REVIEW_CODE"],
            },
        )


def missing(rows: Sequence[ReturnRow]) -> Iterator[FoundRow]:
    """Rows of ssd_missing."""
    for row in rows:
        start: dt.datetime = row["MIS_START"]
        moment = start.date() if start.time() == dt.time() else start
        yield (
            row,
            {
                "miss_table_id": f"{row['CHILD']}|{moment.isoformat()}|{row['MISSING']}|{row['NUMBER']}",
                "miss_person_id": row["CHILD"],
                "miss_missing_episode_start_date": start,
                "miss_missing_episode_type": row["MISSING"],
                "miss_missing_episode_end_date": row["MIS_END"],
            },
        )


def health(rows: Sequence[ReturnRow], born: dt.date | None, known: KnownReturns) -> Iterator[FoundRow]:
    """Rows of ssd_cla_health. A yes of OC2 says that what was due in the year was done, not when: it is dated by the
    return's day, from which it is known. A child under five is due two assessments: their yes is two rows, the other
    dated the day before."""
    for row in rows:
        as_at = known.return_of(row).day
        for field, words in HEALTH_CHECKS.items():
            if row[field] != "Y":
                continue
            is_twice = field == "HEALTH_ASSESSMENT" and born is not None and _age(born, as_at) < 5
            for back in (1, 0) if is_twice else (0,):
                day = as_at - dt.timedelta(days=back)
                yield (
                    row,
                    {
                        "clah_health_check_id": f"{row['CHILD']}|{day}|{words}",
                        "clah_person_id": row["CHILD"],
                        "clah_health_check_type": words,
                        "clah_health_check_date": day,
                        "clah_health_check_status": "Completed",
                    },
                )


def care_leavers(rows: Sequence[ReturnRow], born: dt.date | None, known: KnownReturns) -> Iterator[FoundRow]:
    """Rows of ssd_care_leavers, as at each return's day. OC3 holds relevant and former relevant young people without
    saying which: by the Children (Leaving Care) Act 2000 it is relevant below 18 and former relevant from then on."""
    for row in rows:
        as_at = known.return_of(row).day
        home, activity = row["ACCOM"], row["ACTIV"]
        is_adult = born is not None and _age(born, as_at) >= 18
        yield (
            row,
            {
                "clea_table_id": f"{row['CHILD']}|{as_at}",
                "clea_person_id": row["CHILD"],
                "clea_care_leaver_eligibility": None if born is None else "Former Relevant" if is_adult else "Relevant",
                "clea_care_leaver_in_touch": row["IN_TOUCH"],
                "clea_care_leaver_accommodation": home[0] if home and home != "0" else None,
                "clea_care_leaver_accom_suitable": home[1] if home and home != "0" else None,
                "clea_care_leaver_activity": activity if activity != "0" else None,
                "as_at": as_at,
            },
        )


def involvements(rows: Sequence[ReturnRow]) -> Iterator[FoundRow]:
    """Rows of ssd_involvements: the allocated social workers of children looked after."""
    for row in rows:
        yield (
            row,
            {
                "invo_involvements_id": f"{row['CHILD']}|{row['SW_DECOM']}|{row['SW_ID']}",
                "invo_professional_id": row["SW_ID"],
                "invo_professional_role_id": ALLOCATED,
                "invo_involvement_start_date": row["SW_DECOM"],
                "invo_involvement_end_date": row["SW_DEC"],
                "invo_worker_change_reason": row["SW_REASON"],
                "invo_person_id": row["CHILD"],
            },
        )


def _age(born: dt.date, day: dt.date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
