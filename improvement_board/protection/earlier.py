"""What earlier editions have given away, and what they kept back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from improvement_board.common.periods import year_end
from improvement_board.protection.rows import Parts, ProtectedRow

Ending = tuple[str, dt.date]


@dataclass(frozen=True)
class Earlier:
    """The rows of all earlier protected editions, and where at least one of them had a gap.

    `latest`: what was last given of a service figure, by KPI, category ('' for the total), year, period and its end.
    `unsplit`: the periods of a KPI for which an edition had a total and gave no category.
    """

    shown: Mapping[tuple[str, str, str, str, dt.date], tuple[ProtectedRow, ...]]
    gaps: frozenset[tuple[str, str, str, str, dt.date]]
    unsplit: frozenset[tuple[str, str, dt.date]]
    latest: Mapping[tuple[str, str, dt.date], Mapping[Ending, Parts]]
    categories: Mapping[str, frozenset[str]]

    def given(self, kpi: str, category: str | None, year: dt.date) -> Mapping[Ending, Parts]:
        """The service totals of a year already given, by period and its end: each as it was given last."""
        return self.latest.get((kpi, category or "", year), {})

    def split(self, kpi: str, year: dt.date) -> Iterable[Ending]:
        """The periods of a year for which categories were given."""
        given = (self.given(kpi, category, year) for category in self.categories.get(kpi, ()))
        return dict.fromkeys(ending for endings in given for ending in endings)

    def totals(self, kpi: str) -> list[Ending]:
        """The periods for which a service total was given, of any year."""
        return [
            ending
            for (of, category, _), by_period in self.latest.items()
            if (of, category) == (kpi, "")
            for ending in by_period
        ]

    def held_back(self, kpi: str, ending: Ending, *, is_split: bool) -> bool:
        """Whether an edition kept the service's figure of a period back, or its categories."""
        return (kpi, *ending) in self.unsplit if is_split else (kpi, "", "", *ending) in self.gaps


def read_earlier(editions: Sequence[Iterable[ProtectedRow]]) -> Earlier:
    """The union of earlier protected editions, oldest first."""
    shown: dict[tuple[str, str, str, str, dt.date], list[ProtectedRow]] = {}
    gaps, unsplit = set(), set()
    for rows in editions:
        totals, split = set(), set()
        for row in rows:
            key = (row.kpi, row.team or "", row.category or "", row.period, row.period_end)
            if row.level == "service" and row.category is None:
                totals.add((row.kpi, row.period, row.period_end))
            if row.is_hidden:
                gaps.add(key)
                continue
            shown.setdefault(key, []).append(row)
            if row.category is not None:
                split.add((row.kpi, row.period, row.period_end))
        unsplit |= totals - split
    different = {key: tuple(dict.fromkeys(values)) for key, values in shown.items()}
    latest: dict[tuple[str, str, dt.date], dict[Ending, Parts]] = {}
    categories: dict[str, set[str]] = {}
    for (kpi, team, category, period, end), values in shown.items():
        if not team and values[-1].numerator is not None:
            parts = Parts(values[-1].numerator, values[-1].denominator)
            latest.setdefault((kpi, category, year_end(end)), {})[period, end] = parts
            categories.setdefault(kpi, set()).update({category} - {""})
    of_kpis = {kpi: frozenset(values) for kpi, values in categories.items()}
    return Earlier(different, frozenset(gaps), frozenset(unsplit), latest, of_kpis)
