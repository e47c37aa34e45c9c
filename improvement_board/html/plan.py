"""Plan on a page as HTML: what to ask about, what else changed, a card for each ambition, the matrix of indicators."""

from __future__ import annotations

from collections import Counter

from improvement_board import words
from improvement_board.html.agenda import agenda
from improvement_board.html.cards import cards
from improvement_board.html.caveats import caveat_list
from improvement_board.html.changes import CHANGES, FIRST_EDITION, change_line, since_edition
from improvement_board.html.frame import format_edition, subject
from improvement_board.html.matrix import matrix
from improvement_board.html.parts import Links, details, text
from improvement_board.html.yearly import yearly_table
from improvement_board.page_models.models import PlanPage
from improvement_board.page_models.plan_page import standing_of

MOST_MEASURED = 5


def links_of(page: PlanPage) -> Links:
    """Links that carry the page's choices."""
    return Links(page.frame.address.parameters())


def changes(page: PlanPage) -> str:
    """What else changed since the edition before, worst first, each a link; the data caveats in any case. Of a page
    that is narrowed to a team or an earlier month, only how many changes there are and where."""
    links, frame = links_of(page), page.frame
    opening = ""
    if frame.previous is not None and frame.is_narrowed:
        opening = f'<p class="ib-empty">Not listed here, as this page is of {text(subject(frame))}.</p>'
    elif all(change.kind == "caveat" for change in page.changes):
        opening = _nothing_changed(page)
    rows = "".join(change_line(change, links) for change in page.changes)
    listed = f'<ul class="ib-changes">{rows}</ul>' if rows else ""
    every = ""
    if len(page.restated) > 1:
        items = "".join(change_line(change, links) for change in page.restated)
        every = details("All restated figures", f'<ul class="ib-changes">{items}</ul>')
    return f"{opening}{listed}{_all_changes(page, links)}{every}{_measured(page, links)}"


def _all_changes(page: PlanPage, links: Links) -> str:
    """The way to every change, also to those that got better and are not among the weightiest."""
    count = page.changes_in_all
    if not count:
        return ""
    label = f"All {count} changes, by ambition" if count > 1 else "The change on a page of its own"
    return f"<p>{links.to(CHANGES, label)}</p>"


def _measured(page: PlanPage, links: Links) -> str:
    """What is measured differently from the edition before: the first few, the others on request."""
    if not page.measured:
        return ""
    items = [change_line(change, links) for change in page.measured]
    first = f'<ul class="ib-changes">{"".join(items[:MOST_MEASURED])}</ul>'
    rest = items[MOST_MEASURED:]
    more = details(f"{len(rest)} more", f'<ul class="ib-changes">{"".join(rest)}</ul>') if rest else ""
    return f"<h3>Measured differently</h3>{first}{more}"


def _nothing_changed(page: PlanPage) -> str:
    if page.frame.previous is None:
        return FIRST_EDITION
    before = text(format_edition(page.frame.previous))
    return (
        f'<p class="ib-empty">{_nothing(page)} since the edition of {before}: no target newly met or missed, no figure '
        "restated.</p>"
    )


def _nothing(page: PlanPage) -> str:
    return "Apart from what is measured differently, nothing else changed" if page.measured else "Nothing else changed"


def sources(page: PlanPage) -> str:
    """Where published figures come from, each source with its year."""
    if not page.frame.is_published:
        return ""
    titles = sorted({outline.series.source for outline in page.outlines if outline.series.source})
    items = "".join(f"<li>{text(source)}</li>" for source in titles)
    return f'<h2>Sources</h2><ul class="ib-note">{items}</ul>'


def whole(page: PlanPage) -> str:
    """The whole page below its title, as one block."""
    links = links_of(page)
    stands = (
        yearly_table(page, links)
        if page.matrix is None
        else matrix(page.matrix, links, subject(page.frame), leads_of(page), with_caveat(page))
    )
    stands += caveat_list(page.outlines, links, "all indicators") if stands else ""
    middle = f"<h2>Where each indicator stands</h2>{stands}" if stands else ""
    verdict = words.plan_sentence([card.verdict.word for card in page.cards])
    opening = f'<p class="ib-verdict-line">{text(verdict)}</p>' if verdict else ""
    opening += f'<p class="ib-lede">{text(in_one_line(page))}</p>'
    changed = f"<h2>{text(since_edition(page.frame))}</h2>{changes(page)}"
    asked = "" if page.matrix is None else agenda(page.agenda, links)
    ambitions = f"<h2>The ambitions</h2>{cards(page, links)}"
    return f"{opening}{asked}{ambitions}{changed}{middle}{sources(page)}"


def leads_of(page: PlanPage) -> set[str]:
    """The ids of the plan's lead KPIs."""
    return {lead.series.definition.id for card in page.cards for lead in card.leads}


def with_caveat(page: PlanPage) -> set[str]:
    """The ids of the KPIs that carry a data caveat."""
    return {change.kpi for change in page.caveats}


def in_one_line(page: PlanPage) -> str:
    """How many indicators are worse, better and unchanged, each counted once, and of what."""
    of = subject(page.frame)
    of = of[0].upper() + of[1:]
    counts = Counter(standing_of(outline.series) for outline in page.outlines)
    count = words.counted(len(page.outlines), "indicator", "indicators")
    return f"{of}: of {count}, {words.tally_words(counts)}." if page.outlines else f"{of}: no indicator has a figure."
