"""What an ambition's page says in words, and the table of the KPIs that it does not draw."""

from __future__ import annotations

from markupsafe import Markup

from improvement_board import words
from improvement_board.document.caveats import caveat_list, caveat_mark
from improvement_board.document.environment import render
from improvement_board.document.latest import (
    latest_marks,
    latest_period,
    latest_size,
    latest_value,
    short_comparison,
    target_words,
    trend,
)
from improvement_board.document.parts import STACKED, Links, headed, note, table
from improvement_board.document.protection import not_by_team_note, protection_note
from improvement_board.page_models.ambition_page import ALL_CHARTS, MOST_CHARTS
from improvement_board.page_models.models import AmbitionPage, KpiOutline


def lede(page: AmbitionPage) -> str:
    """The ambition's statement and sponsor."""
    return f"{page.statement} Sponsor: {page.sponsor}." if page.sponsor else page.statement


def which_are_drawn(page: AmbitionPage) -> Markup:
    """How many of the KPIs are drawn and which, with a link that draws them all, or fewer again."""
    count = len(page.outlines)
    links = Links(page.frame.address.parameters())
    if page.listed:
        said = (
            f"{len(page.drawn)} of {count} indicators are drawn as charts: lead indicators are chosen first, then any "
            f"that are worse or moved. The other {len(page.listed)} are in the table below the charts, worst first."
        )
        link = links.to(page.id, f"Draw all {count} as charts", {"charts": ALL_CHARTS})
    elif page.draws_all and count > MOST_CHARTS:
        said = f"All {count} indicators are drawn as charts."
        link = links.to(page.id, f"Draw {MOST_CHARTS} as charts and list the others")
    else:
        return Markup()
    return note(said, "ib-note ib-which", link)


def key_under(page: AmbitionPage, outline: KpiOutline) -> str:
    """The indicator under whose chart, further up, the events of a chart are explained; empty where it is this one."""
    events = words.event_words(outline.series)
    drawn = (each for each in page.drawn if words.latest_index(each.series) is not None)
    first = next((each for each in drawn if words.event_words(each.series) == events), outline)
    return "" if first is outline else first.series.definition.title


def others(page: AmbitionPage) -> Markup:
    """The KPIs that are not drawn, as a table of their latest figures, the worst first."""
    if not page.listed:
        return Markup()
    links = Links(page.frame.address.parameters())
    compared = any(short_comparison(outline.series) for outline in page.listed)
    columns = ["Indicator", "Trend", "Latest figure", "Compared", "What it says"]
    rows = [_row(outline, links) for outline in page.listed]
    if not compared:
        columns, rows = [*columns[:3], columns[4]], [[*row[:3], row[4]] for row in rows]
    caption = "Latest figures of the indicators that are not drawn, worst first"
    notes = protection_note(outline.series for outline in page.listed) + caveat_list(page.listed, links)
    shown = table(caption, columns, rows, css_class=STACKED)
    title = f"The other {len(page.listed)} indicators" if len(page.listed) > 1 else "The other indicator"
    return headed(title, shown + notes)


def _row(outline: KpiOutline, links: Links) -> list[str]:
    series = outline.series
    facts = ", ".join(part for part in (latest_size(series), latest_period(series), target_words(series)) if part)
    marks = latest_marks(outline)
    return [
        links.to_kpi(series.definition.id, series.definition.title) + caveat_mark(bool(outline.caveats)),
        trend(outline, width=160, height=40, css_class="ib-trend"),
        render("ambition", "figure", value=latest_value(series), facts=facts),
        ", ".join(short_comparison(series)) or "–",
        render("ambition", "marks", marks=marks) if marks else "Not judged",
    ]


def without_team(page: AmbitionPage) -> Markup:
    """Which KPIs have no figure for the chosen team, and which are not shown by team at all."""
    return render("ambition", "without_team", page=page, protected=not_by_team_note(page.not_by_team))
