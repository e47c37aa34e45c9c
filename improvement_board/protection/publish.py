"""From true counts by month to the rows that the protected roles may see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from improvement_board.protection.earlier import Earlier, read_earlier
from improvement_board.protection.periods import end_of, months_of, year_end
from improvement_board.protection.rows import CountRow, MeasuredKpi, Parts, ProtectedRow
from improvement_board.protection.service import Grain, ServiceSeries, known_intervals, rows_of
from improvement_board.protection.settings import Settings
from improvement_board.protection.stepping import coarsen, step_categories, step_family
from improvement_board.protection.team_rows import team_rows

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
) -> Protected:
    """The protected publication of an edition (its last day) beside those of all earlier ones, oldest first.

    `counts`: true counts of KPIs that count children, by team, category and month; rows of other KPIs are left out.
    """
    rules, before = settings or Settings(), read_earlier([one.rows for one in earlier])
    measured = {kpi.id: kpi for kpi in kpis}
    tables: dict[str, list[CountRow]] = {kpi: [] for kpi in measured}
    for row in counts:
        if row.kpi in tables:
            tables[row.kpi].append(row)
    rows: list[ProtectedRow] = []
    for family in families_of([measured[kpi] for kpi, found in tables.items() if found], rules):
        rows += _protect_family(family, {kpi.id: tables[kpi.id] for kpi in family}, edition, before, rules)
    return Protected(tuple(sorted(rows, key=lambda row: row.place)))


def families_of(kpis: Sequence[MeasuredKpi], settings: Settings) -> list[list[MeasuredKpi]]:
    """The KPIs in their declared families; one in none is a family of itself."""
    found: dict[str, list[MeasuredKpi]] = {}
    for kpi in kpis:
        name = next((family[0] for family in settings.families if kpi.id in family), kpi.id)
        found.setdefault(name, []).append(kpi)
    return list(found.values())


def _protect_family(
    family: Sequence[MeasuredKpi],
    tables: Mapping[str, Sequence[CountRow]],
    edition: Month,
    earlier: Earlier,
    settings: Settings,
) -> Iterator[ProtectedRow]:
    dark = frozenset(year_end(row.period_end) for rows in tables.values() for row in rows if not row.is_whole)
    totals = {kpi.id: _total(kpi, tables[kpi.id], edition) for kpi in family}
    light = {kpi: [row for row in rows if year_end(row.period_end) not in dark] for kpi, rows in tables.items()}
    grains = step_family(list(totals.values()), dark, earlier, settings)
    teams, unsafe = _teams(family, light, totals, grains, earlier, settings)
    while coarsen(grains, unsafe):
        teams, unsafe = _teams(family, light, totals, grains, earlier, settings)
    yield from teams
    for kpi in family:
        for year, grain in grains.items():
            yield from rows_of(totals[kpi.id], year, grain)
        yield from _categories(tables[kpi.id], totals[kpi.id], list(totals.values()), grains, earlier, settings)


def _teams(
    family: Sequence[MeasuredKpi],
    tables: Mapping[str, Sequence[CountRow]],
    totals: Mapping[str, ServiceSeries],
    grains: Mapping[Month, Grain],
    earlier: Earlier,
    settings: Settings,
) -> tuple[list[ProtectedRow], set[Month]]:
    """The rows of teams beside service totals of these grains, and the months where these totals say too much."""
    known = [one for total in totals.values() for one in known_intervals(total, grains, earlier, settings)]
    rows, unsafe = [], set()
    for timing in ("flow", "snapshot"):
        together = [kpi for kpi in family if kpi.timing == timing and settings.is_banded(kpi.id, kpi.unit)]
        if together:
            runs = {kpi.id: totals[kpi.id].run for kpi in together}
            found, where = team_rows(together, tables, runs, known, earlier, settings)
            rows += found
            unsafe |= where
    return rows, unsafe


def _total(kpi: MeasuredKpi, rows: Sequence[CountRow], edition: Month) -> ServiceSeries:
    months: dict[Month, Parts] = {}
    for row in rows:
        months[row.period_end] = months.get(row.period_end, Parts()) + Parts(row.numerator, row.denominator)
    first, run, year = min(months), [], end_of("year", min(months))
    while year <= end_of("year", edition):
        run += [month for month in months_of("year", year) if first <= month <= edition]
        year = end_of("year", year + dt.timedelta(days=1))
    return ServiceSeries(kpi, None, months, run)


def _categories(
    rows: Sequence[CountRow],
    total: ServiceSeries,
    family: Sequence[ServiceSeries],
    grains: dict[Month, Grain],
    earlier: Earlier,
    settings: Settings,
) -> Iterator[ProtectedRow]:
    """Rows of every category that some year gives; one that no year gives is not named."""
    split: dict[str | None, dict[Month, Parts]] = {}
    for row in rows:
        months = split.setdefault(row.category, {})
        months[row.period_end] = months.get(row.period_end, Parts()) + Parts(row.numerator, row.denominator)
    if set(split) == {None}:
        return
    series = [
        ServiceSeries(total.kpi, category or "not recorded", months, total.run) for category, months in split.items()
    ]
    steps = step_categories(series, total, family, grains, earlier, settings)
    for one in series:
        found = [row for year, grain in steps.items() for row in rows_of(one, year, grain)]
        there = {end_of("year", month) for month in one.months}
        if any(not row.is_hidden and end_of("year", row.period_end) in there for row in found):
            yield from found
