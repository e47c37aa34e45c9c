"""The text that stands for a chart: its headline, then what is drawn, for those who do not see it."""

from __future__ import annotations

from bisect import bisect_left

from improvement_board.declared.events import Event
from improvement_board.figures.few import is_few_at
from improvement_board.figures.formats import format_day, format_period, format_value
from improvement_board.figures.series import Series
from improvement_board.words.bands import bands_drawn
from improvement_board.words.comparison import comparison_words
from improvement_board.words.headline import headline
from improvement_board.words.names import (
    MONTHS_OF,
    PERIOD_NAMES,
    TOO_FEW,
    counted,
    listing,
    months_between,
    on_one_line,
)
from improvement_board.words.protection import is_hidden, latest_index
from improvement_board.words.target_record import target_record, target_record_words
from improvement_board.words.verdict import baseline_words, marked_months, verdict_word

ADJECTIVES = {"month": "monthly", "quarter": "quarterly", "year": "yearly"}


def alternative_text(series: Series) -> str:
    """Two to four sentences: the headline; what is drawn; average, range and target; the comparators."""
    if latest_index(series) is None:
        return f"{headline(series)}."
    drawn = bands_drawn(series) if series.is_banded else _what_is_drawn(series)
    sentences = [headline(series), f"{drawn}{_marked(series)}", _lines(series), _comparators(series)]
    return " ".join(f"{sentence}." for sentence in sentences if sentence)


def event_words(series: Series) -> tuple[str, ...]:
    """The events that the chart marks, in date order: "12 June 2019: Inspection", "… (a new baseline from here)"."""
    return tuple(
        f"{format_day(event.day)}: {on_one_line(event.title)}{_new_baseline(series, event)}"
        for event, _ in marked_events(series)
    )


def _new_baseline(series: Series, event: Event) -> str:
    return " (a new baseline from here)" if event.rebase and not series.is_banded else ""


def marked_events(series: Series) -> list[tuple[Event, int]]:
    """The events within the series, each with the place of the first period end on or after its day, in date order."""
    marked = []
    for event in sorted(series.events, key=lambda event: (event.day, event.title)):
        index = bisect_left(series.period_ends, event.day)
        if index < len(series.period_ends):
            months = months_between(event.day, series.period_ends[index])
            if index > 0 or months < MONTHS_OF[series.grain]:
                marked.append((event, index))
    return marked


def _what_is_drawn(series: Series) -> str:
    figures = sum(value is not None for value in series.values)
    first, last = (format_period(series.period_ends[at], series.grain, series.definition.timing) for at in (0, -1))
    adjective = ADJECTIVES[series.grain]
    drawn = "Line chart of "
    drawn += counted(figures, f"{adjective} figure", f"{adjective} figures")
    drawn += f", {first}" if first == last else f", {first} to {last}"
    missing = len(series.values) - figures
    if missing:
        hidden = sum(is_hidden(series, index) for index in range(len(series.values)))
        why = "without a figure" if not hidden else f"without a figure, {hidden} of them kept back"
        drawn += f" ({counted(missing, *PERIOD_NAMES[series.grain])} {why if hidden < missing else 'kept back'})"
    few = sum(is_few_at(series, index) for index in range(len(series.values)))
    return ", ".join([drawn, *_deciding(series), *([f"{few} of them {TOO_FEW}"] if few else [])])


def _marked(series: Series) -> str:
    events = [f"{on_one_line(event.title)} ({format_period(event.day, 'month')})" for event, _ in marked_events(series)]
    return f"; marked: {listing(events)}" if events else ""


def _deciding(series: Series) -> list[str]:
    """The months that are marked, since the verdict rests on them."""
    marked = marked_months(series)
    if series.verdict is None or not marked:
        return []
    return [f"the last {counted(len(marked), 'figure', 'figures')} marked as {verdict_word(series.verdict)}"]


def _lines(series: Series) -> str:
    index = latest_index(series)
    if index is None:
        return ""
    parts = [baseline_words(series)]
    target = series.targets[index]
    if target is not None:
        parts.append(f"target {format_value(target, series.unit)}")
        if series.grain != "year" and target_record(series) is not None:
            kept = target_record_words(series)
            parts.append(kept[:1].lower() + kept[1:])
    said = ", ".join(part for part in parts if part)
    return said[:1].upper() + said[1:]


def _comparators(series: Series) -> str:
    words = comparison_words(series)
    return f"Compared with {words}" if words else ""
