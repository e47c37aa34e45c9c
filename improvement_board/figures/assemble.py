"""From the rows of a view to series with targets, limits, comparators and events: what charts and downloads read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from improvement_board.common.months import month_ends_between
from improvement_board.declared.events import events_for
from improvement_board.declared.kpis import Definition
from improvement_board.editions.open_edition import Row, Store
from improvement_board.figures.control_charts import ControlChart, ControlCharts
from improvement_board.figures.series import Comparator, Grain, Level, Series
from improvement_board.figures.verdict import rule_of, verdict_of
from improvement_board.protection.rows import HIDDEN
from improvement_board.spc import PresentInput

RATE = "rate_per_10000"
JUDGED = ("month", "quarter")


@dataclass(frozen=True)
class Window:
    """The periods shown, as period ends (`first` None: from the start). What lies after `last` is not judged."""

    first: dt.date | None
    last: dt.date


def value_of(unit: str, numerator: float | None, denominator: float | None) -> float | None:
    """A figure from its parts, by the KPI-extract contract; None where a part is missing or the denominator is 0."""
    if numerator is None:
        return None
    if unit == "count":
        return numerator
    if denominator is None or denominator == 0:
        return None
    factor = {"percent": 100.0, RATE: 10_000.0}.get(unit, 1.0)
    return factor * numerator / denominator


def series_from(
    store: Store,
    comparators: Mapping[tuple[str, str | None], tuple[Comparator, ...]],
    definition: Definition,
    level: Level,
    rows: Sequence[Row],
    *,
    team: str | None = None,
    worker: str | None = None,
    category: str | None = None,
    until: dt.date | None = None,
) -> Series:
    """One series from rows of one KPI and level in the order of their periods, not yet judged.

    A count of events has a true zero for each month without a row from its first to its last; to `until`, where the
    source covers later months. A team's has none in a month after it closed.
    """
    as_rate = _shown_as_rate(store, definition, level, category)
    filled = _with_zeros(definition, rows, until, store.zeros_until(team))
    series = Series(
        definition=definition,
        unit=RATE if as_rate else definition.unit,
        level=level,
        team=team,
        worker=worker,
        category=category,
        grain=filled[0]["period"] if filled else "month",
        is_protected=definition.id in store.protected and not (bool(filled) and all(row["is_exact"] for row in filled)),
        **_figures_of(store, definition, level, filled, as_rate=as_rate),
    )
    return _with_surroundings(store, comparators, series)


def _figures_of(
    store: Store, definition: Definition, level: Level, rows: Sequence[Row], *, as_rate: bool
) -> dict[str, Any]:
    """The columns of a series that have one entry a period: of ranges where only those are given."""
    unit = RATE if as_rate else definition.unit
    denominators = [_population(store, row["period_end"]) if as_rate else row["denominator"] for row in rows]
    values = [
        row["value"] if row["value"] is not None else value_of(unit, row["numerator"], denominator)
        for row, denominator in zip(rows, denominators, strict=True)
    ]
    banded = definition.id in store.protected and _is_banded(level, rows)
    return {
        "period_ends": tuple(row["period_end"] for row in rows),
        "numerators": tuple(row["numerator"] for row in rows),
        "denominators": tuple(denominators),
        "values": tuple(values),
        "symbols": tuple(row["symbol"] for row in rows),
        "targets": (None,) * len(rows),
        "lows": tuple(row["value_low"] for row in rows) if banded else (),
        "highs": tuple(row["value_high"] for row in rows) if banded else (),
    }


def _with_surroundings(
    store: Store, comparators: Mapping[tuple[str, str | None], tuple[Comparator, ...]], series: Series
) -> Series:
    """A series with its targets, comparators, events and source."""
    definition, kpi = series.definition, series.definition.id
    planned = store.plan.planned(kpi)
    is_whole = series.category is None and series.worker is None
    has_target = is_whole and may_have_target(definition, series.level, series.grain)
    ambitions = [ambition.id for ambition in store.plan.ambition if any(entry.kpi == kpi for entry in ambition.kpi)]
    return replace(
        series,
        targets=tuple(planned.target_at(end) if planned and has_target else None for end in series.period_ends),
        tolerance=planned.tolerance if planned else 0.0,
        comparators=_comparators(comparators, definition, series.unit, series.category),
        events=events_for(store.events, kpi=kpi, ambitions=ambitions, team=series.team),
        source=_source(store, definition),
        rule=rule_of(store.plan, definition),
    )


def may_have_target(definition: Definition, level: Level, grain: Grain) -> bool:
    """Whether the plan's target can be held against figures: one of a count is of the whole service, and one of events
    of a month, not of a team or a quarter."""
    return definition.is_ratio or (level == "service" and (definition.timing == "snapshot" or grain == "month"))


def _is_banded(level: Level, rows: Sequence[Row]) -> bool:
    """Whether a protected series is one of ranges, given or kept back, and not of figures."""
    is_of_bands = any(row["value_low"] is not None or row["symbol"] == HIDDEN for row in rows)
    return level == "team" and is_of_bands and all(row["numerator"] is None for row in rows)


def _source(store: Store, definition: Definition) -> str:
    council, declared = store.plan.council, store.manifest.kpis[definition.id].source
    if declared:
        return declared
    synthetic = " (synthetic)" if store.manifest.is_synthetic else ""
    return f"{council.name}{synthetic}: {', '.join(definition.sources)}"


def _shown_as_rate(store: Store, definition: Definition, level: Level, category: str | None) -> bool:
    is_whole = level == "service" and category is None
    return definition.is_rate_of_population and is_whole and bool(store.plan.population)


def _population(store: Store, day: dt.date) -> float | None:
    population = store.plan.population_at(day)
    return None if population is None else float(population)


def covered_until(team: str | None, service: Sequence[Row]) -> dt.date | None:
    """Up to which month a team's events are known, while it is at work: the last of the service's rows."""
    return service[-1]["period_end"] if team and service else None


def _with_zeros(
    definition: Definition, rows: Sequence[Row], until: dt.date | None, at_work_until: dt.date | None
) -> Sequence[Row]:
    if definition.unit != "count" or definition.timing != "flow" or not rows or rows[0]["period"] != "month":
        return rows
    there = {row["period_end"]: row for row in rows}
    last = max(rows[-1]["period_end"], until) if until and rows[-1]["is_exact"] else rows[-1]["period_end"]
    ends = month_ends_between(rows[0]["period_end"], min(last, at_work_until or last))
    empty = {**rows[0], "numerator": 0.0, "denominator": None, "value": None, "symbol": None}
    return [there.get(end) or {**empty, "period_end": end} for end in sorted({*there, *ends})]


def _comparators(
    comparators: Mapping[tuple[str, str | None], tuple[Comparator, ...]],
    definition: Definition,
    unit: str,
    category: str | None,
) -> tuple[Comparator, ...]:
    published_unit = definition.benchmarks.get("unit", definition.unit)
    if published_unit != unit or unit == "count":
        return ()
    return comparators.get((definition.id, category), ())


def judged(series: Sequence[Series], window: Window) -> list[Series]:
    """The series with their verdicts and control charts, judged together over all that is known up to the window's end,
    then cut to the window: choosing a later start never changes what is said."""
    bearing = [each for each in series if each.definition.control_chart and each.grain in JUDGED and not each.is_banded]
    charts = ControlCharts([_present_input(each) for each in bearing])
    place_of = {id(each): place for place, each in enumerate(bearing)}
    full = [
        replace(each, chart=ControlChart(charts, place_of[id(each)])) if id(each) in place_of else each
        for each in series
    ]
    return [cut(replace(each, verdict=verdict_of(each)), window) for each in full]


def _present_input(series: Series) -> PresentInput:
    targets = [
        (end, target) for end, target in zip(series.period_ends, series.targets, strict=True) if target is not None
    ]
    return PresentInput(
        period_ends=series.period_ends,
        values=series.values,
        better=series.definition.better,
        targets=targets[-1:],
        rebase_events=[event.day for event in series.events if event.rebase],
    )


def cut(series: Series, window: Window) -> Series:
    """A series cut to the periods of a window; the judgement of its last point stands."""
    if window.first is None:
        return series
    keep = [index for index, end in enumerate(series.period_ends) if window.first <= end <= window.last]
    if len(keep) == len(series.period_ends):
        return series
    start, stop = (keep[0], keep[-1] + 1) if keep else (0, 0)
    part = slice(start, stop)
    return replace(
        series,
        uncut=series,
        chart=series.chart and replace(series.chart, start=series.chart.start + start, stop=series.chart.start + stop),
        **{
            name: getattr(series, name)[part]
            for name in ("period_ends", "numerators", "denominators", "values", "symbols", "targets", "lows", "highs")
        },
    )
