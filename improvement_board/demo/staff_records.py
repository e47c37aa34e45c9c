"""What the council records of its workforce: months of service, vacancies, supervision, training, oversight, teams."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from improvement_board.demo import story
from improvement_board.demo.cells import Truth, dates, flags, ids, numbered, numbers, words
from improvement_board.demo.days import NEVER, Codes, Days, to_working_day
from improvement_board.demo.dice import Generator, chance, draw_recurring, draw_visit_gaps, some_days
from improvement_board.demo.recording import draw_recording_days
from improvement_board.demo.teams import BY_NUMBER, TEAMS
from improvement_board.demo.workers import CASE_ROLES, ROLES
from improvement_board.demo.world import World

COURSES = (
    "Domestic abuse", "Neglect", "Safeguarding children", "Exploitation", "Recording and chronologies",
    "Motivational practice",
)  # fmt: skip
HOLIDAY_MONTHS = (8, 12)


def workforce_tables(world: World) -> Iterator[Truth]:
    """A row a worker a month of service, vacancies a team a month, and the workers as the case system lists them."""
    workers = world.workforce.workers
    starts, ends = (np.array([getattr(each, name) for each in workers], dtype=np.int64) for name in ("start", "end"))
    agency = np.array([each.agency for each in workers], dtype=np.bool_)
    fte = np.array([each.fte for each in workers])
    role = np.array([each.role for each in workers], dtype=np.int64)
    months = list(zip(world.month_starts[:-1].tolist(), world.month_ends.tolist(), strict=True))
    serving = [np.flatnonzero((starts <= last) & (ends >= first)) for first, last in months]
    worker = np.concatenate(serving)
    month_end = np.repeat(world.month_ends, [len(rows) for rows in serving])
    team = np.array(
        [workers[index].team_on(day) for index, day in zip(worker.tolist(), month_end.tolist(), strict=True)]
    )
    order = np.lexsort((month_end, worker))
    worker, month_end, team = worker[order], month_end[order], team[order]
    social_worker = np.array([each.is_social_worker for each in workers], dtype=np.bool_)
    columns = {
        "professional_id": ids("W", worker + 1, 4),
        "period_end": dates(month_end),
        "team": ids("T", team, 2),
        "role": words(role[worker], ROLES),
        "social_worker_flag": flags(social_worker[worker]),
        "agency_flag": flags(agency[worker]),
        "fte": numbers(fte[worker]),
        "start_date": dates(starts[worker]),
        "end_date": dates(np.where(ends[worker] <= month_end, ends[worker], NEVER)),
        "working_days_lost": numbers(_days_lost(world.dice("sickness"), worker, month_end, agency)),
    }
    yield Truth("workforce", columns, month_end)
    yield _vacancies(world, worker, month_end, team, np.where(social_worker & ~agency, fte, 0.0), ends)
    yield Truth(
        "ssd_professionals",
        {
            "prof_professional_id": ids("W", numbered(len(workers)), 4),
            "prof_staff_id": ids("N", numbered(len(workers)), 5),
            "prof_professional_job_title": words(role, ROLES),
            "prof_professional_department": ids("T", np.array([each.team for each in workers]), 2),
            "prof_full_time_equivalency": numbers(fte),
            "prof_agency_worker_flag": flags(agency),
        },
        starts,
    )


def _days_lost(dice: Generator, worker: Codes, month_end: Days, agency: np.ndarray) -> np.ndarray:
    """Working days lost to sickness in each month: most months none, a few all. Not kept for agency workers."""
    size = len(worker)
    yearly = story.SICKNESS.at(month_end)
    winter = np.isin(month_end.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) % 12, (0, 1, 10, 11))
    long_spell = chance(dice, yearly / 12 * 0.045, size)
    short = chance(dice, yearly / 12 * np.where(winter, 0.25, 0.19), size)
    days = np.where(long_spell, dice.integers(8, 21, size), np.where(short, 1 + some_days(dice, 1.2, size), 0))
    return np.where(agency[worker], np.nan, np.minimum(days, 20).astype(np.float64))


def _vacancies(world: World, worker: Codes, month_end: Days, team: Codes, in_post: np.ndarray, ends: Days) -> Truth:
    filled: dict[tuple[int, int], float] = {}
    for index, day, number in zip(worker.tolist(), month_end.tolist(), team.tolist(), strict=True):
        if ends[index] > day:
            filled[day, number] = filled.get((day, number), 0.0) + float(in_post[index])
    rows = []
    for first, last in zip(world.month_starts[:-1].tolist(), world.month_ends.tolist(), strict=True):
        for number in BY_NUMBER:
            posts = world.workforce.posts.get((first, number))
            if posts is not None:
                rows.append((last, number, max(posts - filled.get((last, number), 0.0), 0.0)))
    table = np.array(rows)
    day = table[:, 0].astype(np.int64)
    columns = {
        "period_end": dates(day),
        "team": ids("T", table[:, 1].astype(np.int64), 2),
        "vacant_fte": numbers(np.round(table[:, 2], 2)),
    }
    return Truth("vacancies", columns, day)


def supervision_table(world: World) -> Truth:
    """Supervision sessions of everyone with cases, about monthly, with gaps in August and December."""
    dice = world.dice("supervision")
    people = [each for each in world.workforce.workers if each.role in CASE_ROLES]
    start = np.maximum(np.array([each.start for each in people], dtype=np.int64), world.since - 60)
    end = np.minimum(np.array([each.end for each in people], dtype=np.int64), world.last_day + 1)
    leaning = dice.normal(0, 0.05, len(people))

    def next_gap(rows: Codes, days: Days) -> Days:
        month = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) % 12 + 1
        level = story.SUPERVISED.at(days) - np.where(np.isin(month, HOLIDAY_MONTHS), 0.05, 0.0) + leaning[rows]
        return draw_visit_gaps(dice, level, 30, len(rows), 1.6)

    rows, days = draw_recurring(start, end, next_gap, world.since)
    days = to_working_day(days)
    inside = (days < end[rows]) & (days <= world.last_day)
    rows, days = rows[inside], days[inside]
    order = np.lexsort((rows, days))
    rows, days = rows[order], days[order]
    number = np.array([each.number for each in people], dtype=np.int64)
    known = draw_recording_days(dice, days, 0.08, 8.0)
    columns = {
        "supervision_id": ids("SV", numbered(len(rows))),
        "professional_id": ids("W", number[rows], 4),
        "supervision_date": dates(days),
        "reflective_flag": flags(chance(dice, story.REFLECTIVE.at(days), len(rows))),
    }
    return Truth("supervision", columns, known)


def training_table(world: World) -> Truth:
    """Places on courses, about three a worker a year."""
    dice = world.dice("training")
    parts = []
    for first, last in zip(world.month_starts[:-1].tolist(), world.month_ends.tolist(), strict=True):
        there = np.array([each.number for each in world.workforce.workers if each.start <= first and each.end > last])
        chosen = there[chance(dice, 0.24, len(there))]
        dates_here = to_working_day(np.sort(dice.integers(first, last - 4, 4)))
        parts.append((chosen, np.minimum(dates_here[dice.integers(0, 4, len(chosen))], last)))
    worker, day = (np.concatenate([part[column] for part in parts]).astype(np.int64) for column in range(2))
    order = np.lexsort((worker, day))
    worker, day = worker[order], day[order]
    attended = np.where(chance(dice, story.TRAINED.at(day), len(day)), 0, 1)
    columns = {
        "training_id": ids("TR", numbered(len(day))),
        "professional_id": ids("W", worker, 4),
        "course": words(day * 7 // 3 % len(COURSES), COURSES),
        "course_date": dates(day),
        "required_flag": flags(chance(dice, 0.82, len(day))),
        "outcome": words(np.where(chance(dice, 0.05, len(day)), 2, attended), ("attended", "absent", "cancelled")),
    }
    return Truth("training", columns, draw_recording_days(dice, day, 0.1, 6.0))


def management_decisions(world: World) -> Truth:
    """Managers' decisions on open referrals."""
    dice = world.dice("management decisions")
    way = world.journeys
    rows = np.flatnonzero(world.kept & (way.closed > world.since))
    begin = np.maximum(way.referral[rows], world.since - 90)

    def next_gap(some: Codes, days: Days) -> Days:
        return draw_visit_gaps(dice, story.OVERSIGHT.at(days), 90, len(some))

    row, day = draw_recurring(begin, np.minimum(way.closed[rows], world.last_day + 1), next_gap, world.since)
    columns = {
        "decision_id": ids("MD", numbered(len(day))),
        "person_id": ids("P", way.person[rows][row] + 1),
        "referral_id": ids("R", rows[row] + 1),
        "decision_date": dates(day),
    }
    return Truth("management_decisions", columns, draw_recording_days(dice, day, 0.08, 6.0))


def department_table(world: World) -> Truth:
    """Every team there ever was, with its service."""
    number = np.array([team.number for team in TEAMS])
    places = numbered(len(TEAMS), 0)
    columns = {
        "dept_team_id": ids("T", number, 2),
        "dept_team_name": words(places, [team.name for team in TEAMS]),
        "dept_team_parent_name": words(places, [team.service for team in TEAMS]),
    }
    return Truth("ssd_department", columns, np.maximum([team.opens for team in TEAMS], 0).astype(np.int64))
