"""Which periods of an April–March year the service is given by: small ones are withheld, and with them what would give
them away.

*Primary* suppression: a month, quarter or year is withheld where one of its counts is small. *Secondary*: of a quarter
with a small month two months are withheld, or all, so that its total can still be given; a quarter that cannot be given
takes another with it where the year can then be. *Audit*: each step is taken only where all that can be worked out of
everything given is large (`derived`, `rests`); where none is, less is given.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial

from improvement_board.common.periods import quarter_end, year_end
from improvement_board.protection.boundaries import TangledError
from improvement_board.protection.derived import TOTAL, DerivedYear, columns_are_large
from improvement_board.protection.earlier import Earlier, Ending
from improvement_board.protection.rests import Given, Rest
from improvement_board.protection.service import NONE, PERIODS, ServiceSeries, counts_in, total_in, years_of
from improvement_board.protection.settings import Settings

Month = dt.date
Endings = frozenset[Ending]
May = Callable[[Ending], bool]
IsSafe = Callable[[Endings], bool]
Choose = Callable[[ServiceSeries, Month, May, IsSafe], Endings]
QUARTER = 3


def choose_year(series: ServiceSeries, year: Month, may: May, is_safe: IsSafe) -> Endings:
    """The periods of a year to give: `may` says which are large by themselves, `is_safe` whether some are together."""
    everything: Endings = frozenset((period, end) for period in PERIODS for end in series.periods(period, year))
    large = frozenset(filter(may, everything))
    if series.kpi.timing != "flow":
        return frozenset(ending for ending in large if _month_of(series, year, ending) in large)
    if large == everything and is_safe(everything):
        return everything
    given: Endings = frozenset()
    for months in _quarters(series, year):
        given |= _quarter(series, months, large, partial(_is_safe_beside, given, is_safe))
    return _with_year(series, year, given, large, is_safe)


def _month_of(series: ServiceSeries, year: Month, ending: Ending) -> Ending:
    """The month that a snapshot's period is the figure of."""
    inside = series.periods(ending[0], year)[ending[1]]
    return "month", series.latest(inside) or inside[-1]


def _quarters(series: ServiceSeries, year: Month) -> Iterator[list[Month]]:
    by_quarter: dict[Month, list[Month]] = {}
    for month in series.periods("month", year):
        by_quarter.setdefault(quarter_end(month), []).append(month)
    yield from by_quarter.values()


def _quarter(series: ServiceSeries, inside: Sequence[Month], large: Endings, is_safe: IsSafe) -> Endings:
    """All of a quarter; or its total and its largest month; or its total; or what months can be without it."""
    months = [("month", month) for month in _largest_first(series, inside) if ("month", month) in large]
    total = ("quarter", quarter_end(inside[0]))
    choices = [months]
    if total in large:
        choices = [[*months[: QUARTER - 2], total], [total], months]
        if len(months) == len(inside):
            choices.insert(0, [*months, total])
    for choice in choices:
        if is_safe(frozenset(choice)):
            return frozenset(choice)
    given: Endings = frozenset()
    for month in months:
        given |= {month} if is_safe(given | {month}) else set()
    return given


def _is_safe_beside(given: Endings, is_safe: IsSafe, more: Endings) -> bool:
    return is_safe(given | more)


def _largest_first(series: ServiceSeries, inside: Sequence[Month]) -> list[Month]:
    return sorted(inside, key=lambda month: (-(series.over([month]) or NONE).numerator, month))


def _with_year(series: ServiceSeries, year: Month, given: Endings, large: Endings, is_safe: IsSafe) -> Endings:
    """The year too, where no quarter is known by halves: beside all quarters, or instead of one given by its total."""
    alone, total = [], ("year", year)
    for months in _quarters(series, year):
        quarter, shown = ("quarter", quarter_end(months[0])), sum(("month", month) in given for month in months)
        if quarter not in given and 0 < shown < len(months):
            return given
        if quarter in given and not shown:
            alone.append(quarter)
    for without in ((), *((quarter,) for quarter in alone)) if total in large else ():
        if is_safe((given - set(without)) | {total}):
            return (given - set(without)) | {total}
    return given


def give_family(
    family: Sequence[ServiceSeries],
    allowed: Callable[[ServiceSeries, Ending], bool],
    rests: Sequence[Rest],
    given: dict[str, Endings],
    choose: Choose,
    earlier: Earlier,
    settings: Settings,
) -> None:
    """Choose what a family's KPIs are given by, each beside those before it, wholes before their parts, and add it to
    `given`. `rests`: what the KPIs leave of those that they are a part of. `allowed`: whether a period may be given
    whatever its counts are."""
    given.update((series.kpi.id, frozenset()) for series in family)
    for year in sorted({year for series in family for year in years_of(series.run)}):
        flows = {series.kpi.id: series for series in family if series.kpi.timing == "flow"}
        derived = {kpi: DerivedYear(series, year, family, earlier, settings) for kpi, series in flows.items()}
        for series in wholes_first(family):
            own = [rest for rest in rests if rest.part.kpi.id == series.kpi.id]
            may = partial(_may_give, series, own, allowed, settings)
            is_safe = partial(_is_safe_in_family, series.kpi.id, year, given, derived, own)
            given[series.kpi.id] |= choose(series, year, may, is_safe)


