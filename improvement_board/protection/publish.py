"""From true counts by month to the rows that the protected roles may see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from improvement_board.common.periods import end_of, year_end
from improvement_board.protection.children import ChildRow, children_by_owner
from improvement_board.protection.council import CouncilCounts, HasSeries
from improvement_board.protection.earlier import Earlier, read_earlier
from improvement_board.protection.rests import Rest
from improvement_board.protection.rows import CountRow, MeasuredKpi, ProtectedRow
from improvement_board.protection.service import GivenGrain, ServiceSeries, known_intervals, rows_of_year, years_of
from improvement_board.protection.settings import Settings
from improvement_board.protection.stepping import coarsen, step_categories, step_family
from improvement_board.protection.team_rows import events_a_child, team_rows

Month = dt.date


@dataclass(frozen=True)
class Protected:
    """A protected edition: its rows in the order of the CSV contract."""

    rows: tuple[ProtectedRow, ...]


def protect(
    kpis: Iterable[MeasuredKpi],
    counts: Iterable[CountRow],
    edition: Month,
    earlier: Sequence[Protected] = (),
    settings: Settings | None = None,
    children: Iterable[ChildRow] = (),
) -> Protected:
    """The protected publication of an edition (its last day) beside those of all earlier ones, oldest first.

    `counts`: true counts of KPIs that count children, by team, category and month; rows of other KPIs are left out.
    `children`: how many different children stand behind them; of a KPI without such rows each is another child.
    """
    rules, before = settings or Settings(), read_earlier([published.rows for published in earlier])
    measured = list(kpis)
    council = council_of(measured, counts, edition, children)
    rows: list[ProtectedRow] = []
    for family in families_of([kpi for kpi in measured if council.has(kpi.id)], rules):
        rows += _protect_family(family, council, before, rules)
    return Protected(tuple(sorted(rows, key=lambda row: row.key)))


def council_of(
    kpis: Sequence[MeasuredKpi], counts: Iterable[CountRow], edition: Month, children: Iterable[ChildRow]
) -> CouncilCounts:
    """The council of these counts; rows of other KPIs are left out."""
    tables: dict[str, list[CountRow]] = {kpi.id: [] for kpi in kpis}
    for row in counts:
        if row.kpi in tables:
            tables[row.kpi].append(row)
    return CouncilCounts({kpi.id: kpi for kpi in kpis}, tables, children_by_owner(children), edition)


def families_of(kpis: Sequence[MeasuredKpi], settings: Settings) -> list[list[MeasuredKpi]]:
    """The KPIs in their declared families; one in none is a family of itself."""
    by_name: dict[str, list[MeasuredKpi]] = {}
    for kpi in kpis:
        name = next((family[0] for family in settings.families if kpi.id in family), kpi.id)
        by_name.setdefault(name, []).append(kpi)
    return list(by_name.values())


def _protect_family(
    family: Sequence[MeasuredKpi], council: CouncilCounts, earlier: Earlier, settings: Settings
) -> Iterator[ProtectedRow]:
    totals = {kpi.id: council.total(kpi) for kpi in family}
    dark = frozenset(year_end(row.period_end) for kpi in totals for row in council.tables[kpi] if not row.is_whole)
    years = years_of(sorted({month for total in totals.values() for month in total.run}))
    finest: dict[Month, GivenGrain] = {year: "none" if year in dark else "month" for year in years}
    grains = step_family(list(totals.values()), finest, earlier, settings)
    teams, unsafe = _teams(family, council, dark, totals, grains, earlier, settings)
    while coarsen(grains, unsafe):
        teams, unsafe = _teams(family, council, dark, totals, grains, earlier, settings)
    yield from teams
    own = grains_beside_wholes(totals, council, grains, dict.fromkeys(totals, grains), earlier, settings)
    for kpi, total in totals.items():
        for year, grain in own[kpi].items():
            yield from rows_of_year(total, year, grain)
    any_grain: dict[Month, GivenGrain] = dict.fromkeys(years, "month")
    finest_by_kpi = dict.fromkeys(totals, any_grain)
    for series, steps in category_steps(totals, council, own, finest_by_kpi, earlier, settings):
        yield from category_rows(series, steps)


def grains_beside_wholes(
    totals: Mapping[str, ServiceSeries],
    council: HasSeries,
    grains: Mapping[Month, GivenGrain],
    finest: Mapping[str, Mapping[Month, GivenGrain]],
    earlier: Earlier,
    settings: Settings,
) -> dict[str, Mapping[Month, GivenGrain]]:
    """The grains of each KPI of a family that is given by `grains`, never finer than `finest`: coarser for one that
    counts some of another's children, where those that are left are few."""
    own: dict[str, Mapping[Month, GivenGrain]] = {}
    for kpi, total in totals.items():
        own[kpi], part = finest[kpi], council.at_most(total)
        for whole in council.wholes(total.kpi):
            given = grains if whole.id in totals else None
            own[kpi] = _rest(part, council.total(whole), totals, given, earlier, settings).step(own[kpi])
    return own


