"""Which figures of teams, workers and categories are of too few to say anything by."""

from __future__ import annotations

from improvement_board.figures.series import CategoryFigure, Series, TeamDot
from improvement_board.figures.sizes import is_few, is_share_of_few


def is_few_at(series: Series, index: int | None) -> bool:
    """Whether the figure of a period is one of a team, worker or category, and of too few to say anything by it. The
    whole service's are judged whatever their size."""
    is_whole = series.level == "service" and series.category is None
    if index is None or is_whole or series.values[index] is None:
        return False
    return is_few(series.unit, series.numerators[index], series.denominators[index])


def is_few_team(dot: TeamDot, unit: str) -> bool:
    """Whether the figure of a team beside others is of too few to say anything by it."""
    return dot.value is not None and is_few(unit, dot.numerator, dot.denominator)


def is_drawn_team(dot: TeamDot, unit: str) -> bool:
    """Whether a team's figure has a place on the axis of its comparison: a share of too few is its count alone."""
    return dot.value is not None and not is_share_of_few(unit, dot.numerator, dot.denominator)


def is_few_category(figure: CategoryFigure, unit: str) -> bool:
    """Whether the rate of a category beside others is of too few to say anything by it; a count says how few it is."""
    return figure.value is not None and unit != "count" and is_few(unit, figure.numerator, figure.denominator)
