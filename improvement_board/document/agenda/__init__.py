"""What to ask about and what got better, as two lists: each with its figures, and a question."""

from __future__ import annotations

from markupsafe import Markup

from improvement_board import words
from improvement_board.document.environment import render
from improvement_board.document.latest import trend
from improvement_board.document.meanings import explained
from improvement_board.document.parts import Links
from improvement_board.page_models.models import Agenda, AgendaItem

ASK, BETTER = "Ask about these", "Getting better"
NOTHING_WORSE = "No indicator of which a verdict is shown is worse than in its recent past."
NOTHING_BETTER = "No indicator of which a verdict is shown is better than in its recent past."


def agenda(shown: Agenda, links: Links) -> Markup:
    """What to ask about, and beside it, or beneath where there is little room, what got better."""
    lists = [
        (title, [_item(item, links) for item in items], nothing)
        for title, items, nothing in ((ASK, shown.asked, NOTHING_WORSE), (BETTER, shown.better, NOTHING_BETTER))
    ]
    return render("agenda", "lists", lists=lists)


def _item(item: AgendaItem, links: Links) -> Markup:
    outline = item.outline
    name = words.subject(outline.series)
    record = outline.target_kept if words.target_record(outline.series) else ""
    return render(
        "agenda",
        "item",
        item=item,
        word=outline.series.verdict.word if outline.series.verdict else "",
        trend=trend(outline, width=160, height=40, css_class="ib-trend"),
        link=links.to_kpi(outline.series.definition.id, name),
        claim=outline.headline.removeprefix(name),
        new=explained("New"),
        facts=". ".join(part for part in (item.earlier, record) if part),
    )
