"""Who works where: in-post and agency social workers, managers, personal advisers, family support workers.

Posts follow the cases; agency workers fill what cannot be filled, up to the share the story tells.
"""

from __future__ import annotations

from collections.abc import Iterable

from improvement_board.demo import story, teams
from improvement_board.demo.cases import Stretches, open_cases
from improvement_board.demo.days import NEVER, YEAR, Days
from improvement_board.demo.dice import Generator, stream
from improvement_board.demo.teams import TEAMS, Team
from improvement_board.demo.workers import ADVISER, SOCIAL_WORKER, SUPPORT, Worker, Workforce

FRONT_DOOR_POSTS = 13
ADVISER_CASES = 21.0
SUPPORT_POSTS = 6
LIGHTER_WORK = {teams.COURT: 0.82, teams.CARE: 0.96, teams.PROJECT: 0.8, teams.EXPLOITATION: 0.85, teams.EDGE: 0.8}


def staff(seed: int, cases: Stretches, months: Days, scale: float) -> Workforce:
    """Simulate the workforce for months from their first days (the last of `months` only closes the story)."""
    dice = stream(seed, "workforce")
    workforce = Workforce()
    needs = {team.number: open_cases(cases, team.number, months + 20) for team in TEAMS}
    for index, month in enumerate(months[:-1]):
        wanted = {
            team.number: _posts_wanted(team, int(needs[team.number][index]), int(month), scale)
            for team in TEAMS
            if team.is_open(int(month) + 5)
        }
        _close_teams(workforce, wanted, int(month))
        if index:
            _leave(dice, workforce, int(month), int(months[index + 1]))
        _agency_moves(dice, workforce, wanted, int(month), index == 0)
        _recruit(dice, workforce, wanted, int(month), index == 0)
        spare = float(story.SPARE_POSTS.at(int(month)))
        for number, posts in wanted.items():
            workforce.posts[int(month), number] = round(2 * posts[SOCIAL_WORKER] * (1 + spare)) / 2
    return workforce


def _posts_wanted(team: Team, cases: int, month: int, scale: float) -> dict[int, float]:
    """Full-time equivalents wanted in a team, by kind of role (all social workers under SOCIAL_WORKER)."""
    each = float(story.CASES_EACH.at(month)) * LIGHTER_WORK.get(team.work, 1.0)
    if team.work == teams.LEAVERS:
        return {SOCIAL_WORKER: max(1.0, round(scale)), ADVISER: max(1.0, cases / ADVISER_CASES)}
    if team.work == teams.FRONT_DOOR:
        return {SOCIAL_WORKER: max(1.0, FRONT_DOOR_POSTS * scale)}
    leads = 2.0 * min(1.0, scale) if team.work != teams.PROJECT else 0.0
    if team.work == teams.PROJECT:
        return {SOCIAL_WORKER: max(1.0, min(6.0 * scale, cases / each + 2 * scale))}
    support = SUPPORT_POSTS * scale if team.work in (teams.SAFEGUARDING, teams.NEEDS, teams.EDGE) else 0.0
    return {SOCIAL_WORKER: max(1.0, cases / each) + leads, SUPPORT: support}


def _staffed(workers: Iterable[Worker], role: int) -> dict[int, float]:
    """Full-time equivalents in each team of those who stay, by kind of role."""
    totals: dict[int, float] = {}
    for worker in workers:
        kind = SOCIAL_WORKER if worker.is_social_worker else worker.role
        if kind == role and worker.end == NEVER:
            totals[worker.team] = totals.get(worker.team, 0.0) + worker.fte
    return totals


def _close_teams(workforce: Workforce, wanted: dict[int, dict[int, float]], month: int) -> None:
    """Workers of a team that has closed move to the one of the same work that lacks most; project workers leave."""
    for worker in workforce.present(month):
        if worker.team in wanted or worker.end < NEVER:
            continue
        if teams.BY_NUMBER[worker.team].work == teams.PROJECT:
            worker.end = teams.PROJECT_ENDS
            continue
        work = teams.BY_NUMBER[worker.team].work
        kinds = {work, teams.EDGE} if work == teams.SAFEGUARDING else {work}
        there = _staffed(workforce.present(month), SOCIAL_WORKER)
        choices = [number for number in wanted if teams.BY_NUMBER[number].work in kinds]
        lack = {number: wanted[number][SOCIAL_WORKER] - there.get(number, 0.0) for number in choices}
        worker.teams.append((month, max(choices, key=lambda number: (lack[number], -number))))


def _leave(dice: Generator, workforce: Workforce, month: int, following: int) -> None:
    """Workers leave when they have had enough: fewer chance peaks than if each month were a fresh throw."""
    yearly, stay = float(story.LEAVING.at(month)), float(story.AGENCY_STAY.at(month))
    for worker in workforce.present(month):
        served = month - worker.start
        if worker.agency:
            hazard = 30.4 / stay if served > 40 else 0.03
        else:
            hazard = yearly / 12 * (1.5 if served < 2 * YEAR else 0.8)
        worker.restlessness += hazard / 2 * dice.uniform(0.4, 1.6)
        day = int(dice.integers(month, following))
        if worker.end == NEVER and served > 0 and worker.restlessness >= 1:
            worker.end = day


def _agency_moves(
    dice: Generator, workforce: Workforce, wanted: dict[int, dict[int, float]], month: int, at_start: bool
) -> None:
    total = sum(posts[SOCIAL_WORKER] for posts in wanted.values())
    agency = [worker for worker in workforce.present(month) if worker.agency and worker.end == NEVER]
    gap = round(float(story.AGENCY.at(month + 25)) * total - sum(worker.fte for worker in agency))
    there = _staffed(workforce.present(month), SOCIAL_WORKER)
    lack = {number: posts[SOCIAL_WORKER] - there.get(number, 0.0) for number, posts in wanted.items()}
    for _ in range(max(gap, 0)):
        number = max(lack, key=lambda team: (lack[team], team))
        lack[number] -= workforce.hire(dice, number, SOCIAL_WORKER, month, agency=True, at_start=at_start).fte
    for index in dice.permutation(len(agency))[: max(-gap, 0)]:
        if teams.BY_NUMBER[agency[index].team].work != teams.PROJECT:
            agency[index].end = month + int(dice.integers(0, 27))


def _recruit(
    dice: Generator, workforce: Workforce, wanted: dict[int, dict[int, float]], month: int, at_start: bool
) -> None:
    for role in (SOCIAL_WORKER, ADVISER, SUPPORT):
        there = _staffed(workforce.present(month), role)
        for number, posts in wanted.items():
            agency = teams.BY_NUMBER[number].work == teams.PROJECT
            lack = posts.get(role, 0.0) - there.get(number, 0.0)
            empty = role != SUPPORT and there.get(number, 0.0) == 0.0 and posts.get(role, 0.0) > 0
            while lack >= 0.6 or empty:
                patience = dice.random()
                if not (at_start or empty) and patience < 0.25:
                    break
                lack -= workforce.hire(dice, number, role, month, agency=agency, at_start=at_start).fte
                empty = False
