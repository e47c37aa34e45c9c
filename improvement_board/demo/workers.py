"""One worker, everyone who works for the council, and how one more is found."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from improvement_board.demo import teams
from improvement_board.demo.days import NEVER, YEAR, to_working_day
from improvement_board.demo.dice import Generator

SOCIAL_WORKER, NEWLY_QUALIFIED, SENIOR, ADVANCED, MANAGER, ADVISER, SUPPORT = range(7)
ROLES = (
    "Social Worker", "Newly Qualified Social Worker", "Senior Social Worker", "Advanced Practitioner", "Team Manager",
    "Personal Adviser", "Family Support Worker",
)  # fmt: skip
CASE_ROLES = frozenset({SOCIAL_WORKER, NEWLY_QUALIFIED, SENIOR, ADVISER})
FULL_TIME_SHARES = ((1.0, 0.76), (0.8, 0.13), (0.6, 0.08), (0.5, 0.03))


@dataclass
class Worker:
    """One worker. `capacity` is how much of a full caseload they take; `teams` the day they joined each team."""

    number: int
    role: int
    agency: bool
    fte: float
    capacity: float
    start: int
    teams: list[tuple[int, int]]
    restlessness: float = 0.0
    end: int = NEVER

    @property
    def is_social_worker(self) -> bool:
        """Whether the post is a registered social worker's."""
        return self.role <= MANAGER

    @property
    def team(self) -> int:
        """The present team."""
        return self.teams[-1][1]

    @property
    def holds_cases(self) -> bool:
        """Whether cases are allocated to the worker: case roles, outside the front door (where none are held)."""
        work = teams.BY_NUMBER[self.team].work
        if work == teams.LEAVERS:
            return self.role == ADVISER
        return self.role in CASE_ROLES and work != teams.FRONT_DOOR

    def team_on(self, day: int) -> int:
        """The worker's team on a day."""
        joined = [number for since, number in self.teams if since <= day]
        return joined[-1] if joined else self.teams[0][1]


@dataclass
class Workforce:
    """Everyone who worked for the council, and the posts of each team in each month (full-time equivalents)."""

    workers: list[Worker] = field(default_factory=list)
    posts: dict[tuple[int, int], float] = field(default_factory=dict)

    def present(self, day: int) -> list[Worker]:
        """Those who have not left before a day."""
        return [worker for worker in self.workers if worker.end >= day]

    def hire(
        self, dice: Generator, team: int, role: int, month: int, *, agency: bool = False, at_start: bool = False
    ) -> Worker:
        """One more worker: a manager or advanced practitioner where the team has none, else of the role asked for.

        `at_start` gives the first workers of the story a start before it.
        """
        drawn = dice.random(5)
        if role == SOCIAL_WORKER:
            role = self._social_work_role(team, month, float(drawn[0]), agency)
        shares = np.cumsum([share for _, share in FULL_TIME_SHARES])
        full = agency or role == MANAGER
        fte = 1.0 if full else FULL_TIME_SHARES[int(np.searchsorted(shares, drawn[1]).clip(0, 3))][0]
        spread = float(np.exp(0.24 * (drawn[2] + drawn[3] + drawn[4] - 1.5) * 2))
        capacity = fte * spread * (0.78 if role == NEWLY_QUALIFIED else 1.0)
        if at_start:
            start = month - int(30 + (dice.exponential(230) if agency else dice.exponential(4.5 * YEAR)))
        else:
            start = int(to_working_day(np.array([month + int(dice.integers(0, 20))]))[0])
        # Restlessness grows to 1 from an even start, at half the yearly pace; those found in post are part of the way.
        restless = float(np.sqrt(dice.random()) if at_start else dice.random())
        number = len(self.workers) + 1
        worker = Worker(number, role, agency, fte, capacity, start, [(start, team)], restless)
        self.workers.append(worker)
        return worker

    def _social_work_role(self, team: int, month: int, drawn: float, agency: bool) -> int:
        work = teams.BY_NUMBER[team].work
        there = [worker.role for worker in self.present(month) if worker.team == team and worker.end == NEVER]
        has_cases = any(role in CASE_ROLES for role in there) or work in (teams.FRONT_DOOR, teams.LEAVERS)
        if has_cases and work != teams.PROJECT and len(there) > 3:
            for lead in (MANAGER, ADVANCED):
                if lead not in there:
                    return lead
        if agency:
            return SENIOR if drawn < 0.3 else SOCIAL_WORKER
        return NEWLY_QUALIFIED if drawn < 0.28 else SENIOR if drawn < 0.52 else SOCIAL_WORKER
