"""In-need plans and their reviews."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from improvement_board.demo import story
from improvement_board.demo.cells import Truth, dates, ids, numbered, words
from improvement_board.demo.days import NEVER, Codes, Days, Flags, ages, to_working_day
from improvement_board.demo.dice import Generator, chance, draw_recurring, pick, some_days
from improvement_board.demo.recording import draw_recording_days
from improvement_board.demo.teams import REDESIGN, TEAMS
from improvement_board.demo.world import World

PARTICIPATION = ("PN0", "PN1", "PN2", "PN3", "PN4", "PN5", "PN6", "PN7")
TOOK_PART = (0, 30, 5, 4, 12, 10, 22, 17)
REVIEW_FIRST, REVIEW_NEXT = 42, 84
CLOSED_TEAMS = [team.number for team in TEAMS if team.closes == REDESIGN]


@dataclass(frozen=True)
class InNeedPlans:
    """Spells of in-need planning in order of start; `needs` says which are the additional-needs team's.

    A spell `cut` at the redesign has two plans, the second recorded under the new team. `number` is the first plan's
    and `number_after` the last one's.
    """

    journey: Codes
    person: Codes
    start: Days
    end: Days
    needs: Flags
    cut: Flags
    number: Codes
    number_after: Codes

    def plan_on(self, rows: Codes, days: Days) -> Codes:
        """The number of the plan of these spells in force on these days."""
        return np.where(days < REDESIGN, self.number[rows], self.number_after[rows])


def in_need_plans(world: World) -> InNeedPlans:
    """Plans open on the records' first day or later: first ones and those after protection or care."""
    way = world.journeys
    journey = np.concatenate([np.arange(len(way)), np.arange(len(way))])
    start = np.concatenate([way.plan, way.step_down])
    end = np.concatenate([way.plan_end, way.step_down_end])
    rows = np.flatnonzero(world.kept[journey] & (start <= world.last_day) & (end > world.first_day) & (end > start))
    rows = rows[np.lexsort((journey[rows], start[rows]))]
    journey, start, end = journey[rows], start[rows], end[rows]
    person = way.person[journey]
    _, team = world.allocations.holder(person, _noted(world, start))
    cut = (start < REDESIGN) & (end > REDESIGN) & np.isin(team, CLOSED_TEAMS) & (world.last_day >= REDESIGN)
    plan_starts = np.concatenate([start, np.full(int(cut.sum()), REDESIGN)])
    spells = np.concatenate([np.arange(len(start)), np.flatnonzero(cut)])
    row = np.empty(len(spells), dtype=np.int64)
    row[np.lexsort((spells, plan_starts))] = numbered(len(spells))
    number_after = row[: len(start)].copy()
    number_after[cut] = row[len(start) :]
    return InNeedPlans(journey, person, start, end, way.needs[journey], cut, row[: len(start)], number_after)


def _noted(world: World, start: Days) -> Days:
    """The day whose team and worker a plan is recorded with: soon after its start, never across the redesign."""
    day = np.clip(start + 2, world.first_day, world.last_day)
    return np.where(start < REDESIGN, np.minimum(day, REDESIGN - 1), day)


def in_need_table(world: World, plans: InNeedPlans) -> Truth:
    """The plans, with the team and worker they started with."""
    dice = world.dice("in-need plans")
    second = np.flatnonzero(plans.cut)
    spell = np.concatenate([np.arange(len(plans.start)), second])
    number = np.concatenate([plans.number, plans.number_after[second]])
    start = np.concatenate([plans.start, np.full(len(second), REDESIGN)])
    end = np.concatenate([np.where(plans.cut, REDESIGN, plans.end), plans.end[second]])
    order = np.argsort(number)
    spell, start, end = spell[order], start[order], end[order]
    worker, team = world.holder(dice, plans.person[spell], _noted(world, start))
    known = np.where(end == REDESIGN, end, draw_recording_days(dice, end, 0.08, 9.0))
    return Truth(
        "ssd_cin_plans",
        {
            "cinp_cin_plan_id": ids("CN", number[order]),
            "cinp_referral_id": ids("R", plans.journey[spell] + 1),
            "cinp_person_id": ids("P", plans.person[spell] + 1),
            "cinp_cin_plan_start_date": dates(start),
            "cinp_cin_plan_end_date": dates(end, known),
            "cinp_cin_plan_team": ids("T", team, 2),
            "cinp_cin_plan_worker_id": ids("W", worker, 4, world.started(worker)),
        },
        start,
    )


def participation(dice: Generator, age: np.ndarray) -> Codes:
    """How children took part, as places in PARTICIPATION: PN0 under 4."""
    return np.where(age < 4, 0, pick(dice, len(age), TOOK_PART))


def in_need_reviews(world: World, plans: InNeedPlans) -> Truth:
    """Reviews of in-need plans: due six weeks after the start, then every twelve; a few never held."""
    dice = world.dice("in-need reviews")
    first = plans.start + 1
    plan, due = draw_recurring(
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
    known = np.maximum(draw_recording_days(dice, held, 0.12, 16.0), due)
    age = ages(world.people.born[plans.person[plan]], due)
    return Truth(
        "cin_reviews",
        {
            "review_id": ids("CR", numbered(size)),
            "person_id": ids("P", plans.person[plan] + 1),
            "cin_plan_id": ids("CN", plans.plan_on(plan, due)),
            "due_date": dates(due),
            "review_date": dates(held, known),
            "participation": words(participation(dice, age), PARTICIPATION, known),
        },
        due,
    )
