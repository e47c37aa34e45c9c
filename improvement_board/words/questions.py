"""One question to ask about an indicator, from a few templates, each asked only where the page bears it out."""

from __future__ import annotations

from collections.abc import Sequence

from improvement_board.figures.formats import format_month
from improvement_board.figures.series import Series, TeamComparison
from improvement_board.figures.targets import target_state_at
from improvement_board.words.comparing import period_of_teams, team_figure
from improvement_board.words.names import counted, goodness, on_one_line

LONG_MET = 6


def question(series: Series, teams: TeamComparison | None, *, has_caveats: bool) -> str:
    """What to ask about an indicator that is worse, or that moved.

    The data first, where they carry a caveat; a target newly missed after at least six months; then the team that
    stands out; else whether it is capacity or recording. Without teams to compare nothing is said of teams.
    """
    if has_caveats:
        return "Is this real, or are the records late or incomplete?"
    missed = _newly_missed(series.known)
    if missed:
        return missed
    if series.team is not None:
        return f"What changed in {on_one_line(series.team)}?"
    if teams is None or teams.is_banded or not any(dot.lower_limit is not None for dot in teams.dots):
        return "What is behind it: more need, less capacity, or how it is recorded?"
    standing_out = team_standing_out(series, teams)
    if standing_out:
        return f"What is different in {standing_out}?"
    return "No single team explains it: is it capacity, or how it is recorded?"


def team_standing_out(series: Series, teams: TeamComparison) -> str | None:
    """The worst team beyond the limits for its size on the side that the indicator moved to, with its figure, and of
    which months that is where they are several; None where none is."""
    if series.verdict is None or not series.verdict.is_change:
        return None
    side = series.verdict.side
    outside = [dot for dot in teams.dots if dot.outside == ("above" if side == 1 else "below")]
    if not outside:
        return None
    worst = max(outside, key=lambda dot: side * (dot.value or 0.0))
    period = "" if teams.period_start == teams.period_end else f", {period_of_teams(teams)}"
    return f"{on_one_line(worst.team)} ({team_figure(worst, teams.unit)}{period})"


def _newly_missed(series: Series) -> str:
    """A target that was met for long and has been missed in each month since."""
    if series.grain != "month" or series.latest is None or goodness(1, series.definition.better) is None:
        return ""
    states = [target_state_at(series, at) for at in range(series.latest + 1)]
    missed = _count_back(states, "missed")
    met = _count_back(states[: len(states) - missed], "met")
    first = series.latest - missed + 1
    if not missed or met < LONG_MET or series.targets[first] != series.targets[first - 1]:
        return ""  # where the target moved, that is what changed
    since = format_month(series.period_ends[first])
    return f"The target was met for {counted(met, 'month', 'months')} until {since}: what changed then?"


def _count_back(states: Sequence[str | None], state: str) -> int:
    """How many of the last are in a state, in a row."""
    return next((back for back, at in enumerate(reversed(states)) if at != state), len(states))
