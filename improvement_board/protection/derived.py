"""What can be worked out of a flow's year: its own totals of all editions and, for all its children, its relatives'."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from copy import copy
from functools import partial

from improvement_board.common.periods import LENGTHS, YEAR_END_MONTH, months_of
from improvement_board.protection.boundaries import MONTHS, Block, Edge, Edges, YearTotals, leaves_enough, year_totals
from improvement_board.protection.earlier import Earlier, Ending
from improvement_board.protection.rows import Parts
from improvement_board.protection.service import ServiceSeries, counts_in, total_in
from improvement_board.protection.settings import Settings

TOTAL = "total"


class DerivedYear:
    """One series of a flow in one year, by the names of its counts (`counts_in`).

    `beside`: for a service total the other series of its family, whose months have the same children: what they give
    of months that the series has is known of the total too. For a category none. `truth`: the counts by month, April
    first. `before` and `now`: what earlier editions gave, and what this one gives (`giving`).
    """

    def __init__(
        self,
        series: ServiceSeries,
        year: dt.date,
        beside: Sequence[ServiceSeries],
        earlier: Earlier,
        settings: Settings,
    ) -> None:
        self.run = frozenset(series.run)
        self.series, self.year, self.settings = series, year, settings
        kpi, nothing = series.kpi, Parts(0.0, None if series.kpi.unit == "count" else 0.0)
        zero = counts_in(kpi, nothing, settings)
        by_month = [counts_in(kpi, series.months.get(month, nothing), settings) for month in months_of("year", year)]
        self.missing: list[tuple[Edges, Edges]] = []
        self.truth = {name: [month.get(name, 0.0) for month in by_month] for name in zero}
        self.before: dict[str, Edges] = {name: dict(self._own(name, earlier)) for name in zero}
        self.now: dict[str, Edges] = {name: {} for name in zero}
        if series.category is None:
            other = {relative.kpi.id for relative in beside if relative.kpi.timing != series.kpi.timing}
            relatives = [kpi for kpi in settings.relatives(series.kpi.id) if kpi not in other]
            self.before[TOTAL] = {**self._of_relatives(relatives, earlier), **self.before[TOTAL]}
            there = {relative.kpi.id for relative in beside}
            self.missing = [self._parts_of(kpi, earlier) for kpi in relatives if kpi not in there]

    def giving(self, own: Iterable[Ending], of_relatives: Iterable[Ending] = ()) -> DerivedYear:
        """The same where this edition gives these periods of it, and these totals of relatives."""
        given = copy(self)
        mine = [edge_of(*ending) for ending in own]
        theirs = [edge_of(*ending) for ending in of_relatives if set(months_of(*ending)) <= self.run]
        given.now = {name: self._totals(name, mine) for name in self.truth}
        given.now[TOTAL] = self._totals(TOTAL, [*mine, *theirs])
        return given

    def _totals(self, name: str, edges: Iterable[Edge]) -> Edges:
        return {edge: frozenset({self._over(name, edge)}) for edge in edges}

    def leaves_enough(self) -> bool:
        """Whether nothing small can be worked out that could not before."""
        for name, truth in self.truth.items():
            before = self.before[name]
            if not leaves_enough(before, {**before, **self.now[name]}, truth, partial(self._block_is_small, name)):
                return False
        if any(self._leaves_small(numerators, rests) for numerators, rests in self._given_before()):
            return False
        return self._splits_hold()

    def _splits_hold(self) -> bool:
        """Whether all children of months whose numerator is not known by itself are enough for both of its parts to be
        hidden, a relative's numerator too that is missing now; what was known before of both may stay as it is."""
        before, known = year_totals(self.before[TOTAL]), self.known(TOTAL)
        has_numerator = "numerator" in self.truth
        numerators = self.known("numerator").blocks if has_numerator else frozenset()
        numerators_before = year_totals(self.before["numerator"]).blocks if has_numerator else frozenset()

        def is_as_before(block: Block) -> bool:
            larger = [next((one for one in blocks if block <= one), None) for blocks in (numerators, numerators_before)]
            return larger[0] == larger[1] and block in before.blocks and known.of(block) <= before.of(block)

        def is_split(block: Block) -> bool:
            return (has_numerator and block not in numerators) or (bool(self.missing) and len(block) > 1)

        return self._hold(TOTAL, [block for block in known.blocks if is_split(block) and not is_as_before(block)], 2)

    def _given_before(self) -> Iterator[tuple[Edges, Edges]]:
        """Numerators that are known, and what earlier editions gave of the rest, where all children of these months are
        others by now: its own, and those of relatives that are missing now."""
        if self.series.category is None and self._is_restated(self.before[TOTAL], TOTAL):
            if "numerator" in self.truth:
                yield {**self.before["numerator"], **self.now["numerator"]}, self.before["complement"]
            yield from self.missing

    def _is_restated(self, edges: Edges, name: str) -> bool:
        return any(values != {self._over(name, edge)} for edge, values in edges.items())

    def _leaves_small(self, numerators: Edges, rests: Edges) -> bool:
        """Whether all children of today, less a numerator of then, are few, and were not known to be."""
        before = year_totals(rests)

        def is_small(count: float, block: Block) -> bool:
            return self._is_small(count, self._hidden(block))

        return any(
            rest >= 0 and is_small(rest, block)
            for block, totals in self.known(TOTAL).less(year_totals(numerators), is_small)
            for rest in totals - (before.over(block) if before.is_quick(block) else set())
        )

    def holds(self, name: str, together: Iterable[Block], figures: int) -> bool:
        """Whether each total known of months whose parts, so many a month, are known only together has enough for all
        of them."""
        several = [block for block in together if len(block) > 1]
        asked = [block for block in self.known(name).blocks if any(block <= larger for larger in several)]
        return self._hold(name, asked, figures)

    def _hold(self, name: str, asked: Iterable[Block], figures: int) -> bool:
        known = self.known(name)
        totals = ((block, {*known.of(block), sum(self.truth[name][month] for month in block)}) for block in asked)
        return not any(
            total >= 0 and self._is_small(total, self._hidden(block) * figures)
            for block, all_of in totals
            for total in all_of
        )

    def is_small(self, name: str, count: float, inside: Collection[dt.date], hidden: int = 1) -> bool:
        """Whether a count over months, so many of them hidden, is small or of few different children."""
        return self._is_small(count, hidden) or self.settings.is_small(self.series.different(name, inside))

    def _hidden(self, block: Block) -> int:
        """How many months of a block may have something to count."""
        months = months_of("year", self.year)
        return sum(months[index] not in self.series.empty for index in block)

    def _is_small(self, count: float, hidden: int) -> bool:
        return hidden > 0 and self.settings.is_small(count, hidden, is_certain=self.series.kpi.is_certain)

    def _block_is_small(self, name: str, count: float, block: Block) -> bool:
        months = months_of("year", self.year)
        hidden = self._hidden(block)
        return hidden > 0 and self.is_small(name, count, [months[index] for index in sorted(block)], hidden)

    def known(self, name: str) -> YearTotals:
        """All that is known of a count."""
        return year_totals({**self.before[name], **self.now[name]})

    def _own(self, name: str, earlier: Earlier) -> Iterator[tuple[Edge, frozenset[float]]]:
        """The totals that earlier editions gave; a category that one did not name beside others had no children."""
        kpi, category = self.series.kpi, self.series.category
        own = earlier.given(kpi.id, category, self.year)
        nothing = Parts(0.0, None if kpi.unit == "count" else 0.0)
        for period, end in own if category is None else earlier.split(kpi.id, self.year):
            counts = counts_in(kpi, own.get((period, end), nothing), self.settings)
            yield edge_of(period, end), frozenset({counts.get(name, 0.0)})

    def _of_relatives(self, relatives: Sequence[str], earlier: Earlier) -> dict[Edge, frozenset[float]]:
        """Totals that relatives gave, in this edition or missing now: what they were, and what they are by today's
        records."""
        by_edge: dict[Edge, frozenset[float]] = {}
        for kpi in relatives:
            for (period, end), parts in earlier.given(kpi, None, self.year).items():
                edge = edge_of(period, end)
                if not set(months_of(period, end)) <= self.run:
                    continue
                values = {total_in(kpi, parts, self.settings), self._over(TOTAL, edge)}
                by_edge[edge] = by_edge.get(edge, frozenset()) | values
        return by_edge

    def _parts_of(self, kpi: str, earlier: Earlier) -> tuple[Edges, Edges]:
        """The numerators that earlier editions gave of a relative, and what they left of its denominators."""
        numerators, rests = {}, {}
        for ending, parts in earlier.given(kpi, None, self.year).items():
            if parts.denominator is not None and kpi not in self.settings.averages:
                numerators[edge_of(*ending)] = frozenset({parts.numerator})
                rests[edge_of(*ending)] = frozenset({parts.denominator - parts.numerator})
        return numerators, rests

    def _over(self, name: str, edge: Edge) -> float:
        return sum(self.truth[name][slice(*edge)])


def edge_of(period: str, end: dt.date) -> Edge:
    """The boundaries of a period in its year."""
    last = (end.month - YEAR_END_MONTH - 1) % MONTHS + 1
    return last - LENGTHS[period], last


def columns_are_large(categories: Sequence[DerivedYear], total: DerivedYear) -> bool:
    """Whether each total known of months that categories have only together is large enough to be the sum of so many
    hidden figures, one of each category and month (of a percentage's children two)."""
    parts = {TOTAL: 2} if "numerator" in total.truth else {}
    return all(
        total.holds(name, categories[0].known(name).blocks, len(categories) * parts.get(name, 1))
        for name in total.truth
    )
