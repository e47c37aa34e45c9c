"""A KPI computed twice over the same hand-written rows: by its query and in plain Python. The two must agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from recompute.common import Result, Row
from recompute.every import recomputed
from record_tables import AUTHORITY, compute

from improvement_board.declared.kpis import load_library

COLUMNS = ["authority", "period_end", "team", "worker", "category", "numerator", "denominator"]


def twice(
    kpi: str,
    folder: Path,
    tables: Mapping[str, Sequence[Row]],
    *,
    first_day: date,
    last_day: date,
    parameters: Mapping[str, Any] | None = None,
) -> Result:
    """The KPI's figures by period end, team, worker and category; fails where the two computations differ."""
    limits = {**load_library()[kpi].parameters, **(parameters or {})}
    rows: list[dict[str, Any]] = compute(kpi, folder, tables, first_day=first_day, last_day=last_day, parameters=limits)
    assert all(list(row) == COLUMNS and row["authority"] == AUTHORITY for row in rows)
    kpi_figures: Result = {
        (row["period_end"], row["team"], row["worker"], row["category"]): (row["numerator"], row["denominator"])
        for row in rows
    }
    assert len(kpi_figures) == len(rows), "one row a period end, team, worker and category"
    assert recomputed(kpi, tables, first_day, last_day, limits) == kpi_figures
    return kpi_figures


def counted(kpi_figures: Result) -> Result:
    """The figures of a count that are not 0."""
    return {key: figure for key, figure in kpi_figures.items() if figure[0]}
