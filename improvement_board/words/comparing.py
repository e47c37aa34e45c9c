"""What is said of any comparison of teams: its period and size, and what teams are held against."""

from __future__ import annotations

from improvement_board.figures.formats import format_months, format_parts, format_share, format_value
from improvement_board.figures.series import TeamComparison, TeamDot
from improvement_board.words.names import on_one_line


def team_comparison_name(comparison: TeamComparison) -> str:
    """What is compared: "Visits in time by team, 12 months to September 2026, 816 of 1,130"."""
    size = format_parts(comparison.unit, comparison.service_numerator, comparison.service_denominator)
    title = f"{on_one_line(comparison.definition.title)} by team"
    return ", ".join(part for part in (title, period_of_teams(comparison), size) if part)


def period_of_teams(comparison: TeamComparison) -> str:
    """The period that teams are compared over: "12 months to September 2026"."""
    return format_months(comparison.period_start, comparison.period_end)


def whole_service_words(comparison: TeamComparison) -> str:
    """The figure of the whole service with its period: "Whole service 72.2% (12 months to September 2026)"."""
    return f"Whole service {format_value(comparison.service_value, comparison.unit)} ({period_of_teams(comparison)})"


def target_beside_teams(comparison: TeamComparison) -> str:
    """The target that teams are shown beside; empty without one."""
    return "" if comparison.target is None else f"Target {format_value(comparison.target, comparison.unit)}"


def lines_beside_teams(comparison: TeamComparison) -> list[str]:
    """What teams are held against: the whole service's figure, and the target."""
    service = "" if comparison.service_value is None else whole_service_words(comparison)
    return [line for line in (service, target_beside_teams(comparison)) if line]


def team_figure(dot: TeamDot, unit: str) -> str:
    """A team's figure as it is compared: a share of too few as its count."""
    return format_share(dot.value, unit, dot.numerator, dot.denominator)
