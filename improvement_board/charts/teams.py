"""Teams as ranked dots, each against limits that fit it: never a league table without them."""

from __future__ import annotations

from improvement_board.charts.palette import LINE, PLAIN, SIDE_MARKS, TOO_FEW_MARK, Mark
from improvement_board.charts.parts import Figure, Trace, empty_figure, hover_text, seen
from improvement_board.charts.team_bands import team_band_chart
from improvement_board.charts.team_rows import rows_figure, service_trace, target_trace
from improvement_board.figures.few import is_drawn_team, is_few_team
from improvement_board.figures.formats import NO_FIGURE, format_value
from improvement_board.figures.series import TeamComparison, TeamDot
from improvement_board.figures.sizes import is_share_of_few
from improvement_board.words import TOO_FEW, side_of, side_words, team_comparison_headline, team_figure

INTERVAL = "rgba(128, 128, 128, 0.4)"
INSIDE, FEW = "inside", "few"


def team_chart(comparison: TeamComparison, *, height: int | None = None) -> Figure:
    """A row a team in the order given, first at the top: its limits as a bar, its figure as a dot, the service a line.

    A dot outside its limits differs by shape and colour. One of too few is hollow, without limits; a share of too few
    is no dot, its row says the count. The dots' `customdata` are the teams' names as recorded, for a page that follows
    a click. `height` in pixels; by default 34 a team. Where figures are protected, ranges are drawn.
    """
    if comparison.is_banded:
        return team_band_chart(comparison, height=height)
    dots = comparison.dots
    if not any(dot.value is not None for dot in dots):
        return empty_figure(team_comparison_headline(comparison))
    traces = [*_intervals(comparison), *service_trace(comparison), *target_trace(comparison), *_dots(comparison)]
    return rows_figure(comparison, traces, [_shown(dot, comparison.unit) for dot in dots], height=height)


def _intervals(comparison: TeamComparison) -> list[Trace]:
    ends: list[float | None] = []
    rows: list[int | None] = []
    for row, dot in enumerate(comparison.dots):
        if dot.lower_limit is not None and dot.upper_limit is not None:
            ends += [_bounded(dot.lower_limit, comparison.unit), _bounded(dot.upper_limit, comparison.unit), None]
            rows += [row, row, None]
    if not ends:
        return []
    name = "Limits for the team’s size" if comparison.limit_kind == "size" else "The team’s own usual variation"
    marker = {"symbol": "line-ns-open", "size": 14, "color": LINE, "line": {"width": 2, "color": LINE}}
    drawn = {"x": ends[:-1], "y": rows[:-1], "mode": "lines+markers", "line": {"color": INTERVAL, "width": 9}}
    return [{"type": "scatter", "name": name, "marker": marker, "hoverinfo": "skip", "cliponaxis": False} | drawn]


def _dots(comparison: TeamComparison) -> list[Trace]:
    inside = Mark(PLAIN.colour, PLAIN.symbol, "Team")
    kinds = {INSIDE: inside, FEW: TOO_FEW_MARK} | SIDE_MARKS
    traces = []
    for kind, mark in kinds.items():
        rows = [
            row
            for row, dot in enumerate(comparison.dots)
            if is_drawn_team(dot, comparison.unit) and _kind(dot, comparison) == kind
        ]
        if rows:
            marked = [comparison.dots[row] for row in rows]
            traces.append(
                {
                    "type": "scatter",
                    "mode": "markers",
                    "name": mark.name,
                    "x": [seen(dot.value) for dot in marked],
                    "y": rows,
                    "marker": {"color": mark.colour, "symbol": mark.symbol, "size": 14},
                    "customdata": [dot.team for dot in marked],
                    "hovertext": [_hover(dot, comparison) for dot in marked],
                    "hoverinfo": "text",
                    "cliponaxis": False,
                }
            )
    return traces


def _kind(dot: TeamDot, comparison: TeamComparison) -> str:
    if is_few_team(dot, comparison.unit):
        return FEW
    side = side_of(dot)
    return INSIDE if side is None else side_words(side, comparison.definition)


def _hover(dot: TeamDot, comparison: TeamComparison) -> str:
    lines = []
    if dot.numerator is not None and dot.denominator is not None:
        lines.append(f"{format_value(dot.numerator, 'count')} of {format_value(dot.denominator, 'count')}")
    kind = _kind(dot, comparison)
    if kind == FEW:
        lines.append(TOO_FEW.capitalize())
    elif dot.lower_limit is None or dot.upper_limit is None:
        lines.append("Too short a past to judge")
    else:
        limits = f"{format_value(dot.lower_limit, comparison.unit)} to {format_value(dot.upper_limit, comparison.unit)}"
        whose = "of a team this size" if comparison.limit_kind == "size" else "of its own past"
        where = (
            "Within"
            if kind == INSIDE
            else f"{kind.capitalize()} than"
            if kind in ("better", "worse")
            else kind.capitalize()
        )
        lines.append(f"{where} the limits {whose}: {limits}")
    return hover_text(f"{dot.team}: {format_value(dot.value, comparison.unit)}", *lines)


def _shown(dot: TeamDot, unit: str) -> str:
    if dot.value is None:
        return NO_FIGURE.replace(" ", "<br>")
    if is_share_of_few(unit, dot.numerator, dot.denominator):
        return team_figure(dot, unit)
    return format_value(dot.value, unit).split(" ")[0]


def _bounded(limit: float, unit: str) -> float | None:
    return seen(min(max(limit, 0.0), 100.0) if unit == "percent" else limit)
