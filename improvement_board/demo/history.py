"""Month by month, who is referred: new children, children back within the year, children back after longer."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

import numpy as np

from improvement_board.demo import story
from improvement_board.demo.care_lengths import LEFT_AT_EIGHTEEN, care_stays
from improvement_board.demo.days import (
    EIGHTEEN,
    NEVER,
    YEAR,
    Codes,
    Days,
    Flags,
    ages,
    as_date,
    earliest,
    month_start,
    month_starts,
    to_working_day,
)
from improvement_board.demo.dice import Generator, chance, stream
from improvement_board.demo.journeys import Journeys, travel
from improvement_board.demo.people import People

WARM_UP_MONTHS = 84
CARE_ENTRIES_BEFORE = 2500
YEARS_BEFORE = 12
LONG_AGO = -40_000
RETURN_FACTOR = 3.0


@dataclass
class History:
    """The people and their referrals in order of date (days may lie beyond the story's last one)."""

    people: People
    journeys: Journeys


@dataclass
class Memory:
    """What is remembered of each child: the latest referral, when they are free of it, an earlier protection plan."""

    latest: Days = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    free_from: Days = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    had_plan: Flags = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))

    def grow(self, size: int) -> None:
        """Room for children who have come to notice since."""
        new = size - len(self.latest)
        self.latest = np.concatenate([self.latest, np.full(new, LONG_AGO)])
        self.free_from = np.concatenate([self.free_from, np.full(new, LONG_AGO)])
        self.had_plan = np.concatenate([self.had_plan, np.zeros(new, dtype=np.bool_)])

    def note(self, batch: Journeys) -> None:
        """Remember a month's referrals."""
        self.latest[batch.person] = batch.referral
        self.free_from[batch.person] = batch.closed
        self.had_plan[batch.person] |= batch.protection < NEVER


def simulate_years(seed: int, first: date, last: date, scale: float) -> History:
    """Seven years before `first` to settle, then to `last`."""
    dice = stream(seed, "referrals")
    people = People()
    memory = Memory()
    starts = month_starts(month_start(first, -WARM_UP_MONTHS), month_start(last, 1))
    batches = [_in_care_before(dice, people, int(starts[0]), scale)]
    memory.grow(len(people))
    memory.note(batches[0])
    for month, following in pairwise(starts):
        days = _referral_days(dice, int(month), int(following), scale)
        person = _who(dice, people, memory, days, int(month))
        memory.grow(len(people))
        batch = travel(dice, people, person, days, memory.had_plan[person])
        memory.note(batch)
        batches.append(batch)
    journeys = Journeys.joined(batches)
    return History(people, journeys.only(np.lexsort((journeys.person, journeys.referral))))


def _referral_days(dice: Generator, month: int, following: int, scale: float) -> Days:
    level = float(story.REFERRALS.at(month + 14)) * scale
    if as_date(month).month == 8:
        level *= story.AUGUST_REFERRALS
    days = np.sort(dice.integers(month, following, dice.poisson(level)))
    moved = np.where(chance(dice, 0.96, len(days)), to_working_day(days), days)
    return np.minimum(moved, following - 1)


def _who(dice: Generator, people: People, memory: Memory, days: Days, month: int) -> Codes:
    size = len(days)
    free = (memory.free_from < month) & (people.born + EIGHTEEN > month + 60)
    recent = np.flatnonzero(free & (memory.latest > month - 330))
    earlier = np.flatnonzero(free & (memory.latest <= month - 366) & (memory.latest > LONG_AGO))
    back = min(dice.binomial(size, float(story.RE_REFERRALS.at(month))), len(recent))
    returning = min(dice.binomial(size - back, story.RETURNING_LATER), len(earlier))
    known = np.concatenate(
        [
            _lean(dice, recent, memory.had_plan, back),
            _lean(dice, earlier, memory.had_plan, returning),
        ]
    )
    order = dice.permutation(size)
    person = np.empty(size, dtype=np.int64)
    person[order[: len(known)]] = known
    new = np.sort(order[len(known) :])
    person[new] = people.add(dice, days[new])
    return person


def _lean(dice: Generator, choices: Codes, had_plan: Flags, size: int) -> Codes:
    """Some of the children, more often those who were on a protection plan before."""
    if not size:
        return choices[:0]
    weight = np.where(had_plan[choices], RETURN_FACTOR, 1.0)
    return np.asarray(dice.choice(choices, size, replace=False, p=weight / weight.sum()), dtype=np.int64)


def _in_care_before(dice: Generator, people: People, start: int, scale: float) -> Journeys:
    size = max(int(CARE_ENTRIES_BEFORE * scale), 3)
    entered = np.sort(start - dice.integers(1, int(YEARS_BEFORE * YEAR), size))
    person = people.add(dice, entered)
    length, exit_kind = care_stays(dice, ages(people.born[person], entered))
    grown_up = people.born[person] + EIGHTEEN
    ended = earliest(entered + length, grown_up)
    leaver = ended == grown_up
    never = np.full(size, NEVER)
    no = np.zeros(size, dtype=np.bool_)
    journeys = Journeys(
        person=person, referral=np.maximum(entered - 20, people.born[person]),
        no_action=no, needs=people.disabled[person], assessment=never,
        authorised=never, not_in_need=no, enquiry=never, conference=never, plan=never, protection=never,
        protection_end=never, plan_end=never, care=entered, care_end=ended,
        care_exit=np.where(leaver, LEFT_AT_EIGHTEEN, exit_kind), step_down=never, step_down_end=never,
        closed=ended + np.where(leaver, 1090, 10),
    )  # fmt: skip
    return journeys.only(ended > start)
