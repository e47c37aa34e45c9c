"""What is done with children in care: reviews, health, plans, life story work, meetings when a placement shakes."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from improvement_board.demo import story
from improvement_board.demo.care import Placements, Stays
from improvement_board.demo.care_lengths import ADOPTED
from improvement_board.demo.cells import Truth, dates, flags, ids, numbered, words
from improvement_board.demo.days import NEVER, Codes, Days, ages, to_working_day
from improvement_board.demo.dice import chance, draw_recurring, draw_visit_gaps, pick, some_days
from improvement_board.demo.in_need import PARTICIPATION, participation
from improvement_board.demo.recording import draw_recording_days
from improvement_board.demo.world import World

REVIEW_FIRST, REVIEW_SECOND, REVIEW_NEXT = 28, 91, 183
CHECKS = ("Health Assessment", "Dental Check")
CHECK_STATUSES = ("Completed", "Refused", "Cancelled", "Planned")
PLAN_KEYS = (
    "REMAINSUP", "RETURN1M", "RETURN6M", "RETURNEV", "LTRELFR", "LTFOST18", "RESPLMT", "SUPPLIV",
    "ADOPTION", "OTHERPLN",
)  # fmt: skip
LONG_AGO = -40_000
SHAKEN = (5, 6, 7, 2, 3, 4)


def care_reviews(world: World, stays: Stays) -> Truth:
    """Reviews: due after 20 working days, then three months, then six; a few cancelled."""
    dice = world.dice("care reviews")
    first, second = stays.start + 1, stays.start + REVIEW_FIRST + 2
    stay, due = draw_recurring(
        stays.start,
        np.minimum(stays.end, world.last_day + 1),
        lambda rows, days: np.where(
            days < first[rows], REVIEW_FIRST, np.where(days < second[rows], REVIEW_SECOND, REVIEW_NEXT)
        ),
        world.since,
    )
    size = len(stay)
    on_time = chance(dice, story.CLA_REVIEWS.at(due), size)
    cancelled = chance(dice, 0.015, size)
    held = np.where(on_time, due - dice.integers(0, 10, size), to_working_day(due + 1 + some_days(dice, 11, size)))
    held = np.where(cancelled | (held >= stays.end[stay]), NEVER, np.maximum(held, stays.start[stay] + 1))
    known = np.maximum(draw_recording_days(dice, held, 0.12, 9.0), due)
    age = ages(world.people.born[stays.person[stay]], due)
    return Truth(
        "ssd_cla_reviews",
        {
            "clar_cla_review_id": ids("RC", numbered(size)),
            "clar_cla_id": ids("C", stay + 1),
            "clar_cla_review_due_date": dates(due),
            "clar_cla_review_date": dates(held, known),
            "clar_cla_review_cancelled": flags(cancelled),
            "clar_cla_review_participation": words(participation(dice, age), PARTICIPATION, known),
        },
        due,
    )


def health_checks(world: World, stays: Stays) -> Truth:
    """Health assessments (yearly, under five twice a year) and dental checks."""
    dice = world.dice("health checks")
    born = world.people.born[stays.person]
    begin = np.maximum(stays.start, world.first_day - 500)
    parts = []
    for place_of_check in range(len(CHECKS)):

        def next_gap(rows: Codes, days: Days, check: int = place_of_check) -> Days:
            young = (ages(born[rows], days) < 5) & (check == 0)
            length = draw_visit_gaps(dice, story.HEALTH_ASSESSED.at(days) + 0.03, 1000, len(rows), 1.4) / 1000
            return np.maximum(np.where(young, 180, 362) * length, 20).astype(np.int64)

        rows, days = draw_recurring(
            begin - dice.integers(0, 60, len(begin)), np.minimum(stays.end, world.last_day + 1), next_gap, LONG_AGO
        )
        parts.append((rows, days, np.full(len(rows), place_of_check)))
    stay, day, check = (np.concatenate([part[column] for part in parts]) for column in range(3))
    inside = day > stays.start[stay]
    stay, day, check = stay[inside], day[inside], check[inside]
    order = np.lexsort((stay, day))
    stay, day, check = stay[order], day[order], check[order]
    return Truth(
        "ssd_cla_health",
        {
            "clah_health_check_id": ids("HC", numbered(len(stay))),
            "clah_person_id": ids("P", stays.person[stay] + 1),
            "clah_health_check_type": words(check, CHECKS),
            "clah_health_check_date": dates(day),
            "clah_health_check_status": words(pick(dice, len(stay), (95, 2.5, 1.5, 1)), CHECK_STATUSES),
        },
        draw_recording_days(dice, day, 0.2, 12.0),
    )


def care_plans(world: World, stays: Stays) -> Iterator[Truth]:
    """Permanence plans, a first one and one for good, and life story work for children who will not go home."""
    dice = world.dice("care plans")
    size = len(stays.start)
    age = ages(world.people.born[stays.person], stays.start)
    first = np.array([1, 2, 3, 9])[pick(dice, size, (10, 34, 46, 10))]
    lasting = np.where(age < 12, 5, np.where(age < 15, 6, 7))
    lasting = np.where(chance(dice, 0.25, size) & (age < 14), 4, lasting)
    lasting = np.where(stays.exit == ADOPTED, 8, lasting)
    settled = np.flatnonzero((stays.end - stays.start > 240) & chance(dice, 0.9, size))
    turn = (stays.start + 150 + dice.integers(0, 80, size))[settled]
    stay = np.concatenate([np.arange(size), settled])
    start = np.concatenate([stays.start + 10, turn])
    until = stays.end.copy()
    until[settled] = turn
    end = np.concatenate([until, stays.end[settled]])
    plan = np.concatenate([first, lasting[settled]])
    rows = np.lexsort((stay, start))
    rows = rows[(start[rows] < end[rows]) & (start[rows] <= world.last_day)]
    texts = [
        "{" + ", ".join(f'"{key}": "{"Y" if key == flagged else "N"}"' for key in PLAN_KEYS) + "}"
        for flagged in PLAN_KEYS
    ]
    yield Truth(
        "ssd_cla_care_plan",
        {
            "lacp_table_id": ids("LP", numbered(len(rows))),
            "lacp_person_id": ids("P", stays.person[stay[rows]] + 1),
            "lacp_cla_care_plan_start_date": dates(start[rows]),
            "lacp_cla_care_plan_end_date": dates(end[rows]),
            "lacp_cla_care_plan_json": words(plan[rows], texts),
        },
        start[rows],
    )
    waits = dice.exponential(1.0, len(settled)) / story.LIFE_STORY.at(np.maximum(turn, world.first_day))
    begun = np.where(turn < world.first_day, np.maximum(turn, world.first_day - 1200), turn) + waits.clip(
        max=9000
    ).astype(np.int64)
    known = begun < np.minimum(stays.end[settled], world.last_day + 1)
    person, first_row = np.unique(stays.person[settled][known], return_index=True)
    yield Truth(
        "life_story",
        {"person_id": ids("P", person + 1), "start_date": dates(begun[known][first_row])},
        draw_recording_days(dice, begun[known][first_row], 0.15, 15.0),
    )


def stability_meetings(world: World, moves: Placements) -> Truth:
    """Meetings held before placements that then ended because of carer, child or standards."""
    dice = world.dice("stability meetings")
    shaken = np.isin(moves.reason, SHAKEN) & (moves.end <= world.last_day) & (moves.end > world.first_day)
    rows = np.flatnonzero(shaken & chance(dice, story.STABILITY_MEETINGS.at(moves.end), len(moves.end)))
    day = np.maximum(moves.end[rows] - dice.integers(2, 30, len(rows)), moves.start[rows])
    return Truth(
        "stability_meetings",
        {"placement_id": ids("PL", rows + 1), "meeting_date": dates(day)},
        np.maximum(day, world.first_day),
    )
