"""Exact figures by month added up to whole quarters and April–March years."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from improvement_board.common.periods import LENGTHS, complete_periods
from improvement_board.declared.kpis import Timing
from improvement_board.editions.open_edition import Row
from improvement_board.figures.series import Grain

ADDED = ("numerator", "denominator")


def whole_months(rows: Sequence[Row]) -> dict[str, tuple[dt.date, ...]]:
    """The month ends for which the service has an exact figure, by KPI, from the rows of service series."""
    months: dict[str, list[dt.date]] = {}
    for row in rows:
        if row["is_exact"] and row["period"] == "month":
            months.setdefault(row["kpi"], []).append(row["period_end"])
    return {kpi: tuple(sorted(ends)) for kpi, ends in months.items()}


def by_period(rows: Sequence[Row], by: Grain, timing: Timing, months: Sequence[dt.date]) -> list[Row]:
    """One series by whole quarters or years: the exact months of a flow added up, of a snapshot the latest month in
    which the service has a figure. What is protected, or given by periods as long or longer, stays as it is.

    `months` are the service's months with a figure; where there are none, those of the rows.
    """
    finer = [row for row in rows if row["is_exact"] and LENGTHS[row["period"]] == 1 and LENGTHS[by] > 1]
    kept = [row for row in rows if not any(row is finer_row for finer_row in finer)]
    if not finer:
        return list(rows)
    there = {row["period_end"]: row for row in finer}
    run = sorted(months or there)
    made = []
    for end, inside in complete_periods(by, run).items():
        chosen = [there[month] for month in inside if month in there]
        if timing == "snapshot":
            last = max((month for month in inside if month in run), default=None)
            chosen = [there[last]] if last in there else []
        if chosen:
            made.append({**_together(chosen), "period": by, "period_end": end})
    return sorted([*kept, *made], key=lambda row: row["period_end"])


def _together(rows: Sequence[Row]) -> dict[str, object]:
    """The parts added up; a value without parts, and its symbol, only where it stands alone."""
    sums: Mapping[str, float | None] = {name: _sum([row[name] for row in rows]) for name in ADDED}
    alone = {} if len(rows) == 1 else {"value": None, "symbol": None}
    return {**rows[0], **sums, **alone}


def _sum(values: Sequence[float | None]) -> float | None:
    there = [value for value in values if value is not None]
    return sum(there) if there else None
