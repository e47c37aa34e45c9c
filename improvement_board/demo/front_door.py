"""Contacts, what was decided on them, and early help."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from improvement_board.demo import story
from improvement_board.demo.cells import Truth, dates, flags, ids, numbered, unknown_for_some, words
from improvement_board.demo.days import NEVER, Codes, Days, add_working_days, as_date, to_working_day
from improvement_board.demo.dice import Generator, chance, gamma_days, pick, some_days
from improvement_board.demo.recording import draw_recording_days
from improvement_board.demo.world import World

SOURCES = (
    "1A", "1B", "1C", "2A", "2B", "3A", "3B", "3C", "3E", "3F", "4", "5A", "5B", "5C", "5D", "6", "7", "8", "9", "10",
)  # fmt: skip
SOURCE_WORDS = (
    "Individual - family", "Individual - acquaintance", "Individual - self", "Schools", "Education services", "GP",
    "Health visitor", "School nurse", "A&E", "Other health", "Housing", "Social care", "Other council service",
    "Another council", "Early help", "Police", "Other legal agency", "Other", "Anonymous", "Unknown",
)  # fmt: skip
SOURCE_WEIGHTS = (9, 2, 1, 17, 3, 1.5, 4, 1, 4.5, 3.5, 2.5, 3, 2, 2.5, 3.5, 30, 4, 4, 2, 1.5)
SCHOOL, POLICE = SOURCES.index("2A"), SOURCES.index("6")
HOMES_OF_ABUSE = 3
CLOSED_SCHOOLS_FACTOR = 0.25
CONTACT_OUTCOMES = (
    '{"NEW_REFERRAL_FLAG": "Y", "NFA_FLAG": "N", "ADVICE_FLAG": "N"}',
    '{"NEW_REFERRAL_FLAG": "N", "NFA_FLAG": "Y", "ADVICE_FLAG": "N"}',
    '{"NEW_REFERRAL_FLAG": "N", "NFA_FLAG": "N", "ADVICE_FLAG": "Y"}',
)
ORGANISATIONS = (
    ("Northbridge Family Hub East", "council"), ("Northbridge Family Hub West", "council"),
    ("Northbridge Youth Service", "council"), ("Larkfield Primary School", "school"),
    ("Millrace Academy", "school"), ("Oakmoor High School", "school"), ("Station Road Primary School", "school"),
    ("Weaver's Croft School", "school"), ("Northbridge Health Visiting", "health"),
    ("Northbridge School Nursing", "health"), ("Harbour Families Charity", "voluntary"),
    ("Open Door Young Carers", "voluntary"), ("Northbridge Homes", "other"),
)  # fmt: skip
REPEAT_CONTACTS = 0.46
EARLY_HELP_REASONS = ("Parenting", "School attendance", "Mental health", "Domestic abuse", "Housing")
EARLY_HELP_ENDS = ("Needs met", "Stepped up", "Disengaged")


def source_codes(dice: Generator, days: Days) -> Codes:
    """Who made contact. While schools are closed few schools do."""
    chosen = pick(dice, len(days), SOURCE_WEIGHTS)
    first, last, again, until = story.SCHOOLS_CLOSED
    closed = ((days >= first) & (days <= last)) | ((days >= again) & (days <= until))
    instead = pick(dice, len(days), (*SOURCE_WEIGHTS[:3], 0, 0, *SOURCE_WEIGHTS[5:]))
    return np.where(closed & (chosen == SCHOOL) & chance(dice, 1 - CLOSED_SCHOOLS_FACTOR, len(days)), instead, chosen)


def contacts(world: World) -> tuple[Codes, Days, Codes]:
    """Every contact in order of date: the child, the day, and the outcome (0 becomes a referral). Adds new children."""
    dice = world.dice("contacts")
    way = world.journeys
    people = [np.zeros(0, dtype=np.int64)]
    parts = []
    for month in np.concatenate([world.month_starts[0] - np.arange(330, 0, -30), world.month_starts[:-1]]):
        following = month + 30 if month < world.first_day else world.month_starts[world.month_starts > month][0]
        referred = np.flatnonzero((way.referral >= month) & (way.referral < following))
        level = float(story.CONTACTS.at(month + 14)) * world.scale * (0.9 if as_date(month).month in (8, 12) else 1.0)
        others = max(dice.poisson(level) - len(referred), 0)
        known = np.concatenate(people[-11:])
        again = min(dice.binomial(others, REPEAT_CONTACTS), len(known))
        days = dice.integers(month, following, others)
        new = world.people.add(dice, days[: others - again], 0.03)
        person = np.concatenate([new, known[dice.integers(0, len(known), again)] if again else known[:0]])
        day = np.concatenate([way.referral[referred] - dice.integers(0, 2, len(referred)), days])
        outcome = np.concatenate([np.zeros(len(referred)), 1 + pick(dice, others, (0.62, 0.38))]).astype(np.int64)
        person = np.concatenate([way.person[referred], person])
        people.append(np.unique(person))
        parts.append((person, day, outcome))
    person, day, outcome = (np.concatenate([part[column] for part in parts]) for column in range(3))
    late = world.people.born[person] > day
    day = np.where(late, world.people.born[person], day)
    inside = np.flatnonzero((day >= world.first_day) & (day <= world.last_day))
    order = inside[np.lexsort((person[inside], day[inside]))]
    return person[order], day[order], outcome[order]


def front_door_tables(world: World, person: Codes, day: Days, outcome: Codes) -> Iterator[Truth]:
    """Contacts and their decisions."""
    dice = world.dice("contact details")
    size = len(person)
    source = unknown_for_some(source_codes(dice, day), chance(dice, 0.008, size))
    home = np.where(person % HOMES_OF_ABUSE == 0, 1.9, 0.55)
    abuse = chance(dice, story.DOMESTIC_ABUSE_CONTACTS * home * np.where(source == POLICE, 1.6, 0.72), size)
    contact_id = ids("CT", numbered(size), 7)
    yield Truth(
        "ssd_contacts",
        {
            "cont_contact_id": contact_id,
            "cont_person_id": ids("P", person + 1),
            "cont_contact_date": dates(day),
            "cont_contact_source_code": words(source, SOURCES),
            "cont_contact_source_desc": words(source, SOURCE_WORDS),
            "cont_contact_outcome_json": words(outcome, CONTACT_OUTCOMES),
        },
        day,
    )
    quick = chance(dice, story.DECIDED_IN_A_DAY.at(day), size)
    wait = np.where(quick, dice.integers(0, 2, size), 2 + some_days(dice, 1.6, size))
    decided = add_working_days(to_working_day(day), wait)
    known = draw_recording_days(dice, decided, 0.03, 6.0)
    team = unknown_for_some(np.ones(size, dtype=np.int64), chance(dice, 0.01, size))
    yield Truth(
        "contact_decisions",
        {
            "contact_id": contact_id,
            "decision_date": dates(decided, known),
            "team": ids("T", team, 2),
            "domestic_abuse_flag": flags(abuse),
        },
        day,
    )


def early_help_tables(world: World, person: Codes, day: Days) -> Iterator[Truth]:
    """Early help episodes, for some of the children whose contact became no referral, and who the organisations are."""
    dice = world.dice("early help")
    share = story.EARLY_HELP.at(day) * world.scale / np.maximum(len(person) / max(len(world.month_ends), 1), 1)
    rows = np.flatnonzero(chance(dice, share, len(person)))
    start = np.minimum(day[rows] + 3 + some_days(dice, 9, len(rows)), NEVER)
    rows, start = rows[np.argsort(start, kind="stable")], np.sort(start)
    size = len(rows)
    kinds = np.array([kind == "school" for _, kind in ORGANISATIONS])
    by_school = chance(dice, story.SCHOOL_LED.at(start), size)
    schools, others = np.flatnonzero(kinds), np.flatnonzero(~kinds)
    organisation = np.where(
        by_school, schools[dice.integers(0, len(schools), size)], others[pick(dice, size, (4, 4, 2, 3, 1, 2, 1, 1))]
    )
    end = start + gamma_days(dice, 190, 2.0, size)
    yield Truth(
        "ssd_early_help_episodes",
        {
            "earl_episode_id": ids("EH", numbered(size)),
            "earl_person_id": ids("P", person[rows] + 1),
            "earl_episode_start_date": dates(start),
            "earl_episode_end_date": dates(end),
            "earl_episode_reason": words(pick(dice, size, (4, 2, 2, 2, 1)), EARLY_HELP_REASONS),
            "earl_episode_end_reason": words(pick(dice, size, (6, 2, 2)), EARLY_HELP_ENDS, end),
            "earl_episode_organisation": words(organisation, [name for name, _ in ORGANISATIONS]),
        },
        start,
    )
    names = numbered(len(ORGANISATIONS), 0)
    order = np.argsort(np.array([name for name, _ in ORGANISATIONS]))
    yield Truth(
        "organisations",
        {
            "organisation": words(names[order], [name for name, _ in ORGANISATIONS]),
            "kind": words(names[order], [kind for _, kind in ORGANISATIONS]),
        },
        np.full(len(ORGANISATIONS), world.first_day),
    )
