"""The titles of charts by team, by category and by worker: one sentence each, without a full stop."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from improvement_board.figures_format import format_apart, format_period, format_span, format_value, is_same
from improvement_board.kpis import Definition
from improvement_board.models import CategoryBreakdown, CategoryFigure, Distribution, TeamComparison, TeamDot
from improvement_board.words.names import counted, goodness, plain, shortened


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
    title = plain(comparison.definition.title)
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
    sentences = [team_comparison_headline(comparison)]
    figures = [dot for dot in comparison.dots if dot.value is not None]
    if figures:
        period = format_span(comparison.period_start, comparison.period_end, comparison.definition.timing)
        first, last = (_team_words(figures[at], comparison) for at in (0, -1))
        sentences.append(f"Teams in order, {period}, from {first} to {last}")
    if comparison.service_value is not None:
        sentences.append(f"The whole service: {format_value(comparison.service_value, comparison.unit)}")
    return " ".join(f"{sentence}." for sentence in sentences)


def category_headline(breakdown: CategoryBreakdown) -> str:
    """The largest share of a count, or the highest and lowest category of a rate.

    `share` is read as a percentage of the whole (0 to 100). Nothing is said of an order where all figures are the same.
    """
    name = f"{plain(breakdown.definition.title)} by {_inside_sentence(plain(breakdown.name))}"
    known = [figure for figure in breakdown.figures if figure.value is not None]
    if not known:
        return f"{name}: no figures"
    largest, smallest = max(known, key=_value), min(known, key=_value)
    if len(known) == 1:
        return f"{name}: {category_name(largest)} stood at {format_value(largest.value, breakdown.unit)}"
    high, low = format_apart([_value(largest), _value(smallest)], breakdown.unit)
    if is_same(_value(largest), _value(smallest)):
        return f"{name}: {high} in every category with a figure"
    top = [figure for figure in known if is_same(_value(figure), _value(largest))]
    bottom = [figure for figure in known if is_same(_value(figure), _value(smallest))]
    share = f" ({format_value(largest.share, 'percent')} of all)" if largest.share is not None and len(top) == 1 else ""
    if breakdown.unit == "count":
        return f"{name}: most {_names(top)}, {high}{share}"
    return f"{name}: highest {_names(top)}, {high}; lowest {_names(bottom)}, {low}"


def category_alternative_text(breakdown: CategoryBreakdown) -> str:
    """The headline and every category with its figure."""
    figures = "; ".join(
        f"{category_name(figure)} {format_value(figure.value, breakdown.unit)}" for figure in breakdown.figures
    )
    period = format_span(breakdown.period_start, breakdown.period_end, breakdown.definition.timing)
    return f"{category_headline(breakdown)}. {period}: {figures}." if figures else f"{category_headline(breakdown)}."


def category_name(figure: CategoryFigure) -> str:
    """A category as it is said; "not recorded" where the source left it empty."""
    return plain(figure.category) if figure.category else "not recorded"


def distribution_headline(distribution: Distribution) -> str:
    """How many workers hold more than the limit: "6 of 48 workers hold more than 20 cases; the most is 31"."""
    held = [worker.numerator for worker in distribution.workers if worker.numerator is not None]
    if not held:
        return "No worker's cases to show"
    above = sum(cases > distribution.limit for cases in held)
    limit = format_value(distribution.limit, "count")
    who = f"{above} of {counted(len(held), 'worker', 'workers')}" if above else f"No worker of {len(held):,}"
    sentence = f"{who} {'hold' if above > 1 else 'holds'} more than {limit} cases"
    sentence += f"; the most is {format_value(max(held), 'count')}"
    hidden = len(distribution.workers) - len(held)
    return f"{sentence}; {counted(hidden, 'worker', 'workers')} without a figure" if hidden else sentence


def distribution_alternative_text(distribution: Distribution) -> str:
    """The headline, the month, and the middle of the distribution."""
    held = sorted(worker.numerator for worker in distribution.workers if worker.numerator is not None)
    period = format_period(distribution.period_end, "month")
    if not held:
        return f"{distribution_headline(distribution)} ({period})."
    middle = (held[(len(held) - 1) // 2] + held[len(held) // 2]) / 2
    return (
        f"{distribution_headline(distribution)}. Bars show how many workers hold each number of cases, {period}: "
        f"from {format_value(held[0], 'count')} to {format_value(held[-1], 'count')}, "
        f"at least half of them {format_value(middle, 'count')} or fewer."
    )


def _inside_sentence(name: str) -> str:
    """A heading's name as it stands inside a sentence: "Plan type" as "plan type", but "PLO stage" as it is."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def _value(figure: CategoryFigure) -> float:
    return figure.value if figure.value is not None else 0.0


def _names(figures: Sequence[CategoryFigure]) -> str:
    return shortened([category_name(figure) for figure in figures])


def _outside_words(judged: Sequence[TeamDot], definition: Definition) -> tuple[int, str]:
    """How many teams are outside, and which: "Assessment North better; Duty and Court worse"."""
    by_words: dict[str, list[str]] = {}
    for dot in judged:
        side = side_of(dot)
        if side is not None:
            by_words.setdefault(side_words(side, definition), []).append(plain(dot.team))
    order = [words for words in ("worse", "better", "above", "below") if words in by_words]
    described = "; ".join(f"{shortened(by_words[words])} {words}" for words in order)
    return sum(map(len, by_words.values())), described


def _team_words(dot: TeamDot, comparison: TeamComparison) -> str:
    return f"{plain(dot.team)} ({format_value(dot.value, comparison.unit)})"
