"""The indicator page: the way back, the heads of its parts, what earlier editions said, its definition."""

from __future__ import annotations

from markupsafe import Markup, escape

from improvement_board import words
from improvement_board.document.environment import render
from improvement_board.document.parts import INDICATOR, STACKED, TEAM, Links, table
from improvement_board.document.protection import protection_line
from improvement_board.figures.formats import format_change, format_month, format_value
from improvement_board.page_models.models import IndicatorPage


def trail(page: IndicatorPage) -> Markup:
    """The way back: plan, ambition, and the team's own page; and the other indicators to choose from."""
    links = Links(page.frame.address.parameters())
    steps = [links.to("", "Plan on a page")]
    if page.ambition:
        steps.append(links.to(*page.ambition))
    if page.frame.address.team:
        steps.append(links.to(INDICATOR, "All teams", {"kpi": page.definition.id, "team": None}))
        steps.append(links.to(TEAM, f"{page.frame.address.team}: all indicators"))
    if page.category or page.worker:
        steps.append(links.to_kpi(page.definition.id, "Without category or worker"))
    return render("indicator", "trail", steps=steps, others=page.others, links=links)


def rebase_note(page: IndicatorPage) -> Markup:
    """Whether a change that has outlasted a year is how things are now: asked of those who keep the events file."""
    asked = words.rebase_words(page.outline.series) if page.outline and page.frame.sees_quality else ""
    return render("indicator", "rebase_note", asked=asked)


def section(headline: str, kicker: str, protection: str = "") -> Markup:
    """The head of a part of the page: what it is about, its sentence, and what of it is kept back."""
    return render("indicator", "section", headline=headline, kicker=kicker, protection=protection_line(protection))


def earlier(page: IndicatorPage) -> Markup:
    """What earlier editions presented, and what was restated since."""
    if not page.earlier:
        return Markup()
    unit = page.outline.series.unit if page.outline else page.definition.unit
    rows = [
        [
            f"As presented in {said.edition}",
            format_month(said.period_end),
            format_value(said.then, unit),
            format_value(said.now, unit),
            format_change(said.now - said.then, unit) if said.now is not None and said.then is not None else "–",
            f"{said.restated} period{'s' if said.restated != 1 else ''}",
            "Yes" if said.definition_changed else "No",
        ]
        for said in page.earlier
    ]
    columns = [
        "Edition",
        "Its latest period",
        "Figure then",
        "Figure now",
        "Change",
        "Restated since",
        "Definition changed",
    ]
    caption = f"{page.definition.title} of the whole service: what each edition said of its latest period"
    made = table(caption, columns, rows, numbers=(2, 3, 4), css_class=STACKED)
    return render("indicator", "earlier", table=made)


def definition(page: IndicatorPage) -> Markup:
    """The definition, its source, caveats, parameters and query."""
    shown = page.definition
    facts = [
        ("Definition", shown.definition),
        ("Numerator", shown.numerator),
        ("Denominator", shown.denominator or "None: a count"),
        ("Which way is better", {"higher": "Higher", "lower": "Lower", "neither": "Neither"}[shown.better]),
        ("Timing", "At the end of each month" if shown.timing == "snapshot" else "Events of each month"),
        ("Made from", ", ".join(shown.sources) or "Published statistics"),
        ("Parameters", ", ".join(f"{name} = {value}" for name, value in page.parameters.items())),
        ("Comparators", str(shown.benchmarks.get("note", ""))),
        ("Caveats", shown.caveats or ""),
        ("Note on this edition", page.note),
    ]
    return render("indicator", "definition", facts=facts, sql=escape(shown.sql))
