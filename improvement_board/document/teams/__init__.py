"""The teams of an indicator beside each other: their table, exact or as ranges, and what is said where none is."""

from __future__ import annotations

from markupsafe import Markup

from improvement_board import words
from improvement_board.document.parts import INDICATOR, STACKED, Links, details, headed, note, table
from improvement_board.figures.few import is_few_team
from improvement_board.figures.formats import HIDDEN_WORDS, format_band, format_parts, format_value
from improvement_board.figures.series import TeamComparison, TeamDot
from improvement_board.page_models.address import CLOSED, SHOWN
from improvement_board.page_models.models import IndicatorPage
from improvement_board.protection.rows import HIDDEN


def team_table(page: IndicatorPage, comparison: TeamComparison) -> Markup:
    """The teams, worst first, each a link to its own figures, with what the figure is of and the target."""
    links, unit = Links(page.frame.address.parameters()), comparison.unit
    if comparison.is_banded:
        return team_bands_table(links, comparison)
    limits = "Limits for its size" if comparison.limit_kind == "size" else "Its own usual variation"
    columns = ["Team", "Service", comparison.definition.title, *_size_column(comparison), limits, "Against the limits"]
    rows = [
        [
            _link(links, comparison, dot),
            dot.service or "–",
            words.team_figure(dot, unit),
            *([format_parts(unit, dot.numerator, dot.denominator) or "–"] if _size_column(comparison) else []),
            _between(dot.lower_limit, dot.upper_limit, unit),
            _side_of_limits(dot, unit),
        ]
        for dot in comparison.dots
    ]
    numbers = range(2, len(columns) - 1)
    made = table(teams_caption(comparison), columns, rows, numbers=numbers, css_class=STACKED)
    count = comparison.not_recorded
    absent = f"Team not recorded for {format_value(count, 'count')}." if count else ""
    return details("Figures by team", made + note(absent))


def team_bands_table(links: Links, comparison: TeamComparison) -> Markup:
    """The teams, worst range first, each a link to its own figures, with the side of the service it surely lies on."""
    service = comparison.service_value
    columns = ["Team", "Service", comparison.definition.title]
    if service is not None:
        columns.append(f"Against the whole service ({format_value(service, comparison.unit)})")
    rows = [
        [
            _link(links, comparison, dot),
            dot.service or "–",
            _figure(dot, comparison.unit),
            _side_of_service(dot, comparison),
        ][: len(columns)]
        for dot in comparison.dots
    ]
    return details("Figures by team", table(teams_caption(comparison), columns, rows, numbers=(2,), css_class=STACKED))


def _link(links: Links, comparison: TeamComparison, dot: TeamDot) -> Markup:
    return links.to(INDICATOR, dot.team, {"kpi": comparison.definition.id, "team": dot.team})


def closed_teams_note(page: IndicatorPage, comparison: TeamComparison) -> Markup:
    """How many closed teams are left out, with a link that shows them, or leaves them out again."""
    links, own = Links(page.frame.address.parameters()), {"kpi": page.definition.id, "category": page.category}
    count = len(comparison.closed)
    if count:
        said = "1 team that has closed is left out." if count == 1 else f"{count} teams that have closed are left out."
        link = links.to(INDICATOR, "Show closed teams", {**own, CLOSED: SHOWN})
    elif page.frame.address.with_closed:
        said = "Teams that have closed are shown where they have figures."
        link = links.to(INDICATOR, "Leave closed teams out", {**own, CLOSED: None})
    else:
        return Markup()
    return note(said, link=link)


def without_teams(page: IndicatorPage) -> Markup:
    """Why there are no teams to compare."""
    is_protected = page.outline is not None and page.outline.series.is_protected
    said = "Not shown by team, as small numbers of children are protected."
    return headed("Teams", note(said if is_protected else "No team is recorded for this KPI.", "ib-empty"))


def _between(lower: float | None, upper: float | None, unit: str) -> str:
    return (
        f"{format_value(lower, unit)} to {format_value(upper, unit)}"
        if lower is not None and upper is not None
        else "–"
    )


def _size_column(comparison: TeamComparison) -> list[str]:
    """What figures are of, in a column of its own; a count is its own."""
    return [] if comparison.unit == "count" else ["Of"]


def _side_of_limits(dot: TeamDot, unit: str) -> str:
    if is_few_team(dot, unit):
        return words.TOO_FEW.capitalize()
    if dot.lower_limit is None:
        return "Not judged"
    return {"above": "Above", "below": "Below"}.get(dot.outside or "", "Within")


def _figure(dot: TeamDot, unit: str) -> str:
    if dot.value is not None:
        return words.team_figure(dot, unit)
    if dot.low is None or dot.high is None:
        return f"{HIDDEN}: {HIDDEN_WORDS}"
    return format_band(dot.low, dot.high, unit)


def _side_of_service(dot: TeamDot, comparison: TeamComparison) -> str:
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
