"""The table of teams beside each other where only ranges of their figures are given."""

from __future__ import annotations

from improvement_board import words
from improvement_board.figures.formats import KEPT_BACK, format_month, format_period, format_range, format_value
from improvement_board.figures.series import CategoryBreakdown, TeamComparison, TeamDot
from improvement_board.html.parts import INDICATOR, STACKED, Links, details, table
from improvement_board.protection.rows import HIDDEN


def team_ranges_table(links: Links, found: TeamComparison) -> str:
    """The teams, best range first, each a link to its own figures, with the side of the service it lies on for sure."""
    service = found.service_value
    columns = ["Team", "Service", found.definition.title]
    if service is not None:
        columns.append(f"Against the whole service ({format_value(service, found.unit)})")
    rows = [_row(links, found, dot)[: len(columns)] for dot in found.dots]
    caption = f"{found.definition.title} by team, {period_of(found)}"
    return details("Figures by team", table(caption, columns, rows, numbers=(2,), css_class=STACKED))


def _row(links: Links, found: TeamComparison, dot: TeamDot) -> list[str]:
    return [
        links.to(INDICATOR, dot.team, {"kpi": found.definition.id, "team": dot.team}),
        dot.service or "–",
        _figure(dot, found.unit),
        _side(dot, found),
    ]


def _figure(dot: TeamDot, unit: str) -> str:
    if dot.value is not None:
        return format_value(dot.value, unit)
    if dot.low is None or dot.high is None:
        return f"{HIDDEN}: {KEPT_BACK}"
    return format_range(dot.low, dot.high, unit)


def _side(dot: TeamDot, found: TeamComparison) -> str:
    if words.is_hidden_team(dot):
        return "–"
    side = words.team_side(dot, found)
    if side is None:
        return "The same" if dot.value is not None else "Not certain"
    judged = words.side_words(side, found.definition)
    return side.capitalize() if judged == side else f"{side.capitalize()} ({judged})"


def period_of(found: TeamComparison | CategoryBreakdown) -> str:
    """The period that a comparison is of."""
    if found.period_start == found.period_end:
        return format_period(found.period_end, "month", found.definition.timing)
    return f"{format_month(found.period_start)} to {format_month(found.period_end)}"
