"""Section 47 enquiries, the initial conferences some lead to, and the agencies invited to them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from improvement_board.demo import story
from improvement_board.demo.cells import Truth, dates, flags, ids, numbered, words
from improvement_board.demo.days import NEVER, Codes, Flags, add_working_days
from improvement_board.demo.dice import Generator, chance
from improvement_board.demo.protection_spells import ProtectionPlans
from improvement_board.demo.world import World

AGENCIES = ("health", "police", "school", "probation", "housing", "other")
INVITED = (0.98, 0.97, 0.66, 0.22, 0.24, 0.30)
COMES = (0.06, 0.02, 0.10, -0.12, -0.22, -0.08)
ENQUIRY_OUTCOMES = (
    '{"NFA_FLAG": "N", "CP_CONFERENCE_FLAG": "Y"}', '{"NFA_FLAG": "N", "NFA_CONTINUE_SINGLE_FLAG": "Y"}',
    '{"NFA_FLAG": "Y"}',
)  # fmt: skip
CONFERENCE_OUTCOMES = ('{"CP_FLAG": "N", "PROV_OF_SERVICES_FLAG": "Y"}', '{"CP_FLAG": "Y"}')


def enquiry_tables(world: World, plans: ProtectionPlans) -> Iterator[Truth]:
    """Section 47 enquiries, the initial conferences some lead to, and the agencies invited."""
    dice = world.dice("enquiries")
    way = world.journeys
    rows = np.flatnonzero(_in_records(world))
    rows = rows[np.lexsort((rows, way.enquiry[rows]))]
    size = len(rows)
    start, person = way.enquiry[rows], way.person[rows]
    conferenced = way.conference[rows] < NEVER
    ended = add_working_days(start, dice.integers(2, 15, size))
    ended = np.where(conferenced, np.minimum(ended, way.conference[rows]), ended)
    no_action = ~conferenced & chance(dice, 0.45, size)
    worker, team = world.holder(dice, person, start)
    yield Truth(
        "ssd_s47_enquiry",
        {
            "s47e_s47_enquiry_id": ids("S", numbered(size)),
            "s47e_referral_id": ids("R", rows + 1),
            "s47e_person_id": ids("P", person + 1),
            "s47e_s47_start_date": dates(start),
            "s47e_s47_end_date": dates(ended),
            "s47e_s47_nfa": flags(no_action, ended),
            "s47e_s47_outcome_json": words(np.where(conferenced, 0, 1 + no_action), ENQUIRY_OUTCOMES, ended),
            "s47e_s47_completed_by_worker_id": ids("W", worker, 4, start),
            "s47e_s47_completed_by_team": ids("T", team, 2, start),
        },
        start,
    )
    held = np.flatnonzero(conferenced & (way.conference[rows] <= world.last_day))
    held = held[np.lexsort((held, way.conference[rows][held]))]
    yield from _conferences(world, dice, plans, rows[held], numbered(size)[held])


def _conferences(world: World, dice: Generator, plans: ProtectionPlans, rows: Codes, enquiry: Codes) -> Iterator[Truth]:
    way = world.journeys
    size = len(rows)
    day, person = way.conference[rows], way.person[rows]
    planned = way.protection[rows] == day
    plan_of = np.full(len(way), -1)
    plan_of[plans.journey] = numbered(len(plans.journey))
    worker, team = world.holder(dice, person, day - 1)
    yield Truth(
        "ssd_initial_cp_conference",
        {
            "icpc_icpc_id": ids("I", numbered(size)),
            "icpc_icpc_meeting_id": ids("M", numbered(size)),
            "icpc_s47_enquiry_id": ids("S", enquiry),
            "icpc_person_id": ids("P", person + 1),
            "icpc_cp_plan_id": ids("CP", np.where(planned, plan_of[rows], -1)),
            "icpc_referral_id": ids("R", rows + 1),
            "icpc_icpc_transfer_in": flags(chance(dice, 0.03, size)),
            "icpc_icpc_target_date": dates(add_working_days(way.enquiry[rows], 15)),
            "icpc_icpc_date": dates(day),
            "icpc_icpc_outcome_cp_flag": flags(planned),
            "icpc_icpc_outcome_json": words(planned.astype(np.int64), CONFERENCE_OUTCOMES),
            "icpc_icpc_team": ids("T", team, 2),
            "icpc_icpc_worker_id": ids("W", worker, 4),
        },
        day,
    )
    invited = np.column_stack([chance(dice, share, size) for share in INVITED])
    conference, agency = np.nonzero(invited)
    came = chance(dice, story.ATTENDED_CONFERENCE.at(day[conference]) - 0.12 + np.array(COMES)[agency], len(agency))
    report = chance(dice, np.where(came, 0.6, 0.34), len(agency))
    yield Truth(
        "conference_attendance",
        {
            "invitation_id": ids("N", numbered(len(agency)), 7),
            "conference_id": ids("I", conference + 1),
            "person_id": ids("P", person[conference] + 1),
            "conference_date": dates(day[conference]),
            "agency": words(agency, AGENCIES),
            "attended_flag": flags(came),
            "report_flag": flags(report),
        },
        day[conference],
    )


def _in_records(world: World) -> Flags:
    """The referrals whose enquiry is in the records."""
    way = world.journeys
    return (
        world.kept
        & (way.enquiry <= world.last_day)
        & ((way.enquiry >= world.first_day) | (way.closed > world.first_day))
    )


def conference_numbers(world: World) -> Codes:
    """The number of the conference in ssd_initial_cp_conference of each referral, -1 where it is not in the records."""
    way = world.journeys
    rows = np.flatnonzero(_in_records(world) & (way.conference <= world.last_day))
    rows = rows[np.lexsort((rows, way.enquiry[rows], way.conference[rows]))]
    numbers = np.full(len(way), -1)
    numbers[rows] = numbered(len(rows))
    return numbers
