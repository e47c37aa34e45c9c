"""What is measured differently from the edition before, each in a sentence: indicators, targets, years, teams."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from improvement_board.declared.kpis import Definition
from improvement_board.figures.formats import format_apart, format_month, format_period, format_value
from improvement_board.figures.series import Grain
from improvement_board.words.names import counted, on_one_line, shortened

MOST_NAMED = 5


def new_sentence(titles: Sequence[str]) -> str:
    """Indicators that the edition before did not give, without a full stop."""
    named = shortened([on_one_line(title) for title in titles], MOST_NAMED)
    return f"New in this edition: {named}"


def years_sentence(period: str, titles: Sequence[str], *, is_new: bool) -> str:
    """A year that is new, or that its source no longer lists, with the indicators that have it, without a full stop."""
    named = shortened([on_one_line(title) for title in titles], MOST_NAMED)
    said = f"{period} is new for {named}" if is_new else f"{period} is no longer listed by the source of {named}"
    return f"{said[:1].upper()}{said[1:]}"


def redefined_sentence(definition: Definition) -> str:
    """An indicator whose definition changed while its figures did not, without a full stop."""
    return f"{on_one_line(definition.title)} is now defined differently"


def target_sentence(definition: Definition, old: float | None, new: float | None) -> str:
    """A target that the plan now says otherwise, without a full stop. Raises ValueError where it says the same."""
    if old == new:
        raise ValueError(f"the target of {definition.id} has not moved")
    title = on_one_line(definition.title)
    if old is None or new is None:
        said = "now has a target of" if old is None else "no longer has its target of"
        return f"{title} {said} {format_value(new if old is None else old, definition.unit)}"
    before, now = format_apart([old, new], definition.unit)
    return f"The target of {title} is now {now}: it was {before}"


def teams_sentence(new: Sequence[str], gone: Sequence[str], closed: Sequence[tuple[str, date]]) -> str:
    """Teams that are new, no longer named, or closed after a month, without a full stop."""
    parts = []
    if new:
        parts.append(
            f"{shortened([on_one_line(name) for name in new], MOST_NAMED)} {'is' if len(new) == 1 else 'are'} new"
        )
    if gone:
        parts.append(f"{shortened([on_one_line(name) for name in gone], MOST_NAMED)} no longer named in any figure")
    if closed:
        last = [f"{on_one_line(team)} has closed, last at work in {format_month(end)}" for team, end in closed]
        parts.append(shortened(last, MOST_NAMED))
    return f"Teams: {'; '.join(parts)}"


def recounted_sentence(
    definition: Definition,
    period_end: date,
    grain: Grain,
    old: tuple[float, float],
    new: tuple[float, float],
    value: str,
    other_periods: int,
) -> str:
    """A figure that is the same of other counts, such as twice as many, without a full stop.

    `old` and `new`: numerator and denominator. Raises ValueError where they are the same.
    """
    if old == new:
        raise ValueError(f"{definition.id} is counted as before")
    before, now = (f"{_count(numerator)} of {_count(denominator)}" for numerator, denominator in (old, new))
    more = f", and {counted(other_periods, 'other period', 'other periods')}" if other_periods > 0 else ""
    period = format_period(period_end, grain, definition.timing)
    title = on_one_line(definition.title)
    return f"{title} for {period} is {value} as before, but of {now} where it was of {before}{more}"


def regrouped_sentence(title: str, teams: Sequence[str]) -> str:
    """Figures of teams that were restated while the service's were not, without a full stop."""
    named = shortened([on_one_line(team) for team in teams])
    return f"{on_one_line(title)}: figures of {named} were restated, those of the whole service were not"


def _count(value: float) -> str:
    return format_value(value, "count")
