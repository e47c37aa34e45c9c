"""Whose case it is: each referral's open time cut into stretches, each with one kind of work and so one team."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from improvement_board.demo import teams
from improvement_board.demo.care_lengths import LEFT_AT_EIGHTEEN
from improvement_board.demo.days import NEVER, YEAR, Codes, Days, Flags, earliest
from improvement_board.demo.dice import Generator, chance, stream
from improvement_board.demo.history import History

IN_COURT_DAYS = 300


@dataclass(frozen=True)
class Stretches:
    """Stretches of cases in order of start: the referral (place), child (place), team number; from start up to end."""

    journey: Codes
    person: Codes
    team: Codes
    start: Days
    end: Days


def stretches(seed: int, history: History) -> Stretches:
    """Every stretch of every case. Those of one child never overlap."""
    dice = stream(seed, "cases")
    way, people = history.journeys, history.people
    size = len(way)
    specialist = _specialist_work(dice, history)
    entered = np.where(way.assessment < NEVER, np.maximum(way.care + 14, way.assessment), way.care)
    care_start = np.where(way.care < NEVER, earliest(entered, way.care_end), NEVER)
    after_assessment = earliest(way.plan, way.protection + 10, care_start)
    assessed = earliest(np.where(after_assessment < NEVER, after_assessment, way.closed), way.closed)
    court_end = np.where(
        chance(dice, 0.85, size), care_start + IN_COURT_DAYS + dice.integers(-70, 90, size), care_start
    )
    leaver = way.care_exit == LEFT_AT_EIGHTEEN
    home = np.where(leaver, teams.LEAVERS, np.where(way.needs, teams.NEEDS, teams.SAFEGUARDING))
    in_care_work = np.where(way.needs, teams.NEEDS, teams.CARE)
    begun = np.where(way.assessment < NEVER, way.assessment, NEVER)
    project = _project_days(dice, way.needs, begun, way.authorised, assessed)
    parts = (
        (specialist, begun, earliest(assessed, project), teams.ASSESSMENT),
        (np.full(size, teams.PROJECT), project, assessed, teams.PROJECT),
        (specialist, assessed, earliest(care_start, way.closed), teams.SAFEGUARDING),
        (np.where(way.needs, teams.NEEDS, teams.COURT), care_start, earliest(court_end, way.care_end), teams.COURT),
        (in_care_work, np.maximum(care_start, court_end), way.care_end, teams.CARE),
        (home, np.where(way.care < NEVER, way.care_end, NEVER), way.closed, teams.SAFEGUARDING),
    )
    pieces = [
        _pieces(np.where(work < 0, default, work), start, end, people.patch[way.person])
        for work, start, end, default in parts
    ]
    journey, team, start, end = (np.concatenate([piece[column] for piece in pieces]) for column in range(4))
    order = np.lexsort((journey, start))
    return Stretches(journey[order], way.person[journey[order]], team[order], start[order], end[order])


def _specialist_work(dice: Generator, history: History) -> Codes:
    """The team kind that keeps a case all through, or -1 where it passes from assessment to safeguarding."""
    way, people = history.journeys, history.people
    age = (way.referral - people.born[way.person]) / YEAR
    exploited = (age > 12) & chance(dice, 0.16, len(way)) & ~way.needs
    edge = (way.referral > teams.REDESIGN) & ~exploited & ~way.needs & (age > 9) & chance(dice, 0.07, len(way))
    team = np.where(way.needs, teams.NEEDS, -1)
    return np.where(exploited, teams.EXPLOITATION, np.where(edge, teams.EDGE, team))


def _project_days(dice: Generator, needs: Flags, begun: Days, authorised: Days, assessed: Days) -> Days:
    """When a backlog assessment passes to the project team: NEVER for all others."""
    passed = teams.PROJECT_STARTS + dice.integers(0, 150, len(begun))
    overdue = needs & (begun < passed - 75) & (authorised > passed + 5) & (authorised < teams.PROJECT_ENDS)
    return np.where(overdue & (assessed > passed), passed, NEVER)


def _pieces(work: Codes, start: Days, end: Days, patch: Codes) -> tuple[Codes, Codes, Days, Days]:
    """Stretches that exist, cut at the redesign where that changes their team."""
    rows = np.flatnonzero((start < end) & (start < NEVER))
    work, start, end, patch = work[rows], start[rows], end[rows], patch[rows]
    before = teams.team_for(work, patch, np.minimum(start, teams.REDESIGN - 1))
    after = teams.team_for(work, patch, np.full(len(rows), teams.REDESIGN))
    cut = (start < teams.REDESIGN) & (end > teams.REDESIGN) & (before != after)
    first_team = np.where(start < teams.REDESIGN, before, after)
    first_end = np.where(cut, teams.REDESIGN, end)
    return (
        np.concatenate([rows, rows[cut]]),
        np.concatenate([first_team, after[cut]]),
        np.concatenate([start, np.full(int(cut.sum()), teams.REDESIGN)]),
        np.concatenate([first_end, end[cut]]),
    )


def open_cases(cases: Stretches, team: int, days: Days) -> Codes:
    """How many stretches of a team are open on each day."""
    here = cases.team == team
    begun = np.searchsorted(np.sort(cases.start[here]), days, side="right")
    ended = np.searchsorted(np.sort(cases.end[here]), days, side="right")
    return np.asarray(begun - ended, dtype=np.int64)
