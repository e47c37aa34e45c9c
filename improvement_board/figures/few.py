"""Which figures of teams and workers are of too few to say anything by."""

from __future__ import annotations

from improvement_board.figures.series import Series, TeamDot
from improvement_board.figures.sizes import is_few, is_share_of_few


def is_few_at(series: Series, index: int | None) -> bool:
    """Whether the figure of a period is one of a team or worker, and of too few to say anything by it. The whole
    service's are judged whatever their size."""
    if index is None or series.level == "service" or series.values[index] is None:
        return False
    return is_few(series.unit, series.numerators[index], series.denominators[index])


def is_few_team(dot: TeamDot, unit: str) -> bool:
    """Whether the figure of a team beside others is of too few to say anything by it."""
    return dot.value is not None and is_few(unit, dot.numerator, dot.denominator)


def is_drawn_team(dot: TeamDot, unit: str) -> bool:
    """Whether a team's figure has a place on the axis of its comparison: a share of too few is its count alone."""
    return dot.value is not None and not is_share_of_few(unit, dot.numerator, dot.denominator)
