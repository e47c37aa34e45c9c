"""Each page of figures as a document: its title, and its parts from the top.

A document is all that a page shows, before anybody draws it: blocks of HTML and charts, and what it gives to save. The
app draws it with Streamlit, the first view as one page of HTML.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby

from markupsafe import Markup

from improvement_board import charts, words
from improvement_board.charts import Figure
from improvement_board.charts.small import small_chart
from improvement_board.document import about, ambition, changes, indicator, indicators, plan, projector, quality, team
from improvement_board.document.ambitions import verdict_lines
from improvement_board.document.chart_picture import picture_save, said_of, said_of_part
from improvement_board.document.control_chart import chart_foot, chart_head, legend_line, no_figures
from improvement_board.document.drawn_chart import Chart
from improvement_board.document.frame import not_supplied_block, notice_block, opening, title_block
from improvement_board.document.panels import Panels, panels
from improvement_board.document.parts import Links
from improvement_board.document.saves import SAVE, Save, save_links
from improvement_board.document.teams import closed_teams_note, team_table, without_teams
from improvement_board.figures.formats import format_month, unit_words
from improvement_board.page_models import IndicatorChoice, Look
from improvement_board.page_models.downloads import (
    ambition_download,
    categories_download,
    changes_download,
    chart_download,
    indicators_download,
    plan_download,
    quality_download,
    team_download,
    teams_download,
    workers_download,
)
from improvement_board.page_models.models import Frame, IndicatorPage, KpiOutline, NotSupplied

CHART_HEIGHT, MAIN_CHART_HEIGHT, EXAMPLE_PLOT = 300, 340, 220  # pixels
OWN_PARAMETERS = ("kpi", "worker", "category", "verdict", "ambition", "find", projector.SHOW)


Part = Markup | Chart | Panels
Asked = Mapping[str, str]


@dataclass(frozen=True)
class Document:
    """A page of figures: its title, whose figures it shows, its parts from the title on, the files that it gives to
    save, and the pictures of its charts by the charts' names."""

    title: str
    frame: Frame
    parts: tuple[Part, ...]
    saves: tuple[Save, ...] = ()
    pictures: Mapping[str, Save] = field(default_factory=dict)

    @property
    def window_title(self) -> str:
        """The title of the window."""
        return f"{self.title} – {self.frame.council} Improvement Board"


@dataclass(frozen=True)
class _Draft:
    """A document whose files have no addresses yet."""

    title: str
    frame: Frame
    parts: tuple[Part | Save, ...]


def plan_document(look: Look, _asked: Asked) -> _Draft:
    """Every ambition at a glance, what changed since the last edition, the matrix of indicators."""
    page = look.plan()
    saves = (
        [Save("figures", "the figures of all indicators", plan_download(page), is_below=False)] if page.outlines else []
    )
    return _draft(f"{page.frame.council}: plan on a page", page.frame, [plan.whole(page), *saves])


def changes_document(look: Look, _asked: Asked) -> _Draft:
    """Every change since the edition before, by ambition."""
    page = look.changes()
    saves = [Save("changes", "these changes", changes_download(page))] if page.told else []
    return _draft("What changed", page.frame, [changes.back(page), *saves, changes.listed(page)], changes.lede(page))


def ambition_document(look: Look, asked: Asked) -> _Draft:
    """One ambition: its verdict, each of its KPIs as a small chart, the worst first, all of them as a table; or one of
    its KPIs alone, large."""
    page = look.ambition(look.page)
    alone, notices = projector.choose_shown(page, asked.get(projector.SHOW))
    if alone is not None:
        shown = projector.projected(page, alone)
        return _draft(alone.series.definition.title, page.frame, [shown], above=projector.trail(page, alone))
    figures = ambition.small_figures(page.outlines, page.frame)

    def parts() -> Iterator[Part | Save]:
        yield from map(notice_block, notices)
        yield verdict_lines(page.verdict)
        yield ambition.key(page.outlines, page.frame, figures.values(), page.id, page.since)
        if page.outlines:
            yield Panels(tuple(_panel(outline, page.frame, figures, page.id) for outline in page.outlines))
            yield ambition.as_table(page)
            yield Save("figures", "all figures of this ambition", ambition_download(page))
        yield ambition.without_team(page)
        yield _not_supplied(page.not_supplied)

    return _draft(page.title, page.frame, parts(), page.statement, above=ambition.trail(page))


