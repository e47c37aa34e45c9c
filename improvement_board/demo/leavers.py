"""Young people who left care, homeless, or in custody."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import NormalDist

import numpy as np

from improvement_board.demo import story
from improvement_board.demo.care_lengths import LEFT_AT_EIGHTEEN
from improvement_board.demo.cells import Truth, dates, ids, numbered, words
from improvement_board.demo.days import EIGHTEEN, NEVER, YEAR, Codes, Days, Flags, ages
from improvement_board.demo.dice import Generator, chance, draw_recurring, draw_visit_gaps, gamma_days
from improvement_board.demo.recording import draw_recording_days
from improvement_board.demo.world import EARLIER_DAYS, World

ELIGIBILITY = ("Relevant", "Former Relevant")
TOUCH = ("YES", "NO", "REFU", "NREQ", "RHOM")
HOMES = ("U", "D", "E", "Z", "B", "T", "K", "Y", "S", "W", "V", "X", "R", "G")
SUITABLE_WEIGHTS = (40, 20, 10, 12, 14, 4)
UNSUITABLE_WEIGHTS = (20, 18, 10, 6, 30, 14, 2)
ACTIVITIES = ("F1", "F2", "F4", "F5", "P2", "P5", "G4", "G5", "G6")
LASTING = 0.85
MONTHS_A_TURN = 4
HOMELESS_A_MONTH = 4.2
CUSTODY_A_MONTH = 1.6
CUSTODY_DAYS = 42


class Temper:
    """What a young person tends to do: mostly a lasting trait, partly the season's; true for the share asked for."""

    def __init__(self, dice: Generator, size: int, turns: int) -> None:
        trait = dice.normal(0, np.sqrt(LASTING), size)
        self.mood = trait[None, :] + dice.normal(0, np.sqrt(1 - LASTING), (turns + 1, size))

    def holds(self, turn: int, rows: Codes, share: float) -> Flags:
        """Whether it holds for these young people in a turn of months."""
        return np.asarray(self.mood[turn, rows] < NormalDist().inv_cdf(min(max(share, 0.001), 0.999)))


def care_leaver_table(world: World) -> Truth:
    """One row a care leaver a month end, aged 16 to 21: those who left at 18, and a few who left at 16 or 17."""
    dice = world.dice("care leavers")
    way = world.journeys
    left_early = (way.care_exit >= 0) & (way.care_exit != LEFT_AT_EIGHTEEN) & (way.care_end - way.care > 91)
    left_early &= way.care_end > world.people.born[way.person] + 16.2 * YEAR
    who = np.flatnonzero(
        world.kept & ((way.care_exit == LEFT_AT_EIGHTEEN) | left_early) & (way.care_end <= world.last_day)
    )
    who = who[np.lexsort((who, way.care_end[who]))]
    _, first = np.unique(way.person[who], return_index=True)
    who = who[np.sort(first)]
    born = world.people.born[way.person[who]]
    until = np.where(left_early[who], np.minimum(way.care_end[who] + 800, born + 21 * YEAR), way.closed[who]).astype(
        np.int64
    )
    turns = len(world.month_ends) // MONTHS_A_TURN + 1
    tempers = [Temper(dice, len(who), turns) for _ in range(3)]
    parts = []
    for index, day in enumerate(world.month_ends.tolist()):
        rows = np.flatnonzero((way.care_end[who] <= day) & (until > day))
        turn = index // MONTHS_A_TURN
        shares = [float(curve.at(day)) for curve in (story.IN_TOUCH, story.SUITABLE_HOME, story.IN_WORK_OR_LEARNING)]
        states = [temper.holds(turn, rows, share) for temper, share in zip(tempers, shares, strict=True)]
        parts.append((rows, np.full(len(rows), day), *states))
    columns = [np.concatenate([part[index] for part in parts]) for index in range(5)]
    rows, as_at, in_touch, suitable, active = columns
    order = np.lexsort((as_at, rows))
    states = [column[order] == 1 for column in (in_touch, suitable, active)]
    return _leaver_rows(world, dice, who, rows[order], as_at[order], states, born)


