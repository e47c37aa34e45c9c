"""Periods of care, the placements in them, legal statuses and the episodes these cut."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from improvement_board.demo import story
from improvement_board.demo.care_lengths import ADOPTED
from improvement_board.demo.cells import Truth, dates, ids, numbered, numbers, words
from improvement_board.demo.days import NEVER, YEAR, Codes, Days, Flags, Floats, ages
from improvement_board.demo.dice import chance, draw_recurring, pick
from improvement_board.demo.world import World

LONG_AGO = -40_000
MOVES_A_YEAR = 0.50
SETTLING_DAYS = 200
SETTLING_FACTOR = 3.8
SETTLED_FACTOR = 0.4
PLACEMENT_TYPES = ("U1", "U3", "U4", "U6", "K2", "P1", "H5", "P2", "R3", "A6", "T4", "K1")
WEIGHTS_BY_AGE = (
    (1.0, (8, 26, 2, 52, 0, 6, 0, 0, 6, 0)),
    (10.0, (16, 14, 20, 36, 4, 10, 0, 0, 0, 0)),
    (16.0, (14, 8, 24, 30, 17, 7, 0, 0, 0, 0)),
    (99.0, (7, 3, 16, 15, 17, 5, 28, 8, 0, 0)),
)
ADOPTIVE, TEMPORARY = PLACEMENT_TYPES.index("A6"), PLACEMENT_TYPES.index("T4")
PROVIDERS = ("PR0", "PR1", "PR4", "PR5")
CHANGE_REASONS = (
    "CARPL",
    "CLOSE",
    "ALLEG",
    "STAND",
    "APPRR",
    "CREQB",
    "CREQO",
    "CHILD",
    "LAREQ",
    "PLACE",
    "CUSTOD",
    "OTHER",
)
CHANGE_WEIGHTS = (38, 3, 2, 2, 1, 17, 9, 6, 8, 5, 0.5, 8.5)


@dataclass(frozen=True)
class Stays:
    """Periods of care in order of start, from start up to end."""

    journey: Codes
    person: Codes
    start: Days
    end: Days
    exit: Codes


@dataclass(frozen=True)
class Placements:
    """Placements in order of start; `stay` is the place of the period of care, `reason` why it ended (-1: none)."""

    stay: Codes
    start: Days
    end: Days
    reason: Codes
    kind: Codes
    provider: Codes
    distance: Floats


def stays(world: World) -> Stays:
    """Periods of care that last to the records' first day or later."""
    way = world.journeys
    rows = np.flatnonzero((way.care <= world.last_day) & (way.care_end > world.first_day) & world.kept)
    rows = rows[np.lexsort((rows, way.care[rows]))]
    return Stays(rows, way.person[rows], way.care[rows], way.care_end[rows], way.care_exit[rows])


def placements(world: World, stays: Stays) -> Placements:
    """Moves come faster in the first months, and for some children always."""
    dice = world.dice("placements")
    leaning = dice.gamma(0.6, 1 / 0.6, len(stays.start))

    def next_gap(rows: Codes, days: Days) -> Days:
        settling = np.where(days - stays.start[rows] < SETTLING_DAYS, SETTLING_FACTOR, SETTLED_FACTOR)
        yearly = MOVES_A_YEAR * leaning[rows] * settling * story.PLACEMENT_MOVES.at(days + 90)
        wait = dice.exponential(1.0, len(rows)) * YEAR / np.maximum(yearly, 0.01)
        return np.minimum(wait, 30_000).astype(np.int64) + 2

    end = np.minimum(stays.end, world.last_day + 1)
    stay, start = draw_recurring(stays.start, end, next_gap, LONG_AGO)
    stay = np.concatenate([np.arange(len(stays.start)), stay])
    start = np.concatenate([stays.start, start])
    order = np.lexsort((start, stay))
    stay, start = stay[order], start[order]
    last = np.append(stay[1:] != stay[:-1], True)
    ended = np.where(last, stays.end[stay], np.append(start[1:], NEVER))
    reason = np.where(last, -1, pick(dice, len(stay), CHANGE_WEIGHTS))
    by_start = np.lexsort((stay, start))
    return _described(world, stays, stay[by_start], start[by_start], ended[by_start], reason[by_start])


def _described(world: World, stays: Stays, stay: Codes, start: Days, end: Days, reason: Codes) -> Placements:
    """Adopted children end in an adoptive placement; a few of a week are temporary (T4), and lead back home."""
    dice = world.dice("placement details")
    size = len(stay)
    age = ages(world.people.born[stays.person[stay]], start)
    kind = np.zeros(size, dtype=np.int64)
    below = -1.0
    for limit, weights in WEIGHTS_BY_AGE:
        here = (age >= below) & (age < limit)
        kind[here] = pick(dice, int(here.sum()), weights)
        below = limit
    ends_stay = end == stays.end[stay]
    kind = np.where((stays.exit[stay] == ADOPTED) & ends_stay & (start > stays.start[stay]), ADOPTIVE, kind)
    away = (end - start <= 7) & (reason >= 0) & chance(dice, 0.5, size)
    provider = np.where(kind == 5, 0, 1 + pick(dice, size, (52, 40, 8)))
    near = chance(dice, 0.72, size)
    distance = np.where(near, dice.gamma(2.0, 3.2, size), dice.gamma(2.2, 22.0, size))
    for before, there, after in _round_trips(stay, start, away & (kind != ADOPTIVE)):
        if kind[after] != ADOPTIVE and kind[before] != TEMPORARY:
            kind[there], reason[before], reason[there] = TEMPORARY, -1, -1
            kind[after], provider[after], distance[after] = kind[before], provider[before], distance[before]
    return Placements(stay, start, end, reason, kind, provider, np.asarray(np.round(distance, 1), dtype=np.float64))


def _round_trips(stay: Codes, start: Days, away: Flags) -> Iterator[tuple[int, int, int]]:
    """The placements before, at and after each of those away from home that have both, by the order of days."""
    order = np.lexsort((start, stay))
    for before, here, after in zip(order[:-2].tolist(), order[1:-1].tolist(), order[2:].tolist(), strict=True):
        if away[here] and stay[before] == stay[here] == stay[after]:
            yield before, here, after


def placement_table(stays: Stays, moves: Placements) -> Truth:
    """The placements as the return has them: a temporary one has no reason for a change on it or before it."""
    return Truth(
        "ssd_cla_placement",
        {
            "clap_cla_placement_id": ids("PL", numbered(len(moves.stay))),
            "clap_cla_placement_start_date": dates(moves.start),
            "clap_cla_placement_type": words(moves.kind, PLACEMENT_TYPES),
            "clap_cla_placement_distance": numbers(moves.distance),
            "clap_cla_id": ids("C", moves.stay + 1),
            "clap_cla_placement_provider": words(moves.provider, PROVIDERS),
            "clap_cla_placement_end_date": dates(moves.end),
            "clap_cla_placement_change_reason": words(moves.reason, CHANGE_REASONS, moves.end),
            "clap_person_id": ids("P", stays.person[moves.stay] + 1),
        },
        moves.start,
    )
