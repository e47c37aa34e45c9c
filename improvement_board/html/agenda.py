"""What to ask about and what got better, as two lists: each with its figures, and a question."""

from __future__ import annotations

from improvement_board import words
from improvement_board.html.cards import trend
from improvement_board.html.parts import INDICATOR, Links, text
from improvement_board.page_models.models import Agenda, AgendaItem

ASK, BETTER = "Ask about these", "Getting better"
NOTHING_WORSE = "No indicator of which a verdict is shown is worse than in its recent past."
NOTHING_BETTER = "No indicator of which a verdict is shown is better than in its recent past."


def agenda(shown: Agenda, links: Links) -> str:
    """Both lists side by side, and beneath each other where there is little room."""
    asked = "".join(_item(item, links) for item in shown.asked)
    better = "".join(_item(item, links) for item in shown.better)
    return (
        '<div class="ib-agenda">'
        f"<section><h2>{ASK}</h2>{_list(asked, NOTHING_WORSE)}</section>"
        f"<section><h2>{BETTER}</h2>{_list(better, NOTHING_BETTER)}</section></div>"
    )


def _list(items: str, nothing: str) -> str:
    return f'<ol class="ib-items">{items}</ol>' if items else f'<p class="ib-empty">{nothing}</p>'


def _item(item: AgendaItem, links: Links) -> str:
    outline, definition = item.outline, item.outline.series.definition
    word = outline.series.verdict.word if outline.series.verdict else ""
    new = '<strong class="ib-new">New</strong> ' if item.is_new else ""
    name = words.subject(outline.series)
    rest = text(outline.headline.removeprefix(name))
    claim = f"{links.to(INDICATOR, name, {'kpi': definition.id})} {rest}"
    asked = f'<p class="ib-question"><strong>Ask:</strong> {text(item.question)}</p>' if item.question else ""
    return (
        f'<li class="ib-item ib-item-{word}">{trend(outline, width=160, height=40, css_class="ib-trend")}'
        f'<div><p class="ib-claim">{new}{claim}</p>{_facts(item)}{asked}</div></li>'
    )


def _facts(item: AgendaItem) -> str:
    """The last meeting's figure and a year ago's, and how often the target was met."""
    record = item.outline.target_kept if words.target_record(item.outline.series) else ""
    facts = ". ".join(part for part in (item.earlier, record) if part)
    return f'<p class="ib-facts">{text(facts)}.</p>' if facts else ""