def _leaver_rows(
    world: World, dice: Generator, who: Codes, rows: Codes, as_at: Days, states: list[Flags], born: Days
) -> Truth:
    in_touch, suitable, active = states
    size = len(rows)
    fixed = dice.integers(0, 1_000_000, (3, len(who)))
    home_good = _weighted(fixed[0][rows], SUITABLE_WEIGHTS)
    home_bad = 5 + _weighted(fixed[0][rows], UNSUITABLE_WEIGHTS)
    home = np.where(suitable, home_good, home_bad.clip(6))
    home = np.where(~in_touch & (fixed[1][rows] < 250_000), 12, home)
    activity = np.where(
        active, _weighted(fixed[2][rows], (9, 28, 8, 40, 6, 9)), 6 + _weighted(fixed[2][rows], (28, 52, 20))
    )
    touch = np.where(in_touch, 0, np.array([1, 1, 2, 3, 4])[fixed[1][rows] % 5])
    contact = np.where(in_touch, as_at - dice.integers(0, 45, size), NEVER)
    worker, team = world.holder(dice, world.journeys.person[who][rows], np.minimum(as_at, world.last_day))
    grown = (ages(born[rows], as_at) >= 17.999).astype(np.int64)
    return Truth(
        "ssd_care_leavers",
        {
            "clea_table_id": ids("CL", rows + 1, 5),
            "clea_person_id": ids("P", world.journeys.person[who][rows] + 1),
            "clea_care_leaver_eligibility": words(grown, ELIGIBILITY),
            "clea_care_leaver_in_touch": words(touch, TOUCH),
            "clea_care_leaver_latest_contact": dates(contact),
            "clea_care_leaver_accommodation": words(home, HOMES),
            "clea_care_leaver_accom_suitable": words((~suitable).astype(np.int64), ("1", "2")),
            "clea_care_leaver_activity": words(activity, ACTIVITIES),
            "clea_pathway_plan_review_date": dates(_pathway_reviews(world, dice, who, rows, as_at)),
            "clea_care_leaver_personal_advisor": ids("W", worker, 4),
            "clea_care_leaver_allocated_team": ids("T", team, 2),
            "clea_care_leaver_worker_id": ids("W", worker, 4),
            "as_at": dates(as_at),
        },
        as_at,
    )


def _weighted(drawn: Codes, weights: tuple[float, ...]) -> Codes:
    edges = np.cumsum(weights) / sum(weights) * 1_000_000
    return np.searchsorted(edges, drawn, side="right").clip(0, len(weights) - 1)


def _pathway_reviews(world: World, dice: Generator, who: Codes, rows: Codes, as_at: Days) -> Days:
    """The latest review of the pathway plan on each day."""
    begin = np.maximum(world.journeys.care_end[who], world.first_day - EARLIER_DAYS) - 60
    plan, day = draw_recurring(
        begin,
        np.full(len(who), world.last_day + 1),
        lambda some, days: draw_visit_gaps(dice, story.PATHWAY_PLANS.at(days), 182, len(some)),
        -NEVER,
    )
    keys = np.sort(np.concatenate([plan * NEVER + day, np.arange(len(who)) * NEVER + begin]))
    row = np.searchsorted(keys, rows * NEVER + as_at, side="right") - 1
    return np.asarray(keys[row] % NEVER, dtype=np.int64)


def homeless_table(world: World) -> Truth:
    """16 and 17 year olds who present as homeless."""
    dice = world.dice("homeless")
    way = world.journeys
    parts = []
    for month in world.month_starts[:-1].tolist():
        rows = np.unique(way.person[(way.referral < month) & world.kept])
        age = ages(world.people.born[rows], month)
        rows = rows[(age > 16) & (age < 17.8)]
        count = min(dice.poisson(HOMELESS_A_MONTH * world.scale), len(rows))
        day = month + dice.integers(0, 28, count)
        parts.append((dice.choice(rows, count, replace=False) if count else rows[:0], day))
    person, day = np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts])
    order = np.lexsort((day, person))
    person, day = person[order], day[order]
    joint = chance(dice, 0.35 + 0.45 * (day - world.first_day) / max(world.last_day - world.first_day, 1), len(day))
    assessed = np.where(joint, day + dice.integers(0, 15, len(day)), NEVER)
    columns = {
        "person_id": ids("P", person + 1),
        "presented_date": dates(day),
        "joint_assessment_date": dates(assessed, draw_recording_days(dice, assessed, 0.1, 8.0)),
    }
    return Truth("homeless_young_people", columns, day)


def custody_tables(world: World) -> Iterator[Truth]:
    """Spells in custody and the visits in them."""
    dice = world.dice("custody")
    way = world.journeys
    size = dice.poisson(CUSTODY_A_MONTH * world.scale * len(world.month_ends))
    start = np.sort(dice.integers(world.first_day, world.last_day + 1, size))
    age = world.people.born[way.person] + 14 * YEAR
    weight = world.kept & (way.assessment < NEVER)
    person = np.full(size, -1)
    for index, day in enumerate(start.tolist()):
        fits = np.flatnonzero(
            weight & (age < day) & (way.referral < day) & (way.closed > day) & (age + 3.8 * YEAR > day)
        )
        person[index] = way.person[fits[dice.integers(0, len(fits))]] if len(fits) else -1
    start, person = start[person >= 0], person[person >= 0]
    end = np.minimum(start + gamma_days(dice, 110, 1.3, len(start)), world.people.born[person] + EIGHTEEN)
    rows, day = draw_recurring(
        start,
        np.minimum(end, world.last_day + 1),
        lambda some, days: draw_visit_gaps(dice, np.full(len(some), 0.84), CUSTODY_DAYS, len(some)),
        world.first_day,
    )
    custody_id = ids("CU", numbered(len(start)), 4)
    yield Truth(
        "custody",
        {
            "custody_id": custody_id,
            "person_id": ids("P", person + 1),
            "start_date": dates(start),
            "end_date": dates(end),
        },
        start,
    )
    order = np.lexsort((day, rows))
    columns = {"custody_id": ids("CU", rows[order] + 1, 4), "visit_date": dates(day[order])}
    yield Truth("custody_visits", columns, draw_recording_days(dice, day[order], 0.1, 6.0))
