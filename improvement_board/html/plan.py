"""Plan on a page as HTML: what changed, the assurance matrix, a card for each ambition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import date

from improvement_board import words
from improvement_board.board.page_models import Matrix, PlanPage
from improvement_board.board.plan_page import variation_of
from improvement_board.figures_format import format_day
from improvement_board.html.cards import cards
from improvement_board.html.doubts import caveat_list, caveat_mark
from improvement_board.html.parts import INDICATOR, Links, details, text
from improvement_board.html.yearly import yearly_table
from improvement_board.models import Change

KIND_WORDS = {
    "concern": "Concern",
    "missed": "Target missed",
    "data": words.CAVEAT,
    "restated": "Restated",
    "shifted": "Changed",
    "improvement": "Improvement",
    "met": "Target met",
}


def links_of(page: PlanPage) -> Links:
    """Links that carry the page's choices."""
    return Links(page.frame.address.parameters())


def changes(page: PlanPage) -> str:
    """What changed since the edition before, worst first, each a link; the data caveats in any case."""
    links = links_of(page)
    opening = _nothing_changed(page) if all(change.kind == "data" for change in page.changes) else ""
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
    return f"{opening}{listed}{rest}{every}"


def _nothing_changed(page: PlanPage) -> str:
    if page.frame.previous is None:
        return '<p class="ib-empty">This is the first edition: there is none before it to compare with.</p>'
    before = text(format_edition(page.frame.previous))
    return (
        f'<p class="ib-empty">Nothing changed since the edition of {before}: no new special cause, no target newly '
        "met or missed, no figure restated.</p>"
    )


def _change(change: Change, links: Links) -> str:
    kind = f'<span class="ib-kind ib-kind-{change.kind}">{KIND_WORDS[change.kind]}</span>'
    return f"<li>{kind}{links.to(change.page, change.sentence, change.address)}</li>"


def matrix(found: Matrix, links: Links, doubtful: Collection[str] = ()) -> str:
    """The assurance matrix with KPI names in its cells; the `doubtful` ones, by id, are marked."""
    head = "".join(f'<th scope="col">{text(column)}</th>' for column in found.columns)
    body = "".join(_matrix_row(found, row, links, doubtful) for row in found.rows)
    return (
        '<div class="ib-scroll"><table class="ib-table ib-matrix"><caption>Each KPI by what its latest point says '
        "(rows) and whether its limits promise the target (columns)</caption>"
        f"<thead><tr><td></td>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _matrix_row(found: Matrix, row: str, links: Links, doubtful: Collection[str]) -> str:
    cells = ""
    for column in found.columns:
        kpis = found.cells.get((row, column), ())
        names = "".join(
            f"<li>{links.to(INDICATOR, title, {'kpi': kpi})}{caveat_mark(kpi in doubtful)}</li>" for title, kpi in kpis
        )
        label = f"{row}, {column[0].lower()}{column[1:]}"
        content = (
            f'<span class="ib-cell-label">{text(label)}</span><ul>{names}</ul>'
            if kpis
            else '<span class="ib-none">–</span>'
        )
        cells += f'<td class="{"ib-filled" if kpis else "ib-blank"}">{content}</td>'
    css_class = row.lower().replace(" ", "-")
    return f'<tr class="ib-row-{css_class}"><th scope="row">{text(row)}</th>{cells}</tr>'


def sources(page: PlanPage) -> str:
    """Where published figures come from, each source with its year."""
    if not page.frame.is_published:
        return ""
    found = sorted({one.series.source for one in page.outlines if one.series.source})
    items = "".join(f"<li>{text(source)}</li>" for source in found)
    return f'<h2>Sources</h2><ul class="ib-note">{items}</ul>'


def whole(page: PlanPage) -> str:
    """The whole page below its title, as one block."""
    links = links_of(page)
    since = f" since the edition of {text(format_edition(page.frame.previous))}" if page.frame.previous else ""
    doubtful = {change.kpi for change in page.doubtful}
    stands = yearly_table(page, links) if page.matrix is None else matrix(page.matrix, links, doubtful)
    stands += caveat_list(page.outlines, links) if stands else ""
    middle = f"<h2>Where each indicator stands</h2>{stands}" if stands else ""
    opening = f'<p class="ib-lede">{text(in_one_line(page))}</p><h2>What changed{since}</h2>{changes(page)}'
    return f"{opening}{middle}<h2>The ambitions</h2>{cards(page, links)}{sources(page)}"


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
