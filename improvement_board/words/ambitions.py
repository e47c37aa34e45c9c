"""How ambitions stand, in a line each, and the whole plan in a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from improvement_board.figures.formats import format_day
from improvement_board.words.names import counted, listing, on_one_line, shortened

MOST_NAMED = 2
AMBITION_WORDS = {
    "worse": "worse",
    "better": "better",
    "mixed": "partly better and partly worse",
    "no real change": "without real change",
    "not shown": "not shown",
    "not judged": "not judged",
}
STANDING_WORDS = {
    "worse": "worse",
    "better": "better",
    "moved": "moved where neither direction is better",
    "no real change": "without real change",
    "better than England": "better than England",
    "worse than England": "worse than England",
    "too few to say": "too few to say",
    "not shown": "not shown",
    "not judged": "not judged",
}


def plan_sentence(verdicts: Sequence[str]) -> str:
    """How many ambitions stand how: "Of 8 ambitions, 1 is worse, 2 are better and 5 are without real change." Empty
    where none bears a verdict."""
    counts = Counter(verdicts)
    if not set(counts) - {"not judged", "not shown"}:
        return ""
    said = [
        f"{counts[verdict]} {'is' if counts[verdict] == 1 else 'are'} {label}"
        for verdict, label in AMBITION_WORDS.items()
        if counts[verdict]
    ]
    return f"Of {counted(len(verdicts), 'ambition', 'ambitions')}, {listing(said)}."


def tally_words(tally: Counter[str]) -> str:
    """How many indicators stand how: "3 worse, 7 better, 40 without real change"."""
    return ", ".join(f"{tally[kind]} {label}" for kind, label in STANDING_WORDS.items() if tally[kind])


def ambition_line(verdict: str, worse: Sequence[str], better: Sequence[str]) -> str:
    """An ambition's verdict with its indicators that are worse and better, the weightiest first: "Worse: Reviews and
    Audits. Better: Visits and 2 more."; "Without real change." """
    opening = [] if verdict in {"worse" if worse else "", "better" if better else ""} else [_opening(verdict)]
    return " ".join([*opening, *_reasons(verdict, worse, better)])


def ambition_reasons(verdict: str, worse: Sequence[str], better: Sequence[str]) -> str:
    """The indicators that are worse and better, to stand beside the verdict: "Worse: Reviews. Better: Visits and 2
    more." Empty where none is."""
    return " ".join(_reasons(verdict, worse, better))


def _opening(verdict: str) -> str:
    return f"{AMBITION_WORDS[verdict].capitalize()}."


def _reasons(verdict: str, worse: Sequence[str], better: Sequence[str]) -> list[str]:
    lines = {
        label: f"{label.capitalize()}: {shortened([on_one_line(title) for title in titles], MOST_NAMED)}."
        for label, titles in (("worse", worse), ("better", better))
        if titles
    }
    return [lines[label] for label in sorted(lines, key=lambda label: label != verdict)]


def ruling_words(verdict: str, by_rule: str, reason: str, until: date) -> str:
    """Why an ambition stands as the plan says: "The council's plan says so, for editions up to 28 October 2026: a ward
    closed. By the rule it would be without real change." """
    said = f"The council’s plan says so, for editions up to {format_day(until)}: {on_one_line(reason).rstrip('.')}."
    label = AMBITION_WORDS[by_rule]
    if by_rule == verdict:
        return f"{said} By the rule it would be the same."
    return f"{said} By the rule it {'is' if label.startswith('not') else 'would be'} {label}."
