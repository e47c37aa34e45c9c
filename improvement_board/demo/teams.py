"""The teams of the demonstration council: what work each does, in which part of the borough, and from when to when.

The service was redesigned on 1 October 2021: some teams closed or were renamed, new ones opened. A project team of
agency workers cleared the additional-needs backlog in 2022.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from improvement_board.demo.days import NEVER, Codes, Days, day_number

REDESIGN = day_number(date(2021, 10, 1))
PROJECT_STARTS = day_number(date(2022, 1, 4))
PROJECT_ENDS = day_number(date(2022, 12, 31))
PATCHES = 4

FRONT_DOOR, ASSESSMENT, SAFEGUARDING, EDGE, EXPLOITATION, NEEDS, PROJECT, COURT, CARE, LEAVERS = range(10)

DOOR_SERVICE = "Front Door and Assessment"
FAMILY_SERVICE = "Family Safeguarding"
CARE_SERVICE = "Corporate Parenting"
SPECIALIST_SERVICE = "Specialist Support"


@dataclass(frozen=True)
class Team:
    """One team. `patches` are the parts of the borough it serves; it works from `opens` up to, not on, `closes`."""

    number: int
    name: str
    service: str
    work: int
    patches: tuple[int, ...] = (0, 1, 2, 3)
    opens: int = 0
    closes: int = NEVER

    def is_open(self, day: int) -> bool:
        """Whether the team works on a day."""
        return self.opens <= day < self.closes


TEAMS = (
    Team(1, "MASH / Front Door", DOOR_SERVICE, FRONT_DOOR),
    Team(2, "Children with Additional Needs", SPECIALIST_SERVICE, NEEDS),
    Team(3, "Court and Permanence", CARE_SERVICE, COURT),
    Team(4, "Care Leavers", CARE_SERVICE, LEAVERS),
    Team(5, "Duty and Assessment 1", DOOR_SERVICE, ASSESSMENT, (0, 1), closes=REDESIGN),
    Team(6, "Duty and Assessment 2", DOOR_SERVICE, ASSESSMENT, (2, 3), closes=REDESIGN),
    Team(7, "Child in Need East", FAMILY_SERVICE, SAFEGUARDING, (0,), closes=REDESIGN),
    Team(8, "Child in Need West", FAMILY_SERVICE, SAFEGUARDING, (1,), closes=REDESIGN),
    Team(9, "Child Protection", FAMILY_SERVICE, SAFEGUARDING, (2, 3), closes=REDESIGN),
    Team(10, "Looked After Children", CARE_SERVICE, CARE, closes=REDESIGN),
    Team(11, "Missing and Youth Support", SPECIALIST_SERVICE, EXPLOITATION, closes=REDESIGN),
    Team(12, "Assessment North", DOOR_SERVICE, ASSESSMENT, (0,), opens=REDESIGN),
    Team(13, "Assessment South", DOOR_SERVICE, ASSESSMENT, (1,), opens=REDESIGN),
    Team(14, "Assessment Central", DOOR_SERVICE, ASSESSMENT, (2, 3), opens=REDESIGN),
    Team(15, "Safeguarding North", FAMILY_SERVICE, SAFEGUARDING, (0,), opens=REDESIGN),
    Team(16, "Safeguarding South", FAMILY_SERVICE, SAFEGUARDING, (1,), opens=REDESIGN),
    Team(17, "Safeguarding Central", FAMILY_SERVICE, SAFEGUARDING, (2,), opens=REDESIGN),
    Team(18, "Safeguarding West", FAMILY_SERVICE, SAFEGUARDING, (3,), opens=REDESIGN),
    Team(19, "Children in Care North", CARE_SERVICE, CARE, (0, 3), opens=REDESIGN),
    Team(20, "Children in Care South", CARE_SERVICE, CARE, (1, 2), opens=REDESIGN),
    Team(21, "Exploitation and Missing", SPECIALIST_SERVICE, EXPLOITATION, opens=REDESIGN),
    Team(22, "Assessment Project Team", SPECIALIST_SERVICE, PROJECT, opens=PROJECT_STARTS, closes=PROJECT_ENDS),
    Team(23, "Edge of Care", FAMILY_SERVICE, EDGE, opens=REDESIGN),
)
BY_NUMBER = {team.number: team for team in TEAMS}


def _team_table(day: int) -> Codes:
    table = np.full((10, PATCHES), -1, dtype=np.int64)
    for team in TEAMS:
        if team.is_open(day) or team.work == PROJECT:
            table[team.work, list(team.patches)] = team.number
    table[EDGE] = np.where(table[EDGE] < 0, table[SAFEGUARDING], table[EDGE])
    return table


BEFORE = _team_table(REDESIGN - 1)
AFTER = _team_table(REDESIGN)


def team_for(work: Codes, patch: Codes, day: Days) -> Codes:
    """The number of the team that does a kind of work for a part of the borough on a day."""
    return np.where(day < REDESIGN, BEFORE[work, patch], AFTER[work, patch])
