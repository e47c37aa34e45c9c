"""The ambitions of the plan beside each other: how each stands, what moved it, how its KPIs stand, its lead KPIs."""

from __future__ import annotations

from markupsafe import Markup

from improvement_board import words
from improvement_board.charts.sparkline import tally_svg
from improvement_board.document.caveats import caveat_details
from improvement_board.document.environment import render
from improvement_board.document.latest import latest_value, trend
from improvement_board.document.meanings import explained
from improvement_board.document.parts import INDICATORS, Links, image
from improvement_board.document.protection import protection_details
from improvement_board.page_models.models import AmbitionCard, AmbitionVerdict, KpiOutline, PlanPage

NOTHING = "Nothing to judge yet"
DOTS = {"■": "worse", "▲": "moved", "◆": "better", "●": "no real change", "○": "nothing is said"}


def ambitions(page: PlanPage, links: Links) -> Markup:
    """A row for each ambition, what its marks mean, and the way to all indicators."""
    rows = [_row(card, links, page.frame.address.team) for card in page.cards]
    key = [(mark, explained(word)) for mark, word in DOTS.items()]
    every = links.to(INDICATORS, f"All {len(page.outlines)} indicators in one table")
    return render("ambitions", "table", rows=rows, key=key, every=every)


def _row(card: AmbitionCard, links: Links, team: str | None) -> Markup:
    """An ambition, with its verdict and its lead KPIs."""
    verdict, tally = card.verdict, words.tally_words(card.tally) or NOTHING
    return render(
        "ambitions",
        "row",
        card=card,
        title=links.to(card.id, card.title),
        team=team,
        word=words.AMBITION_WORDS[verdict.word],
        kind=verdict.word.split()[0],
        said=words.ambition_reasons(verdict.word, verdict.worse, verdict.better),
        why=_ruling(verdict),
        tally=image(tally_svg(card.tally), tally, "ib-dots") if card.tally else NOTHING,
        leads=[_lead(lead, links) for lead in card.leads],
    )


def verdict_lines(verdict: AmbitionVerdict) -> Markup:
    """An ambition's verdict and what it rests on in a line, and why where the plan says so; nothing where none is."""
    if verdict.word == "not judged":
        return Markup()
    return render(
        "ambitions",
        "verdict_lines",
        said=words.ambition_line(verdict.word, verdict.worse, verdict.better),
        kind=verdict.word.split()[0],
        why=_ruling(verdict),
    )


def _ruling(verdict: AmbitionVerdict) -> str:
    """Why the plan says how an ambition stands; empty where the rule does."""
    ruling = verdict.ruling
    return words.ruling_words(verdict.word, ruling.by_rule, ruling.reason, ruling.until) if ruling else ""


def _lead(lead: KpiOutline, links: Links) -> Markup:
    series = lead.series
    return render(
        "ambitions",
        "lead",
        name=links.to_kpi(series.definition.id, series.definition.title),
        value=latest_value(series),
        trend=trend(lead, width=110, height=32, css_class="ib-lead-trend"),
        facts=lead.latest_period,
        notes=protection_details(lead) + caveat_details(lead),
    )
