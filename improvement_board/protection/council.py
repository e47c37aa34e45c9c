"""The true counts of an edition as series: a KPI's total, and its categories."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from improvement_board.common.periods import end_of, months_of
from improvement_board.protection.children import Children, Owner
from improvement_board.protection.rows import CountRow, MeasuredKpi, Parts
from improvement_board.protection.service import ServiceSeries

Month = dt.date
NOT_RECORDED = "not recorded"


class HasSeries(Protocol):
    """Whatever has the series of KPIs: a council, or the rest of one."""

    def has(self, kpi: str) -> bool:
        """Whether a KPI has rows."""

    def wholes(self, kpi: MeasuredKpi) -> Sequence[MeasuredKpi]:
        """The KPIs of whose children a KPI counts some."""

    def total(self, kpi: MeasuredKpi) -> ServiceSeries:
        """The series of a KPI."""

    def categories(self, total: ServiceSeries) -> Sequence[ServiceSeries]:
        """The series of its categories; none where nothing is split."""

    def at_most(self, series: ServiceSeries) -> ServiceSeries:
        """The same with at least as many different children as there are, where their number is not exact."""


@dataclass(frozen=True)
class CouncilCounts:
    """The KPIs, the rows of every one, the different children behind its series, and the edition's last day."""

    kpis: Mapping[str, MeasuredKpi]
    tables: Mapping[str, Sequence[CountRow]]
    behind: Mapping[Owner, Children]
    edition: Month

    def wholes(self, kpi: MeasuredKpi) -> list[MeasuredKpi]:
        """The KPIs of whose children this one counts some: the one that it says, and others that count some of that
        one's and have as many or more wherever both have figures."""
        if kpi.part_of is None:
            return []
        alike = [
            kpi_beside
            for kpi_beside in self.kpis.values()
            if (kpi_beside.part_of, kpi_beside.timing) == (kpi.part_of, kpi.timing)
        ]
        larger = [self.kpis[kpi.part_of]] if kpi.part_of in self.kpis else []
        larger += [
            kpi_beside for kpi_beside in alike if kpi_beside.id != kpi.id and self._is_within(kpi.id, kpi_beside.id)
        ]
        return [kpi_beside for kpi_beside in larger if self.tables[kpi_beside.id]]

    def _is_within(self, part: str, whole: str) -> bool:
        some, all_of = self._sizes[part], self._sizes[whole]
        months = {month for _, month in some} & {month for _, month in all_of}
        return all(size <= all_of.get(team_month, 0.0) for team_month, size in some.items() if team_month[1] in months)

    @cached_property
    def _sizes(self) -> Mapping[str, Mapping[tuple[str | None, Month], float]]:
        """The denominators (of a count the numerators) by team and month."""
        sizes: dict[str, dict[tuple[str | None, Month], float]] = {kpi: {} for kpi in self.tables}
        for kpi, rows in self.tables.items():
            for row in rows:
                team_month, size = (
                    (row.team, row.period_end),
                    row.numerator if row.denominator is None else row.denominator,
                )
                sizes[kpi][team_month] = sizes[kpi].get(team_month, 0.0) + size
        return sizes

    def has(self, kpi: str) -> bool:
        """Whether a KPI has rows."""
        return bool(self.tables.get(kpi))

    def total(self, kpi: MeasuredKpi) -> ServiceSeries:
        """The service's series of a KPI."""
        months: dict[Month, Parts] = {}
        for row in self.tables[kpi.id]:
            months[row.period_end] = months.get(row.period_end, Parts()) + Parts(row.numerator, row.denominator)
        first, run, year = min(months), [], end_of("year", min(months))
        last = max(*months, min(self.edition, self.kpis[kpi.id].until or self.edition))
        while year <= end_of("year", last):
            run += [month for month in months_of("year", year) if first <= month <= last]
            year = end_of("year", year + dt.timedelta(days=1))
        empty = frozenset(month for month in run if month.month in kpi.empty_months)
        known_empty = empty if empty.isdisjoint(months) else frozenset()
        return ServiceSeries(kpi, None, months, tuple(run), self.behind.get((kpi.id, None, None)), known_empty)

    def at_most(self, series: ServiceSeries) -> ServiceSeries:
        """The same: its different children are known."""
        return series

    def categories(self, total: ServiceSeries) -> list[ServiceSeries]:
        """The series of a KPI's categories; none where nothing is split."""
        split: dict[str | None, dict[Month, Parts]] = {}
        for row in self.tables[total.kpi.id]:
            months = split.setdefault(row.category, {})
            months[row.period_end] = months.get(row.period_end, Parts()) + Parts(row.numerator, row.denominator)
        if set(split) == {None}:
            return []
        named = {category or NOT_RECORDED: months for category, months in split.items()}
        return [
            ServiceSeries(total.kpi, name, months, total.run, self.behind.get((total.kpi.id, None, name)), total.empty)
            for name, months in named.items()
        ]
