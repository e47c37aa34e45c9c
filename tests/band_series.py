"""Make the protected series and comparisons that board members are given: ranges, quarters and years, gaps with a c."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from series_maker import definition, series

from improvement_board.figures.series import Grain, Series, TeamComparison, TeamDot

SEPTEMBER = date(2026, 9, 30)
VISITS: dict[str, Any] = {
    "id": "visits_in_time",
    "title": "Visits in time",
    "timing": "flow",
    "better": "higher",
    "counts": "children",
}
Bands = Sequence[int | None]


AVERAGE: dict[str, Any] = {"unit": "average", "timing": "snapshot", "better": "lower", "title": "Average caseload"}


def ranges(lows: Bands, *, grain: Grain = "quarter", of: dict[str, Any] | None = None, **fields: Any) -> Series:
    """A team's series of ranges by the low end of each, None where it is kept back."""
    given: dict[str, Any] = {"level": "team", "team": "North"} | fields
    width = width_of((of or {}).get("unit", "percent"))
    made = series([None] * len(lows), grain=grain, control_chart=False, of=VISITS | (of or {}), **given)
    return replace(
        made,
        lows=tuple(None if low is None else float(low) for low in lows),
        highs=tuple(None if low is None else low + width for low in lows),
        symbols=tuple("c" if low is None else None for low in lows),
        is_protected=True,
    )


def width_of(unit: str) -> float:
    """How wide the ranges of a unit are."""
    return {"percent": 10.0, "average": 2.0}[unit]


def protected(values: Sequence[float | None], *, grain: Grain = "month", **fields: Any) -> Series:
    """A protected series of the whole service; a None is kept back."""
    symbols = ["c" if value is None else None for value in values]
    of = VISITS | fields.pop("of", {})
    return series(values, grain=grain, symbols=symbols, is_protected=True, of=of, **fields)


def team_ranges(
    dots: Sequence[tuple[str, int | None]],
    *,
    service: float | None = 62.0,
    own: Sequence[tuple[str, float, float]] = (),
    **changes: Any,
) -> TeamComparison:
    """Teams by the low end of their range in a quarter, None where it is kept back; `own` teams by their parts."""
    what = definition(**VISITS | changes.pop("of", {}))
    width, factor = width_of(what.unit), 100 if what.unit == "percent" else 1
    made = [_dot(team, low=low, high=None if low is None else low + width) for team, low in dots]
    made += [_dot(team, numerator=part, denominator=of, value=factor * part / of) for team, part, of in own]
    fields: dict[str, Any] = {
        "definition": what,
        "unit": what.unit,
        "period_start": date(2026, 7, 31),
        "period_end": SEPTEMBER,
        "service_value": service,
        "limit_kind": "size",
        "dots": tuple(made),
        "is_banded": True,
    }
    return TeamComparison(**fields | changes)


def _dot(team: str, **figures: Any) -> TeamDot:
    names = ("service", "numerator", "denominator", "value", "lower_limit", "upper_limit", "outside")
    return TeamDot(team=team, **dict.fromkeys(names) | figures)
