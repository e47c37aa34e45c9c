"""The pages that tell, as they are read: each sentence about an indicator with the place that it stands in, beside the
figures of the page."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import parse_qs, urlsplit

from lxml import html as parsing

from improvement_board import words
from improvement_board.document import ambition, changes, control_chart, indicator, indicators, plan, team, teams
from improvement_board.document.ambitions import verdict_lines
from improvement_board.document.frame import choices_in_words, meeting_words
from improvement_board.document.parts import Links
from improvement_board.figures.download import Download
from improvement_board.page_models import IndicatorChoice, Look
from improvement_board.page_models.downloads import ambition_download, changes_download, chart_download
from improvement_board.page_models.indicators_page import IndicatorsPage
from improvement_board.page_models.models import (
    AmbitionPage,
    ChangesPage,
    Frame,
    IndicatorPage,
    KpiOutline,
    PlanPage,
    TeamPage,
)

RESTATED = "Restated"  # the one kind that a heading of its own says, in place of each line
PLAN, INDICATORS, CHANGES, TEAM = "plan", "indicators", "what changed", "team"
ASK, BETTER, FACTS, AMBITION, CARD, MATRIX, MATRIX_ROW, YEARLY, CHANGE, HEAD, ROW = (
    "ask", "getting better", "facts", "ambition", "card", "matrix", "matrix row", "yearly", "change", "chart", "table",
)  # fmt: skip


@dataclass(frozen=True)
class Said:
    """What a page says of an indicator in one place. `under` is the heading, kind or cell that it stands under."""

    part: str
    kpi: str
    words: str
    under: str = ""


@dataclass(frozen=True)
class SaidPage:
    """A page as it is read: its words, what it says of each indicator, and the outlines that it shows, by indicator."""

    name: str
    shown: PlanPage | IndicatorsPage | AmbitionPage | IndicatorPage | ChangesPage | TeamPage
    text: str
    said: tuple[Said, ...]
    outlines: tuple[KpiOutline, ...] = ()

    @property
    def frame(self) -> Frame:
        """Whose figures, of which edition."""
        return self.shown.frame

    def of(self, kpi: str, *parts: str) -> list[Said]:
        """What is said of an indicator, in some parts of the page or in all."""
        return [said for said in self.said if said.kpi == kpi and (not parts or said.part in parts)]


@dataclass(frozen=True)
class Visit:
    """All pages that tell, of one role, edition and address. `exact` is the analyst's visit to the same; `plain` the
    same role's to the same edition with nothing chosen, and `before` that to the edition before."""

    look: Look
    exact: Visit | None = None
    plain: Visit | None = None
    before: Visit | None = None
    ambitions: Sequence[str] | None = None
    kpis: Sequence[str] | None = field(default=None)

    @cached_property
    def plan(self) -> SaidPage:
        """Plan on a page, and the matrix of its indicators, which stands on their own page."""
        page = self.look.plan()
        tree = _tree(plan.whole(page) + indicators.where_each_stands(self.look.indicators({})))
        leads = [lead for card in page.cards for lead in card.leads]
        said = (*_read_plan(tree), *_read_matrix(tree))
        return SaidPage(PLAN, page, _text(tree), said, (*page.outlines, *leads))

    @cached_property
    def indicators(self) -> SaidPage:
        """Every indicator in one table."""
        page = self.look.indicators({})
        tree = _tree(indicators.listed(page))
        text = f"{indicators.lede(page)} {_text(tree)}"
        return SaidPage(INDICATORS, page, text, tuple(_read_table(tree)), page.outlines)

    @cached_property
    def of_ambitions(self) -> tuple[SaidPage, ...]:
        """The page of each ambition."""
        there = [each.id for each in self.look.desk.store.plan.ambition]
        return tuple(_read_ambition(self.look.ambition(each)) for each in self.ambitions or there)

    @cached_property
    def of_indicators(self) -> tuple[SaidPage, ...]:
        """The page of each indicator, that of the caseload limit among them."""
        there = [kpi for kpi in self.look.desk.store.plan.kpis if kpi in self.look.desk.store.definitions]
        asked = there if self.kpis is None else [kpi for kpi in there if kpi in self.kpis]
        return tuple(_read_indicator(self.look.indicator(IndicatorChoice(kpi))) for kpi in asked)

    @cached_property
    def changes(self) -> SaidPage:
        """What changed."""
        page = self.look.changes()
        tree = _tree(changes.listed(page))
        return SaidPage(CHANGES, page, f"{changes.lede(page)} {_text(tree)}", tuple(_read_changes(tree)))

    @cached_property
    def team(self) -> tuple[SaidPage, ...]:
        """The page of the team that is chosen; none where none is."""
        if self.look.address.team is None:
            return ()
        page = self.look.team()
        tree = _tree(team.lede(page) + team.team_choices(page))
        return (SaidPage(TEAM, page, _text(tree), tuple(_read_table(tree)), tuple(each for each, _ in page.outlines)),)

    @property
    def pages(self) -> tuple[SaidPage, ...]:
        """All of them."""
        return (self.plan, self.indicators, *self.of_ambitions, *self.of_indicators, self.changes, *self.team)

    @property
    def frame(self) -> Frame:
        """Whose figures, of which edition."""
        return self.plan.frame

    @property
    def heading(self) -> str:
        """What stands above each page."""
        return " ".join((*meeting_words(self.frame), choices_in_words(self.frame)))

    def indicator(self, kpi: str) -> SaidPage | None:
        """The page of an indicator, if it was read."""
        return next((page for page in self.of_indicators if page.name == kpi), None)


def rows_of(download: Download) -> list[Mapping[str, str]]:
    """The rows of a download."""
    return list(csv.DictReader(io.StringIO(download.text.removeprefix("\ufeff"))))


