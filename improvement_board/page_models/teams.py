"""Teams beside each other over one period, each with limits that fit its size."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from improvement_board.declared.kpis import Definition
from improvement_board.editions.open_edition import Store
from improvement_board.figures.assemble import Window, value_of
from improvement_board.figures.few import is_few_team
from improvement_board.figures.parts import comparison_period, parts_over
from improvement_board.figures.series import Series, TeamComparison, TeamDot
from improvement_board.figures.sizes import is_few
from improvement_board.page_models.team_bands import compare_bands
from improvement_board.spc.funnel import Limits, Size, funnel_limits


def compare_teams(
    store: Store,
    definition: Definition,
    service: Series,
    teams: Sequence[Series],
    window: Window,
    *,
    with_closed: bool = False,
) -> TeamComparison | None:
    """The teams of a KPI over one period, worst first (largest first where neither direction is better).

    Teams that have closed are left out unless `with_closed`. A count is compared in the latest period alone, each team
    with its own past. Where small numbers are protected, teams are compared by the ranges their figures lie in. Without
    ranges, a viewer's own teams alone are there, too few to say what chance gives a team of their size.
    """
    services = {record.team: record.service for record in store.teams}
    teams, closed = (teams, ()) if with_closed else _leave_out_closed(store, teams, window)
    if any(series.is_banded for series in teams):
        banded = compare_bands(definition, service, teams, window, services)
        target = target_of_teams(store, definition, banded.period_end) if banded else None
        return banded and replace(banded, target=target, closed=closed)
    period = comparison_period(definition, [service], window)
    if period and definition.unit == "count":  # a team's own limits are those of single periods, not of a sum
        period = (period[1], period[1])
    if period is None or not any(series.team for series in teams):
        return None
    unit = definition.unit
    parts = {series.team: parts_over(series, period) for series in teams}
    named = {team: pair for team, pair in parts.items() if team and pair[0] is not None}
    if unit == "count":
        limits = {series.team: _find_own_limits(series) for series in teams if series.team in named}
    elif service.is_protected:
        limits = {}
    else:
        sizes = [Size(numerator or 0.0, denominator or 0.0) for numerator, denominator in named.values()]
        limits = dict(zip(named, funnel_limits(unit, sizes), strict=True))
    dots = [_build_dot(team, services.get(team), unit, *pair, limits.get(team)) for team, pair in named.items() if team]
    dots = sorted(dots, key=lambda dot: _rank_dot(definition, dot))
    unknown = parts.get(None, (None, None))
    whole = parts_over(service, period)
    return TeamComparison(
        definition=definition,
        unit=unit,
        period_start=period[0],
        period_end=period[1],
        service_value=None if unit == "count" else value_of(unit, *whole),
        service_numerator=whole[0],
        service_denominator=None if unit == "count" else whole[1],
        target=target_of_teams(store, definition, period[1]),
        limit_kind="own" if unit == "count" else "size",
        dots=tuple(dots),
        not_recorded=unknown[0] if unit == "count" else unknown[1],
        closed=closed,
    )


def _leave_out_closed(
    store: Store, teams: Sequence[Series], window: Window
) -> tuple[Sequence[Series], tuple[str, ...]]:
    """The teams at work at the window's end, and the names of the others; all, where none is at work."""
    gone = store.closed_teams(window.last)
    kept = [series for series in teams if series.team not in gone]
    if not any(series.team for series in kept):
        return teams, ()
    return kept, tuple(series.team for series in teams if series.team and series.team in gone)


def _rank_dot(definition: Definition, dot: TeamDot) -> tuple[bool, bool, float, str]:
    """The worst first; those of too few and those without a figure last."""
    value = dot.value or 0.0
    rank = value if definition.better == "higher" else -value
    return dot.value is None, is_few_team(dot, definition.unit), rank, dot.team


def target_of_teams(store: Store, definition: Definition, end: dt.date) -> float | None:
    """The plan's target in force on a day, to hold teams against; none of a count, whose target is the service's."""
    planned = store.plan.planned(definition.id)
    return planned.target_at(end) if planned and definition.is_ratio else None


def _find_own_limits(series: Series) -> Limits | None:
    """The limits of a count are those of the team's own past."""
    presented = series.presented
    if presented is None or not presented.upper_limit:
        return None
    lower, upper = presented.lower_limit[-1], presented.upper_limit[-1]
    return None if lower is None or upper is None else Limits(max(0.0, lower), upper)


def _build_dot(
    team: str, service: str | None, unit: str, numerator: float | None, denominator: float | None, limits: Limits | None
) -> TeamDot:
    value = value_of(unit, numerator, denominator)
    limits, outside = None if is_few(unit, numerator, denominator) else limits, None
    if value is not None and limits is not None:
        outside = "above" if value > limits.upper else "below" if value < limits.lower else None
    return TeamDot(
        team=team,
        service=service,
        numerator=numerator,
        denominator=denominator,
        value=value,
        lower_limit=limits.lower if limits else None,
        upper_limit=limits.upper if limits else None,
        outside=outside,  # type: ignore[arg-type]
    )
