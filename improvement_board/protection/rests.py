"""What is left of a KPI's children without those of another that counts some of them: children too."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from improvement_board.common.periods import months_of
from improvement_board.protection.boundaries import Block, Edge, Edges, differences, leaves_enough
from improvement_board.protection.derived import edge_of
from improvement_board.protection.earlier import Earlier
from improvement_board.protection.rows import Parts
from improvement_board.protection.service import GRAINS, GivenGrain, ServiceSeries, shown_periods, total_in
from improvement_board.protection.settings import Settings

Month = dt.date


@dataclass(frozen=True)
class Rest:
    """Those of the whole who are not in the part, of all or of one category of both. `given`: the grains that the whole
    is given by. `alike`: the whole and the other KPIs of all its children."""

    whole: ServiceSeries
    part: ServiceSeries
    given: Mapping[Month, GivenGrain]
    alike: Sequence[str]
    earlier: Earlier
    settings: Settings

    def step(self, finest: Mapping[Month, GivenGrain]) -> dict[Month, GivenGrain]:
        """The grains of the part, year by year, never finer than these."""
        return {
            year: next(coarser for coarser in GRAINS[GRAINS.index(grain) :] if self.is_large(coarser, year))
            for year, grain in finest.items()
        }

    def is_large(self, grain: GivenGrain, year: Month) -> bool:
        """Whether enough are left in all that can be worked out of a year whose part is given by a grain, beside what
        earlier editions gave of both; or none in any month, so that both count the same children."""
        if grain == "none" or not any(self._left([month]) for month in self._months):
            return True
        both = max(grain, self.given.get(year, "none"), key=GRAINS.index)
        periods = self.part.periods(both, year).values() if both != "none" else ()
        if any(self._is_small(self._left(inside), inside) for inside in periods if self._are_there(inside)):
            return False
        if self.part.kpi.timing != "flow":
            return True
        of_part, of_whole = (
            self._before(self.part, [self.part.kpi.id], year),
            self._before(self.whole, self.alike, year),
        )
        now = differences(
            {**of_whole, **self._now(self.whole, self.given.get(year, "none"), year)},
            {**of_part, **self._now(self.part, grain, year)},
        )
        months = months_of("year", year)
        truth = [self._left([month]) for month in months]
        is_small = partial(self._block_is_small, months)
        return not (of_part and of_whole) or leaves_enough(differences(of_whole, of_part), now, truth, is_small)

    def _are_there(self, inside: Sequence[Month]) -> bool:
        return any(month in self._months for month in inside)

    @cached_property
    def _months(self) -> frozenset[Month]:
        return frozenset(self.whole.months) & frozenset(self.part.months)

    def _left(self, inside: Collection[Month]) -> float:
        """How many are left over months; of a snapshot in the latest."""
        there = sorted(month for month in inside if month in self._months)
        return sum(
            self._total(self.whole, month) - self._total(self.part, month)
            for month in (there if self.part.kpi.timing == "flow" else there[-1:])
        )

    def _total(self, series: ServiceSeries, month: Month) -> float:
        return total_in(series.kpi.id, series.months.get(month, Parts()), self.settings)

    def _is_small(self, count: float, inside: Collection[Month], hidden: int = 1) -> bool:
        """Whether few are left, or few children for sure: all of the whole's less all of the part's."""
        children = self.whole.different("total", inside)
        if self.whole.children is not None and self.part.children is not None:
            children -= self.part.different("total", inside)
        return self.settings.is_small(count, hidden) or self.settings.is_small(children)

    def _block_is_small(self, months: Sequence[Month], count: float, block: Block) -> bool:
        return self._is_small(count, [months[index] for index in sorted(block)], len(block))

    def _before(self, series: ServiceSeries, kpis: Sequence[str], year: Month) -> Edges:
        by_edge: dict[Edge, frozenset[float]] = {}
        for kpi in kpis:
            for ending, parts in self.earlier.given(kpi, series.category, year).items():
                edge = edge_of(*ending)
                by_edge[edge] = by_edge.get(edge, frozenset()) | {total_in(kpi, parts, self.settings)}
        return by_edge

    def _now(self, series: ServiceSeries, grain: GivenGrain, year: Month) -> Edges:
        return {
            edge_of(period, end): frozenset({sum(self._total(series, month) for month in inside)})
            for period in shown_periods(grain)
            for end, inside in series.periods(period, year).items()
        }
