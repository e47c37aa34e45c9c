"""Plan on a page: what to ask about, what got better, what else changed, how each ambition stands."""

from __future__ import annotations

from collections import Counter

from markupsafe import Markup

from improvement_board import words
from improvement_board.document.agenda import agenda
from improvement_board.document.ambitions import ambitions
from improvement_board.document.changes import changes, since_edition
from improvement_board.document.environment import render
from improvement_board.document.frame import subject
from improvement_board.document.parts import Links
from improvement_board.page_models.models import PlanPage
from improvement_board.page_models.plan_page import standing_of


def whole(page: PlanPage) -> Markup:
    """The whole page below its title, as one block."""
    links = Links(page.frame.address.parameters())
    return render(
        "plan",
        "whole",
        verdict=words.plan_sentence([card.verdict.word for card in page.cards]),
        lede=in_one_line(page),
        agenda="" if page.matrix is None else agenda(page.agenda, links),
        ambitions=ambitions(page, links),
        since=since_edition(page.frame),
        changes=changes(page),
        sources=sources(page),
        is_published=page.frame.is_published,
    )


def sources(page: PlanPage) -> list[str]:
    """Where published figures come from, each source with its year."""
    return sorted({outline.series.source for outline in page.outlines if outline.series.source})


def in_one_line(page: PlanPage) -> str:
    """How many indicators are worse, better and unchanged, each counted once, and of what."""
    of = subject(page.frame)
    of = of[0].upper() + of[1:]
    counts = Counter(standing_of(outline.series) for outline in page.outlines)
    count = words.counted(len(page.outlines), "indicator", "indicators")
    return f"{of}: of {count}, {words.tally_words(counts)}." if page.outlines else f"{of}: no indicator has a figure."
