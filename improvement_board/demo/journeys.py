"""One referral's way through the service: assessed, perhaps conferenced, planned for, looked after, closed."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

import numpy as np

from improvement_board.demo import story
from improvement_board.demo.care_lengths import LEFT_AT_EIGHTEEN, RETURNED, care_stays
from improvement_board.demo.days import (
    EIGHTEEN,
    NEVER,
    Codes,
    Days,
    Flags,
    add_working_days,
    ages,
    day_number,
    earliest,
    to_working_day,
)
from improvement_board.demo.dice import Generator, chance, gamma_days, some_days
from improvement_board.demo.people import People
from improvement_board.demo.teams import PROJECT_STARTS

BACKLOG_CLEARED = day_number(date(2022, 11, 15))
CARE_FROM_ASSESSMENT = 0.030
CARE_FROM_PROTECTION = 0.20
STEP_DOWN = 0.70


@dataclass
class Journeys:
    """Referrals, one place in each array a referral; a day is NEVER where the step is not taken."""

    person: Codes
    referral: Days
    no_action: Flags
    needs: Flags
    assessment: Days
    authorised: Days
    not_in_need: Flags
    enquiry: Days
    conference: Days
    plan: Days
    protection: Days
    protection_end: Days
    plan_end: Days
    care: Days
    care_end: Days
    care_exit: Codes
    step_down: Days
    step_down_end: Days
    closed: Days

    def __len__(self) -> int:
        return len(self.person)

    @staticmethod
    def joined(parts: list[Journeys]) -> Journeys:
        """Several batches as one."""
        return Journeys(
            *(np.concatenate([getattr(part, column.name) for part in parts]) for column in fields(Journeys))
        )

    def only(self, rows: Codes | Flags) -> Journeys:
        """Some of the referrals."""
        return Journeys(*(getattr(self, column.name)[rows] for column in fields(Journeys)))


def travel(dice: Generator, people: People, person: Codes, referral: Days, had_plan: Flags) -> Journeys:
    """The journeys of referrals made on these days; `had_plan` says who was on a protection plan before."""
    size = len(person)
    grown_up = people.born[person] + EIGHTEEN
    no_action = chance(dice, story.REFERRAL_NO_ACTION, size)
    needs = people.disabled[person] & chance(dice, 0.88, size)
    assessment = np.where(no_action, NEVER, add_working_days(to_working_day(referral), dice.integers(0, 4, size)))
    authorised = np.where(no_action, NEVER, _authorised(dice, referral, needs))
    enquiry = _enquiries(dice, referral, authorised, needs, had_plan)
    conference = _conferences(dice, enquiry, np.where(had_plan, 0.68, 0.37))
    registered = (conference < NEVER) & chance(dice, 0.88, size)
    care_share = CARE_FROM_ASSESSMENT * story.CARE_ENTRIES.at(referral)
    taken = ~no_action & ~registered & chance(dice, care_share, size) & (ages(people.born[person], referral) < 17.4)
    nothing = ~no_action & ~registered & ~taken & chance(dice, story.NOT_IN_NEED.at(referral) / 0.86, size) & ~needs
    other = ~no_action & ~registered & ~taken & ~nothing & chance(dice, 0.14, size)
    planned = ~no_action & ~registered & ~taken & ~nothing & ~other
    plan = np.where(planned, authorised + dice.integers(0, 11, size), NEVER)
    length = gamma_days(dice, np.where(needs, 950.0, 205.0), 2.0, size)
    plan_end = np.where(planned, plan + length, NEVER)
    enquiry, conference, raised = _escalated(dice, plan, plan_end, enquiry, conference, needs)
    protection = np.where(registered | raised, conference, NEVER)
    plan_end = np.where(raised, np.maximum(conference, plan + 1), plan_end)
    months = np.exp(dice.normal(np.log(262), 0.55, size))
    protection_end = np.where(protection < NEVER, protection + months.astype(np.int64).clip(60), NEVER)
    never = np.full(size, NEVER, dtype=np.int64)
    way = Journeys(
        person=person, referral=referral, no_action=no_action, needs=needs, assessment=assessment,
        authorised=authorised, not_in_need=nothing, enquiry=enquiry, conference=conference, plan=plan,
        protection=protection, protection_end=protection_end, plan_end=plan_end,
        care=np.where(taken, referral + some_days(dice, 22, size), NEVER), care_end=never,
        care_exit=np.full(size, -1), step_down=never, step_down_end=never,
        closed=np.where(other, authorised + some_days(dice, 60, size), NEVER),
    )  # fmt: skip
    return _closed(dice, people, way, grown_up)


def _authorised(dice: Generator, referral: Days, needs: Flags) -> Days:
    size = len(referral)
    soon = referral + 55
    on_time = chance(
        dice, np.where(needs, story.NEEDS_ASSESSED_ON_TIME.at(soon), story.ASSESSED_ON_TIME.at(soon)), size
    )
    in_time = 14 + (33 * dice.beta(2.6, 1.0, size)).astype(np.int64)
    late = 46 + some_days(dice, np.where(needs, story.NEEDS_DAYS_LATE.at(referral), 11.0), size)
    authorised = add_working_days(to_working_day(referral), np.where(on_time, in_time.clip(max=45), late))
    overdue = add_working_days(referral, 46)
    first = np.maximum(overdue, PROJECT_STARTS + 20)
    cleared = first + (dice.random(size) * (BACKLOG_CLEARED - first).clip(1)).astype(np.int64)
    stuck = needs & (authorised > first) & (overdue < BACKLOG_CLEARED - 60)
    return np.where(stuck, np.minimum(authorised, to_working_day(cleared)), authorised)


def _enquiries(dice: Generator, referral: Days, authorised: Days, needs: Flags, had_plan: Flags) -> Days:
    size = len(referral)
    share = story.ENQUIRIES.at(referral) * np.where(needs, 0.25, np.where(had_plan, 2.0, 0.95))
    day = to_working_day(earliest(referral + some_days(dice, 6, size), authorised))
    return np.where((authorised < NEVER) & chance(dice, share, size), day, NEVER)


def _conferences(dice: Generator, enquiry: Days, share: np.ndarray | float) -> Days:
    size = len(enquiry)
    held = (enquiry < NEVER) & chance(dice, share, size)
    on_time = chance(dice, story.CONFERENCE_ON_TIME.at(enquiry), size)
    wait = np.where(on_time, dice.integers(8, 16, size), 16 + some_days(dice, 5, size))
    return np.where(held, add_working_days(np.where(held, enquiry, 0), wait), NEVER)


def _escalated(
    dice: Generator, plan: Days, plan_end: Days, enquiry: Days, conference: Days, needs: Flags
) -> tuple[Days, Days, Flags]:
    size = len(plan)
    raised = (plan < NEVER) & (enquiry == NEVER) & chance(dice, np.where(needs, 0.03, 0.13), size)
    when = plan + 20 + (dice.random(size) * (plan_end - plan - 20).clip(1)).astype(np.int64)
    later = np.where(raised, to_working_day(np.where(raised, when, 0)), NEVER)
    held = _conferences(dice, later, 1.0)
    return np.where(raised, later, enquiry), np.where(raised, held, conference), raised


def _closed(dice: Generator, people: People, way: Journeys, grown_up: Days) -> Journeys:
    size = len(way)
    protected = way.protection < NEVER
    share = CARE_FROM_PROTECTION * story.CARE_ENTRIES.at(way.protection_end)
    removed = protected & chance(dice, share, size) & (way.protection_end < grown_up - 60)
    way.care = np.where(removed, way.protection_end, way.care)
    looked_after = way.care < np.minimum(NEVER, grown_up - 7)
    way.care = np.where(looked_after, way.care, NEVER)
    length, exit_kind = care_stays(dice, ages(people.born[way.person], way.care))
    way.care_end = np.where(looked_after, earliest(way.care + length, grown_up), NEVER)
    way.care_exit = np.where(looked_after, np.where(way.care_end == grown_up, LEFT_AT_EIGHTEEN, exit_kind), -1)
    home = looked_after & (way.care_exit == RETURNED) & chance(dice, 0.55, size)
    after_protection = protected & ~looked_after & chance(dice, STEP_DOWN, size)
    before = np.where(home, way.care_end, way.protection_end)
    way.step_down = np.where(home | after_protection, before + dice.integers(0, 8, size), NEVER)
    way.step_down_end = np.where(way.step_down < NEVER, way.step_down + gamma_days(dice, 125, 2.0, size), NEVER)
    return _ended(dice, way, grown_up)


def _ended(dice: Generator, way: Journeys, grown_up: Days) -> Journeys:
    size = len(way)
    last = np.where(way.no_action, way.referral, NEVER)
    for step in (way.plan_end, way.protection_end, way.care_end, way.step_down_end):
        last = np.where(step < NEVER, np.where(last < NEVER, np.maximum(last, step), step), last)
    last = np.where((last == NEVER) & (way.authorised < NEVER), way.authorised, last)
    leaver = way.care_exit == LEFT_AT_EIGHTEEN
    closed = np.where(way.closed < NEVER, way.closed, last + dice.integers(0, 12, size))
    limit = np.where(leaver, grown_up + 1090 + dice.integers(0, 7, size), grown_up)
    way.closed = np.maximum(earliest(closed, limit), way.referral + 1)
    way.closed = np.where(leaver, limit, way.closed)
    for start, end in (("plan", "plan_end"), ("protection", "protection_end"), ("step_down", "step_down_end")):
        begun = getattr(way, start) < np.minimum(way.closed, grown_up) - 1
        setattr(way, start, np.where(begun, getattr(way, start), NEVER))
        ended = earliest(getattr(way, end), way.closed, grown_up)
        setattr(way, end, np.where(begun, ended, NEVER))
    way.authorised = earliest(
        way.authorised, np.where(way.no_action, NEVER, np.maximum(way.closed, way.assessment + 1))
    )
    way.conference = np.where(way.conference < way.closed, way.conference, NEVER)
    way.enquiry = np.where(way.enquiry < way.closed, way.enquiry, NEVER)
    return way
