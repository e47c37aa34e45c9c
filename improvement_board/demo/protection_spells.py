"""When children are on protection plans."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from improvement_board.demo.days import Codes, Days
from improvement_board.demo.world import World


@dataclass(frozen=True)
class ProtectionPlans:
    """Protection plans in order of start: the referral and child, from start up to end."""

    journey: Codes
    person: Codes
    start: Days
    end: Days


def protection_plans(world: World) -> ProtectionPlans:
    """Every protection plan, however old."""
    way = world.journeys
    rows = np.flatnonzero(world.kept & (way.protection <= world.last_day))
    rows = rows[np.lexsort((rows, way.protection[rows]))]
    return ProtectionPlans(rows, way.person[rows], way.protection[rows], way.protection_end[rows])
