"""The cards of ambitions: statement, how its KPIs stand, its lead KPIs with their trend."""

from __future__ import annotations

from markupsafe import Markup

from improvement_board import words
from improvement_board.document.caveats import caveat_details
from improvement_board.document.environment import render
from improvement_board.document.latest import (
    latest_marks,
    latest_period,
    latest_value,
    short_comparison,
    target_words,
    trend,
)
from improvement_board.document.parts import Links
from improvement_board.document.protection import protection_details
from improvement_board.page_models.models import AmbitionCard, AmbitionVerdict, KpiOutline, PlanPage


def cards(page: PlanPage, links: Links) -> Markup:
    """A card for each ambition."""
    return render("cards", "cards", cards=[_card(card, links, page.frame.address.team) for card in page.cards])


def _card(card: AmbitionCard, links: Links, team: str | None) -> Markup:
    """An ambition, with its verdict and its lead KPIs."""
    return render(
        "cards",
        "card",
        card=card,
        title=links.to(card.id, card.title),
        team=team,
        verdict=verdict_lines(card.verdict),
        tally=tally(card),
        leads=[_lead(lead, links) for lead in card.leads],
    )


def verdict_lines(verdict: AmbitionVerdict) -> Markup:
    """An ambition's verdict and what it rests on in a line, and why where the plan says so; nothing where none is."""
    if verdict.word == "not judged":
        return Markup()
    ruling = verdict.ruling
    return render(
        "cards",
        "verdict_lines",
        said=words.ambition_line(verdict.word, verdict.worse, verdict.better),
        kind=verdict.word.split()[0],
        why=words.ruling_words(verdict.word, ruling.by_rule, ruling.reason, ruling.until) if ruling else "",
    )


def tally(card: AmbitionCard) -> str:
    """How many KPIs are worse, better and unchanged, or for yearly figures stand better or worse than England."""
    return words.tally_words(card.tally) or "Nothing to judge yet"


def _lead(lead: KpiOutline, links: Links) -> Markup:
    series = lead.series
    facts = [latest_period(series), target_words(series), *short_comparison(series)]
    return render(
        "cards",
        "lead",
        name=links.to_kpi(series.definition.id, series.definition.title),
        value=latest_value(series),
        trend=trend(lead, width=320, height=48, css_class="ib-spark"),
        facts=" · ".join(fact for fact in facts if fact),
        marks=latest_marks(lead),
        notes=protection_details(lead) + caveat_details(lead),
    )
