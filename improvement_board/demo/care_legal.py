"""Legal statuses of children in care and the episodes that these and the placements cut."""

from __future__ import annotations

from collections.abc import Iterator

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


def legal_and_episode_tables(world: World, found: Stays, moves: Placements) -> Iterator[Truth]:
    """Legal statuses, and episodes: a new one at every change of placement or status; short breaks beside them."""
    dice = world.dice("legal statuses")
    size = len(found.start)
    first = pick(dice, size, (38, 52, 0, 0, 7, 3))
    lasts = found.end - found.start
    turn = found.start + np.minimum(170 + dice.integers(0, 160, size), lasts - 30)
    turns = (lasts > 260) & chance(dice, 0.82, size)
    second = np.where(found.exit == ADOPTED, 3, 2)
    breaks = _short_breaks(dice, world, found)
    person = np.concatenate([found.person, found.person[turns], breaks[0]])
    status = np.concatenate([first, second[turns], np.full(len(breaks[0]), 6)])
    start = np.concatenate([found.start, turn[turns], breaks[1]])
    end = np.concatenate([np.where(turns, turn, found.end), found.end[turns], breaks[2]])
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
    yield _episodes(world, found, moves, np.where(turns, turn, NEVER), breaks)


def _short_breaks(dice: Generator, world: World, found: Stays) -> tuple[Codes, Days, Days, Codes]:
    """Series of short breaks for a few children of the additional-needs team: child, start, end, referral."""
    way = world.journeys
    usual = world.kept & way.needs & (way.care == NEVER) & (way.plan_end - way.plan > 300)
    fits = (way.plan < NEVER) & (way.plan_end > world.first_day) & (way.plan + 60 < world.last_day)
    rows = np.flatnonzero(usual & fits)
    rows = rows[chance(dice, SHORT_BREAK_SHARE, len(rows)) & ~np.isin(way.person[rows], found.person)]
    return way.person[rows], way.plan[rows] + 45, way.plan_end[rows], rows


def _episodes(
    world: World, found: Stays, moves: Placements, turn: Days, breaks: tuple[Codes, Days, Days, Codes]
) -> Truth:
    turned = np.flatnonzero(turn < NEVER)
    stay = np.concatenate([moves.stay, turned])
    start = np.concatenate([moves.start, turn[turned]])
    placement = np.concatenate([np.arange(len(moves.stay)), np.full(len(turned), -1)])
    order = np.lexsort((-placement, start, stay))
    stay, start, placement = stay[order], start[order], placement[order]
    once = np.append(True, (stay[1:] != stay[:-1]) | (start[1:] != start[:-1]))
    stay, start, placement = stay[once], start[once], placement[once]
    placement = placement[np.maximum.accumulate(np.where(placement >= 0, np.arange(len(placement)), 0))]
    last = np.append(stay[1:] != stay[:-1], True)
    end = np.where(last, found.end[stay], np.append(start[1:], NEVER))
    why = np.where(start == found.start[stay], 0, np.where(np.isin(start, turn) & (turn[stay] == start), 2, 1))
    ceased = np.where(last, found.exit[stay].clip(0), len(EXIT_CODES))
    series = len(found.start) + np.arange(len(breaks[0]))
    person = np.concatenate([found.person[stay], breaks[0]])
    journey = np.concatenate([found.journey[stay], breaks[3]])
    start, end = np.concatenate([start, breaks[1]]), np.concatenate([end, breaks[2]])
    columns = [
        np.concatenate([one, np.full(len(series), other)])
        for one, other in ((why, 0), (ceased, RETURNED), (placement, -1))
    ]
    entered = np.concatenate([found.start[stay], breaks[1]])
    period = np.concatenate([stay, series])
    by_start = np.lexsort((period, start))
    why, ceased, placement = (column[by_start] for column in columns)
    needs = world.journeys.needs[journey[by_start]].astype(np.int64)
    return Truth(
        "ssd_cla_episodes",
        {
            "clae_cla_episode_id": ids("E", numbered(len(by_start))),
            "clae_person_id": ids("P", person[by_start] + 1),
            "clae_cla_episode_start_date": dates(start[by_start]),
            "clae_cla_episode_start_reason": words(why, START_REASONS),
            "clae_cla_primary_need_code": words(needs, ("N1", "N2")),
            "clae_cla_episode_ceased_date": dates(end[by_start]),
            "clae_cla_episode_ceased_reason": words(ceased, CEASED_REASONS, end[by_start]),
            "clae_cla_id": ids("C", period[by_start] + 1),
            "clae_referral_id": ids("R", journey[by_start] + 1),
            "clae_cla_placement_id": ids("PL", np.where(placement < 0, -1, placement + 1)),
            "clae_entered_care_date": dates(entered[by_start]),
        },
        start[by_start],
    )
