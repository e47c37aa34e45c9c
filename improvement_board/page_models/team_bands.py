"""Teams beside each other where small numbers are protected: a range for each, exact figures for a viewer's own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from improvement_board import words
from improvement_board.declared.kpis import Definition
from improvement_board.figures.assemble import Window, value_of
from improvement_board.figures.few import is_few_team
from improvement_board.figures.parts import parts_of_whole, whole_period
from improvement_board.figures.series import Grain, Series, TeamComparison, TeamDot
from improvement_board.protection.bands import average_band_of, band_of

Timed = tuple[dt.date, Grain]
Services = Mapping[str, str | None]


def compare_bands(
    definition: Definition, service: Series, teams: Sequence[Series], window: Window, services: Services
) -> TeamComparison | None:
    """The teams of a KPI in the latest period that any team has a range of, worst range first (the largest first where
    neither direction is better), and within a range by name: nothing finer than a range orders them.

    A viewer's own team of too few stands after them, a team whose range is kept back last. One without the period is
    left out, as is what has no team. `services` are the services of teams. None where there is no team.
    """
    banded = [series for series in teams if series.is_banded and series.team]
    when = _find_latest_period(banded, window)
    if when is None:
        return None
    end, grain = when
    whole = parts_of_whole(service, grain, end)
    given = [_build_banded_dot(series, end, grain, services) for series in banded]
    own = [_build_own_dot(series, end, grain, services) for series in teams if series.team and not series.is_banded]
    dots = [dot for dot in (*given, *own) if dot is not None]
    return TeamComparison(
        definition=definition,
        unit=definition.unit,
        period_start=end if definition.timing == "snapshot" else whole_period(end, grain)[0],
        period_end=end,
        service_value=value_of(definition.unit, *whole),
        service_numerator=whole[0],
        service_denominator=whole[1],
        limit_kind="size",
        dots=tuple(sorted(dots, key=lambda dot: _rank_dot(definition, dot))),
        is_banded=True,
    )


def _find_latest_period(banded: Sequence[Series], window: Window) -> Timed | None:
    """The latest period with any range, else the latest of which every range is kept back."""
    periods = [
        (low is not None, end, series.grain)
        for series in banded
        for end, low in zip(series.period_ends, series.lows, strict=True)
        if end <= window.last
    ]
    if not periods:
        return None
    _, end, grain = max(periods, key=lambda period: period[:2])
    return end, grain


def _build_banded_dot(series: Series, end: dt.date, grain: Grain, services: Services) -> TeamDot | None:
    if series.grain != grain or end not in series.period_ends or series.team is None:
        return None
    period_index = series.period_ends.index(end)
    return _fill_dot(series.team, services, low=series.lows[period_index], high=series.highs[period_index])


def _build_own_dot(series: Series, end: dt.date, grain: Grain, services: Services) -> TeamDot | None:
    numerator, denominator = parts_of_whole(series, grain, end)
    value = value_of(series.unit, numerator, denominator)
    if value is None or series.team is None:
        return None
    return _fill_dot(series.team, services, numerator=numerator, denominator=denominator, value=value)


def _fill_dot(team: str, services: Services, **figures: float | None) -> TeamDot:
    known: dict[str, float | None] = dict.fromkeys(("numerator", "denominator", "value", "low", "high")) | figures
    limits = {"lower_limit": None, "upper_limit": None, "outside": None}
    return TeamDot(team=team, service=services.get(team), **known, **limits)  # type: ignore[arg-type]


def _rank_dot(definition: Definition, dot: TeamDot) -> tuple[bool, bool, float, str]:
    """Those kept back last, before them own teams of too few, then by range, then by name."""
    low = dot.low or 0.0
    if dot.numerator is not None and dot.denominator:  # over nothing there is no value
        low = _find_own_low(definition, dot.numerator, dot.denominator)
    is_few = is_few_team(dot, definition.unit)
    return words.is_hidden_team(dot), is_few, low if definition.better == "higher" else -low, dot.team


def _find_own_low(definition: Definition, numerator: float, denominator: float) -> float:
    """The low end of the range that an own team's figure lies in."""
    if definition.unit == "average":
        return average_band_of(int(numerator), denominator).low
    return band_of(numerator, denominator).low
