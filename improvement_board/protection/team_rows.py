"""The rows of teams: the bands that may be given, gaps for the others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from improvement_board.common.periods import complete_periods, end_of, months_of
from improvement_board.protection.bands import TOP, Band, average_band_of, band_of
from improvement_board.protection.children import Children, Owner
from improvement_board.protection.earlier import Earlier
from improvement_board.protection.rows import HIDDEN, CountRow, MeasuredKpi, ProtectedRow
from improvement_board.protection.service import ServiceSeries
from improvement_board.protection.settings import Settings
from improvement_board.protection.teams import AnyBand, Audit, BandKey
from improvement_board.protection.worlds import Figures

Month = dt.date
# What is still true of a band where the rate is another by now, or its KPI is gone: there were enough children.
ANY_RATE = Band(0, TOP)
TEAM_PERIODS: Mapping[str, tuple[str, ...]] = {"flow": ("quarter", "year"), "snapshot": ("month",)}


def team_rows(
    kpis: Sequence[MeasuredKpi],
    tables: Mapping[str, Sequence[CountRow]],
    behind: Mapping[Owner, Children],
    each: Mapping[str, int],
    runs: Mapping[str, Sequence[Month]],
    known: Sequence[frozenset[Month]],
    earlier: Earlier,
    settings: Settings,
) -> tuple[list[ProtectedRow], set[Month]]:
    """A row for every team, period and KPI of a family's rates and averages of one timing; and the months whose service
    totals may not be known, since bands that earlier editions gave would leave a small count unsafe beside them.

    `each`: how many of what a KPI counts a child has. `runs`: the months of each KPI. `known`: sets of months whose
    service totals are known.
    """
    averages = {kpi.id for kpi in kpis if kpi.unit == "average"}
    figures, units = _figures(kpis, tables, behind, TEAM_PERIODS[kpis[0].timing], averages, settings)
    given: dict[BandKey, AnyBand] = {}
    new: dict[BandKey, AnyBand] = {}
    places = list(_places(kpis, figures, runs))
    missing = set(settings.relatives(kpis[0].id)) - set(runs)
    for key in places:
        numerator, denominator = figures.at(*key)
        has_value = (units.get(key, 0.0) if key[0] in averages else denominator) > 0
        if figures.children(*key) < settings.least_denominator or not has_value:
            continue
        band = average_band_of(denominator, units[key]) if key[0] in averages else band_of(numerator, denominator)
        before = (key[0], key[1], "", key[2], key[3])
        if any((row.value_low, row.value_high) == (band.low, band.high) for row in earlier.shown.get(before, ())):
            given[key] = band
        elif key[0] not in averages and any(_was_given(kpi, key, earlier) for kpi in (key[0], *missing)):
            given[key] = ANY_RATE
        if before not in earlier.gaps:
            new[key] = band
    audit = Audit(figures, known, given, new, settings, each)
    kept = audit.run()
    return [_band_row(key, kept.get(key)) for key in places], audit.unsafe


def _was_given(kpi: str, key: BandKey, earlier: Earlier) -> bool:
    return any(not row.is_hidden for row in earlier.shown.get((kpi, key[1], "", key[2], key[3]), ()))


def _places(kpis: Sequence[MeasuredKpi], figures: Figures, runs: Mapping[str, Sequence[Month]]) -> Iterator[BandKey]:
    for kpi in kpis:
        ends = {period: complete_periods(period, runs[kpi.id]) for period in TEAM_PERIODS[kpi.timing]}
        for team in filter(None, figures.teams):
            yield from ((kpi.id, team, period, end) for period, days in ends.items() for end in days)


def _figures(
    kpis: Sequence[MeasuredKpi],
    tables: Mapping[str, Sequence[CountRow]],
    behind: Mapping[Owner, Children],
    periods: Sequence[str],
    averages: set[str],
    settings: Settings,
) -> tuple[Figures, dict[BandKey, float]]:
    """The counts by team and period, and for averages what their children are divided by."""
    counts: dict[BandKey, tuple[int, int]] = {}
    units: dict[BandKey, float] = {}
    for kpi in kpis:
        for row in tables[kpi.id]:
            for period in {"month", *periods}:
                key = (kpi.id, row.team or "", period, end_of(period, row.period_end))
                numerator, denominator = counts.get(key, (0, 0))
                if kpi.id in averages:
                    counts[key] = (0, denominator + round(row.numerator))
                    units[key] = units.get(key, 0.0) + (row.denominator or 0.0)
                else:
                    counts[key] = (numerator + round(row.numerator), denominator + round(row.denominator or 0))
    teams = tuple(sorted({team for _, team, _, _ in counts}))
    all_periods = tuple(dict.fromkeys(("month", *periods)))
    named = {kpi.id for kpi in kpis if (kpi.id, None, None) in behind}
    different = {
        key: tuple(_behind(behind, key, part) for part in ("numerator", "total", "complement"))
        for key in counts
        if key[0] in named
    }
    return Figures(tuple(kpi.id for kpi in kpis), teams, all_periods, counts, settings.within, different), units


def _behind(behind: Mapping[Owner, Children], key: BandKey, part: str) -> int:
    kpi, team, period, end = key
    children = behind.get((kpi, team, None))
    return children.behind(part, months_of(period, end)) if children else 0


def events_a_child(total: ServiceSeries) -> int:
    """How many of what a KPI counts a child has in a month, to the nearest whole; 1 where each is another child."""
    if total.children is None:
        return 1
    children = sum(total.children.behind("total", [month]) for month in total.months)
    events = sum(parts.denominator or 0.0 for parts in total.months.values())
    return max(1, round(events / children)) if children else 1


def _band_row(key: BandKey, band: AnyBand | None) -> ProtectedRow:
    kpi, team, period, end = key
    if band is None:
        return ProtectedRow(kpi, "team", team, None, end, period, symbol=HIDDEN)
    return ProtectedRow(kpi, "team", team, None, end, period, value_low=float(band.low), value_high=float(band.high))
