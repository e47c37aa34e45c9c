"""Plan on a page as HTML: what changed, the matrix of indicators, a card for each ambition."""

from __future__ import annotations

from collections import Counter
from datetime import date

from improvement_board import words
from improvement_board.figures.formats import format_day
from improvement_board.figures.series import Change
from improvement_board.html.cards import cards
from improvement_board.html.caveats import caveat_list
from improvement_board.html.matrix import matrix
from improvement_board.html.parts import Links, details, text
from improvement_board.html.yearly import yearly_table
from improvement_board.page_models.models import PlanPage
from improvement_board.page_models.plan_page import variation_of

KIND_WORDS = {
    "lost": "No longer given",
    "concern": "Concern",
    "missed": "Target missed",
    "caveat": words.CAVEAT,
    "restated": "Restated",
    "shifted": "Changed",
    "improvement": "Improvement",
    "met": "Target met",
    "recounted": "Counted otherwise",
    "regrouped": "Teams restated",
    "target": "Target moved",
    "redefined": "Redefined",
    "new": "New",
    "years": "Years",
    "teams": "Teams",
}
MOST_MEASURED = 5


def links_of(page: PlanPage) -> Links:
    """Links that carry the page's choices."""
    return Links(page.frame.address.parameters())


def changes(page: PlanPage) -> str:
    """What changed since the edition before, worst first, each a link; the data caveats in any case."""
    links = links_of(page)
    opening = _nothing_changed(page) if all(change.kind == "caveat" for change in page.changes) else ""
    rows = "".join(_change(change, links) for change in page.changes)
    more = page.changes_in_all - len(page.changes)
    rest = (
        f'<p class="ib-note">and {more} more, of lesser weight: each is on its KPI\'s own page.</p>' if more > 0 else ""
    )
    listed = f'<ul class="ib-changes">{rows}</ul>' if rows else ""
    every = ""
    if len(page.restated) > 1:
        items = "".join(_change(change, links) for change in page.restated)
        every = details("All restated figures", f'<ul class="ib-changes">{items}</ul>')
    return f"{opening}{listed}{rest}{every}{_measured(page, links)}"


def _measured(page: PlanPage, links: Links) -> str:
    """What is measured differently from the edition before: the first few, the others on request."""
    if not page.measured:
        return ""
    items = [_change(change, links) for change in page.measured]
    first = f'<ul class="ib-changes">{"".join(items[:MOST_MEASURED])}</ul>'
    rest = items[MOST_MEASURED:]
    more = details(f"{len(rest)} more", f'<ul class="ib-changes">{"".join(rest)}</ul>') if rest else ""
    return f"<h3>Measured differently</h3>{first}{more}"


def _nothing_changed(page: PlanPage) -> str:
    if page.frame.previous is None:
        return '<p class="ib-empty">This is the first edition: there is none before it to compare with.</p>'
    before = text(format_edition(page.frame.previous))
    return (
        f'<p class="ib-empty">{_nothing(page)} since the edition of {before}: no new special cause, no target newly '
        "met or missed, no figure restated.</p>"
    )


def _nothing(page: PlanPage) -> str:
    return "Apart from what is measured differently, nothing changed" if page.measured else "Nothing changed"


def _change(change: Change, links: Links) -> str:
    kind = f'<span class="ib-kind ib-kind-{change.kind}">{KIND_WORDS[change.kind]}</span>'
    said = links.to(change.page, change.sentence, change.address) if change.page else text(change.sentence)
    return f"<li>{kind}<span>{said}</span></li>"


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
    since = f" since the edition of {text(format_edition(page.frame.previous))}" if page.frame.previous else ""
    stands = (
        yearly_table(page, links)
        if page.matrix is None
        else matrix(page.matrix, links, leads_of(page), with_caveat(page))
    )
    stands += caveat_list(page.outlines, links, "all indicators") if stands else ""
    middle = f"<h2>Where each indicator stands</h2>{stands}" if stands else ""
    opening = f'<p class="ib-lede">{text(in_one_line(page))}</p><h2>What changed{since}</h2>{changes(page)}'
    return f"{opening}{middle}<h2>The ambitions</h2>{cards(page, links)}{sources(page)}"


def leads_of(page: PlanPage) -> set[str]:
    """The ids of the plan's lead KPIs."""
    return {lead.series.definition.id for card in page.cards for lead in card.leads}


def with_caveat(page: PlanPage) -> set[str]:
    """The ids of the KPIs that carry a data caveat."""
    return {change.kpi for change in page.caveats}


def format_edition(name: str) -> str:
    """An edition's name in words: 30 June 2026, with its revision where it has one."""
    day, _, revision = name.partition(".")
    said = format_day(date.fromisoformat(day))
    return f"{said} (revision {revision})" if revision else said


def in_one_line(page: PlanPage) -> str:
    """How many indicators improve, concern and hold steady, over the whole plan, each KPI counted once."""
    counts = Counter(variation_of(outline.series) for outline in page.outlines)
    judged = sum(count for kind, count in counts.items() if kind != "not judged")
    if not judged:
        better = sum(card.better_than_england for card in page.cards)
        worse = sum(card.worse_than_england for card in page.cards)
        compared = f" {better} stand better than England, {worse} worse." if better or worse else ""
        return f"{len(page.outlines)} indicators, each with too few figures for a control chart.{compared}"
    parts = [(counts["concern"], "of concern"), (counts["improving"], "improving"), (counts["changed"], "changed")]
    said = [f"{count} {label}" for count, label in parts if count]
    said.append(f"{counts['steady']} in their usual range")
    rest = f"; {counts['not judged']} more are not judged by a control chart" if counts["not judged"] else ""
    return f"Of {judged} indicators with a control chart: {', '.join(said)}{rest}."
