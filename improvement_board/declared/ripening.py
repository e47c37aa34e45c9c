"""When a month can be judged: not before the time is up for all that its events ask for."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pydantic import Field, model_validator

from improvement_board.common.months import following_month, month_end
from improvement_board.common.working_days import after_working_days
from improvement_board.declared.toml import Declared

LONGEST = 3660  # days that a duty may take: ten years
Limit = int | str


class Ripening(Declared):
    """How long after an event what it asks for (`duty`, in the plural) may still be done: in days or in working days,
    a number or the name of a parameter of the KPI."""

    duty: str = Field(min_length=1)
    days: Limit | None = None
    working_days: Limit | None = None

    @model_validator(mode="after")
    def _in_one_way(self) -> Ripening:
        if (self.days is None) == (self.working_days is None):
            raise ValueError("needs either days or working_days")
        if not all(0 <= limit <= LONGEST for limit in (self.days, self.working_days) if isinstance(limit, int)):
            raise ValueError(f"needs 0 to {LONGEST} days")
        return self

    @property
    def parameter(self) -> str | None:
        """The parameter that gives the limit, where one does."""
        return next((limit for limit in (self.days, self.working_days) if isinstance(limit, str)), None)

    def time_is_up(self, event: date, parameters: Mapping[str, Any]) -> date:
        """The last day in time for an event of a day."""
        days, working_days = (_number(limit, parameters) for limit in (self.days, self.working_days))
        return after_working_days(event + timedelta(days=days), working_days)


def _number(limit: Limit | None, parameters: Mapping[str, Any]) -> int:
    return math.ceil(parameters[limit] if isinstance(limit, str) else limit or 0)


@dataclass(frozen=True)
class Unripe:
    """The first month that cannot be judged yet, what it waits for, and the last day in time for that."""

    period_end: date
    duty: str
    until: date


def last_month(ripening: Ripening | None, day: date, parameters: Mapping[str, Any]) -> date:
    """The end of the last month that can be judged on a day: a whole one, with the time up for its last day's events,
    which is never up before that of earlier ones."""
    end = month_end(day) if day == month_end(day) else _before(day)
    while ripening and ripening.time_is_up(end, parameters) > day:
        end = _before(end)
    return end


def first_unripe(ripening: Ripening | None, day: date, parameters: Mapping[str, Any]) -> Unripe | None:
    """The first whole month that cannot be judged on a day; None where all can."""
    if ripening is None:
        return None
    end = month_end(following_month(last_month(ripening, day, parameters)))
    return Unripe(end, ripening.duty, ripening.time_is_up(end, parameters)) if end <= day else None


def _before(day: date) -> date:
    """The last day of the month before a day's."""
    return day.replace(day=1) - timedelta(days=1)
