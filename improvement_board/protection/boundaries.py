"""One April–March year: the boundaries of its months are nodes, every published total is an edge between two of them.

The total between two boundaries that edges connect is known, and no other. Published periods lie inside one another or
apart, so the edges can be drawn over the line of months without crossing, and they part the months into *blocks*: the
total of a block is known, and any split of it over the block's months agrees with everything published.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import islice, pairwise
from math import prod

import numpy as np
import numpy.typing as npt

Edge = tuple[int, int]
Block = frozenset[int]
Edges = Mapping[Edge, frozenset[float]]
Numbers = npt.NDArray[np.float64]
MONTHS = 12
MOST_TOTALS = 20_000
MOST_WAYS = 200
OUTSIDE = MONTHS
DECIMALS = 6


class TangledError(Exception):
    """Figures of different times lead to a total along so many ways that it is not told what can be worked out."""


@cache
def blocks_of(edges: frozenset[Edge]) -> frozenset[Block]:
    """The sets of months (0 for April to 11 for March) whose totals edges give, alone or by differences, and no finer.

    Months whose total is not known are in none. Each block is walked along: from a month over the boundary at its end,
    back to the one before it that is connected with that boundary, to the month that begins there.
    """
    component = list(range(MONTHS + 1))
    for first, last in edges:
        joined, other = component[first], component[last]
        component = [joined if name == other else name for name in component]
    blocks: set[Block] = set()
    seen: set[int] = set()
    for first in range(MONTHS + 1):
        month, block = first, []
        while month not in seen:
            seen.add(month)
            block.append(month)
            end = (month + 1) % (MONTHS + 1)
            alike = [node for node, name in enumerate(component) if name == component[end]]
            month = alike[alike.index(end) - 1]
        if block and OUTSIDE not in block:
            blocks.add(frozenset(block))
    return frozenset(blocks)


@dataclass(frozen=True)
class YearTotals:
    """What is known of one kind of count in a year: the totals published, by their edges. Several of one edge, or of
    edges that do not add up, come from restatements."""

    edges: Edges

    @cached_property
    def blocks(self) -> frozenset[Block]:
        """The finest sets of months whose totals are known."""
        return blocks_of(frozenset(self.edges))

    def of(self, block: Block) -> frozenset[float]:
        """Every total of a block that can be worked out, whichever way the differences are taken."""
        if block not in self._of:
            self._of[block] = self._total_of(block)
        return self._of[block]

    @cached_property
    def _of(self) -> dict[Block, frozenset[float]]:
        """What was worked out before."""
        return {}

    def _total_of(self, block: Block) -> frozenset[float]:
        months = sorted(block)
        totals = np.array(list(self.between(months[0], months[-1] + 1)))
        for before, after in pairwise(months):
            if before + 1 < after:
                totals = _sums(totals, -np.array(list(self.between(before + 1, after))))
        return frozenset(totals.round(DECIMALS).tolist())

    def over(self, months: Block) -> set[float]:
        """Every total of months that are whole blocks; none where they are not."""
        if months not in self._over:
            inside = [block for block in self.blocks if block <= months]
            totals = np.zeros(1)
            for block in inside:
                totals = _sums(totals, np.array(list(self.of(block))))
            self._over[months] = set(totals.tolist()) if frozenset().union(*inside) == months else set()
        return self._over[months]

    @cached_property
    def _over(self) -> dict[Block, set[float]]:
        """What was worked out before."""
        return {}

    def is_quick(self, months: Block) -> bool:
        """Whether the totals over months are few enough to be told one by one."""
        return prod(len(self.of(block)) for block in self.blocks if block <= months) <= MOST_TOTALS

    def interval_over(self, months: Block) -> tuple[float, float] | None:
        """The least and the greatest of `over`, which is quicker to say."""
        inside = [block for block in self.blocks if block <= months]
        if frozenset().union(*inside) != months:
            return None
        totals = [self.of(block) for block in inside]
        return round(sum(map(min, totals)), DECIMALS), round(sum(map(max, totals)), DECIMALS)

    def less(self, part: YearTotals, may_matter: Callable[[float, Block], bool]) -> Iterator[tuple[Block, set[float]]]:
        """What is left of each total without a part of it, where both are known, and the least of it may matter.

        Where there are very many totals, which lie close together, it is the least alone: it is taken to be one.
        """
        for block in self.blocks | part.blocks:
            whole, less = self.interval_over(block), part.interval_over(block)
            least = max(whole[0] - less[1], 0.0) if whole and less else 0.0
            if not (whole and less and whole[1] >= less[0] and may_matter(least, block)):
                continue
            if not (self.is_quick(block) and part.is_quick(block)):
                yield block, {least}
            else:
                yield block, {round(all_ - some, DECIMALS) for all_ in self.over(block) for some in part.over(block)}

    def connects(self, start: int, end: int) -> bool:
        """Whether edges connect two boundaries."""
        inside = [block for block in self.blocks if block <= frozenset(range(start, end))]
        return frozenset().union(*inside) == frozenset(range(start, end))

    def between(self, start: int, end: int) -> frozenset[float]:
        """Every total between two boundaries that can be worked out; none where edges do not connect them."""
        totals = self._between.get((start, end))
        if totals is None:
            totals = self._between[start, end] = self._worked_out(start, end)
        return totals

    @cached_property
    def _between(self) -> dict[Edge, frozenset[float]]:
        """What was worked out before: along many ways it takes its time."""
        return {}

    def _worked_out(self, start: int, end: int) -> frozenset[float]:
        if self._heights is None:
            if not self.connects(start, end):
                return frozenset()
            ways = list(islice(self.along(start, end), MOST_WAYS + 1))
            if len(ways) > MOST_WAYS:
                raise TangledError
            return frozenset(ways)
        (first, low), (last, high) = self._heights[start], self._heights[end]
        return frozenset({round(high - low, DECIMALS)} if first == last else ())

    @cached_property
    def _heights(self) -> list[tuple[int, float]] | None:
        """Of each boundary the first that edges connect it with, and its height above that, so that each edge has the
        difference of its ends; None if there are no such heights."""
        roots: dict[int, int] = {}
        heights: dict[int, float] = {}
        for node in range(MONTHS + 1):
            if node in heights:
                continue
            roots[node], heights[node] = node, 0.0
            reached = [node]
            while reached:
                here = reached.pop()
                for there, values in self._ways[here]:
                    if len(values) > 1:
                        return None
                    height = heights[here] + min(values)
                    if there not in heights:
                        roots[there], heights[there] = node, height
                        reached.append(there)
                    elif round(heights[there] - height, DECIMALS):
                        return None
        return [(roots[node], heights[node]) for node in range(MONTHS + 1)]

    def along(self, start: int, end: int) -> Iterator[float]:
        """What edges add up to along each way from one boundary to another that comes to none twice."""
        ways: list[tuple[int, frozenset[int], frozenset[float]]] = [(start, frozenset({start}), frozenset({0.0}))]
        while ways:
            here, been, sums = ways.pop()
            if here == end:
                yield from sums
                continue
            for there, values in self._ways[here]:
                if there not in been:
                    reached = frozenset(round(total + value, DECIMALS) for total in sums for value in values)
                    ways.append((there, been | {there}, reached))

    @cached_property
    def _ways(self) -> list[list[tuple[int, frozenset[float]]]]:
        """From each boundary, where its edges lead, with what they add or (backwards) take off."""
        ways: list[list[tuple[int, frozenset[float]]]] = [[] for _ in range(MONTHS + 1)]
        for (first, last), values in self.edges.items():
            ways[first].append((last, values))
            ways[last].append((first, frozenset(-value for value in values)))
        return ways


def year_totals(edges: Edges) -> YearTotals:
    """What is known by these edges: the same object for the same edges, which remembers what was worked out."""
    return _year_totals(frozenset(edges.items()))


@lru_cache(maxsize=4096)
def _year_totals(edges: frozenset[tuple[Edge, frozenset[float]]]) -> YearTotals:
    return YearTotals(dict(edges))


def _sums(some: Numbers, others: Numbers) -> Numbers:
    """Each sum of one of some numbers and one of others, once."""
    return np.unique(np.add.outer(some, others).round(DECIMALS))


def list_differences(whole: Edges, part: Edges) -> dict[Edge, frozenset[float]]:
    """What is left of totals that can be worked out of a whole, without those of a part of it: from each boundary to
    the next that both connect it with. What is left over more is the sum of these."""
    all_of, some = year_totals(whole), year_totals(part)
    by_edge: dict[Edge, frozenset[float]] = {}
    for first in range(MONTHS):
        for edge in ((first, last) for last in range(first + 1, MONTHS + 1)):
            left = {round(more - less, DECIMALS) for more in all_of.between(*edge) for less in some.between(*edge)}
            if left:
                by_edge[edge] = frozenset(left)
                break
    return by_edge


def leaves_enough(
    before: Edges, after: Edges, truth: Sequence[float], is_small: Callable[[float, Block], bool]
) -> bool:
    """Whether no total that can be worked out of `after`, all given now, is small for a block of so many months.

    What `before` gives away is known already; it may not become more. `truth` is by month: it is asked too, where
    values are of different times.
    """
    earlier, later = year_totals(before), year_totals(after)
    for block in later.blocks:
        totals = set(later.of(block))
        if block in earlier.blocks and totals <= earlier.of(block):
            continue
        totals.add(sum(truth[month] for month in block))
        if any(total >= 0 and is_small(total, block) for total in totals):
            return False
    return True
