"""Assessment factors, and the tool used where neglect is one of them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from improvement_board.demo import story
from improvement_board.demo.cells import Truth, dates, ids, numbered, words
from improvement_board.demo.days import (
    Days,
    Flags,
    ages,
)
from improvement_board.demo.dice import Generator, chance, some_days
from improvement_board.demo.referrals import Assessments
from improvement_board.demo.world import World

FACTORS = (
    ("1A", 0.04), ("1B", 0.17), ("2A", 0.06), ("2B", 0.18), ("3A", 0.0), ("3B", 0.0), ("3C", 0.0), ("4A", 0.17),
    ("4B", 0.31), ("5A", 0.07), ("5B", 0.04), ("6A", 0.05), ("7A", 0.04), ("10A", 0.05), ("11A", 0.0), ("13A", 0.03),
    ("14A", 0.07), ("15A", 0.08), ("16A", 0.0), ("17A", 0.22), ("18B", 0.03), ("18C", 0.11), ("19C", 0.05),
    ("24A", 0.0),
)  # fmt: skip


def factor_tables(world: World, assessments: Assessments) -> Iterator[Truth]:
    """Factors of authorised assessments (a few never recorded), and the neglect tool where neglect is one of them."""
    dice = world.dice("factors")
    size = len(assessments.journey)
    person = world.journeys.person[assessments.journey]
    bits = _factor_bits(dice, assessments.authorised, ages(world.people.born[person], assessments.start))
    codes = [code for code, _ in FACTORS]
    neglect = bits[:, codes.index("16A")] & ~assessments.not_in_need
    bits[:, codes.index("16A")] = neglect
    masks, text_number = np.unique(bits @ (1 << np.arange(len(FACTORS), dtype=np.int64)), return_inverse=True)
    texts = [_factor_text(int(mask)) for mask in masks]
    rows = np.flatnonzero(chance(dice, 0.965, size) & (assessments.authorised <= world.last_day))
    assessment = numbered(size)
    yield Truth(
        "ssd_assessment_factors",
        {
            "cinf_table_id": ids("F", numbered(len(rows))),
            "cinf_assessment_id": ids("A", assessment[rows]),
            "cinf_assessment_factors_json": words(text_number[rows], texts),
        },
        assessments.known[rows],
    )
    used = (
        neglect
        & chance(dice, story.NEGLECT_TOOL.at(assessments.authorised), size)
        & (assessments.authorised <= world.last_day)
    )
    tools = np.flatnonzero(used)
    day = np.maximum(assessments.authorised[tools] - 2 - some_days(dice, 9, len(tools)), assessments.start[tools])
    yield Truth(
        "assessment_tools",
        {
            "assessment_id": ids("A", assessment[tools]),
            "tool": words(np.zeros(len(tools), dtype=np.int64), ("neglect",)),
            "used_date": dates(day),
        },
        day,
    )


def _factor_bits(dice: Generator, day: Days, age: np.ndarray) -> Flags:
    size = len(day)
    level = {code: np.full(size, share) for code, share in FACTORS}
    abuse = chance(dice, story.DOMESTIC_ABUSE.at(day) * 1.1, size)
    for code, share in (("3A", 0.45), ("3B", 0.78), ("3C", 0.12)):
        level[code] = np.where(abuse, share, 0.0)
    teenage = np.where(age >= 11, 2.4, 0.08)
    exploited = story.EXPLOITATION_FACTOR.at(day) * teenage
    for code, share in (("11A", 0.55), ("24A", 0.65)):
        level[code] = exploited * share
    for code in ("1A", "2A", "10A", "13A", "14A", "15A"):
        level[code] = level[code] * teenage
    level["16A"] = story.NEGLECT_FACTOR.at(day) * 1.3
    return np.column_stack([chance(dice, level[code], size) for code, _ in FACTORS])


def _factor_text(mask: int) -> str:
    chosen = [code for bit, (code, _) in enumerate(FACTORS) if mask >> bit & 1]
    return "[" + ", ".join(f'"{code}"' for code in chosen or ["21"]) + "]"
