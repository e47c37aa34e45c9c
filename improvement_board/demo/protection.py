"""Protection plans and their reviews."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from improvement_board.demo import story
from improvement_board.demo.cells import Truth, dates, flags, ids, numbered, words
from improvement_board.demo.days import NEVER, earliest, to_working_day
from improvement_board.demo.dice import chance, draw_recurring, pick, some_days
from improvement_board.demo.enquiries import conference_numbers
from improvement_board.demo.protection_spells import ProtectionPlans
from improvement_board.demo.recording import draw_recording_days
from improvement_board.demo.world import World

CATEGORIES = (
    "Neglect", "Emotional abuse", "Physical abuse", "Sexual abuse", "Multiple: Neglect, Emotional abuse",
    "Multiple: Emotional abuse, Physical abuse",
)  # fmt: skip
REVIEW_FIRST, REVIEW_NEXT = 84, 168  # so that none is due later than 3 months from the start, 6 from the review before


def protection_tables(world: World, plans: ProtectionPlans) -> Iterator[Truth]:
    """Protection plans (a few of another authority's) and their reviews."""
    dice = world.dice("protection plans")
    size = len(plans.start)
    way = world.journeys
    conference = conference_numbers(world)[plans.journey]
    neglect = story.NEGLECT_PLANS.at(plans.start) * 0.82
    other = 1 + pick(dice, size, (37, 8, 4, 5, 3))
    category = np.where(chance(dice, neglect, size), 0, other)
    changed = chance(dice, 0.07, size)
    latest = np.where(changed, np.where(category == 0, 4, 0), category)
    known = draw_recording_days(dice, plans.end, 0.05, 8.0)
    yield Truth(
        "ssd_cp_plans",
        {
            "cppl_cp_plan_id": ids("CP", numbered(size)),
            "cppl_referral_id": ids("R", plans.journey + 1),
            "cppl_icpc_id": ids("I", conference),
            "cppl_person_id": ids("P", way.person[plans.journey] + 1),
            "cppl_cp_plan_start_date": dates(plans.start),
            "cppl_cp_plan_end_date": dates(plans.end, known),
            "cppl_cp_plan_initial_category": words(category, CATEGORIES),
            "cppl_cp_plan_ola": flags(chance(dice, 0.012, size)),
            "cppl_cp_plan_latest_category": words(latest, CATEGORIES),
        },
        plans.start,
    )
    yield _reviews(world, plans)


def _reviews(world: World, plans: ProtectionPlans) -> Truth:
    dice = world.dice("protection reviews")
    first = plans.start + 1
    plan, due = draw_recurring(
        plans.start,
        earliest(plans.end, np.full(len(plans.end), world.last_day + 1)),
        lambda rows, days: np.where(days < first[rows], REVIEW_FIRST, REVIEW_NEXT),
        world.first_day - 400,
    )
    size = len(plan)
    early = np.maximum(due - dice.integers(0, 9, size), plans.start[plan] + 20)
    on_time = chance(dice, story.CP_REVIEWS.at(due), size)
    held = to_working_day(np.where(on_time, early - 3, due + 3 + some_days(dice, 8, size)))
    held = np.where(held < plans.end[plan], held, NEVER)
    known = np.maximum(draw_recording_days(dice, held, 0.1, 8.0), due)
    return Truth(
        "ssd_cp_reviews",
        {
            "cppr_cp_review_id": ids("RV", numbered(size)),
            "cppr_person_id": ids("P", plans.person[plan] + 1),
            "cppr_cp_plan_id": ids("CP", plan + 1),
            "cppr_cp_review_due": dates(due),
            "cppr_cp_review_date": dates(held, known),
            "cppr_cp_review_meeting_id": ids("MR", numbered(size)),
            "cppr_cp_review_outcome_continue_cp": flags(held < NEVER, known),
            "cppr_cp_review_quorate": flags(chance(dice, 0.93, size), known),
        },
        due,
    )
