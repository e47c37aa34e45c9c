"""What earlier editions have given away, and what they kept back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from improvement_board.protection.periods import LENGTHS, year_end
from improvement_board.protection.rows import Parts, ProtectedRow


@dataclass(frozen=True)
class Earlier:
    """The rows of all earlier protected editions, and where at least one of them had a gap."""

    shown: Mapping[tuple[str, str, str, str, dt.date], tuple[ProtectedRow, ...]]
    gaps: frozenset[tuple[str, str, str, str, dt.date]]
    steps: frozenset[tuple[str, bool, str, dt.date]]
    totals: Mapping[tuple[str, str], list[tuple[str, dt.date, Parts]]]

    def known(self, kpi: str, category: str | None) -> list[tuple[str, dt.date, Parts]]:
        """The service totals already given: period, its end, and the parts (each different one)."""
        return self.totals.get((kpi, category or ""), [])

    def held_back(self, kpi: str, is_category: bool, period: str, year: dt.date) -> bool:
        """Whether an edition kept a year's figures of this grain back."""
        return (kpi, is_category, period, year) in self.steps


def read_earlier(editions: Sequence[Iterable[ProtectedRow]]) -> Earlier:
    """The union of earlier protected editions, oldest first."""
    shown: dict[tuple[str, str, str, str, dt.date], list[ProtectedRow]] = {}
    gaps, steps = set(), set()
    for rows in editions:
        totals, split = set(), set()
        for row in rows:
            key = (row.kpi, row.team or "", row.category or "", row.period, row.period_end)
            year = (row.kpi, row.period, year_end(row.period_end))
            if row.level == "service" and row.category is None:
                totals.add(year)
            if row.is_hidden:
                gaps.add(key)
                if row.level == "service" and row.category is None:
                    steps.add((row.kpi, False, row.period, year[2]))
            else:
                shown.setdefault(key, []).append(row)
                if row.level == "service" and row.category is not None:
                    split.add(year)
        steps |= {(kpi, True, period, end) for kpi, period, end in totals - split}
    different = {key: tuple(dict.fromkeys(found)) for key, found in shown.items()}
    given: dict[tuple[str, str], list[tuple[str, dt.date, Parts]]] = {}
    for (kpi, team, category, period, end), found in different.items():
        known = [(period, end, Parts(row.numerator, row.denominator)) for row in found if row.numerator is not None]
        if not team and known:
            given.setdefault((kpi, category), []).extend(known)
    return Earlier(different, frozenset(gaps), frozenset(steps), given)


def pieces(known: Sequence[tuple[str, dt.date, Parts]]) -> list[tuple[str, dt.date, Parts]]:
    """Known totals, the shortest periods first."""
    return sorted(known, key=lambda one: (LENGTHS[one[0]], one[1]))
