"""From true counts by month to the rows that the protected roles may see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from improvement_board.protection.bands import Band, band_of
from improvement_board.protection.earlier import Earlier, read_earlier
from improvement_board.protection.periods import complete_periods, end_of, months_of
from improvement_board.protection.rows import HIDDEN, CountRow, MeasuredKpi, Parts, ProtectedRow
from improvement_board.protection.service import Grain, ServiceSeries, known_intervals, rows_of
from improvement_board.protection.settings import Settings
from improvement_board.protection.stepping import step_categories, step_family
from improvement_board.protection.teams import Audit, BandKey
from improvement_board.protection.worlds import Figures

Month = dt.date
TEAM_PERIODS: Mapping[str, tuple[str, ...]] = {"flow": ("quarter", "year"), "snapshot": ("month",)}


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
    totals = {kpi.id: _total(kpi, tables[kpi.id], edition) for kpi in family}
    grains = step_family(list(totals.values()), earlier, settings)
    for kpi in family:
        for year, grain in grains.items():
            yield from rows_of(totals[kpi.id], year, grain)
        yield from _categories(kpi, tables[kpi.id], totals[kpi.id], grains, earlier, settings)
    rates = [kpi for kpi in family if kpi.unit == "percent"]
    for timing in ("flow", "snapshot"):
        together = [kpi for kpi in rates if kpi.timing == timing]
        if together:
            known = [one for kpi in family for one in known_intervals(totals[kpi.id], grains, earlier)]
            yield from _teams(together, tables, totals, known, earlier, settings)


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
    kpi: MeasuredKpi,
    rows: Sequence[CountRow],
    total: ServiceSeries,
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
    series = [ServiceSeries(kpi, category or "not recorded", months, total.run) for category, months in split.items()]
    steps = step_categories(series, grains, earlier, settings)
    for one in series:
        found = [row for year, grain in steps.items() for row in rows_of(one, year, grain)]
        there = {end_of("year", month) for month in one.months}
        if any(not row.is_hidden and end_of("year", row.period_end) in there for row in found):
            yield from found


def _teams(
    kpis: Sequence[MeasuredKpi],
    tables: Mapping[str, Sequence[CountRow]],
    totals: Mapping[str, ServiceSeries],
    known: Sequence[frozenset[Month]],
    earlier: Earlier,
    settings: Settings,
) -> Iterator[ProtectedRow]:
    timing = kpis[0].timing
    periods = TEAM_PERIODS[timing]
    figures = _figures(kpis, tables, periods)
    places = {
        (kpi.id, team, period, end): figures.at(kpi.id, team, period, end)
        for kpi in kpis
        for team in figures.teams
        if team
        for period in periods
        for end in complete_periods(period, totals[kpi.id].run)
    }
    given: dict[BandKey, Band] = {}
    new: dict[BandKey, Band] = {}
    for key, (numerator, denominator) in places.items():
        if denominator < settings.least(key[0]):
            continue
        band = band_of(numerator, denominator)
        shown = earlier.shown.get((key[0], key[1], "", key[2], key[3]), ())
        if any((row.value_low, row.value_high) == (band.low, band.high) for row in shown):
            given[key] = band
        if (key[0], key[1], "", key[2], key[3]) not in earlier.gaps:
            new[key] = band
    kept = Audit(figures, known, given, new, settings).run()
    for key in places:
        yield _band_row(key, kept.get(key))


def _figures(kpis: Sequence[MeasuredKpi], tables: Mapping[str, Sequence[CountRow]], periods: Sequence[str]) -> Figures:
    counts: dict[BandKey, tuple[int, int]] = {}
    for kpi in kpis:
        for row in tables[kpi.id]:
            for period in {"month", *periods}:
                key = (kpi.id, row.team or "", period, end_of(period, row.period_end))
                numerator, denominator = counts.get(key, (0, 0))
                counts[key] = (numerator + round(row.numerator), denominator + round(row.denominator or 0))
    teams = tuple(sorted({team for _, team, _, _ in counts}))
    return Figures(tuple(kpi.id for kpi in kpis), teams, tuple(dict.fromkeys(("month", *periods))), counts)


def _band_row(key: BandKey, band: Band | None) -> ProtectedRow:
    kpi, team, period, end = key
    if band is None:
        return ProtectedRow(kpi, "team", team, None, end, period, symbol=HIDDEN)
    return ProtectedRow(kpi, "team", team, None, end, period, value_low=float(band.low), value_high=float(band.high))
