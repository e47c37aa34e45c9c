"""Children who go missing, and the interviews when they are back."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from improvement_board.demo import story
from improvement_board.demo.cells import DAY_SECONDS, Truth, ids, numbered, times, words
from improvement_board.demo.days import NEVER, Codes, Flags, ages
from improvement_board.demo.dice import Generator, chance, pick
from improvement_board.demo.recording import draw_recording_days
from improvement_board.demo.world import World

TYPES = ("Missing", "Away")
ANSWERS = ("N", "Y", "NA")
IN_CARE_FACTOR = 4.5
HOUR = 3600


def missing_tables(world: World) -> Iterator[Truth]:
    """Episodes of children aged 11 to 17 with an open case, more often of those in care, and return interviews."""
    dice = world.dice("missing")
    person, start = _episodes(dice, world)
    size = len(person)
    hours = np.exp(dice.normal(np.log(9), 1.25, size)).clip(0.5, 24 * 40)
    end = start + (hours * HOUR).astype(np.int64)
    end -= end % 300
    end_day = end // DAY_SECONDS
    known = draw_recording_days(dice, end_day + 1, 0.08, 6.0)
    offered = np.where(chance(dice, 0.03, size), 2, chance(dice, story.INTERVIEW_OFFERED.at(end_day), size))
    accepted = np.where(offered == 2, 2, (offered == 1) & chance(dice, 0.66, size))
    columns = {
        "miss_table_id": ids("MI", numbered(size)),
        "miss_person_id": ids("P", person + 1),
        "miss_missing_episode_start_date": times(start),
        "miss_missing_episode_type": words(pick(dice, size, (88, 12)), TYPES),
        "miss_missing_episode_end_date": times(end),
        "miss_missing_rhi_offered": words(offered, ANSWERS, known),
        "miss_missing_rhi_accepted": words(accepted, ANSWERS, known),
    }
    yield Truth("ssd_missing", columns, start // DAY_SECONDS)
    yield _interviews(dice, end, accepted == 1)


def _episodes(dice: Generator, world: World) -> tuple[Codes, Codes]:
    """Who goes missing when (seconds since 1970), in order of time."""
    parts: list[tuple[Codes, Codes]] = []
    for month, following in pairwise(world.month_starts.tolist()):
        middle = month + 14
        rows = world.open_on(middle)
        person = world.journeys.person[rows]
        age = ages(world.people.born[person], middle)
        in_care = world.plan_type(rows, np.full(len(rows), middle)) == 0
        leaning = world.people.risk[person] ** 2 * np.where(in_care, IN_CARE_FACTOR, 1.0)
        weight = np.where((age >= 11) & (age < 17.9), leaning, 0.0)
        count = dice.poisson(float(story.MISSING.at(middle)) * world.scale) if weight.sum() > 0 else 0
        chosen = person[pick(dice, count, weight.tolist())] if count else person[:0]
        start = dice.integers(month * DAY_SECONDS, following * DAY_SECONDS, count)
        parts.append((chosen, start - start % 300))
    person, start = (np.concatenate([part[column] for part in parts]) for column in range(2))
    order = np.lexsort((person, start))
    return person[order], start[order]


def _interviews(dice: Generator, end: Codes, accepted: Flags) -> Truth:
    """A row an episode that has ended, with the interview where one was held."""
    size, end_day = len(end), end // DAY_SECONDS
    quick = chance(dice, story.INTERVIEW_IN_72_HOURS.at(end_day), size)
    wait = np.where(quick, dice.uniform(8, 71, size), 74 + dice.exponential(110, size))
    interview = end + (wait * HOUR).astype(np.int64)
    interview -= interview % 900
    held = accepted & chance(dice, 0.94, size)
    interview = np.where(held, interview, NEVER * DAY_SECONDS)
    columns = {
        "missing_id": ids("MI", numbered(size)),
        "return_time": times(end),
        "interview_time": times(interview, draw_recording_days(dice, interview // DAY_SECONDS, 0.15, 6.0)),
    }
    return Truth("return_interviews", columns, end_day)