def indicators_document(look: Look, asked: Asked) -> _Draft:
    """Every KPI in one table, or those that are asked for; all by verdict and target."""
    page = look.indicators(asked)

    def parts() -> Iterator[Part | Save]:
        yield from map(notice_block, page.notices)
        yield indicators.choices(page) + indicators.listed(page)
        if page.shown:
            yield Save("figures", "these indicators", indicators_download(page))
        yield indicators.where_each_stands(page)

    return _draft("Indicators", page.frame, parts(), indicators.lede(page))


def indicator_document(look: Look, asked: Asked) -> _Draft:
    """One KPI in depth: the chart, its teams, categories and workers, its definition, what earlier editions said."""
    page = look.indicator(IndicatorChoice.of(asked))

    def parts() -> Iterator[Part | Save]:
        yield from map(notice_block, page.notices)
        yield _not_supplied((page.not_supplied,) if page.not_supplied else ())
        saves: list[Save] = []
        if page.outline is not None:
            facts = indicator.facts(page)
            chart = list(
                _kpi_chart(page.outline, page.frame, "indicator", is_alone=not facts, height=MAIN_CHART_HEIGHT)
            )
            saves += [part for part in chart if isinstance(part, Save)]
            yield Panels((_pieces(chart), (facts,)), kind="lead")
            yield indicator.rebase_note(page)
        deeper = [list(part) for part in (_teams(page), _categories(page), _distribution(page))]
        saves += [part for parts in deeper for part in parts if isinstance(part, Save)]
        cells = [_pieces(parts) for parts in deeper if parts]
        yield Panels((*cells, (indicator.earlier(page) + indicator.definition(page),)), kind="half")
        yield from _workers(page)
        yield from saves

    return _draft(page.definition.title, page.frame, parts(), page.definition.question, above=indicator.trail(page))


def _pieces(parts: Iterable[Part | Save]) -> tuple[Markup | Chart, ...]:
    """What of the parts stands in a panel: downloads stand below."""
    return tuple(part for part in parts if isinstance(part, Markup | Chart))


def team_document(look: Look, _asked: Asked) -> _Draft:
    """One team against the service: its KPIs that are worse of late as charts, all of them in tables."""
    page = look.team()

    def parts() -> Iterator[Part | Save]:
        worse = team.worse_of_late(page)
        if worse:
            figures = ambition.small_figures(worse, page.frame)
            yield ambition.key(worse, page.frame, figures.values(), page_address="team")
            yield Panels(tuple(_panel(outline, page.frame, figures, "team") for outline in worse))
        yield team.team_choices(page)
        if page.outlines:
            yield Save("figures", "this team's figures", team_download(page))

    return _draft(page.team or "Teams", page.frame, parts(), team.lede(page))


def quality_document(look: Look, _asked: Asked) -> _Draft:
    """How far the figures can be relied on: sources, checks, completeness, what is late, what was restated. Raises
    NotForRoleError for a role that may not see it."""
    page = look.quality()
    saves = [Save("quality", "how far each indicator can be relied on", quality_download(page))] if page.kpis else []
    return _draft(
        "Data quality", page.frame, [quality.exceptions(page), *saves, quality.rest(page)], quality.verdict(page)
    )


def about_document(look: Look, _asked: Asked) -> _Draft:
    """How to read a chart, the definitions, the sources, the edition."""
    page = look.about()
    parts = [
        *_example(look), about.how_to_read(), about.small_numbers(), about.edition(page), about.definitions(page),
    ]  # fmt: skip
    return _draft("About these figures", page.frame, parts)


