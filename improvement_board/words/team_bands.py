"""Sentences about teams beside each other where only ranges are given: certain from the ranges, or not said."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Literal

from improvement_board.figures.few import is_few_team
from improvement_board.figures.formats import (
    HIDDEN_WORDS,
    format_apart,
    format_band_words,
    is_same,
    takes_in_top,
)
from improvement_board.figures.series import TeamComparison, TeamDot
from improvement_board.words.comparing import lines_beside_teams, team_comparison_name, team_figure
from improvement_board.words.names import TOO_FEW, counted, goodness, listing, on_one_line
from improvement_board.words.protection import band_width, is_hidden_team, side_of_line

SideOfLine = Literal["above", "below"]


def team_bands_headline(comparison: TeamComparison) -> str:
    """How many teams lie wholly on one side of the service: "Visits in time by team, 3 months to September 2026,
    310 of 500: 7 of 15 teams lie wholly below the service's 62.0% (worse), 3 wholly above (better); 2 teams kept
    back". Nothing is said of an own team of too few."""
    name = team_comparison_name(comparison)
    shown = [dot for dot in comparison.dots if not is_hidden_team(dot)]
    if not shown:
        return f"{name}: {HIDDEN_WORDS} for every team" if comparison.dots else f"{name}: no figures by team"
    said = (
        _against_service(comparison, shown) if comparison.service_value is not None else _widest(shown, comparison.unit)
    )
    hidden = len(comparison.dots) - len(shown)
    return f"{name}: {said}; {counted(hidden, 'team', 'teams')} {HIDDEN_WORDS}" if hidden else f"{name}: {said}"


def team_bands_alternative_text(comparison: TeamComparison) -> str:
    """The headline, the period, the teams of each range, and the service's figure."""
    sentences = [team_bands_headline(comparison)]
    order = "largest" if comparison.definition.better == "neither" else "worst"
    if any(not is_hidden_team(dot) for dot in comparison.dots):
        groups = "; ".join(f"{said}: {listing(names)}" for said, names in _by_band(comparison))
        sentences.append(f"{band_width(comparison.unit).capitalize()} in order, {order} first: {groups}")
    sentences += lines_beside_teams(comparison)
    return " ".join(f"{sentence}." for sentence in sentences)


def team_side(dot: TeamDot, comparison: TeamComparison) -> SideOfLine | None:
    """On which side of the service a team lies, for certain; an own team by its figure, unless it is of too few."""
    service = comparison.service_value
    if service is None or is_hidden_team(dot) or is_few_team(dot, comparison.unit):
        return None
    if dot.value is not None:
        return None if is_same(dot.value, service) else "above" if dot.value > service else "below"
    return side_of_line(dot.low or 0.0, dot.high or 0.0, service, comparison.unit)


def _against_service(comparison: TeamComparison, shown: list[TeamDot]) -> str:
    sides = [team_side(dot, comparison) for dot in shown]
    counts: list[tuple[int, SideOfLine]] = [(sides.count("below"), "below"), (sides.count("above"), "above")]
    edges = [edge for dot in shown for edge in (dot.low, dot.high) if edge is not None]
    service = format_apart([comparison.service_value or 0.0, *edges], comparison.unit)[0]
    of_all = counted(len(shown), "team", "teams")
    (first, first_side), *others = [counted_side for counted_side in counts if counted_side[0]] or [(0, "above")]
    if not first:
        return f"none of {of_all} lies wholly above or below the service's {service}"
    lie = "lies" if first == 1 else "lie"
    said = f"{first} of {of_all} {lie} wholly {first_side} the service's {service}{_judged(first_side, comparison)}"
    return "".join([said, *(f", {count} wholly {side}{_judged(side, comparison)}" for count, side in others)])


def _judged(side: SideOfLine, comparison: TeamComparison) -> str:
    judged = goodness(1 if side == "above" else -1, comparison.definition.better)
    return f" ({judged})" if judged else ""


def _widest(shown: list[TeamDot], unit: str) -> str:
    """Between which edges all teams lie, where that says anything; own teams are left out, as they are exact."""
    lows = [dot.low for dot in shown if dot.low is not None]
    highs = [dot.high for dot in shown if dot.high is not None]
    if not lows or (min(lows) <= 0 and takes_in_top(max(highs), unit)):
        return f"figures of {counted(len(shown), 'team', 'teams')}"
    number = len(lows)
    teams = "the one team with a range lies" if number == 1 else f"all {number} teams with a range lie"
    said = format_band_words(min(lows), max(highs), unit)
    return f"{teams} {'at ' if said.endswith('more') else ''}{said}"


def _by_band(comparison: TeamComparison) -> Iterator[tuple[str, list[str]]]:
    """The teams that share a range, in the order given; own teams each with their figure; those kept back last."""
    for said, dots in groupby(comparison.dots, key=lambda dot: _band_words(dot, comparison)):
        yield said, [on_one_line(dot.team) for dot in dots]


def _band_words(dot: TeamDot, comparison: TeamComparison) -> str:
    if dot.value is not None:
        said = team_figure(dot, comparison.unit)
        return f"{said} ({TOO_FEW})" if is_few_team(dot, comparison.unit) else said
    return (
        HIDDEN_WORDS if dot.low is None or dot.high is None else format_band_words(dot.low, dot.high, comparison.unit)
    )
