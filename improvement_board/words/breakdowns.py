"""The titles of charts by category and by worker: one sentence each, without a full stop."""

from __future__ import annotations

from collections.abc import Sequence

from improvement_board.figures.few import is_few_category
from improvement_board.figures.formats import (
    HIDDEN_WORDS,
    format_apart,
    format_period,
    format_share,
    format_span,
    format_value,
    is_same,
)
from improvement_board.figures.series import CategoryBreakdown, CategoryFigure, Distribution
from improvement_board.words.names import TOO_FEW, counted, on_one_line, shortened


def category_headline(breakdown: CategoryBreakdown) -> str:
    """The largest share of a count, or the highest and lowest category of a rate.

    `share` is read as a percentage of the whole (0 to 100). Nothing is said of an order where all figures are the same,
    nor of rates of too few but how many they are.
    """
    name = f"{on_one_line(breakdown.definition.title)} by {_inside_sentence(on_one_line(breakdown.name))}"
    few = sum(is_few_category(figure, breakdown.unit) for figure in breakdown.figures)
    said = _ends(breakdown)
    if said is None:
        return f"{name}: {TOO_FEW if few else 'no figures'}"
    return f"{name}: {said}; {counted(few, 'category', 'categories')} {TOO_FEW}" if few else f"{name}: {said}"


def _ends(breakdown: CategoryBreakdown) -> str | None:
    """The largest and the smallest of the categories that are of enough; None where none is."""
    figures = [figure for figure in breakdown.figures if figure.value is not None]
    known = [figure for figure in figures if not is_few_category(figure, breakdown.unit)]
    if not known:
        return None
    largest, smallest = max(known, key=_value), min(known, key=_value)
    if len(known) == 1:
        return f"{category_name(largest)} stood at {format_value(largest.value, breakdown.unit)}"
    high, low = format_apart([_value(largest), _value(smallest)], breakdown.unit)
    if is_same(_value(largest), _value(smallest)):
        where = "every category with a figure" if known == figures else f"each of {len(known)} categories"
        return f"{high} in {where}"
    top = [figure for figure in known if is_same(_value(figure), _value(largest))]
    bottom = [figure for figure in known if is_same(_value(figure), _value(smallest))]
    share = f" ({format_value(largest.share, 'percent')} of all)" if largest.share is not None and len(top) == 1 else ""
    if breakdown.unit == "count":
        return f"most {_names(top)}, {high}{share}"
    return f"highest {_names(top)}, {high}; lowest {_names(bottom)}, {low}"


def category_alternative_text(breakdown: CategoryBreakdown) -> str:
    """The headline and every category with its figure."""
    figures = "; ".join(
        f"{category_name(figure)} {category_figure(figure, breakdown.unit)}" for figure in breakdown.figures
    )
    period = format_span(breakdown.period_start, breakdown.period_end, breakdown.definition.timing)
    return f"{category_headline(breakdown)}. {period}: {figures}." if figures else f"{category_headline(breakdown)}."


def category_figure(figure: CategoryFigure, unit: str) -> str:
    """A category's figure beside others; a rate of too few as its count: "1 of 1 (too few to say)"."""
    if figure.value is None:
        return HIDDEN_WORDS
    shown = format_share(figure.value, unit, figure.numerator, figure.denominator)
    return f"{shown} ({TOO_FEW})" if is_few_category(figure, unit) else shown


def category_name(figure: CategoryFigure) -> str:
    """A category as it is said; "not recorded" where the source left it empty."""
    return on_one_line(figure.category) if figure.category else "not recorded"


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
