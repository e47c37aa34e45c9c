"""The attacker: reads published CSV and nothing else of the council, and bounds any count by linear programming.

Known to everyone: each KPI's timing, the names of teams and categories, the months covered, which KPIs have the same
denominator, which numerators lie within others, and what averages are divided by. Unknown: numerator and complement of
every KPI, team and month, and of every KPI, category and month; both split the service's. Shares no code with the
package.
"""

from __future__ import annotations

import calendar
import csv
import datetime as dt
import io
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import OptimizeResult, linprog
from scipy.sparse import csr_matrix

NUMERATOR, COMPLEMENT = "numerator", "complement"
Cell = tuple[str, str, str, str, str]
Terms = dict[Cell, float]


@dataclass(frozen=True)
class Known:
    """What anybody knows of a council. `linked`: KPIs with the same denominator. `categories`: by KPI, if it has any.
    `bands_from`: the least denominator of a band. `within`: pairs of KPIs, the numerator of the first in that of the
    second. `units`: of an average by team and month, what its numerator is divided by."""

    timing: dict[str, str]
    teams: Sequence[str]
    months: Sequence[str]
    linked: Sequence[tuple[str, str]] = ()
    categories: dict[str, Sequence[str]] = field(default_factory=dict)
    bands_from: int = 10
    within: Sequence[tuple[str, str]] = ()
    units: dict[str, dict[tuple[str, str], float]] = field(default_factory=dict)


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
    """All linear relations of published rows, and the ranges that they leave."""

    def __init__(self, known: Known, editions: Sequence[str]) -> None:
        self.known = known
        self.index: dict[Cell, int] = {}
        self.rows: list[tuple[Terms, float, float]] = []
        for text in editions:
            for row in csv.DictReader(io.StringIO(text.lstrip("\ufeff"))):
                self._read(row)
        self._join()
        self._build()
        self.seen: list[np.ndarray] = []
        self._look_around()

    def cell(self, *name: str) -> Cell:
        """The unknown (kpi, 'team' or 'category', whose, month, part), made when first asked for."""
        self.index.setdefault(name, len(self.index))
        return name

    def total(self, kpi: str, kind: str, whose: str, months: Iterable[str], *parts: str) -> Terms:
        """The sum of a team's (a category's; all teams' for kind 'service') parts over months."""
        names = self.known.teams if kind == "service" else [whose]
        kind = "team" if kind == "service" else kind
        return {self.cell(kpi, kind, name, month, part): 1.0 for name in names for month in months for part in parts}

    def _read(self, row: dict[str, str]) -> None:
        kpi = row["kpi"]
        kind = "category" if row["category"] else row["level"]
        months = months_in(row["period"], row["period_end"])
        months = months[-1:] if self.known.timing[kpi] == "snapshot" else months
        if not set(months) <= set(self.known.months):
            return
        whose = row["category"] or row["team"]
        top = self.total(kpi, kind, whose, months, NUMERATOR)
        if kpi in self.known.units:
            self._average(row, top, sum(self.known.units[kpi].get((whose, month), 0.0) for month in months))
            return
        all_of = self.total(kpi, kind, whose, months, NUMERATOR, COMPLEMENT)
        numerator, denominator, value = (row[name] for name in ("numerator", "denominator", "value"))
        if numerator and row["symbol"] == "r5":
            self.rows.append((top, float(numerator) - 2, float(numerator) + 2))
        elif numerator:
            self.rows.append((top, float(numerator), float(numerator)))
        elif denominator and value:
            exact = round(float(denominator) * float(value) / 100)
            self.rows.append((top, exact, exact))
        if denominator:
            self.rows.append((all_of, float(denominator), float(denominator)))
        if row["value_low"]:
            self._band(top, all_of, float(row["value_low"]), float(row["value_high"]))

    def _average(self, row: dict[str, str], top: Terms, units: float) -> None:
        """low × units ≤ numerator < high × units, in whole numbers; and the least numerator."""
        if row["numerator"]:
            self.rows.append((top, float(row["numerator"]), float(row["numerator"])))
        if row["value_low"]:
            low, high = float(row["value_low"]) * units, float(row["value_high"]) * units
            self.rows.append((top, max(math.ceil(low), self.known.bands_from), math.ceil(high) - 1.0))

    def _band(self, top: Terms, all_of: Terms, low: float, high: float) -> None:
        """low × denominator ≤ 100 × numerator < high × denominator, in whole numbers; and the least denominator."""
        self.rows.append((all_of, self.known.bands_from, math.inf))
        for edge, least, most in ((low, 0.0, math.inf), (high, -math.inf, 0.0 if high >= 100 else -1.0)):
            self.rows.append(({cell: 100 * (cell in top) - edge for cell in all_of}, least, most))

    def _join(self) -> None:
        """Categories and teams split the same service total; linked KPIs have the same denominator everywhere."""
        for one, other in self.known.within:
            for team in self.known.teams:
                for month in self.known.months:
                    inner = dict.fromkeys(self.total(one, "team", team, [month], NUMERATOR), -1.0)
                    self.rows.append(({**self.total(other, "team", team, [month], NUMERATOR), **inner}, 0.0, math.inf))
        for kpi, names in self.known.categories.items():
            for month in self.known.months:
                for part in (NUMERATOR, COMPLEMENT):
                    split = {cell: -1.0 for name in names for cell in self.total(kpi, "category", name, [month], part)}
                    self.rows.append(({**self.total(kpi, "service", "", [month], part), **split}, 0.0, 0.0))
        for one, other in self.known.linked:
            for team in self.known.teams:
                for month in self.known.months:
                    both = self.total(one, "team", team, [month], NUMERATOR, COMPLEMENT)
                    less = self.total(other, "team", team, [month], NUMERATOR, COMPLEMENT)
                    self.rows.append(({**both, **dict.fromkeys(less, -1.0)}, 0.0, 0.0))

    def _build(self) -> None:
        equal = [(terms, low) for terms, low, high in self.rows if low == high]
        above = [({cell: -factor for cell, factor in terms.items()}, -low) for terms, low, high in self.rows
                 if low != high and math.isfinite(low)]  # fmt: skip
        below = [(terms, high) for terms, low, high in self.rows if low != high and math.isfinite(high)]
        self.equal, self.equal_to = self._matrix(equal)
        self.under, self.under_to = self._matrix(above + below)

    def _matrix(self, rows: Sequence[tuple[Terms, float]]) -> tuple[csr_matrix | None, np.ndarray | None]:
        if not rows:
            return None, None
        entries = [(place, self.index[cell], factor) for place, (terms, _) in enumerate(rows)
                   for cell, factor in terms.items()]  # fmt: skip
        places, columns, factors = zip(*entries, strict=True)
        shape = (len(rows), len(self.index))
        return csr_matrix((factors, (places, columns)), shape=shape), np.array([to for _, to in rows])

    def _look_around(self, times: int = 24, most: float = 200.0) -> None:
        """Corners of what is possible in random directions: where they already lie apart, nothing is to be bounded."""
        dice = np.random.default_rng(1)
        for _ in range(times):
            cost = dice.choice([-1.0, 1.0], len(self.index))
            found = self._linprog(cost, (0, most))
            if found.status == 0:
                self.seen.append(found.x)

    def bounds(self, terms: Terms, enough: int | None = None) -> tuple[float, float]:
        """The least and greatest whole value of a sum; with `enough`, stops where solutions seen already lie apart by
        that much."""
        places = [self.index[cell] for cell in terms]
        values = [float(one[places].sum()) for one in self.seen]
        if values and enough is not None and math.floor(max(values) + 1e-6) - math.ceil(min(values) - 1e-6) >= enough:
            return min(values), max(values)
        cost = np.zeros(len(self.index))
        cost[places] = 1.0
        low, high = self._solve(cost), -self._solve(-cost)
        return math.ceil(low - 1e-6), high if math.isinf(high) else math.floor(high + 1e-6)

    def _solve(self, cost: np.ndarray) -> float:
        found = self._linprog(cost, (0, None))
        if found.status == 3:
            return -math.inf
        assert found.status == 0, found.message
        self.seen.append(found.x)
        return float(found.fun)

    def _linprog(self, cost: np.ndarray, limits: tuple[float, float | None]) -> OptimizeResult:
        relations = {"A_ub": self.under, "b_ub": self.under_to, "A_eq": self.equal, "b_eq": self.equal_to}
        return linprog(cost, **relations, bounds=limits, method="highs")

    def is_shown(self, terms: Terms, threshold: int = 5) -> bool:
        """Whether a count that is truly 1 to the threshold is breached: shown to lie there, or fewer than 5 values."""
        low, high = self.bounds(terms, enough=threshold)
        return (low >= 1 and high <= threshold) or high - low + 1 < 5
