"""Which grain each year is given by: one for a whole family of KPIs, one for all categories of a KPI."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence

from improvement_board.protection.earlier import Earlier
from improvement_board.protection.service import GRAINS, Grain, ServiceSeries, may_show, years_of
from improvement_board.protection.settings import Settings


def step_family(
    family: Sequence[ServiceSeries], dark: Collection[dt.date], earlier: Earlier, settings: Settings
) -> dict[dt.date, Grain]:
    """The finest grain, year by year, that every KPI of a family may be given by; none for dark years."""
    years = years_of(sorted({month for series in family for month in series.run}))
    return {year: "none" if year in dark else _finest(family, year, GRAINS, earlier, settings) for year in years}


def coarsen(grains: dict[dt.date, Grain], unsafe: Iterable[dt.date]) -> bool:
    """Give the years of unsafe months by the next coarser grain; whether any year could be."""
    years = [year for year in {year_end_of(month) for month in unsafe} if grains[year] != "none"]
    for year in years:
        grains[year] = GRAINS[GRAINS.index(grains[year]) + 1]
    return bool(years)


def step_categories(
    categories: Sequence[ServiceSeries], totals: dict[dt.date, Grain], earlier: Earlier, settings: Settings
) -> dict[dt.date, Grain]:
    """The same for the categories of one KPI, never finer than its total; a category without a row that year is not
    asked."""
    grains: dict[dt.date, Grain] = {}
    for year, grain in totals.items():
        there = [one for one in categories if any(year_end_of(month) == year for month in one.months)]
        grains[year] = _finest(there, year, GRAINS[GRAINS.index(grain) :], earlier, settings) if there else "none"
    return grains


def _finest(
    family: Iterable[ServiceSeries], year: dt.date, grains: Sequence[Grain], earlier: Earlier, settings: Settings
) -> Grain:
    together = list(family)
    return next(
        grain for grain in grains if all(may_show(series, year, grain, earlier, settings) for series in together)
    )


def year_end_of(month: dt.date) -> dt.date:
    """The year of a month."""
    return years_of([month])[0]
