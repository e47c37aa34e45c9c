"""What small-number protection keeps back, said beside the figures it keeps it back of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from improvement_board import words
from improvement_board.document.parts import details, note
from improvement_board.figures.series import Series
from improvement_board.page_models.models import KpiOutline

TITLE = "Small numbers"


def protection_line(said: str) -> Markup:
    """A sentence under a headline; empty where nothing is kept back."""
    return note(said, "ib-facts ib-protection")


def protection_details(outline: KpiOutline) -> Markup:
    """The sentence of a card, which opens on request."""
    return details(TITLE, protection_line(outline.protection)) if outline.protection else Markup()


def protection_note(shown: Iterable[Series]) -> Markup:
    """What is kept back of all the series of a table, said once below it."""
    return note(words.protection_notes(shown))


def not_by_team_note(titles: Sequence[str]) -> Markup:
    """Which indicators have no figures by team because they are protected."""
    return note(f"{words.not_by_team_words(titles)}." if titles else "")
