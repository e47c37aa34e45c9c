"""What a page shows, as frozen data: every chart, table, sentence and download reads these and nothing else.

Numbers are unrounded; None is a figure that is not there (its symbol says why, where a source gave one).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from improvement_board.declared.events import Event
from improvement_board.declared.kpis import Definition
from improvement_board.figures.control_charts import ControlChart
from improvement_board.spc import Presented
from improvement_board.verdicts import Verdict, VerdictRule

Level = Literal["service", "team", "worker"]
Grain = Literal["month", "quarter", "year"]


@dataclass(frozen=True)
class ComparatorPoint:
    """One published figure over its own period. `symbol` says why there is no value (c, k, u, x, z, low, -, ..)."""

    period_start: date
    period_end: date
    value: float | None
    symbol: str | None


@dataclass(frozen=True)
class Comparator:
    """A comparator's published series: England, the region, or the mean of the statistical neighbours.

    `differs`: what it counts otherwise than the indicator, in a few words.
    """

    name: str
    area_type: Literal["England", "Region", "Statistical neighbours"]
    points: tuple[ComparatorPoint, ...]
    source: str
    vintage: str
    differs: str = ""

    def at(self, day: date) -> ComparatorPoint | None:
        """The latest published point whose period had ended by a day, or in which the day lies."""
        known = [point for point in self.points if point.period_start <= day]
        return known[-1] if known else None


@dataclass(frozen=True)
class Series:
    """One KPI over time at one level, with all that is drawn around it.

    `unit` is the unit of the values (a count may be shown as a rate). The tuples `period_ends`, `numerators`,
    `denominators`, `values`, `symbols`, `targets` have one entry a period. `verdict` is what is said of the
    present, by `rule`; None where the KPI bears no control chart, and of what is given by ranges. `chart` is the
    control chart over all that is known, for downloads and for the limits of teams' own past: no page says it.

    `lows` and `highs` are empty, or one entry a period too: where small numbers are protected, a team's figure is only
    given as a range (from the one up to but not including the other, 100 per cent taken in). Then every value is None,
    and a gap (low and high None) has the symbol `c`. `is_protected` says that the figures are as small-number
    protection publishes them, ranges or not: by quarter or year where months are too small, a gap with the symbol `c`.

    `uncut`: the same from its first period on, where a page begins later.
    """

    definition: Definition
    unit: str
    level: Level
    team: str | None
    worker: str | None
    category: str | None
    grain: Grain
    period_ends: tuple[date, ...]
    numerators: tuple[float | None, ...]
    denominators: tuple[float | None, ...]
    values: tuple[float | None, ...]
    symbols: tuple[str | None, ...]
    targets: tuple[float | None, ...]
    tolerance: float = 0.0
    chart: ControlChart | None = field(default=None, compare=False)
    comparators: tuple[Comparator, ...] = ()
    events: tuple[Event, ...] = ()
    source: str = ""
    lows: tuple[float | None, ...] = ()
    highs: tuple[float | None, ...] = ()
    is_protected: bool = False
    rule: VerdictRule = field(default_factory=VerdictRule)
    verdict: Verdict | None = None
    uncut: Series | None = field(default=None, repr=False, compare=False)

    @property
    def known(self) -> Series:
        """What words are said of, wherever a page begins: the months before it are as they are."""
        is_shown = self.latest is not None or self.latest_band is not None
        return self.uncut if self.uncut is not None and is_shown else self

    @property
    def presented(self) -> Presented | None:
        """What the control chart shows, drawn now if it was not before; None where there is none."""
        return self.chart.presented if self.chart else None

    @property
    def is_banded(self) -> bool:
        """Whether figures are given as ranges alone."""
        return bool(self.lows)

    @property
    def latest_band(self) -> tuple[date, float, float] | None:
        """The last range there is: the end of its period, from and to."""
        for end, low, high in reversed(list(zip(self.period_ends, self.lows, self.highs, strict=False))):
            if low is not None and high is not None:
                return end, low, high
        return None

    @property
    def latest(self) -> int | None:
        """The place of the last period that has a value, or None."""
        return next((index for index in reversed(range(len(self.values))) if self.values[index] is not None), None)

    @property
    def latest_value(self) -> float | None:
        """The last value there is."""
        return None if self.latest is None else self.values[self.latest]

    @property
    def latest_target(self) -> float | None:
        """The target in force at the last period that has a value."""
        return None if self.latest is None else self.targets[self.latest]


@dataclass(frozen=True)
class TeamDot:
    """One team in the comparison of teams over one period, with limits that fit its size.

    Without them where too little is known to judge it, or its figure is of fewer than ten.
    """

    team: str
    service: str | None
    numerator: float | None
    denominator: float | None
    value: float | None
    lower_limit: float | None
    upper_limit: float | None
    outside: Literal["above", "below"] | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class TeamComparison:
    """All teams of the service over one period, worst first, those of too few and without a figure last.

    `service_value` is the line they are held against, of `service_numerator` over `service_denominator`, and `target`
    the plan's in force at the period's end. `limit_kind` is `size` (what chance alone gives a team of this size around
    the service's figure) or `own` (the usual variation of the team's own past, for counts). `closed` are the teams that
    have closed and are left out.

    `is_banded`: small numbers are protected: each dot has a range (`low` up to `high`; None where hidden) in place of a
    figure, no parts and no limits.
    """

    definition: Definition
    unit: str
    period_start: date
    period_end: date
    service_value: float | None
    limit_kind: Literal["size", "own"]
    dots: tuple[TeamDot, ...]
    not_recorded: float | None = None
    is_banded: bool = False
    service_numerator: float | None = None
    service_denominator: float | None = None
    target: float | None = None
    closed: tuple[str, ...] = ()


@dataclass(frozen=True)
class CategoryFigure:
    """One category's figure over one period; `share` is its part of a count, as a percentage."""

    category: str | None
    numerator: float | None
    denominator: float | None
    value: float | None
    share: float | None


@dataclass(frozen=True)
class CategoryBreakdown:
    """A KPI by its own category over one period, largest first."""

    definition: Definition
    unit: str
    name: str
    period_start: date
    period_end: date
    figures: tuple[CategoryFigure, ...]


@dataclass(frozen=True)
class WorkerFigure:
    """One worker's figure at the period's end, and for caseloads the cases by plan type."""

    worker: str
    team: str | None
    numerator: float | None
    denominator: float | None
    value: float | None
    categories: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Distribution:
    """How a figure spreads over workers at one month's end; `limit` is the line drawn (cases a worker)."""

    definition: Definition
    period_end: date
    workers: tuple[WorkerFigure, ...]
    limit: float
    above: tuple[WorkerFigure, ...]

    @property
    def held(self) -> list[tuple[int, int]]:
        """Each number of cases and how many workers hold it; a part of a case counts up to the next whole one."""
        return sorted(
            Counter(math.ceil(figure.numerator) for figure in self.workers if figure.numerator is not None).items()
        )


@dataclass(frozen=True)
class Change:
    """One thing that changed since the edition before, or a data caveat: what, in a sentence, and where it is
    seen: the page and its address's parameters; no page where it is of no one KPI."""

    kind: Literal[
        "lost", "concern", "missed", "caveat", "restated", "shifted", "improvement", "met",
        "recounted", "regrouped", "target", "redefined", "new", "years", "teams",
    ]  # fmt: skip
    kpi: str
    title: str
    sentence: str
    address: Mapping[str, str] = field(default_factory=dict)
    page: str = "indicator"
