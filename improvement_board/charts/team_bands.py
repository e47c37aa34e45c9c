"""Teams beside each other where only ranges of their figures are given."""

from __future__ import annotations

from typing import Any

from improvement_board.charts.palette import IMPROVEMENT, VALUE
from improvement_board.charts.parts import Figure, Trace, band_axis, empty_figure, hover_text, seen
from improvement_board.charts.team_rows import rows_figure, service_trace, target_trace
from improvement_board.figures.few import is_drawn_team
from improvement_board.figures.formats import HIDDEN_WORDS, format_band, format_band_short, format_value
from improvement_board.figures.series import TeamComparison, TeamDot
from improvement_board.words import is_hidden_team, team_comparison_headline, team_figure


def team_band_chart(comparison: TeamComparison, *, height: int | None = None) -> Figure:
    """A row a team in the order given: its range as a bar, the service a line; an own team, whose figure
    may be seen, a dot. A team kept back has its row and the words."""
    if all(is_hidden_team(dot) for dot in comparison.dots):
        return empty_figure(team_comparison_headline(comparison))
    traces = [*_bars(comparison), *service_trace(comparison), *target_trace(comparison), *_own(comparison)]
    shown = [_shown(dot, comparison.unit) for dot in comparison.dots]
    return rows_figure(comparison, traces, shown, height=height, **_bounds(comparison))


def _bounds(comparison: TeamComparison) -> dict[str, Any]:
    """The axis, from zero to the highest that is drawn."""
    drawn = [
        comparison.service_value,
        comparison.target,
        *(edge for dot in comparison.dots for edge in (dot.high, dot.value)),
    ]
    return band_axis(comparison.unit, max(value for value in drawn if value is not None), labelled=50)


def _bars(comparison: TeamComparison) -> list[Trace]:
    rows = [(row, dot, dot.low, dot.high) for row, dot in enumerate(comparison.dots)]
    given = [(row, dot, low, high) for row, dot, low, high in rows if low is not None and high is not None]
    if not given:
        return []
    return [
        {
            "type": "bar",
            "orientation": "h",
            "name": "Range the team’s figure lies in",
            "base": [seen(low) for _, _, low, _ in given],
            "x": [seen(high - low) for _, _, low, high in given],
            "y": [row for row, *_ in given],
            "width": 0.5,
            "marker": {"color": VALUE},
            "customdata": [dot.team for _, dot, _, _ in given],
            "hovertext": [
                hover_text(f"{dot.team}: {format_band(low, high, comparison.unit)}") for _, dot, low, high in given
            ],
            "hoverinfo": "text",
        }
    ]


def _own(comparison: TeamComparison) -> list[Trace]:
    own = [(row, dot) for row, dot in enumerate(comparison.dots) if is_drawn_team(dot, comparison.unit)]
    if not own:
        return []
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "name": "Your own team’s figure",
            "x": [seen(dot.value) for _, dot in own],
            "y": [row for row, _ in own],
            "marker": {"color": IMPROVEMENT, "symbol": "diamond", "size": 14},
            "customdata": [dot.team for _, dot in own],
            "hovertext": [_own_hover(dot, comparison.unit) for _, dot in own],
            "hoverinfo": "text",
            "cliponaxis": False,
        }
    ]


def _own_hover(dot: TeamDot, unit: str) -> str:
    parts = []
    if dot.numerator is not None and dot.denominator is not None:
        parts = [f"{format_value(dot.numerator, 'count')} of {format_value(dot.denominator, 'count')}"]
    return hover_text(f"{dot.team}: {format_value(dot.value, unit)}", *parts)


def _shown(dot: TeamDot, unit: str) -> str:
    if dot.value is not None:
        return team_figure(dot, unit)
    if dot.low is None or dot.high is None:
        return HIDDEN_WORDS.replace(" ", "<br>")
    return format_band_short(dot.low, dot.high, unit)
