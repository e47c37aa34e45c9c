"""A KPI by its own category, by worker, and how it spreads over workers, each over one period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from improvement_board.declared.kpis import Definition
from improvement_board.editions.open_edition import Row, Store
from improvement_board.figures.assemble import Window, value_of
from improvement_board.figures.few import is_few_category
from improvement_board.figures.parts import FigureParts, Span, comparison_period, is_hidden_in, parts_over
from improvement_board.figures.series import CategoryBreakdown, CategoryFigure, Distribution, Series, WorkerFigure

CASELOAD_KPI, LIMIT_KPI, LIMIT_PARAMETER = "average_caseload", "caseload_over_limit", "limit_cases"


def breakdown_of(definition: Definition, categories: Sequence[Series], window: Window) -> CategoryBreakdown | None:
    """The KPI by category, largest first, or None where it has none. `share` is each one's part of a count.

    Rates of too few stand after the others. Categories that small-number protection keeps back stand last, without a
    figure. Then no share is known.
    """
    with_figures = [series for series in categories if series.latest is not None]
    if definition.category is None or not with_figures:
        return None
    period = comparison_period(definition, with_figures, window)
    if period is None:
        return None
    parts = {series.category: parts_over(series, period) for series in with_figures}
    values = {series.category: _find_value_over(series, parts[series.category], period) for series in with_figures}
    hidden = {series.category for series in categories if series.is_protected and is_hidden_in(series, period)}
    is_whole = definition.unit == "count" and not hidden
    whole = sum(value for value in values.values() if value is not None) if is_whole else None
    figures = [
        CategoryFigure(name, *parts[name], value, 100.0 * value / whole if whole else None)
        for name, value in values.items()
        if value is not None
    ]
    figures.sort(key=lambda figure: _rank_category(figure, definition.unit))
    figures += [CategoryFigure(name, None, None, None, None) for name in sorted(hidden, key=lambda name: name or "")]
    return CategoryBreakdown(definition, definition.unit, definition.category, period[0], period[1], tuple(figures))


def _rank_category(figure: CategoryFigure, unit: str) -> tuple[bool, float, str]:
    is_few = is_few_category(figure, unit)
    return is_few, 0.0 if is_few else -(figure.value or 0.0), figure.category or ""


def _find_value_over(series: Series, parts: FigureParts, period: Span) -> float | None:
    return value_of(series.definition.unit, *parts) if parts[0] is not None else _find_value_at(series, period[1])


def _find_value_at(series: Series, end: object) -> float | None:
    return next((value for at, value in zip(series.period_ends, series.values, strict=True) if at == end), None)


def worker_figures(definition: Definition, rows: Sequence[Row]) -> tuple[WorkerFigure, ...]:
    """Each worker's figure in the latest period, highest first, with its parts by category."""
    rows_of_worker: dict[tuple[str, str | None], list[Row]] = defaultdict(list)
    for row in rows:
        rows_of_worker[row["worker"], row["team"]].append(row)
    figures = []
    for (worker, team), parts in rows_of_worker.items():
        numerator = sum(row["numerator"] or 0.0 for row in parts)
        known = [row["denominator"] for row in parts if row["denominator"] is not None]
        denominator = sum(known) if known else None
        categories = tuple(
            (row["category"], row["numerator"]) for row in parts if row["category"] is not None and row["numerator"]
        )
        value = value_of(definition.unit, numerator, denominator)
        figures.append(WorkerFigure(worker, team, numerator, denominator, value, categories))
    return tuple(sorted(figures, key=lambda figure: (-(figure.value or 0.0), figure.worker)))


def distribution_of(store: Store, rows: Sequence[Row]) -> Distribution | None:
    """How cases spread over workers at the last month's end, with the limit of the plan and those above it.

    `rows` are those of the caseload's workers, whose numerator is the cases a worker holds, whatever their hours.
    """
    workers = worker_figures(store.definitions[CASELOAD_KPI], rows) if rows else ()
    if not workers:
        return None
    record = store.manifest.kpis.get(LIMIT_KPI)
    limit = float((record.parameters if record else {}).get(LIMIT_PARAMETER, 20))
    by_cases = sorted(workers, key=lambda figure: (-(figure.numerator or 0.0), figure.worker))
    above = tuple(figure for figure in by_cases if (figure.numerator or 0.0) > limit)
    return Distribution(store.definitions[CASELOAD_KPI], rows[0]["period_end"], tuple(by_cases), limit, above)
