"""What small-number protection keeps back, said beside the figures it keeps it back of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from improvement_board import words
from improvement_board.figures.series import Series
from improvement_board.html.parts import details, text
from improvement_board.page_models.models import KpiOutline

TITLE = "Small numbers"


def protection_line(said: str) -> str:
    """A sentence under a headline; empty where nothing is kept back."""
    return f'<p class="ib-facts ib-protection">{text(said)}</p>' if said else ""


def protection_details(outline: KpiOutline) -> str:
    """The sentence of a card, which opens on request."""
    return details(TITLE, protection_line(outline.protection)) if outline.protection else ""


def protection_note(shown: Iterable[Series]) -> str:
    """What is kept back of all the series of a table, said once below it."""
    said = words.protection_notes(shown)
    return f'<p class="ib-note">{text(said)}</p>' if said else ""


def not_by_team_note(titles: Sequence[str]) -> str:
    """Which indicators have no figures by team because they are protected."""
    return f'<p class="ib-note">{text(words.not_by_team_words(titles))}.</p>' if titles else ""
