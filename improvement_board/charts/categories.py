"""A KPI by its own category: horizontal bars, each with its name and figure."""

from __future__ import annotations

from improvement_board.charts.palette import VALUE
from improvement_board.charts.parts import (
    LETTER_WIDTH,
    Figure,
    axis,
    chart_layout,
    empty_figure,
    hover_text,
    seen,
    wrapped,
)
from improvement_board.figures.few import is_few_category
from improvement_board.figures.formats import format_value
from improvement_board.figures.series import CategoryBreakdown, CategoryFigure
from improvement_board.words import category_figure, category_headline, category_name

ROW = 40
NAME_LETTERS = 18


def category_chart(breakdown: CategoryBreakdown, *, height: int | None = None) -> Figure:
    """A bar a category in the order given, first at the top; one kept back or of too few has a row that says so.

    Bars start at zero. The bars' `customdata` are the categories as recorded. `height` in pixels; by default 40 a bar.
    """
    figures = breakdown.figures
    if not any(figure.value is not None for figure in figures):
        return empty_figure(category_headline(breakdown))
    labels = [_label(figure, breakdown.unit) for figure in figures]
    bars = {
        "type": "bar",
        "orientation": "h",
        "x": [None if is_few_category(figure, breakdown.unit) else seen(figure.value) for figure in figures],
        "y": list(range(len(figures))),
        "width": 0.62,
        "marker": {"color": VALUE},
        "customdata": [figure.category for figure in figures],
        "hovertext": [_hover(figure, breakdown.unit) for figure in figures],
        "hoverinfo": "text",
    }
    names = axis(
        tickvals=list(range(len(figures))),
        ticktext=[wrapped(_named(figure), NAME_LETTERS) for figure in figures],
        range=[len(figures) - 0.5, -0.5],
        showgrid=False,
        zeroline=False,
    )
    right = int(16 + LETTER_WIDTH * 1.1 * max(len(line) for label in labels for line in label.split("<br>")))
    values = axis(rangemode="tozero", showgrid=False, showticklabels=False, zeroline=True)
    beside = {"xref": "paper", "x": 1, "xanchor": "left", "xshift": 10, "showarrow": False}
    return {
        "data": [bars],
        "layout": chart_layout(
            height=height or ROW * len(figures) + 24,
            right=right,
            showlegend=False,
            xaxis=values,
            yaxis=names,
            annotations=[beside | {"y": row, "text": label} for row, label in enumerate(labels)],
        ),
    }


def _named(figure: CategoryFigure) -> str:
    name = category_name(figure)
    return name[:1].upper() + name[1:]


def _label(figure: CategoryFigure, unit: str) -> str:
    if figure.value is None or is_few_category(figure, unit):
        return category_figure(figure, unit).replace(" (", "<br>(")
    share = f" ({format_value(figure.share, 'percent')})" if figure.share is not None and unit == "count" else ""
    return format_value(figure.value, unit).split(" ")[0] + share


def _hover(figure: CategoryFigure, unit: str) -> str:
    title = f"{_named(figure)}: {category_figure(figure, unit)}"
    if figure.numerator is not None and figure.denominator is not None and not is_few_category(figure, unit):
        parts = f"{format_value(figure.numerator, 'count')} of {format_value(figure.denominator, 'count')}"
        return hover_text(title, parts)
    return hover_text(title)
