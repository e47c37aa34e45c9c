"""Which grain each year is given by: one for a whole family of KPIs, one for all categories of a KPI."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from improvement_board.protection.derived import TOTAL, DerivedYear, columns_are_large
from improvement_board.protection.earlier import Earlier
from improvement_board.protection.rests import Rest
from improvement_board.protection.service import GRAINS, GivenGrain, ServiceSeries, counts_in, total_in, years_of
from improvement_board.protection.settings import Settings


def step_family(
    family: Sequence[ServiceSeries], finest: Mapping[dt.date, GivenGrain], earlier: Earlier, settings: Settings
) -> dict[dt.date, GivenGrain]:
    """The finest grain, year by year, that every KPI of a family may be given by, never finer than these."""

    def may_be(grain: GivenGrain, year: dt.date) -> bool:
        derived = (DerivedYear(each, year, grain, family, earlier, settings) for each in family)
        return all(_may_show(each, earlier, settings) for each in derived)

    return {year: next(grain for grain in no_finer(least) if may_be(grain, year)) for year, least in finest.items()}


def no_finer(*grains: GivenGrain) -> Sequence[GivenGrain]:
    """The grains that are no finer than any of these, the finest first."""
    return GRAINS[max(map(GRAINS.index, grains)) :]


def coarsen(grains: dict[dt.date, GivenGrain], unsafe: Iterable[dt.date]) -> bool:
    """Give the years of unsafe months by the next coarser grain; whether any year could be."""
    years = [year for year in {year_end_of(month) for month in unsafe} if grains[year] != "none"]
    for year in years:
        grains[year] = GRAINS[GRAINS.index(grains[year]) + 1]
    return bool(years)


def step_categories(
    categories: Sequence[ServiceSeries],
    beside: Sequence[ServiceSeries],
    rests: Sequence[Rest],
    total: ServiceSeries,
    family: Sequence[ServiceSeries],
    totals: Mapping[dt.date, GivenGrain],
    finest: Mapping[dt.date, GivenGrain],
    earlier: Earlier,
    settings: Settings,
) -> dict[dt.date, GivenGrain]:
    """The same for the categories of one KPI, never finer than its total and than `finest`; a category without a row
    that year is not asked. `beside`: the same categories of KPIs that count the same children, who must not be few in
    them. `rests`: what they leave of those that they are a part of. `totals`: what the KPI is given by."""
    grains: dict[dt.date, GivenGrain] = {}
    for year, of_total in totals.items():
        there = [each for each in categories if any(year_end_of(month) == year for month in each.months)]

        def may_be(grain: GivenGrain, year: dt.date, there: Sequence[ServiceSeries], known: DerivedYear) -> bool:
            derived = [DerivedYear(each, year, grain, (), earlier, settings) for each in there]
            others = (DerivedYear(each, year, grain, (), earlier, settings) for each in beside)
            return all(_may_show(each, earlier, settings) for each in derived) and (
                grain == "none"
                or (
                    columns_are_large(derived, known)
                    and all(_children_are_many(each) for each in others)
                    and all(each.is_large(grain, year) for each in rests)
                )
            )

        known = DerivedYear(total, year, of_total, family, earlier, settings)
        possible = no_finer(of_total, finest[year]) if there else ()
        grains[year] = next((grain for grain in possible if may_be(grain, year, there, known)), "none")
    return grains


def _children_are_many(derived: DerivedYear) -> bool:
    """Whether no period of a year, as it would be given, is of few children in all."""
    series = derived.series
    figures = ((series.over(inside), inside) for inside in series.periods(derived.grain, derived.year).values())
    totals = ((total_in(series.kpi.id, parts, derived.settings), inside) for parts, inside in figures if parts)
    return not any(derived.is_small(TOTAL, total, inside) for total, inside in totals)


def _may_show(derived: DerivedYear, earlier: Earlier, settings: Settings) -> bool:
    """Whether a year may be given so, alone and beside all that earlier editions gave."""
    series, year, grain = derived.series, derived.year, derived.grain
    if grain == "none":
        return True
    if grain != "year" and not series.kpi.is_certain:
        return False
    is_category = series.category is not None
    alike = (series.kpi.id,) if is_category else (series.kpi.id, *settings.relatives(series.kpi.id))
    if any(earlier.held_back(kpi, is_category, grain, year) for kpi in alike):
        return False
    for inside in series.periods(grain, year).values():
        figure = series.over(inside)
        counts = {} if figure is None else counts_in(series.kpi, figure, settings)
        if any(derived.is_small(name, count, inside) for name, count in counts.items()):
            return False
    return series.kpi.timing != "flow" or derived.leaves_enough()


def year_end_of(month: dt.date) -> dt.date:
    """The year of a month."""
    return years_of([month])[0]