def _may_give(
    series: ServiceSeries,
    rests: Sequence[Rest],
    allowed: Callable[[ServiceSeries, Ending], bool],
    settings: Settings,
    ending: Ending,
) -> bool:
    return (
        allowed(series, ending)
        and not is_small(series, ending, settings)
        and all(rest.may_give(ending) for rest in rests)
    )


def _is_safe_in_family(
    kpi: str, year: Month, given: Given, derived: Mapping[str, DerivedYear], rests: Sequence[Rest], endings: Endings
) -> bool:
    trial = {**given, kpi: given[kpi] | endings}
    with suppress(TangledError):
        return all(
            each.giving(*_own_and_others(trial, name, derived, year)).leaves_enough() for name, each in derived.items()
        ) and all(rest.is_large(trial, year) for rest in rests)
    return False


def _own_and_others(given: Given, kpi: str, family: Iterable[str], year: Month) -> tuple[list[Ending], list[Ending]]:
    """What is given of a year, of a KPI and of others of its family."""
    own = [ending for ending in given[kpi] if year_end(ending[1]) == year]
    return own, [ending for other in family if other != kpi for ending in given[other] if year_end(ending[1]) == year]


def wholes_first(family: Sequence[ServiceSeries]) -> list[ServiceSeries]:
    """KPIs in an order in which one that counts some of another's children comes after it."""

    def size(series: ServiceSeries) -> float:
        return sum(
            parts.numerator if parts.denominator is None else parts.denominator for parts in series.months.values()
        )

    return sorted(family, key=lambda series: (series.kpi.part_of is not None, -size(series)))


def is_small(series: ServiceSeries, ending: Ending, settings: Settings) -> bool:
    """Whether one of the counts of a period is small, or of few different children."""
    inside = series.periods(ending[0], year_end(ending[1]))[ending[1]]
    figure = series.over(inside)
    counts = {} if figure is None else counts_in(series.kpi, figure, settings)
    return any(
        settings.is_small(count, is_certain=series.kpi.is_certain) or settings.is_small(series.different(name, inside))
        for name, count in counts.items()
    )


def give_categories(
    categories: Sequence[ServiceSeries],
    beside: Sequence[ServiceSeries],
    rests: Sequence[Rest],
    total: ServiceSeries,
    family: Sequence[ServiceSeries],
    given: Given,
    choose: Choose,
    earlier: Earlier,
    settings: Settings,
) -> Endings:
    """The periods that all categories of a KPI are given by, some of those that its total is given by. A category
    without a row in a year is not asked. `beside`: the same categories of KPIs that count the same children, who must
    not be few in them. `rests`: what they leave of those that they are a part of."""
    kpi, chosen = total.kpi.id, frozenset[Ending]()

    def may(there: Sequence[ServiceSeries], ending: Ending) -> bool:
        return (
            ending in given[kpi]
            and not earlier.held_back(kpi, ending, is_split=True)
            and not any(is_small(each, ending, settings) for each in there)
            and not any(children_are_few(each, ending, settings) for each in beside)
            and all(rest.may_give(ending) for rest in rests)
        )

    for year in years_of(total.run):
        there = [each for each in categories if any(year_end(month) == year for month in each.months)]
        flows = there if total.kpi.timing == "flow" else []
        derived = [DerivedYear(each, year, (), earlier, settings) for each in flows]
        alike = [series.kpi.id for series in family if series.kpi.timing == total.kpi.timing]
        known = DerivedYear(total, year, family, earlier, settings).giving(*_own_and_others(given, kpi, alike, year))

        if there:
            is_safe = partial(_is_safe_split, kpi, year, derived, known, rests)
            chosen |= choose(total, year, partial(may, there), is_safe)
    return chosen


def _is_safe_split(
    kpi: str,
    year: Month,
    categories: Sequence[DerivedYear],
    total: DerivedYear,
    rests: Sequence[Rest],
    endings: Endings,
) -> bool:
    split = [each.giving(endings) for each in categories]
    with suppress(TangledError):
        return (
            all(each.leaves_enough() for each in split)
            and (not split or columns_are_large(split, total))
            and all(rest.is_large({**rest.given, kpi: endings}, year) for rest in rests)
        )
    return False


def children_are_few(series: ServiceSeries, ending: Ending, settings: Settings) -> bool:
    """Whether a period is of few children in all."""
    inside = series.periods(ending[0], year_end(ending[1])).get(ending[1])
    figure = series.over(inside) if inside else None
    if figure is None or inside is None:
        return False
    count = total_in(series.kpi.id, figure, settings)
    return settings.is_small(count, is_certain=series.kpi.is_certain) or settings.is_small(
        series.different(TOTAL, inside)
    )
