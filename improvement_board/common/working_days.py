"""England's working days, outside of the queries."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache


@cache
def bank_holidays(first_year: int, last_year: int) -> list[date]:
    """England's bank holidays of these years, both taken in."""
    import holidays

    return sorted(holidays.country_holidays("GB", subdiv="ENG", years=range(first_year, last_year + 1)))


def after_working_days(start: date, number: int) -> date:
    """The day so many working days after another, that one being day 0."""
    end = start
    while number > 0:
        end += timedelta(days=1)
        number -= end.weekday() < 5 and end not in bank_holidays(end.year, end.year)
    return end