def _example(look: Look) -> Iterator[Part | Save]:
    """The chart of what a board asks about first, explained; nothing where it asks about nothing."""
    agenda = look.plan().agenda
    for item in (*agenda.asked, *agenda.better)[:1]:
        series = item.outline.series
        figure = small_chart(series, plot=EXAMPLE_PLOT)
        chart = Chart("example", figure, words.alternative_text(series), said_of(item.outline))
        yield Panels(((about.example_head(item.outline), chart), (about.example_key(figure),)), kind="lead")


DOCUMENTS: Mapping[str, Callable[[Look, Asked], _Draft]] = {
    "": plan_document,
    "what-changed": changes_document,
    "indicators": indicators_document,
    "indicator": indicator_document,
    "team": team_document,
    "data-quality": quality_document,
    "about": about_document,
}


def document_of(look: Look, asked: Asked) -> Document:
    """The document of the page that is looked at, by the parameters of its own that an address has: `OWN_PARAMETERS`.
    Raises KeyError for a page that there is not."""
    draft = DOCUMENTS.get(look.page, ambition_document)(look, asked)
    links, own = Links(draft.frame.address.parameters()), {key: asked.get(key) for key in OWN_PARAMETERS}
    parts: list[Part] = []
    saves: list[Save] = []
    for is_save, run in groupby(draft.parts, lambda part: isinstance(part, Save)):
        if is_save:
            offered = [_addressed(save, links, look.page, own) for save in run if isinstance(save, Save)]
            saves += offered
            parts += [save_links(below)] if (below := [save for save in offered if save.is_below]) else []
        else:
            parts += [part for part in run if not isinstance(part, Save)]
    document = Document(draft.title, draft.frame, tuple(parts), tuple(saves))
    pictures = {chart.name: picture_save(chart, draft.frame) for chart in charts_of(document)}
    addressed = {name: _addressed(save, links, look.page, own) for name, save in pictures.items()}
    return replace(document, pictures=addressed)


def _addressed(save: Save, links: Links, page: str, own: Mapping[str, str | None]) -> Save:
    """A file with the address that it is asked for at: the page's own, with all that it chooses."""
    return replace(save, address=links.address(page, {**own, SAVE: save.key}))


def html_parts(document: Document, width: int, draw: Callable[[Chart, int, Save], Markup]) -> tuple[Markup, ...]:
    """The parts of a document as HTML on a page `width` pixels wide. `draw` makes HTML of a chart, its width, and the
    file that is its picture."""

    def drawn(chart: Chart, wide: int) -> Markup:
        return draw(chart, wide, document.pictures[chart.name])

    def html_of(part: Part) -> Markup:
        if isinstance(part, Panels):
            return panels(part, drawn, width)
        return drawn(part, width) if isinstance(part, Chart) else part

    return tuple(map(html_of, document.parts))


def charts_of(document: Document) -> Iterator[Chart]:
    """The charts of a document, from the top."""
    for part in document.parts:
        if isinstance(part, Chart):
            yield part
        elif isinstance(part, Panels):
            yield from part.charts


def _draft(
    title: str, frame: Frame, parts: Iterable[Part | Save], lede: str = "", above: Markup | None = None
) -> _Draft:
    """What has nothing to show is left out; `above` stands over the title."""
    whole = [(above or Markup()) + title_block(title) + opening(frame, lede), *parts]
    return _Draft(title, frame, tuple(part for part in whole if part))


def _panel(outline: KpiOutline, frame: Frame, figures: Mapping[str, Figure], place: str) -> tuple[Markup | Chart, ...]:
    """One KPI among many: its name, its verdict and figure in a line, its chart."""
    series = outline.series
    head = ambition.panel_head(outline, frame)
    figure = figures.get(series.definition.id)
    if figure is None:
        return head, no_figures(series)
    said = words.with_caveats(words.alternative_text(series), outline.caveats)
    return head, Chart(f"{place}-{series.definition.id}", figure, said, said_of(outline))


