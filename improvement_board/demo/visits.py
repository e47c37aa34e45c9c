"""Visits to children in need, on protection plans and in care."""

from __future__ import annotations

import numpy as np

from improvement_board.demo import story
from improvement_board.demo.care import Stays
from improvement_board.demo.cells import Cells, Truth, dates, flags, ids, numbered
from improvement_board.demo.days import Codes, Days, Floats, ages
from improvement_board.demo.dice import Generator, chance, draw_recurring, draw_visit_gaps
from improvement_board.demo.in_need import InNeedPlans
from improvement_board.demo.protection_spells import ProtectionPlans
from improvement_board.demo.recording import draw_recording_days
from improvement_board.demo.world import World

SEEN_SHARE = 0.955
SEEN_ALONE_SHARE = 0.74
IN_NEED_DAYS, PROTECTION_DAYS, CARE_DAYS = 28, 14, 42


def _weekday(days: Days) -> Days:
    """Visits fall on working days of the week: a Saturday's on the Friday, a Sunday's on the Friday too."""
    weekday = (days + 3) % 7
    return days - np.where(weekday == 5, 1, np.where(weekday == 6, 2, 0))


def _visit_days(
    dice: Generator, world: World, start: Days, end: Days, limit: int, curve: story.Curve, factor: Floats | None = None
) -> tuple[Codes, Days]:
    """Visits of spells, so that on a random day the share visited within the limit follows the curve."""
    begin = np.maximum(start, world.since - limit)
    scale = np.ones(len(start)) if factor is None else factor

    def next_gap(rows: Codes, days: Days) -> Days:
        return draw_visit_gaps(dice, curve.at(days) * scale[rows] / SEEN_SHARE, limit, len(rows))

    rows, days = draw_recurring(begin, np.minimum(end, world.last_day + 1), next_gap, world.since)
    days = np.maximum(_weekday(days), start[rows])
    order = np.lexsort((rows, days))
    return rows[order], days[order]


def _seen(dice: Generator, world: World, person: Codes, days: Days) -> tuple[Cells, Cells, Cells]:
    size = len(person)
    seen = chance(dice, SEEN_SHARE, size)
    old_enough = ages(world.people.born[person], days) >= 4
    alone = seen & chance(dice, np.where(old_enough, SEEN_ALONE_SHARE, 0.12), size)
    return flags(seen), flags(alone), flags(seen & chance(dice, 0.5, size))


def in_need_visits(world: World, plans: InNeedPlans) -> Truth:
    """Visits under in-need plans; fewer by the additional-needs team while it lags."""
    dice = world.dice("in-need visits")
    lag = np.where(plans.needs, 0.90, 1.0)
    rows, days = _visit_days(dice, world, plans.start, plans.end, IN_NEED_DAYS, story.CIN_VISITED, lag)
    person = plans.person[rows]
    seen, alone, bedroom = _seen(dice, world, person, days)
    return Truth(
        "ssd_cin_visits",
        {
            "cinv_cin_visit_id": ids("VN", numbered(len(rows)), 7),
            "cinv_person_id": ids("P", person + 1),
            "cinv_cin_visit_date": dates(days),
            "cinv_cin_visit_seen": seen,
            "cinv_cin_visit_seen_alone": alone,
            "cinv_cin_visit_bedroom": bedroom,
        },
        draw_recording_days(dice, days, 0.10, 6.0),
    )


def protection_visits(world: World, plans: ProtectionPlans) -> Truth:
    """Visits under protection plans."""
    dice = world.dice("protection visits")
    rows, days = _visit_days(dice, world, plans.start, plans.end, PROTECTION_DAYS, story.CP_VISITED)
    person = plans.person[rows]
    seen, alone, bedroom = _seen(dice, world, person, days)
    return Truth(
        "ssd_cp_visits",
        {
            "cppv_cp_visit_id": ids("VP", numbered(len(rows)), 7),
            "cppv_person_id": ids("P", person + 1),
            "cppv_cp_plan_id": ids("CP", rows + 1),
            "cppv_cp_visit_date": dates(days),
            "cppv_cp_visit_seen": seen,
            "cppv_cp_visit_seen_alone": alone,
            "cppv_cp_visit_bedroom": bedroom,
        },
        draw_recording_days(dice, days, 0.06, 4.0),
    )


def care_visits(world: World, stays: Stays) -> Truth:
    """Visits to children in care."""
    dice = world.dice("care visits")
    rows, days = _visit_days(dice, world, stays.start, stays.end, CARE_DAYS, story.CLA_VISITED)
    person = stays.person[rows]
    seen, alone, _ = _seen(dice, world, person, days)
    return Truth(
        "ssd_cla_visits",
        {
            "clav_cla_visit_id": ids("VC", numbered(len(rows)), 7),
            "clav_cla_id": ids("C", rows + 1),
            "clav_person_id": ids("P", person + 1),
            "clav_cla_visit_date": dates(days),
            "clav_cla_visit_seen": seen,
            "clav_cla_visit_seen_alone": alone,
        },
        draw_recording_days(dice, days, 0.12, 7.0),
    )
