"""Who holds which case: a new case goes to the worker of the team with most room, and moves when they leave."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from improvement_board.demo.cases import Stretches
from improvement_board.demo.days import NEVER, Codes, Days
from improvement_board.demo.dice import stream
from improvement_board.demo.teams import REDESIGN
from improvement_board.demo.workers import Worker, Workforce

FIRST, LEFT, REDESIGNED, TRANSFERRED, MANAGED = range(5)
REASONS = ("FCONTA", "LEFTRL", "ORGRST", "TSPROC", "MANAGE")
CLOSES, JOINS, LEAVES, OPENS = range(4)
UNALLOCATED_SHARE = 0.012
REBALANCED_SHARE = 0.65


@dataclass(frozen=True)
class Allocations:
    """Spells of a worker with a child's case, in order of child and start; `end` NEVER while open."""

    person: Codes
    journey: Codes
    worker: Codes
    team: Codes
    start: Days
    end: Days
    reason: Codes

    def holder(self, person: Codes, day: Days) -> tuple[Codes, Codes]:
        """The worker and the team of each child on each day; -1 where nobody held the case."""
        if not len(self.person):
            return np.full(len(person), -1), np.full(len(person), -1)
        span = NEVER * 4
        keys = self.person * span + self.start + NEVER
        row = np.searchsorted(keys, person * span + np.minimum(day, NEVER) + NEVER, side="right") - 1
        in_force = row.clip(0)
        held = (row >= 0) & (self.person[in_force] == person) & (self.end[in_force] > day)
        return np.where(held, self.worker[in_force], -1), np.where(held, self.team[in_force], -1)


class Allocation:
    """The state of the allocation: who is in each team, who holds what."""

    def __init__(self, cases: Stretches) -> None:
        self.person = cases.person.tolist()
        self.journey = cases.journey.tolist()
        self.team = cases.team.tolist()
        self.members: dict[int, dict[int, Worker]] = {}
        self.waiting: dict[int, dict[int, None]] = {}
        self.held: dict[int, dict[int, int]] = {}
        self.latest: dict[int, tuple[int, int]] = {}
        self.rows: list[list[int]] = []

    def room(self, worker: Worker) -> float:
        """How full a worker is: cases over what they take."""
        return float(len(self.held[worker.number]) / worker.capacity)

    def give(self, case: int, day: int, reason: int) -> None:
        """Allocate a case to the worker who knows the child, else to the one with most room. It may have to wait."""
        roster = self.members.get(self.team[case])
        if not roster:
            self.waiting.setdefault(self.team[case], {})[case] = None
            return
        person = self.person[case]
        known, row = self.latest.get(person, (-1, -1))
        worker = roster.get(known) or min(roster.values(), key=self.room)
        same = row >= 0 and self.rows[row][5] == day and self.rows[row][2] == worker.number
        if same and self.rows[row][3] == self.team[case] and self.rows[row][1] == self.journey[case]:
            self.rows[row][5] = NEVER
        else:
            start = max(day, worker.start)
            self.rows.append([person, self.journey[case], worker.number, self.team[case], start, NEVER, reason])
            row = len(self.rows) - 1
        self.held[worker.number][case] = row
        self.latest[person] = (worker.number, row)

    def release(self, case: int, day: int) -> None:
        """A case closes or changes team."""
        if case in self.waiting.get(self.team[case], {}):
            del self.waiting[self.team[case]][case]
            return
        worker, row = self.latest[self.person[case]]
        del self.held[worker][case]
        self.rows[row][5] = day

    def move(self, case: int, giver: Worker, taker: Worker, day: int, reason: int) -> None:
        """A case passes from one worker to another of the team."""
        self.rows[self.held[giver.number].pop(case)][5] = day
        row = [self.person[case], self.journey[case], taker.number, self.team[case], day, NEVER, reason]
        self.rows.append(row)
        self.held[taker.number][case] = len(self.rows) - 1
        self.latest[self.person[case]] = (taker.number, len(self.rows) - 1)


def allocate(seed: int, cases: Stretches, workforce: Workforce, first_day: int, last_day: int) -> Allocations:
    """Play the events from `first_day` on. Cases open then are taken as allocated from their start or the worker's."""
    dice = stream(seed, "allocations")
    desk = Allocation(cases)
    members = [worker for worker in workforce.workers if worker.holds_cases]
    lost = dice.random(len(cases.start)) < UNALLOCATED_SHARE
    for day, kind, index, team in sorted(_events(cases, members, first_day, last_day, lost)):
        if kind == CLOSES:
            desk.release(index, day)
        elif kind == OPENS:
            began = int(cases.start[index]) if day == first_day else day
            desk.give(index, began, _reason(desk, index, day))
        elif kind == JOINS:
            _join(desk, members[index], team, day, first_day)
        else:
            _leave(desk, members[index], team, day)
    rows = np.array([row for row in desk.rows if row[4] < row[5]], dtype=np.int64).reshape(-1, 7)
    rows = rows[np.lexsort((rows[:, 4], rows[:, 0]))]
    return Allocations(*(rows[:, column] for column in range(7)))


def _events(
    cases: Stretches, members: list[Worker], first_day: int, last_day: int, lost: np.ndarray
) -> list[tuple[int, int, int, int]]:
    events = []
    alive = (cases.end > first_day) & (cases.start <= last_day) & ~lost
    for case in np.flatnonzero(alive).tolist():
        events.append((max(int(cases.start[case]), first_day), OPENS, case, 0))
        if cases.end[case] <= last_day + 400:
            events.append((int(cases.end[case]), CLOSES, case, 0))
    for index, worker in enumerate(members):
        joined = [*worker.teams, (worker.end, -1)]
        for (since, team), (until, _) in pairwise(joined):
            if until > first_day and until > since:
                events.append((max(since, first_day), JOINS, index, team))
                events.append((until, LEAVES, index, team))
    return events


def _reason(desk: Allocation, case: int, day: int) -> int:
    if day == REDESIGN:
        return REDESIGNED
    return TRANSFERRED if desk.person[case] in desk.latest else FIRST


def _join(desk: Allocation, worker: Worker, team: int, day: int, first_day: int) -> None:
    """A worker joins a team: takes what waits, then some cases of the fullest colleagues."""
    roster = desk.members.setdefault(team, {})
    roster[worker.number] = worker
    held = desk.held.setdefault(worker.number, {})
    for case in list(desk.waiting.pop(team, {})):
        desk.give(case, day, FIRST)
    colleagues = [other for other in roster.values() if other is not worker]
    if day in (first_day, REDESIGN) or not colleagues:
        return
    load = sum(len(desk.held[other.number]) for other in colleagues) / sum(other.capacity for other in colleagues)
    while len(held) < REBALANCED_SHARE * load * worker.capacity:
        giver = max(colleagues, key=desk.room)
        if len(desk.held[giver.number]) < 2:
            return
        desk.move(next(reversed(desk.held[giver.number])), giver, worker, day, MANAGED)


def _leave(desk: Allocation, worker: Worker, team: int, day: int) -> None:
    """A worker leaves a team: their cases pass to colleagues, or wait."""
    roster = desk.members[team]
    del roster[worker.number]
    for case in [case for case in desk.held[worker.number] if desk.team[case] == team]:
        if roster:
            desk.move(case, worker, min(roster.values(), key=desk.room), day, LEFT)
        else:
            row = desk.held[worker.number].pop(case)
            desk.rows[row][5] = day
            desk.waiting.setdefault(team, {})[case] = None
