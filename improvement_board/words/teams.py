"""The titles of charts by team: one sentence each, without a full stop."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from improvement_board.declared.kpis import Definition
from improvement_board.figures.few import is_few_team
from improvement_board.figures.formats import format_parts, is_same
from improvement_board.figures.series import TeamComparison, TeamDot
from improvement_board.words.comparing import lines_beside_teams, team_comparison_name, team_figure
from improvement_board.words.names import TOO_FEW, counted, goodness, listing, on_one_line, shortened
from improvement_board.words.team_bands import team_bands_alternative_text, team_bands_headline


def side_of(dot: TeamDot) -> Literal["above", "below"] | None:
    """On which side of its limits a team lies, where its numbers bear it out."""
    if dot.value is None or dot.outside is None:
        return None
    limit = dot.upper_limit if dot.outside == "above" else dot.lower_limit
    if limit is None or is_same(dot.value, limit) or (dot.value > limit) != (dot.outside == "above"):
        return None
    return dot.outside


def side_words(side: Literal["above", "below"], definition: Definition) -> str:
    """better or worse where a direction is good, else above or below."""
    return goodness(1 if side == "above" else -1, definition.better) or side


def limits_name(comparison: TeamComparison) -> str:
    """What the teams' limits are: what chance gives a team of its size, or the team's own past."""
    return "the limits for their size" if comparison.limit_kind == "size" else "their own usual variation"


def team_comparison_headline(comparison: TeamComparison) -> str:
    """Which teams lie outside their limits: "Agency rate by team, September 2026, 36 of 187: 2 of 9
    teams outside the limits for their size (…)"."""
    if comparison.is_banded:
        return team_bands_headline(comparison)
    name = team_comparison_name(comparison)
    figures = [dot for dot in comparison.dots if dot.value is not None]
    if not figures:
        return f"{on_one_line(comparison.definition.title)}: no figures by team"
    judged = [dot for dot in figures if dot.lower_limit is not None or dot.upper_limit is not None]
    if not judged:
        return f"{name}: too few figures to judge any of {counted(len(figures), 'team', 'teams')}"
    outside = _outside_words(judged, comparison.definition)
    how_many = f"{outside[0] or 'none'} of {counted(len(judged), 'team', 'teams')}"
    sentence = f"{name}: {how_many} outside {limits_name(comparison)}"
    if outside[1]:
        sentence += f" ({outside[1]})"
    too_few = sum(is_few_team(dot, comparison.unit) for dot in figures)
    unjudged = len(figures) - len(judged) - too_few
    reservations = [f"{counted(too_few, 'team', 'teams')} {TOO_FEW}"] if too_few else []
    reservations += [f"{counted(unjudged, 'team', 'teams')} with too short a past to judge"] if unjudged else []
    return "; ".join([sentence, *reservations])


def team_comparison_alternative_text(comparison: TeamComparison) -> str:
    """The headline, the range from the worst team to the last, teams of too few, the service's figure, the target."""
    if comparison.is_banded:
        return team_bands_alternative_text(comparison)
    sentences = [team_comparison_headline(comparison)]
    order = "largest" if comparison.definition.better == "neither" else "worst"
    figures = [dot for dot in comparison.dots if dot.value is not None]
    enough = [dot for dot in figures if not is_few_team(dot, comparison.unit)]
    if enough:
        first, last = (_team_words(enough[at], comparison) for at in (0, -1))
        sentences.append(f"Teams in order, {order} first, from {first} to {last}")
    few = [_team_words(dot, comparison) for dot in figures if is_few_team(dot, comparison.unit)]
    if few:
        sentences.append(f"{TOO_FEW.capitalize()}: {listing(few)}")
    sentences += lines_beside_teams(comparison)
    return " ".join(f"{sentence}." for sentence in sentences)


def _outside_words(judged: Sequence[TeamDot], definition: Definition) -> tuple[int, str]:
    """How many teams are outside, and which: "Assessment North better; Duty and Court worse"."""
    by_words: dict[str, list[str]] = {}
    for dot in judged:
        side = side_of(dot)
        if side is not None:
            by_words.setdefault(side_words(side, definition), []).append(on_one_line(dot.team))
    order = [words for words in ("worse", "better", "above", "below") if words in by_words]
    described = "; ".join(f"{shortened(by_words[words])} {words}" for words in order)
    return sum(map(len, by_words.values())), described


def _team_words(dot: TeamDot, comparison: TeamComparison) -> str:
    size = "" if dot.denominator is None else format_parts(comparison.unit, dot.numerator, dot.denominator)
    shown = dict.fromkeys((team_figure(dot, comparison.unit), size))
    return f"{on_one_line(dot.team)} ({', '.join(part for part in shown if part)})"
