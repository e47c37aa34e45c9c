"""School attendance of children with an open referral, and the education plans of children in care."""

from __future__ import annotations

from datetime import date

import numpy as np

from improvement_board.demo import story
from improvement_board.demo.cells import Truth, dates, ids, wholes
from improvement_board.demo.days import NEVER, YEAR, Codes, Days, Floats, as_date, day_number
from improvement_board.demo.dice import Generator, chance
from improvement_board.demo.recording import draw_recording_days
from improvement_board.demo.world import World

SESSIONS = {1: 40, 2: 30, 3: 42, 4: 22, 5: 34, 6: 42, 7: 30, 8: 0, 9: 38, 10: 34, 11: 42, 12: 30}
SCHOOLS_CLOSED = {(2020, 3): 30, (2020, 4): 0, (2020, 5): 0, (2020, 6): 14, (2020, 7): 14}
SEASON = {1: 1.06, 2: 1.0, 3: 0.98, 4: 0.97, 5: 0.97, 6: 1.06, 7: 1.14, 9: 0.88, 10: 0.95, 11: 1.04, 12: 1.12}
BEFORE_COVID = 0.88
ABSENCE_BY_PLAN = np.array([0.085, 0.185, 0.142, 0.142, 0.142, 0.135])
SPREAD = 2.6
AUTHORISED = 0.52
TERM_ENDS = ((12, 31), (4, 30), (8, 31))


def attendance_table(world: World) -> Truth:
    """A row a pupil a month, aged 5 to 15 at 31 August, in the school years in which a referral is open."""
    dice = world.dice("attendance")
    parts = [
        _school_year(world, dice, year)
        for year in range(as_date(world.first_day).year - 1, as_date(world.last_day).year + 1)
    ]
    columns = [np.concatenate([part[number] for part in parts]) for number in range(6)]
    order = np.lexsort((columns[1], columns[0]))
    person, period_end, possible, authorised, unauthorised, known = (column[order] for column in columns)
    return Truth(
        "attendance",
        {
            "person_id": ids("P", person + 1),
            "period_end": dates(period_end),
            "sessions_possible": wholes(possible),
            "sessions_authorised": wholes(authorised),
            "sessions_unauthorised": wholes(unauthorised),
        },
        known,
    )


def _school_year(world: World, dice: Generator, year: int) -> tuple[Codes, Days, Codes, Codes, Codes, Days]:
    """Child, month end, sessions possible, missed with and without permission, day known."""
    begins = day_number(date(year, 9, 1))
    months = world.month_ends[(world.month_ends >= begins) & (world.month_ends < begins + 340)]
    way = world.journeys
    rows = np.flatnonzero(world.kept & (way.referral <= begins + 333) & (way.closed > max(begins, world.first_day)))
    age = (begins - 1 - world.people.born[way.person[rows]]) / YEAR
    rows = rows[(age >= 5) & (age < 16)]
    _, first = np.unique(way.person[rows], return_index=True)
    rows = rows[np.sort(first)]
    size = len(rows)
    kind = world.plan_type(rows, np.clip(way.referral[rows] + 60, begins + 90, begins + 330))
    mean = np.minimum(ABSENCE_BY_PLAN[kind], 0.5)
    rate = dice.beta(mean * SPREAD, (1 - mean) * SPREAD)
    full = np.where(chance(dice, 0.05, size), dice.uniform(0.3, 0.8, size), 1.0)
    last = _last_closed(world, way.person[rows])
    parts = [_month(dice, day, rate, full) for day in months.tolist()]
    counts = [
        np.flatnonzero((part[0] > 0) & (last > day - 31)) for part, day in zip(parts, months.tolist(), strict=True)
    ]
    person = [way.person[rows][here] for here in counts]
    day_of = [np.full(len(here), day) for here, day in zip(counts, months.tolist(), strict=True)]
    known = [np.maximum(day, way.referral[rows][here] + 20) for here, day in zip(counts, months.tolist(), strict=True)]
    columns = [[part[number][here] for part, here in zip(parts, counts, strict=True)] for number in range(3)]
    none = [np.zeros(0, dtype=np.int64)]
    joined = [np.concatenate(none + column) for column in (person, day_of, *columns, known)]
    return joined[0], joined[1], joined[2], joined[3], joined[4], joined[5]


def _last_closed(world: World, person: Codes) -> Days:
    """The last day any referral of each child closes."""
    latest = np.zeros(len(world.people), dtype=np.int64)
    np.maximum.at(latest, world.journeys.person, world.journeys.closed)
    return latest[person]


def _month(dice: Generator, day: int, rate: Floats, full: Floats) -> tuple[Codes, Codes, Codes]:
    month = as_date(day)
    usual = SCHOOLS_CLOSED.get((month.year, month.month), SESSIONS[month.month] + (month.year % 3 - 1) * 2)
    size = len(rate)
    possible = np.rint(full * usual).astype(np.int64).clip(0) if month.month != 8 else np.zeros(size, dtype=np.int64)
    level = (
        story.PUPIL_ABSENCE.at(day)
        * SEASON.get(month.month, 1.0)
        * (BEFORE_COVID if day < day_number(date(2020, 3, 1)) else 1)
    )
    missed = dice.binomial(possible, np.clip(rate * level * dice.normal(1, 0.12, size), 0, 1))
    authorised = dice.binomial(missed, AUTHORISED)
    return possible, authorised, missed - authorised


def education_plans(world: World) -> Truth:
    """Personal education plans: a row a pupil in care a term."""
    dice = world.dice("education plans")
    way = world.journeys
    parts = []
    for day in world.month_ends.tolist():
        month = as_date(day)
        if (month.month, month.day) not in TERM_ENDS:
            continue
        age = (day - world.people.born[way.person]) / YEAR
        rows = np.flatnonzero((way.care <= day) & (way.care_end > day) & (age >= 4) & (age < 17) & world.kept)
        done = chance(dice, story.EDUCATION_PLANS.at(day), len(rows))
        completed = np.where(done, np.maximum(day - dice.integers(12, 100, len(rows)), way.care[rows] + 1), NEVER)
        parts.append((way.person[rows], np.full(len(rows), day), completed))
    none = np.zeros(0, dtype=np.int64)
    person, day, completed = (np.concatenate([none] + [part[column] for part in parts]) for column in range(3))
    order = np.lexsort((day, person))
    person, day, completed = person[order], day[order], completed[order]
    columns = {
        "person_id": ids("P", person + 1),
        "term_end_date": dates(day),
        "completed_date": dates(completed, draw_recording_days(dice, completed, 0.3, 14.0)),
    }
    return Truth("peps", columns, day)