def _rest(
    part: ServiceSeries,
    whole: ServiceSeries,
    family: Mapping[str, ServiceSeries],
    given: Mapping[Month, GivenGrain] | None,
    earlier: Earlier,
    settings: Settings,
) -> Rest:
    """What a KPI leaves of a whole that is given by these grains; without them by months, as another family may be."""
    parts = {kpi for kpi, total in family.items() if total.kpi.part_of}
    alike = [kpi for kpi in (whole.kpi.id, *settings.relatives(whole.kpi.id)) if kpi not in parts]
    finest: Mapping[Month, GivenGrain] = dict.fromkeys(years_of(part.run), "month")
    return Rest(whole, part, finest if given is None else given, alike, earlier, settings)


def _teams(
    family: Sequence[MeasuredKpi],
    council: CouncilCounts,
    dark: Collection[Month],
    totals: Mapping[str, ServiceSeries],
    grains: Mapping[Month, GivenGrain],
    earlier: Earlier,
    settings: Settings,
) -> tuple[list[ProtectedRow], set[Month]]:
    """The rows of teams beside service totals of these grains, and the months where these totals say too much."""
    known = [interval for total in totals.values() for interval in known_intervals(total, grains, earlier, settings)]
    rows, unsafe = [], set()
    each = {kpi: events_a_child(total) for kpi, total in totals.items()}
    groups: dict[tuple[str, str], list[MeasuredKpi]] = {}
    for kpi in family:
        if kpi.has_teams and kpi.is_certain and settings.is_banded(kpi.id, kpi.unit):
            groups.setdefault((kpi.timing, kpi.id if each[kpi.id] > 1 else ""), []).append(kpi)
    for together in groups.values():
        tables = {
            kpi.id: [row for row in council.tables[kpi.id] if year_end(row.period_end) not in dark] for kpi in together
        }
        runs = {kpi.id: totals[kpi.id].run for kpi in together}
        given_rows, where = team_rows(together, tables, council.behind, each, runs, known, earlier, settings)
        rows += given_rows
        unsafe |= where
    return rows, unsafe


def category_steps(
    totals: Mapping[str, ServiceSeries],
    council: HasSeries,
    own: Mapping[str, Mapping[Month, GivenGrain]],
    finest: Mapping[str, Mapping[Month, GivenGrain]],
    earlier: Earlier,
    settings: Settings,
) -> Iterator[tuple[Sequence[ServiceSeries], Mapping[Month, GivenGrain]]]:
    """The categories of each KPI, and what its years are given by: never finer than its total (`own`) and `finest`.

    KPIs of a family that name the same categories count the same children in each: where these are few, none is split.
    """
    split = {kpi: council.categories(total) for kpi, total in totals.items() if total.kpi.is_certain}
    given: dict[str, Mapping[Month, GivenGrain]] = {}
    for kpi in sorted(split, key=lambda series: totals[series].kpi.part_of is not None):
        names = {series.category for series in split[kpi]}
        beside = [
            series
            for other, other_series in split.items()
            if other != kpi
            for series in other_series
            if series.category in names
        ]
        rests = [
            _rest(council.at_most(series), of, totals, given.get(whole.id), earlier, settings)
            for whole in council.wholes(totals[kpi].kpi)
            for of in council.categories(council.total(whole))
            for series in split[kpi]
            if series.category == of.category
        ]
        family = list(totals.values())
        given[kpi] = step_categories(
            split[kpi], beside, rests, totals[kpi], family, own[kpi], finest[kpi], earlier, settings
        )
        yield split[kpi], given[kpi]


def category_rows(series: Sequence[ServiceSeries], steps: Mapping[Month, GivenGrain]) -> Iterator[ProtectedRow]:
    """Rows of every category that some year gives; one that no year gives is not named."""
    for each in series:
        rows = [row for year, grain in steps.items() for row in rows_of_year(each, year, grain)]
        there = {end_of("year", month) for month in each.months}
        if any(not row.is_hidden and end_of("year", row.period_end) in there for row in rows):
            yield from rows
