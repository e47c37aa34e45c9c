"""Where periods stand on the axis of time, and lines that hold over several of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby, pairwise
from typing import Any, TypeVar

from improvement_board.charts.parts import axis
from improvement_board.figures.formats import MONTHS, format_period_short
from improvement_board.figures.series import Series

HALF_PERIOD_DAYS = {"month": 15, "quarter": 45, "year": 182}
MOST_LABELS = {"month": 6, "quarter": 6, "year": 7}
MOST_WIDE_LABELS = 5
LABEL_STEPS = {
    "month": (1, 2, 3, 6, 12, 24, 36, 60, 120),
    "quarter": (1, 2, 4, 8, 20, 40),
    "year": (1, 2, 3, 5, 10, 20),
}

Value = TypeVar("Value")


def edges(series: Series) -> list[date]:
    """The days between periods, one more than there are: a point's own stretch is from its edge to the next."""
    half = timedelta(days=HALF_PERIOD_DAYS[series.grain])
    ends = series.period_ends
    between = [earlier + (later - earlier) / 2 for earlier, later in pairwise(ends)]
    return [ends[0] - half, *between, ends[-1] + half]


def time_axis(series: Series) -> dict[str, Any]:
    """The axis of time. Labels count back from the last period, so that the latest is always named."""
    ends = series.period_ends
    is_wide = series.grain == "year" and series.definition.timing == "flow"
    most = MOST_WIDE_LABELS if is_wide else MOST_LABELS[series.grain]
    step = next((step for step in LABEL_STEPS[series.grain] if len(ends) <= step * most), len(ends))
    labelled = ends[::-1][::step][::-1]
    bounds = edges(series)
    return axis(
        automargin=False,  # the room is known: see label_lines
        type="date",
        range=[bounds[0].isoformat(), bounds[-1].isoformat()],
        tickvals=[day.isoformat() for day in labelled],
        ticktext=[_label(day, series) for day in labelled],
        showgrid=False,
        zeroline=False,
    )


def label_lines(time_axis: dict[str, Any]) -> int:
    """How many lines the labels of an axis of time take."""
    return 1 + max((label.count("<br>") for label in time_axis["ticktext"]), default=0)


def stretches(series: Series, *lines: Sequence[Value]) -> Iterator[tuple[date, date, tuple[Value, ...]]]:
    """Over which stretch of time each combination of values holds: first edge, last edge, values; equal ones joined."""
    bounds = edges(series)
    for key, members in groupby(enumerate(zip(*lines, strict=True)), key=lambda member: member[1]):
        places = [index for index, _ in members]
        yield bounds[places[0]], bounds[places[-1] + 1], key


def _label(day: date, series: Series) -> str:
    short = format_period_short(day, series.grain, series.definition.timing)
    if series.grain == "year" and short[:1].isdigit():
        return short
    return f"{MONTHS[day.month - 1][:3]}<br>{day.year}"
