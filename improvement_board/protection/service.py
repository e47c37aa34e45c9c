"""Service level: exact figures by month; where one is small, its whole year steps to quarters, to the year, to none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Literal

from improvement_board.protection.earlier import Earlier, pieces
from improvement_board.protection.periods import complete_periods, end_of, months_of, year_end
from improvement_board.protection.rows import HIDDEN, MeasuredKpi, Parts, Period, ProtectedRow
from improvement_board.protection.settings import Settings

Grain = Literal["month", "quarter", "year", "none"]
GRAINS: tuple[Grain, ...] = ("month", "quarter", "year", "none")
PERIODS: tuple[Period, ...] = ("month", "quarter", "year")
NONE = Parts(0.0, None)


@dataclass(frozen=True)
class ServiceSeries:
    """One service series: its months with figures, and its run (every month from the first to the edition's)."""

    kpi: MeasuredKpi
    category: str | None
    months: Mapping[dt.date, Parts]
    run: Sequence[dt.date]

    def over(self, inside: Sequence[dt.date]) -> Parts | None:
        """The figure of a period: the sum of a flow's months, the latest of a snapshot's; None where there is none."""
        there = [self.months[month] for month in inside if month in self.months]
        if self.kpi.timing == "flow":
            return reduce(add, there, NONE)
        return there[-1] if there else None

    def periods(self, grain: str, year: dt.date) -> dict[dt.date, tuple[dt.date, ...]]:
        """The complete periods of a grain in a year."""
        return {end: inside for end, inside in complete_periods(grain, self.run).items() if year_end(end) == year}


def counts_in(kpi: MeasuredKpi, parts: Parts) -> tuple[float, ...]:
    """What may be a count of children in a figure: the numerator, the denominator where there is one (of whatever is
    counted), and of a percentage the complement."""
    if kpi.unit == "percent":
        denominator = parts.denominator or 0.0
        return parts.numerator, denominator, denominator - parts.numerator
    return (parts.numerator,) if parts.denominator is None else (parts.numerator, parts.denominator)


def may_show(series: ServiceSeries, year: dt.date, grain: Grain, earlier: Earlier, settings: Settings) -> bool:
    """Whether a year may be given by this grain, alone and beside all that earlier editions gave."""
    if grain == "none":
        return True
    is_category = series.category is not None
    alike = (series.kpi.id,) if is_category else (series.kpi.id, *settings.relatives(series.kpi.id))
    if any(earlier.held_back(kpi, is_category, grain, year) for kpi in alike):
        return False
    known = pieces(_known(series, alike[1:], earlier)) if series.kpi.timing == "flow" else []
    for inside in series.periods(grain, year).values():
        total = series.over(inside)
        if total is None:
            continue
        if any(settings.is_small(series.kpi.id, count) for count in counts_in(series.kpi, total)):
            return False
        if not _leaves_enough(series, inside, total, known, settings):
            return False
    return True


def _known(series: ServiceSeries, relatives: Sequence[str], earlier: Earlier) -> list[tuple[str, dt.date, Parts]]:
    """The totals that earlier editions gave of a series, and those that are known since they gave a relative's."""
    own = earlier.known(series.kpi.id, series.category)
    there = {(period, end) for period, end, _ in own}
    shared = {(period, end) for kpi in relatives for period, end, _ in earlier.known(kpi, None)} - there
    return own + [(period, end, series.over(months_of(period, end)) or NONE) for period, end in sorted(shared)]


def _leaves_enough(
    series: ServiceSeries,
    inside: Sequence[dt.date],
    total: Parts,
    known: Sequence[tuple[str, dt.date, Parts]],
    settings: Settings,
) -> bool:
    """Whether a total less what is known of its parts leaves no small count; never where a known part was restated."""
    rest, left = total, set(inside)
    for period, end, parts in known:
        part = months_of(period, end)
        if not left or len(part) >= len(inside) or not set(part) <= set(inside):
            continue
        if series.over(part) != parts:
            return False
        if set(part) <= left:
            left -= set(part)
            rest = Parts(rest.numerator - parts.numerator, _less(rest.denominator, parts.denominator))
    if not left or len(left) == len(inside):
        return True
    return not any(settings.is_small(series.kpi.id, count) for count in counts_in(series.kpi, rest))


def _less(one: float | None, other: float | None) -> float | None:
    return None if one is None else one - (other or 0.0)


def rows_of(series: ServiceSeries, year: dt.date, grain: Grain) -> Iterator[ProtectedRow]:
    """The rows of a year: figures from the grain on upwards, gaps below it (for every month, figures or not)."""
    for period in PERIODS:
        is_shown = GRAINS.index(period) >= GRAINS.index(grain)
        for end, inside in series.periods(period, year).items():
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
                value=value_of(series.kpi.unit, shown) if parts else None,
                symbol=None if parts else HIDDEN,
            )


def value_of(unit: str, parts: Parts) -> float | None:
    """A figure from its parts; None without a denominator."""
    if unit == "count":
        return parts.numerator
    if not parts.denominator:
        return None
    return (100.0 if unit == "percent" else 1.0) * parts.numerator / parts.denominator


def known_intervals(
    series: ServiceSeries, grains: Mapping[dt.date, Grain], earlier: Earlier, settings: Settings
) -> list[frozenset[dt.date]]:
    """The sets of months whose service total is known, from this edition and earlier ones (a relative's too)."""
    alike = (series.kpi.id, *settings.relatives(series.kpi.id))
    found = [frozenset(months_of(period, end)) for kpi in alike for period, end, _ in earlier.known(kpi, None)]
    for year, grain in grains.items():
        if grain != "none":
            found += [frozenset(inside) for inside in series.periods(grain, year).values()]
    if series.kpi.timing == "flow":
        return found
    lasts = [max((month for month in inside if month in series.months), default=None) for inside in found]
    return [frozenset({month}) for month in lasts if month is not None]


def years_of(run: Sequence[dt.date]) -> list[dt.date]:
    """The April–March years that a run of months touches."""
    return sorted({end_of("year", month) for month in run})
