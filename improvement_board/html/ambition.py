"""What an ambition's page says in words, and the table of the KPIs that it does not draw."""

from __future__ import annotations

from improvement_board import words
from improvement_board.html.cards import (
    latest_marks,
    latest_period,
    latest_size,
    latest_value,
    short_comparison,
    target_words,
    trend,
)
from improvement_board.html.caveats import caveat_list, caveat_mark
from improvement_board.html.parts import INDICATOR, STACKED, Html, Links, table, text
from improvement_board.html.protection import not_by_team_note, protection_note
from improvement_board.page_models.ambition_page import ALL_CHARTS, MOST_CHARTS
from improvement_board.page_models.models import AmbitionPage, KpiOutline


def lede(page: AmbitionPage) -> str:
    """The ambition's statement and sponsor."""
    return f"{page.statement} Sponsor: {page.sponsor}." if page.sponsor else page.statement


def which_are_drawn(page: AmbitionPage) -> str:
    """How many of the KPIs are drawn and which, with a link that draws them all, or fewer again."""
    count, drawn = len(page.outlines), len(page.drawn)
    links = Links(page.frame.address.parameters())
    if page.listed:
        said = (
            f"{drawn} of {count} indicators are drawn as charts: lead indicators are chosen first, then any that are "
            f"worse or moved. The other {len(page.listed)} are in the table below the charts, worst first."
        )
        link = links.to(page.id, f"Draw all {count} as charts", {"charts": ALL_CHARTS})
    elif page.draws_all and count > MOST_CHARTS:
        said = f"All {count} indicators are drawn as charts."
        link = links.to(page.id, f"Draw {MOST_CHARTS} as charts and list the others")
    else:
        return ""
    return f'<p class="ib-note ib-which">{text(said)} <span class="ib-skip-print">{link}</span></p>'


def key_under(page: AmbitionPage, outline: KpiOutline) -> str:
    """The indicator under whose chart, further up, the events of a chart are explained; empty where it is this one."""
    events = words.event_words(outline.series)
    drawn = (each for each in page.drawn if words.latest_index(each.series) is not None)
    first = next((each for each in drawn if words.event_words(each.series) == events), outline)
    return "" if first is outline else first.series.definition.title


def others(page: AmbitionPage) -> str:
    """The KPIs that are not drawn, as a table of their latest figures, the worst first."""
    if not page.listed:
        return ""
    links = Links(page.frame.address.parameters())
    compared = any(short_comparison(outline.series) for outline in page.listed)
    columns = ["Indicator", "Trend", "Latest figure", "Compared", "What it says"]
    rows = [_row(outline, links) for outline in page.listed]
    if not compared:
        columns, rows = [*columns[:3], columns[4]], [[*row[:3], row[4]] for row in rows]
    caption = "Latest figures of the indicators that are not drawn, worst first"
    shown = table(caption, columns, rows, css_class=STACKED)
    title = f"The other {len(page.listed)} indicators" if len(page.listed) > 1 else "The other indicator"
    notes = protection_note(outline.series for outline in page.listed) + caveat_list(page.listed, links)
    return f"<h2>{title}</h2>{shown}{notes}"


def _row(outline: KpiOutline, links: Links) -> list[str]:
    series = outline.series
    name = links.to(INDICATOR, series.definition.title, {"kpi": series.definition.id})
    facts = ", ".join(part for part in (latest_size(series), latest_period(series), target_words(series)) if part)
    return [
        Html(name + caveat_mark(bool(outline.caveats))),
        trend(outline, width=160, height=40, css_class="ib-trend"),
        Html(f'<strong>{text(latest_value(series))}</strong> <span class="ib-facts">{text(facts)}</span>'),
        ", ".join(short_comparison(series)) or "–",
        Html(f'<span class="ib-marks">{latest_marks(outline)}</span>') if latest_marks(outline) else "Not judged",
    ]


def without_team(page: AmbitionPage) -> str:
    """Which KPIs have no figure for the chosen team, and which are not shown by team at all."""
    protected = not_by_team_note(page.not_by_team)
    if not page.without_team:
        return protected
    titles = "".join(f"<li>{text(title)}</li>" for title in page.without_team)
    return (
        f'<div class="ib-empty"><p>Not recorded for {text(page.frame.address.team or "")}:</p><ul>{titles}</ul></div>'
        f"{protected}"
    )
