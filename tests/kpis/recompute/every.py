"""What holds for every KPI, whatever its own rules: the months that are covered and ripe, and a count's zeros."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from importlib import import_module
from typing import Any

from improvement_board.declared.kpis import Definition, load_library
from recompute.common import Result, Tables, month_end, month_ends, source_start, working_days


def recomputed(
    kpi: str, tables: Tables, first_day: date, last_day: date, parameters: Mapping[str, Any] | None = None
) -> Result:
    """The figures of a KPI of the library from its module: of no month that one of its sources does not cover."""
    definition, months = load_library()[kpi], month_ends(first_day, last_day)
    limits = {**definition.parameters, **(parameters or {})}
    kpi_figures: Result = import_module(f"recompute.{kpi}").recompute(tables, months, first_day, last_day, **limits)
    starts = [source_start(tables, source, first_day) for source in definition.sources if source in tables]
    covered = [end for end in months if month_end(max(starts)) <= end and _is_ripe(definition, end, last_day, limits)]
    kept = {key: figure for key, figure in kpi_figures.items() if key[0] in covered}
    return _with_zeros(definition, kept, covered)


def _is_ripe(definition: Definition, end: date, last_day: date, limits: Mapping[str, Any]) -> bool:
    """Whether by the last day the time is up for all that a month's events ask for."""
    ripening = definition.ripens_after
    if ripening is None:
        return True
    days = (last_day - end).days if ripening.working_days is None else working_days(end, last_day)
    limit = ripening.days if ripening.working_days is None else ripening.working_days
    return days >= (limits[limit] if isinstance(limit, str) else limit or 0)


def _with_zeros(definition: Definition, kpi_figures: Result, covered: list[date]) -> Result:
    if definition.unit != "count" or not kpi_figures:
        return kpi_figures
    first, there = min(key[0] for key in kpi_figures), {(key[0], key[3]) for key in kpi_figures}
    categories = {key[3] for key in kpi_figures} - {None} or {None}
    none = {
        (end, None, None, category): (0.0, None)
        for end in covered
        for category in categories
        if end >= first and (end, category) not in there
    }
    return {**kpi_figures, **none}
