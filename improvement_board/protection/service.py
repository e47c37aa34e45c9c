"""Service level: the exact figures of a series by month, quarter and year, and the rows of those that are given."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Literal

from improvement_board.common.periods import end_of, months_of, periods_in
from improvement_board.protection.children import Behind
from improvement_board.protection.earlier import Ending
from improvement_board.protection.rows import HIDDEN, MeasuredKpi, Parts, PeriodKind, ProtectedRow
from improvement_board.protection.settings import Settings

GivenGrain = Literal["month", "quarter", "year", "none"]
GRAINS: tuple[GivenGrain, ...] = ("month", "quarter", "year", "none")
PERIODS: tuple[PeriodKind, ...] = ("month", "quarter", "year")
NONE = Parts(0.0, None)
OTHER = "other"


@dataclass(frozen=True)
class ServiceSeries:
    """One service series: its months with figures, its run (every month from the first to the last that it could have
    figures of), the different children behind it (None: each of a count is another child), and the months of its run of
    which anybody knows that there is nothing to count: there they are 0 and no secret."""

    kpi: MeasuredKpi
    category: str | None
    months: Mapping[dt.date, Parts]
    run: tuple[dt.date, ...]
    children: Behind | None = None
    empty: frozenset[dt.date] = frozenset()

    def over(self, inside: Sequence[dt.date]) -> Parts | None:
        """The figure of a period: the sum of a flow's months, the latest of a snapshot's; None where there is none."""
        if self.kpi.timing == "flow":
            return reduce(add, (self.months[month] for month in inside if month in self.months), NONE)
        latest = self.latest(inside)
        return None if latest is None else self.months[latest]

    def latest(self, inside: Iterable[dt.date]) -> dt.date | None:
        """The latest month of a period that has a figure: that of a snapshot's period."""
        return max((month for month in inside if month in self.months), default=None)

    def different(self, name: str, inside: Collection[dt.date]) -> float:
        """How many different children are in a count (`counts_in`) over months; infinity where each is another one."""
        if self.children is None or name == OTHER:
            return math.inf
        there = sorted(month for month in inside if month in self.months)
        return self.children.behind(name, there if self.kpi.timing == "flow" else there[-1:])

    def periods(self, grain: str, year: dt.date) -> Mapping[dt.date, tuple[dt.date, ...]]:
        """The complete periods of a grain in a year; no month in which there is nothing to count."""
        periods = periods_in(grain, year, self.run)
        if grain != "month" or not self.empty:
            return periods
        return {end: inside for end, inside in periods.items() if end not in self.empty}


def counts_in(kpi: MeasuredKpi, parts: Parts, settings: Settings) -> dict[str, float]:
    """What may be a count of children in a figure, by name.

    `total`: all of the children. Of a percentage also the numerator and the complement, of any other figure with a
    denominator the other of the two, whatever it counts.
    """
    total = total_in(kpi.id, parts, settings)
    if kpi.unit == "percent":
        return {"numerator": parts.numerator, "complement": total - parts.numerator, "total": total}
    if parts.denominator is None:
        return {"total": total}
    return {"total": total, OTHER: parts.numerator if kpi.id not in settings.averages else parts.denominator}


def total_in(kpi: str, parts: Parts, settings: Settings) -> float:
    """All of the children in a figure: its denominator, of a count or an average of children its numerator."""
    is_numerator = parts.denominator is None or kpi in settings.averages
    return parts.numerator if is_numerator else parts.denominator or 0.0


def shown_periods(grain: GivenGrain) -> Sequence[PeriodKind]:
    """The kinds of period that a year given by a grain is given by: it and all longer ones."""
    return PERIODS[GRAINS.index(grain) :]


def rows_of_year(series: ServiceSeries, year: dt.date, given: Collection[Ending]) -> Iterator[ProtectedRow]:
    """The rows of a year: figures of the periods given, gaps for the others (of every month, figures or not)."""
    for period in PERIODS:
        for end, inside in series.periods(period, year).items():
            is_shown = (period, end) in given
            parts = series.over(inside) if is_shown else None
            if parts is None and is_shown:
                continue
            shown = parts or Parts()
            yield ProtectedRow(
                series.kpi.id,
                "service",
                None,
                series.category,
                end,
                period,
                numerator=shown.numerator if parts else None,
                denominator=shown.denominator if parts else None,
                value=value_from_parts(series.kpi.unit, shown) if parts else None,
                symbol=None if parts else HIDDEN,
            )


def value_from_parts(unit: str, parts: Parts) -> float | None:
    """A figure from its parts; None without a denominator."""
    if unit == "count":
        return parts.numerator
    if not parts.denominator:
        return None
    return (100.0 if unit == "percent" else 1.0) * parts.numerator / parts.denominator


def known_intervals(series: ServiceSeries, endings: Iterable[Ending]) -> list[frozenset[dt.date]]:
    """The sets of months whose service total is known from these periods: of a snapshot the latest month of each."""
    intervals = [frozenset(months_of(*ending)) for ending in endings]
    if series.kpi.timing == "flow":
        return intervals
    lasts = (series.latest(inside) for inside in intervals)
    return [frozenset({month}) for month in lasts if month is not None]


def years_of(run: Sequence[dt.date]) -> list[dt.date]:
    """The April–March years that a run of months touches."""
    return sorted({end_of("year", month) for month in run})
