"""The title of a chart: one sentence about what it shows, without a full stop."""

from __future__ import annotations

from improvement_board.figures.few import is_few_at
from improvement_board.figures.formats import (
    HIDDEN_WORDS,
    NO_FIGURE,
    format_apart,
    format_month,
    format_period,
    format_share,
)
from improvement_board.figures.series import Series
from improvement_board.words.bands import band_headline
from improvement_board.words.movement import movement, plain_movement, previous_value, yearly_movement
from improvement_board.words.names import TOO_FEW, subject
from improvement_board.words.protection import is_hidden, missing_words
from improvement_board.words.verdict import WHY_NOTHING, target_clause, usual_figure, verdict_sentence, verdict_word


def headline(series: Series) -> str:
    """What the chart shows: "Agency rate fell to 18.2% from an average of 24.1% in the 24 months to March 2026: better
    since May 2026, and meeting the target of 20.0%".

    Only what the numbers bear: without a verdict the movement from the period before, none across a gap; and a latest
    period without a figure is named with the reason.
    """
    series = series.known
    if series.is_banded:
        return band_headline(series)
    index = series.latest
    if index is None:
        return f"{subject(series)}: {_why_nothing(series)}"
    if is_few_at(series, index):
        return "; ".join([_few(series, index), *_reservations(series, index)])
    sentence, target_text = _moved(series, index)
    against_target = target_clause(series, index, target_text)
    said = f", {against_target}" if against_target else ""
    sentence = f"{subject(series)} {sentence}{said}"
    return "; ".join([sentence, *_reservations(series, index)])


def claim(series: Series) -> str:
    """The headline in a few words, to stand under the name: "No real change: 23.6%, from an average of 24.4%".

    It says nothing that the headline does not.
    """
    series = series.known
    index, verdict = series.latest, series.verdict
    value = None if index is None else series.values[index]
    if series.is_banded or index is None or value is None or is_few_at(series, index):
        return _without_subject(series)
    if verdict is None or verdict.baseline is None:
        return _without_subject(series)
    end = series.period_ends[index]
    shown, usual = format_apart([value, usual_figure(series, verdict.baseline, end)], series.unit)
    word = verdict_word(verdict)
    since = f" since {format_month(verdict.since)}" if verdict.is_change and verdict.since else ""
    against = f"usually {usual} in {format_month(end).split(' ')[0]}"
    if not verdict.baseline.season:
        against = f"from an average of {usual}"
    said = _dated(series, index, f"{word[:1].upper()}{word[1:]}{since}: {shown}, {against}")
    return "; ".join([said, *_reservations(series, index)])


def _without_subject(series: Series) -> str:
    said = headline(series).removeprefix(subject(series)).lstrip(" :")
    return f"{said[:1].upper()}{said[1:]}"


def _few(series: Series, index: int) -> str:
    """The figure of a team or worker that is of too few: nothing is said of how it moved or stands."""
    parts = series.numerators[index], series.denominators[index]
    shown = format_share(series.values[index], series.unit, *parts)
    period = format_period(series.period_ends[index], series.grain, series.definition.timing)
    return f"{subject(series)} was {shown} in {period}; {TOO_FEW}"


def _moved(series: Series, index: int) -> tuple[str, str]:
    """The movement, and the target as text, with decimals enough to tell them apart."""
    value, target = series.values[index], series.targets[index]
    if value is None:
        return NO_FIGURE, ""
    judged = verdict_sentence(series, index)
    if judged is not None:
        return _dated(series, index, judged[0]), judged[1]
    if series.grain != "year" and series.verdict is None:
        sentence, target_text = plain_movement(series, index, target)
        return _dated(series, index, sentence), target_text
    known = [value] if target is None else [value, target]
    shown, *others = format_apart(known, series.unit)
    if series.grain == "year":
        return yearly_movement(series, index, shown), "".join(others)
    return _dated(series, index, movement(series, index, shown)), "".join(others)


def _dated(series: Series, index: int, sentence: str) -> str:
    """The period is named where the figure is not of the series' last one, or of a quarter in place of months."""
    period = format_period(series.period_ends[index], series.grain, series.definition.timing)
    if series.is_protected and series.grain == "quarter":
        return f"in {period} {sentence}"
    return sentence if index == len(series.values) - 1 else f"{sentence} ({period})"


def _reservations(series: Series, index: int) -> list[str]:
    reservations = []
    figures = sum(value is not None for value in series.values)
    if figures == 1:
        reservations.append("the only figure so far")
    elif is_few_at(series, index):
        pass
    elif series.verdict is not None and series.verdict.baseline is None:
        reservations.append(WHY_NOTHING[series.verdict.word])
    if series.grain == "year" and 0 < index == len(series.values) - 1 and previous_value(series, index) is None:
        is_kept = is_hidden(series, index - 1)
        reservations.append(f"the year before is {HIDDEN_WORDS}" if is_kept else "no figure for the year before")
    if index < len(series.values) - 1:
        period = format_period(series.period_ends[-1], series.grain, series.definition.timing)
        reservations.append(f"{period}: {missing_words(series, -1)}")
    return reservations


def _why_nothing(series: Series) -> str:
    symbols = set(series.symbols)
    if len(symbols) == 1 and symbols != {None}:
        return f"no figures ({missing_words(series, -1)})"
    return "no figures"
