"""What stands in place of the matrix of indicators where figures are yearly, too few for control charts."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from improvement_board.declared.kpis import Better
from improvement_board.document.caveats import caveat_mark
from improvement_board.document.environment import render
from improvement_board.document.latest import rank_words
from improvement_board.document.parts import Links
from improvement_board.figures.formats import format_change, format_period_short, format_value, is_same
from improvement_board.page_models.models import KpiOutline
from improvement_board.page_models.plan_page import england_at

COLUMNS = ("Indicator", "Latest", "Change on the year before", "England", "Distance from England", "Rank")


def yearly_table(outlines: Iterable[KpiOutline], links: Links) -> Markup:
    """In place of the matrix where figures are yearly: change on the year before, distance from England, ranks."""
    yearly = [outline for outline in outlines if outline.series.grain == "year" and outline.series.latest is not None]
    rows = [_yearly_row(outline, links) for outline in yearly]
    return render("yearly", "yearly", columns=COLUMNS, rows=rows)


def _yearly_row(outline: KpiOutline, links: Links) -> tuple[str, ...]:
    series, index = outline.series, outline.series.latest or 0
    value, unit, better = series.values[index], series.unit, series.definition.better
    before = series.values[index - 1] if index else None
    period = format_period_short(series.period_ends[index], "year", series.definition.timing)
    theirs = england_at(series, index)
    return (
        links.to_kpi(series.definition.id, series.definition.title) + caveat_mark(bool(outline.caveats)),
        f"{format_value(value, unit)} ({period})",
        _judged(value, before, unit, better),
        format_value(theirs, unit) if theirs is not None else "–",
        _judged(value, theirs, unit, better),
        rank_words(outline) or "–",
    )


def _judged(value: float | None, other: float | None, unit: str, better: Better) -> str:
    """A difference with its sign, and whether it is better or worse."""
    if value is None or other is None:
        return "–"
    said = format_change(value - other, unit)
    if better == "neither" or is_same(value, other):
        return said
    return f"{said}, {'better' if (value > other) == (better == 'higher') else 'worse'}"
