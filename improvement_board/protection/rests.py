"""What is left of a KPI's children without those of another that counts some of them: children too."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from improvement_board.common.periods import months_of, year_end
from improvement_board.protection.boundaries import Block, Edge, Edges, leaves_enough, list_differences, year_totals
from improvement_board.protection.derived import edge_of
from improvement_board.protection.earlier import Earlier, Ending
from improvement_board.protection.rows import Parts
from improvement_board.protection.service import ServiceSeries, total_in
from improvement_board.protection.settings import Settings

Month = dt.date
Given = Mapping[str, frozenset[Ending]]


@dataclass(frozen=True)
class Rest:
    """Those of the whole who are not in the part, of all or of one category of both. `alike`: the whole and the other
    KPIs of all its children. `given`: what this edition gives so far, by KPI."""

    whole: ServiceSeries
    part: ServiceSeries
    alike: Sequence[str]
    given: Given
    earlier: Earlier
    settings: Settings

    def may_give(self, ending: Ending) -> bool:
        """Whether the part of a period may be given: those left over are not few, and of a flow the whole is known."""
        inside = months_of(*ending)
        if self._is_nobody or not any(month in self._months for month in inside):
            return True
        if self._is_small(self._left(inside), inside):
            return False
        return self.part.kpi.timing != "flow" or self._is_known(ending, inside)

    def is_large(self, given: Given, year: Month) -> bool:
        """Whether enough are left in all that can be worked out of a year of a flow, beside what earlier editions gave
        of both; or none in any month, so that both count the same children."""
        if self._is_nobody or self.part.kpi.timing != "flow":
            return True
        of_part = self._before(self.part, [self.part.kpi.id], year)
        of_whole = self._before(self.whole, self.alike, year)
        part_now = self._now(self.part, given.get(self.part.kpi.id, ()), year)
        whole_now = self._now(self.whole, self._of_whole(given), year)
        months = months_of("year", year)
        truth = [self._left([month]) for month in months]
        return leaves_enough(
            list_differences(of_whole, of_part),
            list_differences({**of_whole, **whole_now}, {**of_part, **part_now}),
            truth,
            partial(self._block_is_small, months),
        )

    def _of_whole(self, given: Given) -> Iterable[Ending]:
        return (ending for kpi in self.alike for ending in given.get(kpi, ()))

    def _is_known(self, ending: Ending, inside: Sequence[Month]) -> bool:
        """Whether the whole is known of a period, where it has all of its months: what is known of a part then is never
        finer than what is known of the whole."""
        if not set(inside) <= set(self.whole.run):
            return True
        year = year_end(ending[1])
        before = self._before(self.whole, self.alike, year)
        known = year_totals({**before, **self._now(self.whole, self._of_whole(self.given), year)})
        return known.connects(*edge_of(*ending))

    @cached_property
    def _is_nobody(self) -> bool:
        return not any(self._left([month]) for month in self._months)

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
        inside = [months[index] for index in sorted(block)]
        hidden = sum(month not in self.whole.empty for month in inside)
        return hidden > 0 and self._is_small(count, inside, hidden)

    def _before(self, series: ServiceSeries, kpis: Sequence[str], year: Month) -> Edges:
        by_edge: dict[Edge, frozenset[float]] = {}
        for kpi in kpis:
            for ending, parts in self.earlier.given(kpi, series.category, year).items():
                edge = edge_of(*ending)
                by_edge[edge] = by_edge.get(edge, frozenset()) | {total_in(kpi, parts, self.settings)}
        return by_edge

    def _now(self, series: ServiceSeries, given: Iterable[Ending], year: Month) -> Edges:
        endings = (ending for ending in given if year_end(ending[1]) == year)
        inside = {edge_of(*ending): months_of(*ending) for ending in endings}
        return {
            edge: frozenset({sum(self._total(series, month) for month in months)})
            for edge, months in inside.items()
            if set(months) <= set(series.run)
        }
