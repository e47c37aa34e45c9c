"""What holds for every KPI, whatever its own rules: the months that its sources cover, and a count's zeros."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from importlib import import_module
from typing import Any

from improvement_board.kpis import Definition, load_library
from recompute.common import Result, Tables, month_end, month_ends, source_start


def recomputed(
    kpi: str, tables: Tables, first_day: date, last_day: date, parameters: Mapping[str, Any] | None = None
) -> Result:
    """The figures of a KPI of the library from its module: of no month that one of its sources does not cover."""
    definition, months = load_library()[kpi], month_ends(first_day, last_day)
    limits = {**definition.parameters, **(parameters or {})}
    found: Result = import_module(f"recompute.{kpi}").recompute(tables, months, first_day, last_day, **limits)
    starts = [source_start(tables, source, first_day) for source in definition.sources if source in tables]
    covered = [end for end in months if end >= month_end(max(starts))]
    kept = {key: figure for key, figure in found.items() if key[0] in covered}
    return _with_zeros(definition, kept, covered)


def _with_zeros(definition: Definition, found: Result, covered: list[date]) -> Result:
    if definition.unit != "count" or not found:
        return found
    first, there = min(key[0] for key in found), {(key[0], key[3]) for key in found}
    categories = {key[3] for key in found} - {None} or {None}
    none = {
        (end, None, None, category): (0.0, None)
        for end in covered
        for category in categories
        if end >= first and (end, category) not in there
    }
    return {**found, **none}
