"""Legal statuses of children in care and the episodes that these and the placements cut."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

import numpy as np

from improvement_board.demo.care import Placements, Stays
from improvement_board.demo.care_lengths import ADOPTED, EXIT_CODES, RETURNED
from improvement_board.demo.cells import Truth, dates, ids, numbered, words
from improvement_board.demo.days import NEVER, Codes, Days
from improvement_board.demo.dice import Generator, chance, pick
from improvement_board.demo.world import World

LEGAL_STATUSES = ("V2", "C1", "C2", "E1", "L2", "J1", "V4")
START_REASONS = ("S", "P", "L")
CEASED_REASONS = (*EXIT_CODES, "X1")
SHORT_BREAK_SHARE = 0.09


def legal_and_episode_tables(world: World, stays: Stays, moves: Placements) -> Iterator[Truth]:
    """Legal statuses, and episodes: a new one at every change of placement or status; short breaks beside them."""
    dice = world.dice("legal statuses")
    size = len(stays.start)
    first = pick(dice, size, (38, 52, 0, 0, 7, 3))
    lasts = stays.end - stays.start
    turn = stays.start + np.minimum(170 + dice.integers(0, 160, size), lasts - 30)
    turns = (lasts > 260) & chance(dice, 0.82, size)
    second = np.where(stays.exit == ADOPTED, 3, 2)
    breaks = _short_breaks(dice, world, stays)
    person = np.concatenate([stays.person, stays.person[turns], breaks.person])
    status = np.concatenate([first, second[turns], np.full(len(breaks.person), 6)])
    start = np.concatenate([stays.start, turn[turns], breaks.start])
    end = np.concatenate([np.where(turns, turn, stays.end), stays.end[turns], breaks.end])
    order = np.lexsort((person, start))
    yield Truth(
        "ssd_legal_status",
        {
            "lega_legal_status_id": ids("L", numbered(len(order))),
            "lega_person_id": ids("P", person[order] + 1),
            "lega_legal_status": words(status[order], LEGAL_STATUSES),
            "lega_legal_status_start_date": dates(start[order]),
            "lega_legal_status_end_date": dates(end[order]),
        },
        start[order],
    )
    yield _episodes(world, stays, moves, np.where(turns, turn, NEVER), breaks)


def _short_breaks(dice: Generator, world: World, stays: Stays) -> Stays:
    """Series of short breaks for a few children of the additional-needs team."""
    way = world.journeys
    usual = world.kept & way.needs & (way.care == NEVER) & (way.plan_end - way.plan > 300)
    fits = (way.plan < NEVER) & (way.plan_end > world.first_day) & (way.plan + 60 < world.last_day)
    rows = np.flatnonzero(usual & fits)
    rows = rows[chance(dice, SHORT_BREAK_SHARE, len(rows)) & ~np.isin(way.person[rows], stays.person)]
    return Stays(rows, way.person[rows], way.plan[rows] + 45, way.plan_end[rows], np.full(len(rows), RETURNED))


def _cuts(stays: Stays, moves: Placements, turn: Days) -> tuple[Codes, Days, Codes]:
    """Where episodes begin: the stay, the day, and the placement then in force."""
    turned = np.flatnonzero(turn < NEVER)
    stay = np.concatenate([moves.stay, turned])
    start = np.concatenate([moves.start, turn[turned]])
    placement = np.concatenate([np.arange(len(moves.stay)), np.full(len(turned), -1)])
    order = np.lexsort((-placement, start, stay))
    stay, start, placement = stay[order], start[order], placement[order]
    once = np.append(True, (stay[1:] != stay[:-1]) | (start[1:] != start[:-1]))
    stay, start, placement = stay[once], start[once], placement[once]
    latest = np.maximum.accumulate(np.where(placement >= 0, np.arange(len(placement)), 0))
    return stay, start, placement[latest]


def _episodes(world: World, stays: Stays, moves: Placements, turn: Days, breaks: Stays) -> Truth:
    stay, start, placement = _cuts(stays, moves, turn)
    stay = np.concatenate([stay, len(stays.start) + np.arange(len(breaks.start))])
    start = np.concatenate([start, breaks.start])
    placement = np.concatenate([placement, np.full(len(breaks.start), -1)])
    periods = Stays(
        *(np.concatenate([getattr(stays, column.name), getattr(breaks, column.name)]) for column in fields(Stays))
    )
    changes = np.concatenate([turn, np.full(len(breaks.start), NEVER)])[stay] == start
    why = np.where(start == periods.start[stay], 0, np.where(changes, 2, 1))
    last = np.append(stay[1:] != stay[:-1], True)
    end = np.where(last, periods.end[stay], np.append(start[1:], NEVER))
    ceased = np.where(last, periods.exit[stay].clip(0), len(EXIT_CODES))
    rows = np.lexsort((stay, start))
    stay, start, end, placement = stay[rows], start[rows], end[rows], placement[rows]
    journey = periods.journey[stay]
    return Truth(
        "ssd_cla_episodes",
        {
            "clae_cla_episode_id": ids("E", numbered(len(rows))),
            "clae_person_id": ids("P", periods.person[stay] + 1),
            "clae_cla_episode_start_date": dates(start),
            "clae_cla_episode_start_reason": words(why[rows], START_REASONS),
            "clae_cla_primary_need_code": words(world.journeys.needs[journey].astype(np.int64), ("N1", "N2")),
            "clae_cla_episode_ceased_date": dates(end),
            "clae_cla_episode_ceased_reason": words(ceased[rows], CEASED_REASONS, end),
            "clae_cla_id": ids("C", stay + 1),
            "clae_referral_id": ids("R", journey + 1),
            "clae_cla_placement_id": ids("PL", np.where(placement < 0, -1, placement + 1)),
            "clae_entered_care_date": dates(periods.start[stay]),
        },
        start,
    )
