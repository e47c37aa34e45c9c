"""The categories of an indicator: their table, and of which period it is."""

from __future__ import annotations

from markupsafe import Markup

from improvement_board import words
from improvement_board.document.parts import INDICATOR, Links, details, table
from improvement_board.figures.formats import HIDDEN_WORDS, format_month, format_period, format_value
from improvement_board.figures.series import CategoryBreakdown, CategoryFigure
from improvement_board.page_models.models import IndicatorPage
from improvement_board.protection.rows import HIDDEN


def category_table(page: IndicatorPage, breakdown: CategoryBreakdown) -> Markup:
    """The categories, largest first, each a link to its own chart."""
    links, own = Links(page.frame.address.parameters()), {"kpi": page.definition.id}
    rows = [
        [
            links.to(INDICATOR, figure.category or "", {**own, "category": figure.category}),
            _category_figure(figure, breakdown.unit),
            *(
                ["–" if figure.share is None else format_value(figure.share, "percent")]
                if breakdown.unit == "count"
                else []
            ),
        ]
        for figure in breakdown.figures
    ]
    columns = [breakdown.name, breakdown.definition.title, *(["Share"] if breakdown.unit == "count" else [])]
    caption = f"{breakdown.definition.title} by {breakdown.name.lower()}, {period_of(breakdown)}"
    return details(f"Figures by {breakdown.name.lower()}", table(caption, columns, rows, numbers=(1, 2)))


def _category_figure(figure: CategoryFigure, unit: str) -> str:
    return f"{HIDDEN}: {HIDDEN_WORDS}" if figure.value is None else words.category_figure(figure, unit)


def period_of(breakdown: CategoryBreakdown) -> str:
    """The period that a breakdown is of."""
    if breakdown.period_start == breakdown.period_end:
        return format_period(breakdown.period_end, "month", breakdown.definition.timing)
    return f"{format_month(breakdown.period_start)} to {format_month(breakdown.period_end)}"
