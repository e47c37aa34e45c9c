"""Plan on a page as HTML: what changed, the assurance matrix, a card for each ambition."""

from __future__ import annotations

from collections import Counter
from datetime import date

from improvement_board.board.page_models import AmbitionCard, KpiOutline, Matrix, PlanPage
from improvement_board.board.plan_page import variation_of
from improvement_board.figures_format import format_day, format_period_short, format_value
from improvement_board.html.parts import INDICATOR, Links, details, image, marks, text
from improvement_board.models import Change
from improvement_board.sparkline import sparkline_svg

KIND_WORDS = {
    "concern": "Concern",
    "missed": "Target missed",
    "restated": "Restated",
    "shifted": "Changed",
    "improvement": "Improvement",
    "met": "Target met",
}


def links_of(page: PlanPage) -> Links:
    """Links that carry the page's choices."""
    return Links(page.frame.address.parameters())


def changes(page: PlanPage) -> str:
    """What changed since the edition before, worst first, each a link."""
    if page.frame.previous is None:
        return '<p class="ib-empty">This is the first edition: there is none before it to compare with.</p>'
    if not page.changes:
        before = text(format_edition(page.frame.previous))
        return (
            f'<p class="ib-empty">Nothing changed since the edition of {before}: no new special cause, no target newly '
            "met or missed, no figure restated.</p>"
        )
    rows = "".join(_change(change, links_of(page)) for change in page.changes)
    more = page.changes_in_all - len(page.changes)
    rest = (
        f'<p class="ib-note">and {more} more, of lesser weight: each is on its KPI\'s own page.</p>' if more > 0 else ""
    )
    every = ""
    if len(page.restated) > 1:
        items = "".join(_change(change, links_of(page)) for change in page.restated)
        every = details("All restated figures", f'<ul class="ib-changes">{items}</ul>')
    return f'<ul class="ib-changes">{rows}</ul>{rest}{every}'


def _change(change: Change, links: Links) -> str:
    kind = f'<span class="ib-kind ib-kind-{change.kind}">{KIND_WORDS[change.kind]}</span>'
    return f"<li>{kind}{links.to(INDICATOR, change.sentence, change.address)}</li>"


def matrix(found: Matrix, links: Links) -> str:
    """The assurance matrix with KPI names in its cells."""
    head = "".join(f'<th scope="col">{text(column)}</th>' for column in found.columns)
    body = "".join(_matrix_row(found, row, links) for row in found.rows)
    return (
        '<div class="ib-scroll"><table class="ib-table ib-matrix"><caption>Each KPI by what its latest point says '
        "(rows) and whether its limits promise the target (columns)</caption>"
        f"<thead><tr><td></td>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _matrix_row(found: Matrix, row: str, links: Links) -> str:
    cells = ""
    for column in found.columns:
        kpis = found.cells.get((row, column), ())
        names = "".join(f"<li>{links.to(INDICATOR, title, {'kpi': kpi})}</li>" for title, kpi in kpis)
        label = f"{row}, {column[0].lower()}{column[1:]}"
        content = (
            f'<span class="ib-cell-label">{text(label)}</span><ul>{names}</ul>'
            if kpis
            else '<span class="ib-none">–</span>'
        )
        cells += f'<td class="{"ib-filled" if kpis else "ib-blank"}">{content}</td>'
    css_class = row.lower().replace(" ", "-")
    return f'<tr class="ib-row-{css_class}"><th scope="row">{text(row)}</th>{cells}</tr>'


def cards(page: PlanPage) -> str:
    """A card for each ambition."""
    return f'<div class="ib-cards">{"".join(_card(card, links_of(page)) for card in page.cards)}</div>'


def _card(card: AmbitionCard, links: Links) -> str:
    leads = (
        "".join(_lead(lead, links) for lead in card.leads)
        or '<p class="ib-empty">None of its KPIs is supplied yet.</p>'
    )
    missing = len(card.not_supplied)
    absent = f'<p class="ib-note">{missing} KPI{"s" if missing > 1 else ""} not supplied yet.</p>' if missing else ""
    return (
        f'<section class="ib-card"><h3>{links.to(card.id, card.title)}</h3>'
        f'<p class="ib-statement">{text(card.statement)}</p>'
        f'<p class="ib-tally">{text(tally(card))}</p>{leads}{absent}</section>'
    )


def tally(card: AmbitionCard) -> str:
    """How many KPIs improve, hold and concern, in words."""
    parts = [
        (card.concern, "of concern"),
        (card.improving, "improving"),
        (card.changed, "changed"),
        (card.steady, "holding steady"),
        (card.not_judged, "too short to judge"),
    ]
    said = [f"{count} {label}" for count, label in parts if count]
    return " · ".join(said) if said else "Nothing to judge yet"


def _lead(lead: KpiOutline, links: Links) -> str:
    series = lead.series
    place = series.latest
    presented = series.presented
    when = (
        format_period_short(series.period_ends[place], series.grain, series.definition.timing)
        if place is not None
        else ""
    )
    symbol = series.symbols[-1] if series.symbols else None
    value = format_value(series.latest_value, series.unit, symbol)
    target = series.latest_target
    against = f"target {format_value(target, series.unit)}" if target is not None else ""
    icons = marks(
        presented.variation if presented else None,
        series.definition.better,
        lead.variation,
        presented.assurance if presented else None,
        lead.assurance,
    )
    facts = " · ".join(part for part in (when, against, lead.comparison) if part)
    drawing = image(
        sparkline_svg(series, width=320, height=48), f"Trend of {series.definition.title}: {lead.headline}", "ib-spark"
    )
    title = links.to(INDICATOR, series.definition.title, {"kpi": series.definition.id})
    return (
        f'<div class="ib-lead"><div class="ib-lead-head">{title}<strong>{text(value)}</strong></div>'
        f'{drawing}<p class="ib-facts">{text(facts)}</p><p class="ib-marks">{icons}{standing(lead)}</p></div>'
    )


def standing(lead: KpiOutline) -> str:
    """Where the authority stands, for published figures."""
    found = lead.standing
    if found is None:
        return ""
    order = "best first" if lead.series.definition.better != "neither" else "lowest first"
    near = (
        f", {found.neighbour_rank} of {found.of_neighbours} with its neighbours"
        if found.neighbour_rank is not None
        else ""
    )
    said = f"Rank {found.rank} of {found.of_all} authorities{near} ({order})"
    return f'<span class="ib-mark">{text(said)}</span>'


def whole(page: PlanPage) -> str:
    """The whole page below its title, as one block."""
    links = links_of(page)
    since = f" since the edition of {text(format_edition(page.frame.previous))}" if page.frame.previous else ""
    middle = ""
    if page.matrix is not None:
        middle = f"<h2>Where each indicator stands</h2>{matrix(page.matrix, links)}"
    return f"<h2>What changed{since}</h2>{changes(page)}{middle}<h2>The ambitions</h2>{cards(page)}"


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
        return f"{len(page.outlines)} indicators, each with too few figures for a control chart."
    parts = [(counts["concern"], "of concern"), (counts["improving"], "improving"), (counts["changed"], "changed")]
    said = [f"{count} {label}" for count, label in parts if count]
    said.append(f"{counts['steady']} in their usual range")
    rest = f"; {counts['not judged']} more are not judged by a control chart" if counts["not judged"] else ""
    return f"Of {judged} indicators with a control chart: {', '.join(said)}{rest}."
