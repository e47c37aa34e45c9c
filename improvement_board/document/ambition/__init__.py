"""What an ambition's page says in words around its charts, and all of its KPIs as a table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup, escape

from improvement_board import words
from improvement_board.charts import Figure
from improvement_board.charts.legend import shared_key
from improvement_board.charts.small import small_chart
from improvement_board.charts.sparkline import verdict_icon_svg
from improvement_board.document.caveats import caveat_list, caveat_mark
from improvement_board.document.control_chart import legend_of
from improvement_board.document.environment import render
from improvement_board.document.latest import (
    latest_marks,
    latest_period,
    latest_size,
    latest_value,
    rank_words,
    short_comparison,
    target_words,
)
from improvement_board.document.meanings import explained
from improvement_board.document.parts import STACKED, Links, details, icon, table
from improvement_board.document.projector import SHOW
from improvement_board.document.protection import not_by_team_note, protection_details, protection_note
from improvement_board.figures.formats import format_month
from improvement_board.page_models.models import AmbitionPage, Frame, KpiOutline
from improvement_board.words.meanings import meaning_of

ABOUT = "about"
BETTER = {"higher": "higher is better", "lower": "lower is better"}


def trail(page: AmbitionPage) -> Markup:
    """The way back to the plan, which ambition of how many this is, its sponsor, and the ones before and after it."""
    links = Links(page.frame.address.parameters())
    return render(
        "ambition",
        "trail",
        page=page,
        plan=links.to("", "Plan"),
        one=links.to(page.id, "Show one by one", {SHOW: page.outlines[0].series.definition.id})
        if page.outlines
        else "",
        before=links.to(page.before[0], "Previous", name=f"Previous ambition: {page.before[1]}") if page.before else "",
        after=links.to(page.after[0], "Next", name=f"Next ambition: {page.after[1]}") if page.after else "",
    )


def small_figures(outlines: Iterable[KpiOutline], frame: Frame) -> Mapping[str, Figure]:
    """The chart of each KPI that has a figure, by its id: the last three years, or from the month that is chosen."""
    return {
        outline.series.definition.id: small_chart(outline.series, whole=frame.address.first is not None)
        for outline in outlines
        if words.latest_index(outline.series) is not None
    }


def key(
    outlines: Sequence[KpiOutline],
    frame: Frame,
    figures: Iterable[Figure],
    page_address: str,
    since: dt.date | None = None,
) -> Markup:
    """What lines and marks mean on all charts of a page, and a link that shows more months (`since` the first there is,
    where charts leave some out), or fewer again."""
    entries = shared_key(figures)
    if not entries:
        return Markup()
    links = Links(frame.address.parameters())
    months = ""
    if since:
        months = links.to(page_address, f"Show all months since {format_month(since)}", {"from": since.isoformat()})
    elif frame.address.first and any(outline.series.grain != "year" for outline in outlines):
        months = links.to(page_address, "Show the last three years", {"from": None})
    compared = [compared for outline in outlines for compared in words.shown_comparators(outline.series)]
    return render(
        "ambition",
        "key",
        legend=legend_of(entries),
        is_cut=since is not None,
        months=months,
        about=links.to(ABOUT, "How to read a chart"),
        is_compared=bool(compared),
        differs=any(comparator.differs for comparator in compared),
    )


def panel_head(outline: KpiOutline, frame: Frame) -> Markup:
    """The KPI's name as a link, its verdict and figure in a line, how often it met its target, what is to be known of
    its data."""
    series, definition = outline.series, outline.series.definition
    links = Links(frame.address.parameters())
    target = outline.target_kept if words.target_record(series) else ""
    facts = [target, rank_words(outline), outline.latest_period, BETTER.get(definition.better, "")]
    return render(
        "ambition",
        "panel_head",
        name=links.to_kpi(definition.id, definition.title),
        caveat=caveat_mark(bool(outline.caveats)),
        icon=icon(verdict_icon_svg(series.verdict)) if outline.verdict else Markup(),
        claim=_explained_claim(words.claim(series)),
        facts=" · ".join(fact for fact in facts if fact),
        kept_back=protection_details(outline),
    )


def _explained_claim(claim: str) -> Markup:
    """A claim that begins with its verdict in a word, which opens its meaning."""
    word, colon, rest = claim.partition(":")
    verdict, since, month = word.partition(" since ")
    return explained(verdict) + since + month + colon + rest if meaning_of(verdict) else escape(claim)


def as_table(page: AmbitionPage) -> Markup:
    """The latest figures of all KPIs as a table, opened on request, with what is to be known of their data."""
    links = Links(page.frame.address.parameters())
    compared = any(short_comparison(outline.series) for outline in page.outlines)
    columns = ["Indicator", "Latest figure", "Compared", "What it says"]
    rows = [_row(outline, links) for outline in page.outlines]
    if not compared:
        columns, rows = [*columns[:2], columns[3]], [[*row[:2], row[3]] for row in rows]
    caption = "Latest figures of the ambition’s indicators, worst first"
    notes = protection_note(outline.series for outline in page.outlines) + caveat_list(page.outlines, links)
    return details("These figures as a table", table(caption, columns, rows, css_class=STACKED)) + notes


def _row(outline: KpiOutline, links: Links) -> list[str]:
    series = outline.series
    facts = ", ".join(part for part in (latest_size(series), latest_period(series), target_words(series)) if part)
    marks = latest_marks(outline)
    return [
        links.to_kpi(series.definition.id, series.definition.title) + caveat_mark(bool(outline.caveats)),
        render("ambition", "figure", value=latest_value(series), facts=facts),
        ", ".join(short_comparison(series)) or "–",
        render("ambition", "marks", marks=marks) if marks else "Not judged",
    ]


def without_team(page: AmbitionPage) -> Markup:
    """Which KPIs have no figure for the chosen team, and which are not shown by team at all."""
    return render("ambition", "without_team", page=page, protected=not_by_team_note(page.not_by_team))
