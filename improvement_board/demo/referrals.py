"""Referrals, assessments with their factors and tools, enquiries and initial conferences."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from improvement_board.demo import story
from improvement_board.demo.care_lengths import ADOPTED, GUARDIANSHIP, LEFT_AT_EIGHTEEN
from improvement_board.demo.cells import Truth, dates, flags, ids, numbered, unknown_for_some, words
from improvement_board.demo.days import (
    EIGHTEEN,
    NEVER,
    Codes,
    Days,
    Flags,
    add_working_days,
    earliest,
    to_working_day,
)
from improvement_board.demo.dice import Generator, chance, draw_recurring, gamma_days, pick, some_days
from improvement_board.demo.front_door import SOURCE_WORDS, SOURCES, source_codes
from improvement_board.demo.recording import draw_recording_days
from improvement_board.demo.world import World

NEEDS_CODES = ("N1", "N2", "N3", "N4", "N5", "N6", "N8", "N0")
CLOSE_REASONS = ("RC1", "RC4", "RC6", "RC7", "RC8", "RC9")
REFERRAL_OUTCOMES = (
    '{"SINGLE_ASSESSMENT_FLAG": "Y", "NFA_FLAG": "N"}',
    '{"SINGLE_ASSESSMENT_FLAG": "N", "NFA_FLAG": "Y"}',
)
ASSESSMENT_OUTCOMES = (
    '{"NFA_FLAG": "N", "PROV_OF_SERVICES_FLAG": "Y"}',
    '{"NFA_FLAG": "Y", "PROV_OF_SERVICES_FLAG": "N"}',
)
FRONT_DOOR_TEAM = 1


@dataclass(frozen=True)
class Assessments:
    """Assessments in order of start, a first one for each referral assessed and later ones."""

    journey: Codes
    start: Days
    authorised: Days
    known: Days
    not_in_need: Flags


def referral_table(world: World) -> Truth:
    """Referrals kept in the records."""
    dice = world.dice("referral details")
    rows = np.flatnonzero(world.kept)
    way = world.journeys.only(rows)
    size = len(rows)
    source = unknown_for_some(source_codes(dice, way.referral), chance(dice, 0.006, size))
    need = np.where(way.needs, 1, np.array([0, 0, 2, 3, 4, 5, 6, 7])[pick(dice, size, (52, 1, 4, 11, 20, 4, 2, 6))])
    known = draw_recording_days(dice, way.closed, 0.06, 9.0)
    worker, _ = world.holder(dice, way.person, way.assessment)
    return Truth(
        "ssd_cin_episodes",
        {
            "cine_referral_id": ids("R", rows + 1),
            "cine_person_id": ids("P", way.person + 1),
            "cine_referral_date": dates(way.referral),
            "cine_cin_primary_need_code": words(need, NEEDS_CODES),
            "cine_referral_source_code": words(source, SOURCES),
            "cine_referral_source_desc": words(source, SOURCE_WORDS),
            "cine_referral_outcome_json": words(way.no_action.astype(np.int64), REFERRAL_OUTCOMES),
            "cine_referral_nfa": flags(way.no_action),
            "cine_close_reason": words(_close_reasons(dice, world, rows), CLOSE_REASONS, known),
            "cine_close_date": dates(way.closed, known),
            "cine_referral_team": ids("T", np.where(chance(dice, 0.012, size), -1, FRONT_DOOR_TEAM), 2),
            "cine_referral_worker_id": ids("W", worker, 4, way.assessment),
        },
        way.referral,
    )


def _close_reasons(dice: Generator, world: World, rows: Codes) -> Codes:
    way = world.journeys.only(rows)
    assessed_only = np.where(chance(dice, 0.24, len(rows)), 5, 4)
    reason = np.where(way.not_in_need, assessed_only, 3)
    for exit_kind, code in ((ADOPTED, 0), (GUARDIANSHIP, 1), (LEFT_AT_EIGHTEEN, 2)):
        reason = np.where(way.care_exit == exit_kind, code, reason)
    return reason


def assessments(world: World) -> Assessments:
    """First assessments of the referrals kept, and later ones while a case stays open."""
    dice = world.dice("assessments")
    way = world.journeys
    first = np.flatnonzero(world.kept & (way.assessment < NEVER) & (way.assessment <= world.last_day))
    first = first[way.authorised[first] >= world.first_day]
    long = np.flatnonzero(world.kept & (way.authorised < NEVER))
    until = earliest(way.closed, world.people.born[way.person] + EIGHTEEN)[long]
    later, start = draw_recurring(
        way.authorised[long], until, lambda rows, days: 200 + gamma_days(dice, 420, 1.5, len(rows)), world.first_day
    )
    start = to_working_day(start)
    inside = start <= world.last_day
    journey = long[later[inside]]
    again = _later_authorised(dice, world, journey, start[inside])
    parts = (
        (first, way.assessment[first], way.authorised[first], way.not_in_need[first]),
        (journey, start[inside], again, np.zeros(len(journey), dtype=np.bool_)),
    )
    journey, start, authorised, nothing = (np.concatenate([part[column] for part in parts]) for column in range(4))
    order = np.lexsort((journey, start))
    known = draw_recording_days(dice, authorised, 0.12, 18.0)
    return Assessments(journey[order], start[order], authorised[order], known[order], nothing[order])


def _later_authorised(dice: Generator, world: World, journey: Codes, start: Days) -> Days:
    size = len(journey)
    level = np.where(
        world.journeys.needs[journey],
        story.NEEDS_ASSESSED_ON_TIME.at(start + 50),
        story.ASSESSED_ON_TIME.at(start + 50),
    )
    wait = np.where(chance(dice, level + 0.05, size), dice.integers(15, 45, size), 46 + some_days(dice, 10, size))
    return add_working_days(start, wait)


def assessment_table(world: World, all_assessments: Assessments) -> Truth:
    """Assessments: the team and worker are those who held the case when it was authorised, or hold it."""
    dice = world.dice("assessment details")
    person = world.journeys.person[all_assessments.journey]
    size = len(person)
    worker, team = world.holder(dice, person, np.minimum(all_assessments.authorised - 1, world.last_day))
    return Truth(
        "ssd_cin_assessments",
        {
            "cina_assessment_id": ids("A", numbered(size)),
            "cina_person_id": ids("P", person + 1),
            "cina_referral_id": ids("R", all_assessments.journey + 1),
            "cina_assessment_start_date": dates(all_assessments.start),
            "cina_assessment_child_seen": flags(chance(dice, 0.965, size), all_assessments.known),
            "cina_assessment_auth_date": dates(all_assessments.authorised, all_assessments.known),
            "cina_assessment_outcome_json": words(
                all_assessments.not_in_need.astype(np.int64), ASSESSMENT_OUTCOMES, all_assessments.known
            ),
            "cina_assessment_outcome_nfa": flags(all_assessments.not_in_need, all_assessments.known),
            "cina_assessment_team": ids("T", team, 2),
            "cina_assessment_worker_id": ids("W", worker, 4, world.started(worker)),
        },
        all_assessments.start,
    )
