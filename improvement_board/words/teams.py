"""The titles of charts by team: one sentence each, without a full stop."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from improvement_board.declared.kpis import Definition
from improvement_board.figures.formats import format_span, format_value, is_same
from improvement_board.figures.series import TeamComparison, TeamDot
from improvement_board.words.names import counted, goodness, on_one_line, shortened
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
    """Which teams lie outside their limits: "Agency rate by team: 2 of 9 outside the limits for their size (…)"."""
    if comparison.is_banded:
        return team_bands_headline(comparison)
    title = on_one_line(comparison.definition.title)
    figures = [dot for dot in comparison.dots if dot.value is not None]
    if not figures:
        return f"{title}: no figures by team"
    judged = [dot for dot in figures if dot.lower_limit is not None or dot.upper_limit is not None]
    if not judged:
        return f"{title} by team: too few figures to judge any of {counted(len(figures), 'team', 'teams')}"
    outside = _outside_words(judged, comparison.definition)
    how_many = f"{outside[0] or 'none'} of {counted(len(judged), 'team', 'teams')}"
    sentence = f"{title} by team: {how_many} outside {limits_name(comparison)}"
    if outside[1]:
        sentence += f" ({outside[1]})"
    too_few = len(figures) - len(judged)
    return f"{sentence}; {counted(too_few, 'team', 'teams')} with too few to judge" if too_few else sentence


def team_comparison_alternative_text(comparison: TeamComparison) -> str:
    """The headline, the period, the service's figure, and the range from the best team to the last."""
    if comparison.is_banded:
        return team_bands_alternative_text(comparison)
    sentences = [team_comparison_headline(comparison)]
    figures = [dot for dot in comparison.dots if dot.value is not None]
    if figures:
        period = format_span(comparison.period_start, comparison.period_end, comparison.definition.timing)
        first, last = (_team_words(figures[at], comparison) for at in (0, -1))
        sentences.append(f"Teams in order, {period}, from {first} to {last}")
    if comparison.service_value is not None:
        sentences.append(f"The whole service: {format_value(comparison.service_value, comparison.unit)}")
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
    return f"{on_one_line(dot.team)} ({format_value(dot.value, comparison.unit)})"
