"""The table of teams beside each other where only ranges of their figures are given."""

from __future__ import annotations

from improvement_board import words
from improvement_board.figures.few import is_few_team
from improvement_board.figures.formats import HIDDEN_WORDS, format_band, format_month, format_period, format_value
from improvement_board.figures.series import CategoryBreakdown, TeamComparison, TeamDot
from improvement_board.html.parts import INDICATOR, STACKED, Links, details, table
from improvement_board.protection.rows import HIDDEN


def team_bands_table(links: Links, comparison: TeamComparison) -> str:
    """The teams, worst range first, each a link to its own figures, with the side of the service it surely lies on."""
    service = comparison.service_value
    columns = ["Team", "Service", comparison.definition.title]
    if service is not None:
        columns.append(f"Against the whole service ({format_value(service, comparison.unit)})")
    rows = [_row(links, comparison, dot)[: len(columns)] for dot in comparison.dots]
    return details("Figures by team", table(teams_caption(comparison), columns, rows, numbers=(2,), css_class=STACKED))


def _row(links: Links, comparison: TeamComparison, dot: TeamDot) -> list[str]:
    return [
        links.to(INDICATOR, dot.team, {"kpi": comparison.definition.id, "team": dot.team}),
        dot.service or "–",
        _figure(dot, comparison.unit),
        _side(dot, comparison),
    ]


def _figure(dot: TeamDot, unit: str) -> str:
    if dot.value is not None:
        return words.team_figure(dot, unit)
    if dot.low is None or dot.high is None:
        return f"{HIDDEN}: {HIDDEN_WORDS}"
    return format_band(dot.low, dot.high, unit)


def _side(dot: TeamDot, comparison: TeamComparison) -> str:
    if words.is_hidden_team(dot):
        return "–"
    if is_few_team(dot, comparison.unit):
        return words.TOO_FEW.capitalize()
    side = words.team_side(dot, comparison)
    if side is None:
        return "The same" if dot.value is not None else "Not certain"
    judged = words.side_words(side, comparison.definition)
    return side.capitalize() if judged == side else f"{side.capitalize()} ({judged})"


def teams_caption(comparison: TeamComparison) -> str:
    """What a table of teams is of: the indicator, its period, the whole service's figure and the target."""
    lines = [f"{comparison.definition.title} by team, {words.period_of_teams(comparison)}"]
    return "; ".join([*lines, *words.lines_beside_teams(comparison)])


def period_of(compared: TeamComparison | CategoryBreakdown) -> str:
    """The period that a comparison is of."""
    if compared.period_start == compared.period_end:
        return format_period(compared.period_end, "month", compared.definition.timing)
    return f"{format_month(compared.period_start)} to {format_month(compared.period_end)}"
