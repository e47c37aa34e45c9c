"""Children who go missing, and the interviews when they are back."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from improvement_board.demo import story
from improvement_board.demo.cells import DAY_SECONDS, Truth, ids, numbered, times, words
from improvement_board.demo.days import Codes, ages
from improvement_board.demo.dice import chance, pick
from improvement_board.demo.recording import recorded
from improvement_board.demo.world import World

TYPES = ("Missing", "Away")
ANSWERS = ("N", "Y", "NA")
IN_CARE_FACTOR = 7.0
HOUR = 3600


def missing_tables(world: World) -> Iterator[Truth]:
    """Episodes of children aged 11 to 17 with an open case, more often of those in care, and return interviews."""
    dice = world.dice("missing")
    parts: list[tuple[Codes, Codes]] = []
    for month, following in zip(world.month_starts[:-1], world.month_starts[1:], strict=True):
        middle = int(month) + 14
        rows = world.open_on(middle)
        person = world.journeys.person[rows]
        age = ages(world.people.born[person], middle)
        in_care = world.plan_type(rows, np.full(len(rows), middle)) == 0
        weight = np.where(
            (age >= 11) & (age < 17.9), world.people.risk[person] * np.where(in_care, IN_CARE_FACTOR, 1.0), 0.0
        )
        count = dice.poisson(float(story.MISSING.at(middle)) * world.scale) if weight.sum() > 0 else 0
        chosen = person[pick(dice, count, weight.tolist())] if count else person[:0]
        start = int(month) * DAY_SECONDS + dice.integers(0, (int(following) - int(month)) * DAY_SECONDS, count)
        parts.append((chosen, start - start % 300))
    person, start = np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts])
    order = np.lexsort((person, start))
    person, start = person[order], start[order]
    size = len(person)
    hours = np.exp(dice.normal(np.log(9), 1.25, size)).clip(0.5, 24 * 40)
    end = start + (hours * HOUR).astype(np.int64)
    end -= end % 300
    start_day, end_day = start // DAY_SECONDS, end // DAY_SECONDS
    known = recorded(dice, end_day + 1, 0.08, 6.0)
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
    yield Truth("ssd_missing", columns, start_day)
    quick = chance(dice, story.INTERVIEW_IN_72_HOURS.at(end_day), size)
    wait = np.where(quick, dice.uniform(8, 71, size), 74 + dice.exponential(110, size))
    interview = end + (wait * HOUR).astype(np.int64)
    interview -= interview % 900
    held = (accepted == 1) & chance(dice, 0.94, size)
    interview = np.where(held, interview, 10**11)
    yield Truth(
        "return_interviews",
        {
            "missing_id": ids("MI", numbered(size)),
            "return_time": times(end),
            "interview_time": times(interview, recorded(dice, interview // DAY_SECONDS, 0.15, 6.0)),
        },
        end_day,
    )
