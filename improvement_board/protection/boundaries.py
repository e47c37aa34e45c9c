"""One April–March year: the boundaries of its months are nodes, every published total is an edge between two of them.

The total between two boundaries that edges connect is known, and no other. Published periods lie inside one another or
apart, so the edges can be drawn over the line of months without crossing, and they part the months into *blocks*: the
total of a block is known, and any split of it over the block's months agrees with everything published.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import combinations, pairwise

Edge = tuple[int, int]
Block = frozenset[int]
Edges = Mapping[Edge, frozenset[float]]
MONTHS = 12
OUTSIDE = MONTHS
DECIMALS = 6


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
    found: set[Block] = set()
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
            found.add(frozenset(block))
    return frozenset(found)


@dataclass(frozen=True)
class YearTotals:
    """What is known of one kind of count in a year: the totals published, by their edges. Several of one edge, or of
    edges that do not add up, come from restatements."""

    edges: Edges

    @cached_property
    def blocks(self) -> frozenset[Block]:
        """The finest sets of months whose totals are known."""
        return blocks_of(frozenset(self.edges))

    def of(self, block: Block) -> set[float]:
        """Every total of a block that can be worked out, whichever way the differences are taken."""
        months = sorted(block)
        found = self.between(months[0], months[-1] + 1)
        for before, after in pairwise(months):
            if before + 1 < after:
                inner = self.between(before + 1, after)
                found = {total - part for total in found for part in inner}
        return {round(total, DECIMALS) for total in found}

    def over(self, months: Block) -> set[float]:
        """Every total of months that are whole blocks; none where they are not."""
        inside = [block for block in self.blocks if block <= months]
        if frozenset().union(*inside) != months:
            return set()
        found = {0.0}
        for block in inside:
            found = {round(total + more, DECIMALS) for total in found for more in self.of(block)}
        return found

    def less(self, part: YearTotals) -> dict[Block, set[float]]:
        """What is left of each total without a part of it, where both are known."""
        blocks = self.blocks | part.blocks
        found = {block: {whole - less for whole in self.over(block) for less in part.over(block)} for block in blocks}
        return {block: totals for block, totals in found.items() if totals}

    def between(self, start: int, end: int) -> set[float]:
        """Every total between two boundaries that can be worked out; none where edges do not connect them."""
        if self._heights is None:
            return set(self.along(start, end))
        (first, low), (last, high) = self._heights[start], self._heights[end]
        return {round(high - low, DECIMALS)} if first == last else set()

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
                    found = frozenset(round(total + value, DECIMALS) for total in sums for value in values)
                    ways.append((there, been | {there}, found))

    @cached_property
    def _ways(self) -> list[list[tuple[int, frozenset[float]]]]:
        """From each boundary, where its edges lead, with what they add or (backwards) take off."""
        ways: list[list[tuple[int, frozenset[float]]]] = [[] for _ in range(MONTHS + 1)]
        for (first, last), values in self.edges.items():
            ways[first].append((last, values))
            ways[last].append((first, frozenset(-value for value in values)))
        return ways


def differences(whole: Edges, part: Edges) -> dict[Edge, frozenset[float]]:
    """What is left of each total that can be worked out of a whole, without that of a part of it."""
    all_of, some = YearTotals(whole), YearTotals(part)
    found = {}
    for edge in combinations(range(MONTHS + 1), 2):
        left = frozenset(round(more - less, DECIMALS) for more in all_of.between(*edge) for less in some.between(*edge))
        if left:
            found[edge] = left
    return found


def leaves_enough(before: Edges, now: Edges, truth: Sequence[float], is_small: Callable[[float, Block], bool]) -> bool:
    """Whether no total that can be worked out since `now` is given too is small for a block of so many months.

    What `before` alone gives away is known already; it may not become more. A total that is published again takes the
    place of what it was before. `truth` is by month: it is asked too, where values are of different times.
    """
    earlier, later = YearTotals(before), YearTotals({**before, **now})
    for block in later.blocks:
        totals = later.of(block)
        if block in earlier.blocks and totals <= earlier.of(block):
            continue
        totals.add(sum(truth[month] for month in block))
        if any(total >= 0 and is_small(total, block) for total in totals):
            return False
    return True
