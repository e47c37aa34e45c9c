"""The simulated truth that every table is drawn from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from improvement_board.demo.allocations import Allocations
from improvement_board.demo.care_lengths import LEFT_AT_EIGHTEEN
from improvement_board.demo.days import NEVER, Codes, Days, Flags
from improvement_board.demo.dice import Generator, chance, stream
from improvement_board.demo.journeys import Journeys
from improvement_board.demo.people import People
from improvement_board.demo.workers import Workforce

PLAN_TYPES = ("in care", "protection", "in need", "care leaver", "assessment", "other")
NOT_RECORDED_SHARE = 0.014
EARLIER_DAYS = 100


@dataclass(frozen=True)
class World:
    """Everything that happened. Days run from `first_day` (records are complete from it) to `last_day`."""

    seed: int
    scale: float
    first_day: int
    last_day: int
    people: People
    journeys: Journeys
    workforce: Workforce
    allocations: Allocations

    def dice(self, name: str) -> Generator:
        """The chances of one part."""
        return stream(self.seed, name)

    @property
    def since(self) -> int:
        """The first day of events that look a little further back than the records' first day (visits, supervision)."""
        return self.first_day - EARLIER_DAYS

    @cached_property
    def kept(self) -> Flags:
        """The referrals still in the records: open on the first day or later, or with a protection plan."""
        way = self.journeys
        return ((way.closed > self.first_day) | (way.protection < NEVER)) & (way.referral <= self.last_day)

    @cached_property
    def month_starts(self) -> Days:
        """First days of the months, and of the month after the last."""
        months = np.arange(
            np.datetime64(self.first_day, "D").astype("datetime64[M]"),
            np.datetime64(self.last_day, "D").astype("datetime64[M]") + 2,
        )
        return months.astype("datetime64[D]").astype(np.int64)

    @property
    def month_ends(self) -> Days:
        """Last days of the months."""
        return self.month_starts[1:] - 1

    def holder(self, dice: Generator, person: Codes, day: Days) -> tuple[Codes, Codes]:
        """The worker and team recorded with an event: the child's own on the day, for a few not recorded."""
        worker, team = self.allocations.holder(person, day)
        size = len(person)
        return (
            np.where(chance(dice, NOT_RECORDED_SHARE, size), -1, worker),
            np.where(chance(dice, NOT_RECORDED_SHARE, size), -1, team),
        )

    def started(self, worker: Codes) -> Days:
        """The first day of each worker in the council: an earlier edition cannot name them yet."""
        starts = np.array([0, *(each.start for each in self.workforce.workers)], dtype=np.int64)
        return starts[np.maximum(worker, 0)]

    def plan_type(self, journey: Codes, day: Days) -> Codes:
        """The plan type of referrals on days, as places in PLAN_TYPES."""
        way = self.journeys
        spells = (
            (way.care, way.care_end, 0),
            (way.protection, way.protection_end, 1),
            (way.plan, way.plan_end, 2),
            (way.step_down, way.step_down_end, 2),
            (np.where(way.care_exit == LEFT_AT_EIGHTEEN, way.care_end, NEVER), way.closed, 3),
            (way.assessment, way.authorised, 4),
        )
        plan_types = np.full(len(journey), 5)
        for start, end, kind in reversed(spells):
            plan_types = np.where((start[journey] <= day) & (end[journey] > day), kind, plan_types)
        return plan_types

    def open_on(self, day: int) -> Codes:
        """The referrals open on a day."""
        return np.flatnonzero((self.journeys.referral <= day) & (self.journeys.closed > day))
