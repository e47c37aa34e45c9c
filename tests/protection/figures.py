"""Which figures are of few children: the truth that an attack is scored by, and what an attack finds of it.

A figure is a numerator, a complement or both, of a team, a category or the service, over a month, quarter or year.
Small is one of 1 to 5 *different* children, however often each is counted. Shares no code with the package.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from attack import COMPLEMENT, NUMERATOR, Attack, Cell, Known, Terms, months_in

Place = tuple[str, str, str, str]
Owner = tuple[str, str, tuple[str, ...]]
PARTS = ((NUMERATOR,), (COMPLEMENT,), (NUMERATOR, COMPLEMENT))


@dataclass(frozen=True)
class Truth:
    """The true counts by cell, and which children are in them; of a KPI in none of `named` each is another child."""

    counts: Mapping[Cell, float]
    children: Mapping[Cell, frozenset[str]] = field(default_factory=dict)
    named: frozenset[str] = frozenset()

    def of(self, terms: Iterable[Cell], kpi: str) -> tuple[float, float]:
        """How many a sum of cells counts, and how many different children."""
        there = [cell for cell in terms if cell in self.counts]
        count = sum(self.counts[cell] for cell in there)
        if kpi not in self.named or not count:
            return count, count
        return count, len(frozenset().union(*(self.children.get(cell, frozenset()) for cell in there)))


@dataclass(frozen=True)
class Small:
    """A figure of few children: its name, the unknowns that it adds up, what it counts and of how many children."""

    name: str
    kpi: str
    terms: Terms
    months: int
    count: float
    children: float
    is_whole: bool = True


def small_figures(truth: Truth, known: Known, threshold: int = 5) -> Iterator[Small]:
    """Every figure of the truth that is of 1 to the threshold children."""
    whole = {kpi: frozenset(cell[3] for cell in truth.counts if cell[0] == kpi) for kpi in known.timing}
    for kpi, kind, whose in _owners(known):
        for period, months in small_periods(known, kpi, whole[kpi]):
            for parts in PARTS[:1] if kpi in (*known.units, *known.counts) else PARTS:
                owner_kind = "team" if kind == "service" else kind
                terms = {
                    (kpi, owner_kind, owner, month, part): 1.0 for owner in whose for month in months for part in parts
                }
                count, children = truth.of(terms, kpi)
                if count and 1 <= children <= threshold:
                    of = "service" if kind == "service" else f"{kind} {whose[0]}"
                    yield Small(f"{kpi} {of} {period} {months[-1]} {'+'.join(parts)}", kpi, terms, len(months), count,
                                children, is_whole=len(parts) > 1 or kpi in known.counts)  # fmt: skip


def small_periods(known: Known, kpi: str, there: frozenset[str]) -> Iterator[tuple[str, list[str]]]:
    """The months, quarters and years of a flow, the months of a snapshot, so far as there are figures."""
    for period in ("month", "quarter", "year") if known.timing[kpi] == "flow" else ("month",):
        yield from ((period, months) for months in _periods(period, known.months, there))


def _owners(known: Known) -> Iterator[Owner]:
    for kpi in known.timing:
        yield kpi, "service", tuple(known.teams_of(kpi))
        yield from ((kpi, "team", (team,)) for team in known.teams_of(kpi))
        yield from ((kpi, "category", (name,)) for name in known.categories.get(kpi, ()))


def _periods(period: str, months: Sequence[str], there: frozenset[str]) -> Iterator[list[str]]:
    if not there:
        return
    last = max(there)
    for month in months:
        inside = months_in(period, month)
        is_end = {"month": True, "quarter": int(month[5:7]) % 3 == 0, "year": month[5:7] == "03"}[period]
        if is_end and month <= last and inside[0] >= months[0]:
            yield inside


def given_away(attack: Attack, small_figure: Small) -> str | None:
    """What an attack knows of a small figure, where it is too much; None where it is right to know nothing or wrong.

    Known is a figure shown to be 1 to 5, or to be one of fewer than five values; so is its number of children.
    """
    least, most = attack.known.each.get(small_figure.kpi, (1.0, math.inf))
    least = least if small_figure.is_whole else 1.0
    low, high = attack.bounds(
        small_figure.terms, enough=5 if math.isinf(most) else math.ceil(6 * most * small_figure.months)
    )
    fewest, largest = math.ceil(low / (most * small_figure.months) - 1e-6), high // least
    is_known = high - low < 4 or (low >= 1 and high <= 5) or (fewest >= 1 and largest <= 5) or largest - fewest < 4
    if not is_known or not low <= small_figure.count <= high:
        return None
    return f"{small_figure.name}: {small_figure.count:g} of {small_figure.children:g} children, in {low:g} to {high:g}"


@dataclass
class Score:
    """How many figures were small, and what was given away of them."""

    small: int = 0
    known: list[str] = field(default_factory=list)
    by_kpi: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, other: Score) -> None:
        """The same with another's."""
        self.small, self.known = self.small + other.small, self.known + other.known
        for kpi, many in other.by_kpi.items():
            self.by_kpi[kpi] += many


def score(attack: Attack, figures: Iterable[Small]) -> Score:
    """An attack on every small figure."""
    total_score = Score()
    for small_figure in figures:
        total_score.small += 1
        if line := given_away(attack, small_figure):
            total_score.known.append(line)
            total_score.by_kpi[small_figure.kpi] += 1
    return total_score