def downloads_of(page: SaidPage) -> Iterator[Download]:
    """The files of indicators, or of changes, that a page gives."""
    if isinstance(page.shown, AmbitionPage):
        yield ambition_download(page.shown)
    elif isinstance(page.shown, ChangesPage):
        yield changes_download(page.shown)
    elif isinstance(page.shown, IndicatorPage) and page.shown.outline:
        yield chart_download(page.shown.outline.series, page.frame)


def _read_ambition(page: AmbitionPage) -> SaidPage:
    figures = ambition.small_figures(page.outlines, page.frame)
    key = ambition.key(page.outlines, page.frame, figures.values(), page.id, page.since)
    above = f"{verdict_lines(page.verdict)}{key}"
    panels = "".join(
        f"{ambition.panel_head(outline, page.frame)}<p>{words.alternative_text(outline.series)}</p>"
        for outline in page.outlines
    )
    tree = _tree(f"{above}{panels}{ambition.as_table(page)}{ambition.without_team(page)}")
    return SaidPage(page.id, page, _text(tree), (*_read_heads(tree, ""), *_read_table(tree)), page.outlines)


def _read_indicator(page: IndicatorPage) -> SaidPage:
    kpi, outline = page.definition.id, page.outline
    above = _chart(outline, None) if outline else ""
    below = str(indicator.rebase_note(page))
    if page.teams is not None:
        below += f"<p>{words.team_comparison_headline(page.teams)}</p>{teams.team_table(page, page.teams)}"
    tree = _tree(f"{above}{below}{indicator.earlier(page)}")
    return SaidPage(kpi, page, _text(tree), tuple(_read_heads(tree, kpi)), (outline,) if outline else ())


def _chart(outline: KpiOutline, links: Links | None) -> str:
    """The head of a chart, its text in place of the drawing, why the page says so, and the table below it."""
    series = outline.series
    why, table = words.why_words(series), control_chart.figures_table(series)
    return f"{control_chart.chart_head(outline, links)}<p>{words.alternative_text(series)} {why}</p>{table}"


def _read_plan(tree: parsing.HtmlElement) -> Iterator[Said]:
    for part, heading in ((ASK, "Ask about these"), (BETTER, "Getting better")):
        for item in tree.xpath(f'//section[h2="{heading}"]//li[contains(@class, "ib-item")]'):
            yield Said(part, _kpi_of(item), _text(item))
            yield from _read_facts(item, _kpi_of(item), part)
    for row in tree.xpath('//tr[@class="ib-ambition"]'):
        yield Said(AMBITION, "", ". ".join(map(_text, row.xpath("./td")[:2])), _text(row.xpath("./th")[0]))
    for lead in tree.xpath('//li[@class="ib-lead"]'):
        yield Said(CARD, _kpi_of(lead), _text(lead))
    yield from _read_changes(tree)


def _read_matrix(tree: parsing.HtmlElement) -> Iterator[Said]:
    for table in tree.xpath('//table[contains(@class, "ib-matrix")]'):
        columns = [_text(head) for head in table.xpath("./thead//th")]
        for row in table.xpath("./tbody/tr"):
            label = row.xpath("./th/text()")[0].strip()
            yield Said(MATRIX_ROW, "", _text(row.xpath("./th/span")[0]), label)
            for column, cell in zip(columns, row.xpath("./td"), strict=True):
                for link in cell.xpath('.//a[@class="ib-link"]'):
                    yield Said(MATRIX, _kpi_of(link), column, label)
    for row in tree.xpath('//table[contains(@class, "ib-yearly")]/tbody/tr'):
        _, change, _, distance, _ = map(_text, row.xpath("./td"))
        yield Said(YEARLY, _kpi_of(row), _text(row), f"{change}; {distance}")


def _read_changes(tree: parsing.HtmlElement) -> Iterator[Said]:
    for line in tree.xpath('//ul[@class="ib-changes"]/li'):
        *kinds, sentence = line.xpath("./span")
        yield Said(CHANGE, _kpi_of(line), _text(sentence), " ".join(map(_text, kinds)) or RESTATED)


def _read_heads(tree: parsing.HtmlElement, kpi: str) -> Iterator[Said]:
    for head in tree.xpath('//div[@class="ib-chart-head" or @class="ib-panel-head"]'):
        following = head.xpath("./following-sibling::p[1]")
        yield Said(HEAD, kpi or _kpi_of(head), " ".join(map(_text, (head, *following))))
        yield from _read_facts(head, kpi or _kpi_of(head), HEAD)


def _read_facts(element: parsing.HtmlElement, kpi: str, part: str) -> Iterator[Said]:
    """What an indicator was at the last meeting and a year ago, with what else stands in that line."""
    for facts in element.xpath('.//p[@class="ib-facts"]'):
        yield Said(FACTS, kpi, _text(facts), part)


def _read_table(tree: parsing.HtmlElement) -> Iterator[Said]:
    for row in tree.xpath('//table[contains(@class, "ib-stacked") and not(contains(@class, "ib-yearly"))]/tbody/tr'):
        yield Said(ROW, _kpi_of(row), _text(row))


def _kpi_of(element: parsing.HtmlElement) -> str:
    """The indicator that the first link of an element leads to; empty where none does."""
    for address in element.xpath("descendant-or-self::a/@href"):
        asked = parse_qs(urlsplit(address).query).get("kpi")
        if asked:
            return asked[0]
    return ""


def _tree(fragment: str) -> parsing.HtmlElement:
    return parsing.fromstring(f"<div>{fragment}</div>")


def _text(element: parsing.HtmlElement) -> str:
    """The words of an element with the texts of its images, its parts apart."""
    return " ".join(" ".join(element.xpath("descendant-or-self::text() | .//img/@alt")).split())
