"""In-need plans and their reviews."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from improvement_board.demo import story
from improvement_board.demo.cells import Truth, dates, ids, numbered, words
from improvement_board.demo.days import NEVER, Codes, Days, Flags, ages, to_working_day
from improvement_board.demo.dice import Generator, chance, pick, recurring, some_days
from improvement_board.demo.recording import recorded
from improvement_board.demo.world import World

PARTICIPATION = ("PN0", "PN1", "PN2", "PN3", "PN4", "PN5", "PN6", "PN7")
TOOK_PART = (0, 30, 5, 4, 12, 10, 22, 17)
REVIEW_FIRST, REVIEW_NEXT = 42, 84


@dataclass(frozen=True)
class Plans:
    """In-need plans in order of start; `needs` says which are the additional-needs team's."""

    journey: Codes
    person: Codes
    start: Days
    end: Days
    needs: Flags


def in_need_plans(world: World) -> Plans:
    """Plans open on the records' first day or later: first ones and those after protection or care."""
    way = world.journeys
    journey = np.concatenate([np.arange(len(way)), np.arange(len(way))])
    start = np.concatenate([way.plan, way.step_down])
    end = np.concatenate([way.plan_end, way.step_down_end])
    rows = np.flatnonzero(world.kept[journey] & (start <= world.last_day) & (end > world.first_day) & (end > start))
    rows = rows[np.lexsort((journey[rows], start[rows]))]
    journey = journey[rows]
    return Plans(journey, way.person[journey], start[rows], end[rows], way.needs[journey])


def in_need_table(world: World, plans: Plans) -> Truth:
    """The plans."""
    dice = world.dice("in-need plans")
    worker, team = world.holder(dice, plans.person, np.clip(plans.start + 2, world.first_day, world.last_day))
    known = recorded(dice, plans.end, 0.08, 9.0)
    return Truth(
        "ssd_cin_plans",
        {
            "cinp_cin_plan_id": ids("CN", numbered(len(plans.start))),
            "cinp_referral_id": ids("R", plans.journey + 1),
            "cinp_person_id": ids("P", plans.person + 1),
            "cinp_cin_plan_start_date": dates(plans.start),
            "cinp_cin_plan_end_date": dates(plans.end, known),
            "cinp_cin_plan_team": ids("T", team, 2),
            "cinp_cin_plan_worker_id": ids("W", worker, 4),
        },
        plans.start,
    )


def participation(dice: Generator, age: np.ndarray) -> Codes:
    """How children took part, as places in PARTICIPATION: PN0 under 4."""
    return np.where(age < 4, 0, pick(dice, len(age), TOOK_PART))


def in_need_reviews(world: World, plans: Plans) -> Truth:
    """Reviews of in-need plans: due six weeks after the start, then every twelve; a few never held."""
    dice = world.dice("in-need reviews")
    first = plans.start + 1
    plan, due = recurring(
        plans.start,
        np.minimum(plans.end, world.last_day + 1),
        lambda rows, days: np.where(days < first[rows], REVIEW_FIRST, REVIEW_NEXT),
        world.first_day,
    )
    size = len(plan)
    level = story.CIN_REVIEWS.at(due) * np.where(plans.needs[plan], story.NEEDS_LAG.at(due), 1.0)
    on_time = chance(dice, level, size)
    missed = ~on_time & chance(dice, 0.25, size)
    late = due + 1 + some_days(dice, 13, size)
    held = np.where(on_time, due - dice.integers(0, 12, size), to_working_day(late))
    held = np.where(missed | (held >= plans.end[plan]), NEVER, held)
    known = np.maximum(recorded(dice, held, 0.16, 10.0), due)
    age = ages(world.people.born[plans.person[plan]], due)
    return Truth(
        "cin_reviews",
        {
            "review_id": ids("CR", numbered(size)),
            "person_id": ids("P", plans.person[plan] + 1),
            "cin_plan_id": ids("CN", plan + 1),
            "due_date": dates(due),
            "review_date": dates(held, known),
            "participation": words(participation(dice, age), PARTICIPATION, known),
        },
        due,
    )