def _kpi_chart(
    outline: KpiOutline, frame: Frame, key: str, *, is_alone: bool = True, height: int = CHART_HEIGHT
) -> Iterator[Part | Save]:
    """One KPI: its sentence, chart, table, source and download. Not alone: its facts stand beside it."""
    series = outline.series
    yield chart_head(outline, None, is_alone=is_alone)
    if words.latest_index(series) is None:
        yield no_figures(series)
        return
    figure = charts.control_chart(series, height=height)
    alternative = words.with_caveats(words.alternative_text(series), outline.caveats)
    yield Chart(key, figure, alternative, said_of(outline, with_events=True))
    yield chart_foot(outline, figure)
    yield Save("figures" if key == "indicator" else key, "these figures", chart_download(series, frame))


def _not_supplied(absent: tuple[NotSupplied, ...]) -> Markup:
    """The KPIs of the plan that have no figures yet, and what they need."""
    return not_supplied_block(absent) if absent else Markup()


def _teams(page: IndicatorPage) -> Iterator[Part | Save]:
    """The teams as ranked dots with limits that fit their size, or as ranges, and their table; nothing for a viewer who
    sees the service alone."""
    if not page.frame.sees_teams:
        return
    if page.teams is None:
        yield without_teams(page)
        return
    protection = words.teams_protection_words(page.teams)
    yield indicator.section(words.team_comparison_headline(page.teams), "Teams", protection)
    figure = charts.team_chart(page.teams)
    said = said_of_part(page, f"by team, {words.period_of_teams(page.teams)}", unit_words(page.teams.unit), protection)
    yield Chart("teams", figure, words.team_comparison_alternative_text(page.teams), said)
    yield legend_line(figure) + closed_teams_note(page, page.teams) + team_table(page, page.teams)
    yield Save("teams", "all teams", teams_download(page))


def _categories(page: IndicatorPage) -> Iterator[Part | Save]:
    """The KPI by its own category."""
    if page.breakdown is None:
        return
    protection = words.category_protection_words(page.breakdown)
    kicker = f"{page.breakdown.name}, {indicator.period_of(page.breakdown)}"
    yield indicator.section(words.category_headline(page.breakdown), kicker, protection)
    figure = charts.category_chart(page.breakdown)
    by = f"by {page.breakdown.name.lower()}, {indicator.period_of(page.breakdown)}"
    said = said_of_part(page, by, unit_words(page.breakdown.unit), protection)
    yield Chart("categories", figure, words.category_alternative_text(page.breakdown), said)
    yield indicator.category_table(page, page.breakdown)
    yield Save("categories", f"by {page.breakdown.name.lower()}", categories_download(page))


def _distribution(page: IndicatorPage) -> Iterator[Part | Save]:
    """How cases spread over workers."""
    if page.distribution is None:
        return
    yield indicator.section(words.distribution_headline(page.distribution), "Workers")
    figure = charts.distribution_chart(page.distribution)
    said = said_of_part(page, f"by worker, {format_month(page.distribution.period_end)}", "workers by cases held")
    yield Chart("distribution", figure, words.distribution_alternative_text(page.distribution), said)
    yield legend_line(figure) + indicator.held_table(page.distribution)
    yield indicator.above_limit_table(page, page.distribution)


def _workers(page: IndicatorPage) -> Iterator[Part | Save]:
    """The chosen worker's chart and the workers of the chosen team."""
    if page.worker is not None:
        yield indicator.worker_heading(page)
        yield from _kpi_chart(page.worker, page.frame, "worker")
    if page.workers:
        yield indicator.worker_table(page, page.workers)
        yield Save("workers", "these workers", workers_download(page))
