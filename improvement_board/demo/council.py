"""The whole demonstration council: one simulated truth, drawn as tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from improvement_board.demo import (
    care,
    care_legal,
    care_work,
    enquiries,
    factors,
    front_door,
    in_need,
    leavers,
    missing,
    protection,
    protection_spells,
    quality,
    referrals,
    schools,
    staff_records,
    visits,
)
from improvement_board.demo.allocations import REASONS, allocate
from improvement_board.demo.cases import stretches
from improvement_board.demo.cells import Truth, dates, ids, numbered, words
from improvement_board.demo.days import NEVER, Codes, Days, Flags, day_number, month_start, month_starts
from improvement_board.demo.history import simulate_years
from improvement_board.demo.people import ETHNICITIES, SEXES
from improvement_board.demo.recording import draw_recording_days
from improvement_board.demo.workforce import staff
from improvement_board.demo.world import World

CASE_WORKER = "Allocated Case Worker"


def simulate(seed: int, first: date, last: date, scale: float) -> World:
    """Everything that happens from `first` (a month's first day) to `last`, after years of settling before it."""
    history = simulate_years(seed, first, last, scale)
    cases = stretches(seed, history)
    months = month_starts(first, month_start(last, 1))
    workforce = staff(seed, cases, months, scale)
    first_day, last_day = day_number(first), day_number(last)
    allocations = allocate(seed, cases, workforce, first_day, last_day)
    return World(seed, scale, first_day, last_day, history.people, history.journeys, workforce, allocations)


def tables(world: World) -> Iterator[Truth]:
    """Every table, one after another."""
    person, day, outcome = front_door.contacts(world)
    yield from front_door.front_door_tables(world, person, day, outcome)
    yield from front_door.early_help_tables(world, person[outcome > 0], day[outcome > 0])
    yield _people(world, person, day)
    yield referrals.referral_table(world)
    assessments = referrals.assessments(world)
    yield referrals.assessment_table(world, assessments)
    yield from factors.factor_tables(world, assessments)
    protection_plans, in_need_plans = protection_spells.protection_plans(world), in_need.in_need_plans(world)
    yield from enquiries.enquiry_tables(world, protection_plans)
    yield from protection.protection_tables(world, protection_plans)
    yield in_need.in_need_table(world, in_need_plans)
    yield in_need.in_need_reviews(world, in_need_plans)
    yield from _care_tables(world)
    yield visits.in_need_visits(world, in_need_plans)
    yield visits.protection_visits(world, protection_plans)
    yield _involvements(world)
    yield from _staff_tables(world)
    yield from missing.missing_tables(world)
    yield schools.attendance_table(world)
    yield schools.education_plans(world)


def _care_tables(world: World) -> Iterator[Truth]:
    stays = care.stays(world)
    moves = care.placements(world, stays)
    yield care.placement_table(stays, moves)
    yield from care_legal.legal_and_episode_tables(world, stays, moves)
    yield care_work.care_reviews(world, stays)
    yield care_work.health_checks(world, stays)
    yield from care_work.care_plans(world, stays)
    yield care_work.stability_meetings(world, moves)
    yield visits.care_visits(world, stays)
    yield leavers.care_leaver_table(world)
    yield leavers.homeless_table(world)
    yield from leavers.custody_tables(world)


def _staff_tables(world: World) -> Iterator[Truth]:
    yield from staff_records.workforce_tables(world)
    yield staff_records.supervision_table(world)
    yield staff_records.training_table(world)
    yield staff_records.management_decisions(world)
    yield staff_records.department_table(world)
    yield from quality.audit_tables(world)
    yield quality.feedback_table(world)


def _people(world: World, person: Codes, day: Days) -> Truth:
    """Children in the records, from the day each came to notice. No names."""
    known = np.full(len(world.people), NEVER)
    np.minimum.at(known, person, day)
    kept = np.flatnonzero(world.kept)
    np.minimum.at(known, world.journeys.person[kept], world.journeys.referral[kept])
    rows = np.flatnonzero(known < NEVER)
    people = world.people
    return Truth(
        "ssd_person",
        {
            "pers_person_id": ids("P", rows + 1),
            "pers_sex": words(people.sex[rows], SEXES),
            "pers_ethnicity": words(people.ethnicity[rows], ETHNICITIES),
            "pers_dob": dates(people.born[rows]),
            "pers_send_flag": words(people.disabled[rows].astype(np.int64), ("N", "Y")),
        },
        known[rows],
    )


def _involvements(world: World) -> Truth:
    """Who held which case; a few without a team."""
    dice = world.dice("involvements")
    held = world.allocations
    shown: Flags = held.start <= world.last_day
    order = np.flatnonzero(shown)
    order = order[np.lexsort((held.person[order], held.start[order]))]
    size = len(order)
    end = held.end[order]
    return Truth(
        "ssd_involvements",
        {
            "invo_involvements_id": ids("V", numbered(size)),
            "invo_professional_id": ids("W", held.worker[order], 4),
            "invo_professional_role_id": words(np.zeros(size, dtype=np.int64), (CASE_WORKER,)),
            "invo_professional_team": ids("T", np.where(dice.random(size) < 0.006, -1, held.team[order]), 2),
            "invo_involvement_start_date": dates(held.start[order]),
            "invo_involvement_end_date": dates(end, draw_recording_days(dice, end, 0.02, 5.0)),
            "invo_worker_change_reason": words(held.reason[order], REASONS),
            "invo_person_id": ids("P", held.person[order] + 1),
            "invo_referral_id": ids("R", held.journey[order] + 1),
        },
        held.start[order],
    )
