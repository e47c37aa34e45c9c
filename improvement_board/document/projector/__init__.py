"""One indicator of an ambition at a time, large enough for the back of a room, with the ones before and after it."""

from __future__ import annotations

from markupsafe import Markup

from improvement_board import words
from improvement_board.charts.legend import shared_key
from improvement_board.charts.small import small_chart
from improvement_board.document.caveats import caveat_block
from improvement_board.document.chart_picture import said_of
from improvement_board.document.control_chart import figures_table, legend_of, no_figures
from improvement_board.document.drawn_chart import Chart
from improvement_board.document.environment import render
from improvement_board.document.latest import latest_marks
from improvement_board.document.panels import Panels
from improvement_board.document.parts import Links, details
from improvement_board.document.protection import protection_line
from improvement_board.page_models.models import AmbitionPage, KpiOutline
from improvement_board.words.shown import show_asked

SHOW = "show"
PLOT = 210  # pixels: drawn for half the screen's width, the chart is shown twice as large


def choose_shown(page: AmbitionPage, asked: str | None) -> tuple[KpiOutline | None, tuple[str, ...]]:
    """The indicator that an address asks to see alone, and a notice where the ambition has none of that id."""
    if not asked:
        return None, ()
    shown = next((outline for outline in page.outlines if outline.series.definition.id == asked), None)
    return shown, () if shown else (f"“{show_asked(asked)}” is no indicator here: all of them are shown.",)


def trail(page: AmbitionPage, shown: KpiOutline) -> Markup:
    """The way back to all of the ambition's charts, which of how many this is, and the ones before and after it."""
    links = Links(page.frame.address.parameters())
    place = page.outlines.index(shown)
    before, after = page.outlines[:place][-1:], page.outlines[place + 1 :][:1]
    return render(
        "projector",
        "trail",
        back=links.to(page.id, page.title),
        number=place + 1,
        count=len(page.outlines),
        before=[_step(page, links, "Previous", outline) for outline in before],
        after=[_step(page, links, "Next", outline) for outline in after],
    )


def _step(page: AmbitionPage, links: Links, label: str, outline: KpiOutline) -> Markup:
    definition = outline.series.definition
    return links.to(page.id, label, {SHOW: definition.id}, name=f"{label}: {definition.title}")


def projected(page: AmbitionPage, shown: KpiOutline) -> Panels:
    """The indicator's sentence, what is to be known of its data, its chart and the chart's key."""
    series = shown.series
    head = render(
        "projector",
        "head",
        claim=shown.headline,
        notes=protection_line(shown.protection) + caveat_block(shown),
        marks=latest_marks(shown),
    )
    if words.latest_index(series) is None:
        return Panels(((head, no_figures(series)),), kind="projector")
    figure = small_chart(series, whole=page.frame.address.first is not None, plot=PLOT)
    alternative = words.with_caveats(words.alternative_text(series), shown.caveats)
    chart = Chart(f"shown-{series.definition.id}", figure, alternative, said_of(shown))
    foot = legend_of(shared_key([figure])) + details("Figures", figures_table(series))
    return Panels(((head, chart, foot),), kind="projector")
