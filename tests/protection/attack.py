"""The attacker: reads published CSV and nothing else of the council, and bounds any count by linear programming.

Known to everyone: each KPI's timing, the names of teams and categories, the months covered, which KPIs count the same
children, which numerators lie within others, and what averages are divided by. Unknown: numerator and complement of
every KPI, team and month, and of every KPI, category and month; both split the service's. All editions are read as of
one council: where one gives a figure again the later counts, and where figures do not add up the fewest are given up.
Shares no code with the package.
"""

from __future__ import annotations

import calendar
import csv
import datetime as dt
import io
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp
from scipy.sparse import csr_matrix, hstack, identity
from scipy.sparse.csgraph import connected_components

NUMERATOR, COMPLEMENT = "numerator", "complement"
# Where figures had to be given up, the others agree within the first; whole numbers are told by the second.
TOLERANCE, ROUNDED = 1e-5, 1e-3
Cell = tuple[str, str, str, str, str]
Terms = dict[Cell, float]


@dataclass(frozen=True)
class Relation:
    """low <= sum of terms <= high. `age`: 0 for what everyone knows, else the place of the edition that said so."""

    terms: Terms
    low: float
    high: float
    age: int = 0


@dataclass(frozen=True)
class Known:
    """What anybody knows of a council. `linked`: KPIs of the same children: the same denominator, and the numerator of
    those in `counts`, which have no other. `categories`: by KPI, if it has any.
    `bands_from`: the least denominator of a band. `within`: pairs of KPIs, the numerator of the first in that of the
    second. `units`: of an average by team and month, what its numerator is divided by. `least`: what is known from
    elsewhere to be there. `facts`: whatever else is known, such as cells that somebody sees exactly.
    `whose`: the teams of a KPI, where not all. `there`: the months with figures of a KPI, where not all.
    `each`: how many, at least and at most, of what a KPI counts a child has in a month, where not 1 or more."""

    timing: dict[str, str]
    teams: Sequence[str]
    months: Sequence[str]
    linked: Sequence[tuple[str, str]] = ()
    categories: dict[str, Sequence[str]] = field(default_factory=dict)
    bands_from: int = 10
    within: Sequence[tuple[str, str]] = ()
    units: dict[str, dict[tuple[str, str], float]] = field(default_factory=dict)
    counts: Sequence[str] = ()
    least: Mapping[Cell, float] = field(default_factory=dict)
    facts: Sequence[Relation] = ()
    whose: Mapping[str, Sequence[str]] = field(default_factory=dict)
    there: Mapping[str, frozenset[str]] = field(default_factory=dict)
    each: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    def teams_of(self, kpi: str) -> Sequence[str]:
        """The teams that may have figures of a KPI."""
        return self.whose.get(kpi, self.teams)

    def months_of(self, kpi: str, period: str, end: str) -> list[str]:
        """The months that a row adds up: of a snapshot the latest with a figure."""
        months = months_in(period, end)
        if self.timing[kpi] != "snapshot":
            return months
        return [month for month in months if month in self.there.get(kpi, months)][-1:]

    def exactly(self, cells: Mapping[Cell, float]) -> Known:
        """The same council to somebody who sees these cells, such as a manager those of their own teams."""
        return replace(self, facts=[*self.facts, *(Relation({cell: 1.0}, was, was) for cell, was in cells.items())])

    def all_of(self, kpi: str) -> tuple[str, ...]:
        """The parts that all children of a KPI are in."""
        return (NUMERATOR,) if kpi in self.counts else (NUMERATOR, COMPLEMENT)


