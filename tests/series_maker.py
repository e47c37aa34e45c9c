"""Make the models that pages show in a line or two, for tests of what is drawn and said about them."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from improvement_board.declared.events import Event
from improvement_board.declared.kpis import Definition
from improvement_board.figures.control_charts import ControlChart, ControlCharts
from improvement_board.figures.series import Comparator, ComparatorPoint, Series
from improvement_board.figures.verdict import verdict_of
from improvement_board.spc import PresentInput

MONTHS_OF = {"month": 1, "quarter": 3, "year": 12}
STEADY = [22.0, 21.0, 22.4, 21.3, 22.2, 21.1, 21.9, 21.4, 22.3, 21.2, 22.1, 21.6, 21.8, 21.5, 22.2, 21.3]
CALENDAR = [0.0, 4.0, 8.0, 3.0, -2.0, -6.0, -10.0, -30.0, 10.0, 12.0, 9.0, 2.0]  # January first


def definition(**changes: Any) -> Definition:
    """A percentage where lower is better, published as "Agency rate"; any field can be changed."""
    fields: dict[str, Any] = {
        "id": "agency_rate",
        "title": "Agency rate",
        "question": "Is the workforce permanent?",
        "unit": "percent",
        "better": "lower",
        "timing": "snapshot",
        "counts": "workers",
        "numerator": "Agency social workers",
        "denominator": "All social workers",
        "definition": "Workforce census",
        "sources": ("workforce",),
        "file": Path("agency_rate.sql"),
    }
    return Definition(**fields | changes)


def period_ends(how_many: int, last: date = date(2026, 9, 30), grain: str = "month") -> tuple[date, ...]:
    """The last days of that many periods that follow one another, up to `last`."""
    months = [last.year * 12 + last.month - 1 - MONTHS_OF[grain] * back for back in reversed(range(how_many))]
    return tuple(date(month // 12, month % 12 + 1, monthrange(month // 12, month % 12 + 1)[1]) for month in months)


def series(
    values: Sequence[float | None],
    *,
    target: float | None = None,
    targets: Sequence[float | None] | None = None,
    last: date = date(2026, 9, 30),
    grain: str = "month",
    control_chart: bool = True,
    events: Sequence[Event] = (),
    symbols: Sequence[str | None] | None = None,
    unit: str | None = None,
    of: dict[str, Any] | None = None,
    **fields: Any,
) -> Series:
    """A series of the whole service: one value a period up to `last`, judged if `control_chart`.

    `target` holds all along; `of` changes the definition; `fields` any other field of the model.
    """
    what = definition(**{"control_chart": control_chart} | (of or {}))
    ends = period_ends(len(values), last, grain)
    in_force = tuple(targets) if targets is not None else (target,) * len(values)
    steps = [(end, value) for end, value in zip(ends, in_force, strict=True) if value is not None]
    rebase = [event.day for event in events if event.rebase]
    given = PresentInput(ends, tuple(values), better=what.better, targets=steps, rebase_events=rebase)
    made: dict[str, Any] = {
        "definition": what,
        "unit": unit or what.unit,
        "level": "service",
        "team": None,
        "worker": None,
        "category": None,
        "grain": grain,
        "period_ends": ends,
        "numerators": (None,) * len(values),
        "denominators": (None,) * len(values),
        "values": tuple(values),
        "symbols": tuple(symbols) if symbols is not None else (None,) * len(values),
        "targets": in_force,
        "chart": ControlChart(ControlCharts([given]), 0) if control_chart else None,
        "events": tuple(events),
    }
    whole = Series(**made | fields)
    return whole if "verdict" in fields else replace(whole, verdict=verdict_of(whole))


def judged(values: Sequence[float | None], **fields: Any) -> Series:
    """A series of 32 steady months about 21.7 and then these, each of 200, so that it bears a verdict."""
    every = [*STEADY, *STEADY, *values]
    return series(every, **{"denominators": (200.0,) * len(every)} | fields)


def seasonal(values: Sequence[float], *, level: float = 50.0, **fields: Any) -> Series:
    """A series of five years that follow the calendar about a level, and then these months, each of 200."""
    ends = period_ends(60 + len(values), fields.get("last", date(2026, 9, 30)))
    wobble = [value - 21.7 for value in STEADY] * 4
    known = [level + CALENDAR[end.month - 1] + by for end, by in zip(ends, wobble[:60], strict=False)]
    of = {"seasonal": True} | fields.pop("of", {})
    return series([*known, *values], of=of, **{"denominators": (200.0,) * len(ends)} | fields)


def comparator(
    values: dict[int, float | str],
    *,
    name: str = "England",
    area_type: str = "England",
    month: int = 3,
    snapshot: bool = False,
) -> Comparator:
    """A yearly comparator: by the year its period ends in, a value or the symbol that stands in its place."""
    points = []
    for year, value in values.items():
        end = date(year, month, monthrange(year, month)[1])
        start = end if snapshot else date(year - (month < 12), month % 12 + 1, 1)
        figure, symbol = (None, value) if isinstance(value, str) else (float(value), None)
        points.append(ComparatorPoint(start, end, figure, symbol))
    return Comparator(name, area_type, tuple(points), "A publication", "2024")  # type: ignore[arg-type]
