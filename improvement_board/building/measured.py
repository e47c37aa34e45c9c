"""What an edition measures differently from the one before: indicators, definitions, targets, years, counts and teams.

Figures may be the same and yet be of something else; a board is told so in words of their own beside what changed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from improvement_board import words
from improvement_board.editions.open_edition import Store
from improvement_board.figures.earlier import differs
from improvement_board.figures.formats import format_period, format_value
from improvement_board.figures.series import Series

DECLARED = ("numerator", "denominator", "definition", "category", "unit", "better", "timing", "parameters")
LEAST_RECOUNT = 0.25  # of the earlier denominator: less is what is recorded late


@dataclass(frozen=True)
class Measured:
    """One thing that is measured differently: its kind, the sentence, and the KPI where it is of one."""

    kind: str
    sentence: str
    kpi: str = ""


def list_measured_differently(
    before: Store, now: Store, old: Mapping[str, Series], new: Mapping[str, Series], told: frozenset[str]
) -> Iterator[Measured]:
    """What is measured differently, in the order in which it is read; `told`: KPIs whose restated figures say so."""
    kept = [kpi for kpi in new if kpi in old and kpi not in told]
    for kpi in kept:
        yield from _recounted(old[kpi], new[kpi])
    yield from _targets(before, now, new)
    yield from (
        Measured("redefined", words.redefined_sentence(now.definitions[kpi]), kpi)
        for kpi in kept
        if _is_redefined(before, now, kpi)
    )
    added = [now.definitions[kpi].title for kpi in new if kpi not in old]
    if added:
        yield Measured("new", words.new_sentence(added))
    yield from _years(old, new)
    if now.scope.sees_everything:
        yield from _teams(before, now)


def _recounted(old: Series, new: Series) -> Iterator[Measured]:
    """The same figures of far more, or far fewer, cases: records that were loaded twice, or not all."""
    if (old.unit, old.grain) != (new.unit, new.grain) or not new.definition.is_ratio:
        return
    before, after = _parts(old), _parts(new)
    moved = {
        end: abs(after[end][2] - of)
        for end, (value, _, of) in before.items()
        if end in after and not differs(value, after[end][0]) and abs(after[end][2] - of) >= LEAST_RECOUNT * of
    }
    if moved:
        end = max(moved, key=lambda moved_end: (moved[moved_end], moved_end))
        shown = format_value(after[end][0], new.unit)
        parts = (before[end][1:], after[end][1:])
        sentence = words.recounted_sentence(new.definition, end, new.grain, *parts, shown, len(moved) - 1)
        yield Measured("recounted", sentence, new.definition.id)


def _parts(series: Series) -> dict[dt.date, tuple[float, float, float]]:
    """Value, numerator and denominator of each period that has them all."""
    rows = zip(series.period_ends, series.values, series.numerators, series.denominators, strict=True)
    return {end: (value, part, of) for end, value, part, of in rows if value is not None and part is not None and of}


def _targets(before: Store, now: Store, new: Mapping[str, Series]) -> Iterator[Measured]:
    """Targets that the plan said otherwise before, of the latest period: a step that it had announced is none."""
    for kpi, series in new.items():
        entry, earlier = now.plan.planned(kpi), before.plan.planned(kpi)
        if series.latest is None or earlier is None or entry is None:
            continue
        end = series.period_ends[series.latest]
        old, moved = earlier.target_at(end), entry.target_at(end)
        if old != moved:
            yield Measured("target", words.target_sentence(series.definition, old, moved), kpi)


def _is_redefined(before: Store, now: Store, kpi: str) -> bool:
    old, new = before.definitions[kpi], now.definitions[kpi]
    parameters = before.manifest.kpis[kpi].parameters != now.manifest.kpis[kpi].parameters
    return parameters or any(getattr(old, name) != getattr(new, name) for name in DECLARED)


def _years(old: Mapping[str, Series], new: Mapping[str, Series]) -> Iterator[Measured]:
    """Years that are new, and those that their source no longer lists, each with its indicators."""
    by_years: dict[tuple[bool, str], list[str]] = {}
    for kpi, series in new.items():
        if series.grain != "year" or kpi not in old or old[kpi].grain != "year":
            continue
        for is_new, ends in (
            (True, set(series.period_ends) - set(old[kpi].period_ends)),
            (False, set(old[kpi].period_ends) - set(series.period_ends)),
        ):
            for end in sorted(ends):
                period = format_period(end, "year", series.definition.timing)
                by_years.setdefault((is_new, period), []).append(series.definition.title)
    for (is_new, period), titles in by_years.items():
        yield Measured("years", words.years_sentence(period, titles, is_new=is_new))


def _teams(before: Store, now: Store) -> Iterator[Measured]:
    """Teams that came, went or closed; those that were renamed or merged are both."""
    old, new = ({record.team: record for record in store.teams} for store in (before, now))
    came, gone = sorted(new.keys() - old.keys()), sorted(old.keys() - new.keys())
    names = (now.closed_teams(now.name.day) - before.closed_teams(before.name.day)) & old.keys()
    closed = [(team, new[team].at_work_until) for team in sorted(names)]
    if came or gone or closed:
        yield Measured("teams", words.teams_sentence(came, gone, closed))