def months_in(period: str, end: str) -> list[str]:
    """The month ends of a row: month, quarter, year, or a range 'first..last' of month ends."""
    last = dt.date.fromisoformat(end)
    length = {"month": 1, "quarter": 3, "year": 12}.get(period)
    if length is None:
        first = dt.date.fromisoformat(period.split("..", maxsplit=1)[0])
        length = (last.year - first.year) * 12 + last.month - first.month + 1
    numbers = [last.year * 12 + last.month - 1 - back for back in range(length)]
    days = [(number // 12, number % 12 + 1) for number in sorted(numbers)]
    return [dt.date(year, month, calendar.monthrange(year, month)[1]).isoformat() for year, month in days]


class Attack:
    """All linear relations of published rows, and the ranges that they leave. `trust_first`: of figures that do not
    agree the earlier count."""

    def __init__(self, known: Known, editions: Sequence[str], *, trust_first: bool = False) -> None:
        self.known, self.trust_first = known, trust_first
        self.index: dict[Cell, int] = {}
        self.said: dict[tuple[str, ...], list[Relation]] = {}
        self.facts: list[Relation] = []
        for age, text in enumerate(editions, start=1):
            for row in csv.DictReader(io.StringIO(text.lstrip("\ufeff"))):
                self._read(row, age)
        self._join()
        self.parts = self._split([*self.facts, *(relation for said in self.said.values() for relation in said)])

    def cell(self, *name: str) -> Cell:
        """The unknown (kpi, 'team' or 'category', whose, month, part), made when first asked for."""
        self.index.setdefault(name, len(self.index))
        return name

    def total(self, kpi: str, kind: str, whose: str, months: Iterable[str], *parts: str) -> Terms:
        """The sum of a team's (a category's; all teams' for kind 'service') parts over months."""
        names = self.known.teams_of(kpi) if kind == "service" else [whose]
        kind = "team" if kind == "service" else kind
        return {self.cell(kpi, kind, name, month, part): 1.0 for name in names for month in months for part in parts}

    def _read(self, row: dict[str, str], age: int) -> None:
        kpi = row["kpi"]
        if not any(row[name] for name in ("numerator", "denominator", "value_low")):
            return
        kind = "category" if row["category"] else row["level"]
        months = self.known.months_of(kpi, row["period"], row["period_end"])
        if not set(months) <= set(self.known.months):
            return
        whose = row["category"] or row["team"]
        row_place = (kpi, kind, whose, row["period"], row["period_end"])
        top = self.total(kpi, kind, whose, months, NUMERATOR)
        if kpi in self.known.units:
            units = sum(self.known.units[kpi].get((whose, month), 0.0) for month in months)
            self._average(row_place, row, top, units, age)
            return
        all_of = self.total(kpi, kind, whose, months, *self.known.all_of(kpi))
        numerator, denominator, value = (row[name] for name in ("numerator", "denominator", "value"))
        if numerator and row["symbol"] == "r5":
            self._say((*row_place, NUMERATOR), Relation(top, float(numerator) - 2, float(numerator) + 2, age))
        elif numerator or (denominator and value):
            exact = float(numerator) if numerator else round(float(denominator) * float(value) / 100)
            self._say((*row_place, NUMERATOR), Relation(top, exact, exact, age))
        if denominator:
            self._say((*row_place, "denominator"), Relation(all_of, float(denominator), float(denominator), age))
        if row["value_low"]:
            low, high = float(row["value_low"]), float(row["value_high"])
            least = self.known.bands_from * self.known.each.get(kpi, (1.0, math.inf))[0]
            self._say((*row_place, "band"), *self._band(top, all_of, (low, high), least, age))

    def _say(self, row_place: tuple[str, ...], *relations: Relation) -> None:
        """What an edition says of a place, instead of what others said of it."""
        if row_place not in self.said or not self.trust_first:
            self.said[row_place] = list(relations)

    def _average(self, row_place: tuple[str, ...], row: dict[str, str], top: Terms, units: float, age: int) -> None:
        """low × units ≤ numerator < high × units, in whole numbers; and the least numerator."""
        if row["numerator"]:
            self._say((*row_place, NUMERATOR), Relation(top, float(row["numerator"]), float(row["numerator"]), age))
        if row["value_low"]:
            low, high = float(row["value_low"]) * units, float(row["value_high"]) * units
            most = math.ceil(high) - 1.0
            self._say((*row_place, "band"), Relation(top, max(math.ceil(low), self.known.bands_from), most, age))

    @staticmethod
    def _band(top: Terms, all_of: Terms, band: tuple[float, float], fewest: float, age: int) -> Iterator[Relation]:
        """low × denominator ≤ 100 × numerator < high × denominator, in whole numbers; and the least denominator."""
        low, high = band
        yield Relation(all_of, fewest, math.inf, age)
        for edge, least, most in ((low, 0.0, math.inf), (high, -math.inf, 0.0 if high >= 100 else -1.0)):
            yield Relation({cell: 100 * (cell in top) - edge for cell in all_of}, least, most, age)

    def _join(self) -> None:
        """Categories and teams split the same service total; linked KPIs have the same children everywhere."""
        known = self.known
        for fact in known.facts:
            self.facts.append(replace(fact, terms={self.cell(*cell): factor for cell, factor in fact.terms.items()}))
        for inner_kpi, outer_kpi in known.within:
            for team in known.teams_of(inner_kpi):
                for month in known.months:
                    inner = dict.fromkeys(self.total(inner_kpi, "team", team, [month], NUMERATOR), -1.0)
                    both = {**self.total(outer_kpi, "team", team, [month], NUMERATOR), **inner}
                    self.facts.append(Relation(both, 0.0, math.inf))
        for kpi, names in known.categories.items():
            for month in known.months:
                for part in known.all_of(kpi):
                    split = {cell: -1.0 for name in names for cell in self.total(kpi, "category", name, [month], part)}
                    self.facts.append(Relation({**self.total(kpi, "service", "", [month], part), **split}, 0.0, 0.0))
        for first_kpi, second_kpi in known.linked:
            for team in {*known.teams_of(first_kpi), *known.teams_of(second_kpi)}:
                for month in known.months:
                    both = self.total(first_kpi, "team", team, [month], *known.all_of(first_kpi))
                    less = self.total(second_kpi, "team", team, [month], *known.all_of(second_kpi))
                    self.facts.append(Relation({**both, **dict.fromkeys(less, -1.0)}, 0.0, 0.0))

    def _split(self, relations: Sequence[Relation]) -> dict[Cell, Part]:
        """The unknowns in parts that no relation joins, each unknown with its part."""
        pairs = [
            (row_number, self.index[cell]) for row_number, relation in enumerate(relations) for cell in relation.terms
        ]
        places, columns = zip(*pairs, strict=True)
        size = len(relations) + len(self.index)
        graph = csr_matrix((np.ones(len(pairs)), (places, np.array(columns) + len(relations))), shape=(size, size))
        labels = connected_components(graph, directed=False)[1]
        cells: dict[int, list[Cell]] = {}
        for cell, column in self.index.items():
            cells.setdefault(labels[len(relations) + column], []).append(cell)
        joined: dict[int, list[Relation]] = {}
        for row_number, relation in enumerate(relations):
            joined.setdefault(labels[row_number], []).append(relation)
        part_of_cell = {}
        for label, names in cells.items():
            part = Part(names, joined.get(label, []), self.known.least, trust_first=self.trust_first)
            part_of_cell.update(dict.fromkeys(names, part))
        return part_of_cell

    def bounds(self, terms: Terms, enough: int | None = None) -> tuple[float, float]:
        """The least and greatest whole value of a sum; with `enough`, stops where solutions seen already lie apart by
        that much."""
        by_part: dict[int, tuple[Part, Terms]] = {}
        for cell, factor in terms.items():
            if cell not in self.parts:
                return self.known.least.get(cell, 0.0) if min(terms.values()) > 0 else -math.inf, math.inf
            part = self.parts[cell]
            by_part.setdefault(id(part), (part, {}))[1][cell] = factor
        ranges = [part.bounds(cells, enough) for part, cells in by_part.values()]
        return sum(low for low, _ in ranges), sum(high for _, high in ranges)

    def is_shown(self, terms: Terms, threshold: int = 5) -> bool:
        """Whether a count that is truly 1 to the threshold is breached: shown to lie there, or fewer than 5 values."""
        low, high = self.bounds(terms, enough=threshold)
        return (low >= 1 and high <= threshold) or high - low + 1 < 5


class Part:
    """Unknowns that relations join, directly or by others, and nothing else does."""

    def __init__(
        self, cells: Sequence[Cell], relations: Sequence[Relation], least: Mapping[Cell, float], *, trust_first: bool
    ) -> None:
        self.index = {cell: cell_number for cell_number, cell in enumerate(cells)}
        self.least = np.array([least.get(cell, 0.0) for cell in cells])
        self.seen: list[np.ndarray] = []
        self._relate(relations)
        if self._minimise(np.zeros(len(cells)), math.inf).status == 2:
            self._relate(self._consistent(relations, trust_first=trust_first))
            self._widen()
        self.has_looked = False

    def _relate(self, relations: Sequence[Relation]) -> None:
        entries = [(row_number, self.index[cell], factor) for row_number, relation in enumerate(relations)
                   for cell, factor in relation.terms.items()]  # fmt: skip
        places, columns, factors = zip(*entries, strict=True) if entries else ((), (), ())
        self.matrix = csr_matrix((factors, (places, columns)), shape=(len(relations), len(self.index)))
        self.low = np.array([relation.low for relation in relations])
        self.high = np.array([relation.high for relation in relations])

    def _widen(self) -> None:
        """Relations that hold within the solver's own tolerance in one direction may not in another."""
        self.low, self.high = self.low - TOLERANCE, self.high + TOLERANCE

    def _consistent(self, relations: Sequence[Relation], *, trust_first: bool) -> list[Relation]:
        """The relations without those that give way where they are not all true: the older (newer) ones first."""
        weights = np.array([1e4 if relation.age == 0 else 8.0 ** (-relation.age if trust_first else relation.age - 6)
                            for relation in relations])  # fmt: skip
        size = len(self.index)
        slack = identity(len(relations), format="csr")
        matrix = hstack([self.matrix, slack, -slack], format="csr")
        cost = np.concatenate([np.zeros(size), weights, weights])
        limits = Bounds(np.concatenate([self.least, np.zeros(2 * len(relations))]), np.full(len(cost), math.inf))
        solution = milp(cost, constraints=LinearConstraint(matrix, self.low, self.high), bounds=limits)
        assert solution.status == 0, solution.message
        given_up = solution.x[size : size + len(relations)] + solution.x[size + len(relations) :]
        return [relation for relation, gap in zip(relations, given_up, strict=True) if gap < 1e-6]

    def _look_around(self, times: int = 12) -> None:
        """Some of what is possible: corners in random directions, and where as many unknowns as can are above the small
        numbers. Where these already lie apart, nothing is to be bounded."""
        self.has_looked = True
        most = max([200.0, *(2 * self.high[np.isfinite(self.high)])])
        dice = np.random.default_rng(1)
        for _ in range(times if len(self.index) > 60 else 2):
            solution = self._minimise(dice.choice([-1.0, 1.0], len(self.index)), most)
            if solution.status == 0:
                self.seen.append(solution.x)
            self._spread(dice.uniform(0.1, 1.0, len(self.index)), most)

    def _spread(self, weights: np.ndarray, most: float, up_to: float = 8.0) -> None:
        """A solution with as much as can be of each unknown's first few."""
        size = len(weights)
        limits = Bounds(np.concatenate([self.least, np.zeros(size)]), np.array([up_to] * size + [most] * size))
        both = LinearConstraint(hstack([self.matrix, self.matrix], format="csr"), self.low, self.high)
        solution = milp(np.concatenate([-weights, np.zeros(size)]), constraints=both, bounds=limits)
        if solution.status == 0:
            self.seen.append(solution.x[:size] + solution.x[size:])

    def bounds(self, cells: Terms, enough: int | None) -> tuple[float, float]:
        """The least and greatest whole value of a sum of unknowns; see `Attack.bounds`."""
        if not self.has_looked:
            self._look_around()
        places, factors = [self.index[cell] for cell in cells], np.array(list(cells.values()))
        values = [float(point_seen[places] @ factors) for point_seen in self.seen]
        if values and enough is not None and math.floor(max(values) + 1e-6) - math.ceil(min(values) - 1e-6) >= enough:
            return min(values), max(values)
        cost = np.zeros(len(self.index))
        cost[places] = factors
        low, high = self._solve(cost), -self._solve(-cost)
        return low if math.isinf(low) else math.ceil(low - ROUNDED), high if math.isinf(high) else math.floor(
            high + ROUNDED
        )

    def _solve(self, cost: np.ndarray) -> float:
        solution = self._minimise(cost, math.inf)
        if solution.status == 2:
            # What can be solved, as it could before, the presolving of HiGHS may call infeasible.
            solution = self._minimise(cost, math.inf, presolve=False)
        if solution.status == 3:
            return -math.inf
        assert solution.status == 0, solution.message
        self.seen.append(solution.x)
        return float(solution.fun)

    def _minimise(self, cost: np.ndarray, most: float, *, presolve: bool = True) -> OptimizeResult:
        limits, relations = Bounds(self.least, most), LinearConstraint(self.matrix, self.low, self.high)
        return milp(cost, constraints=relations, bounds=limits, options={"presolve": presolve})
