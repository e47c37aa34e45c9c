"""The true counts of an edition as series: a KPI's total, and its categories."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from improvement_board.protection.children import Children, Owner
from improvement_board.protection.periods import end_of, months_of
from improvement_board.protection.rows import CountRow, MeasuredKpi, Parts
from improvement_board.protection.service import ServiceSeries

Month = dt.date
NOT_RECORDED = "not recorded"


@dataclass(frozen=True)
class Council:
    """The rows of every KPI, the different children behind its series, the edition's last day, and where they are
    known, the last months that KPIs could have figures of."""

    tables: Mapping[str, Sequence[CountRow]]
    behind: Mapping[Owner, Children]
    edition: Month
    untils: Mapping[str, Month | None]

    def total(self, kpi: MeasuredKpi) -> ServiceSeries:
        """The service's series of a KPI."""
        months: dict[Month, Parts] = {}
        for row in self.tables[kpi.id]:
            months[row.period_end] = months.get(row.period_end, Parts()) + Parts(row.numerator, row.denominator)
        first, run, year = min(months), [], end_of("year", min(months))
        last = max(*months, min(self.edition, self.untils.get(kpi.id) or self.edition))
        while year <= end_of("year", last):
            run += [month for month in months_of("year", year) if first <= month <= last]
            year = end_of("year", year + dt.timedelta(days=1))
        return ServiceSeries(kpi, None, months, run, self.behind.get((kpi.id, None, None)))

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
            ServiceSeries(total.kpi, name, months, total.run, self.behind.get((total.kpi.id, None, name)))
            for name, months in named.items()
        ]
