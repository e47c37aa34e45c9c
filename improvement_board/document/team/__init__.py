"""The team page in words: which team, against the service, and the others to choose from."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

from markupsafe import Markup

from improvement_board import words
from improvement_board.charts.sparkline import sparkline_svg, verdict_icon_svg
from improvement_board.document.caveats import caveat_list, caveat_mark
from improvement_board.document.environment import render
from improvement_board.document.latest import latest_period, latest_size, latest_value
from improvement_board.document.parts import STACKED, Links, icon, image, table
from improvement_board.document.protection import not_by_team_note, protection_note
from improvement_board.figures.assemble import value_of
from improvement_board.figures.formats import NO_FIGURE, format_month, format_value
from improvement_board.figures.parts import parts_of_whole
from improvement_board.figures.recent import recent
from improvement_board.figures.series import Series
from improvement_board.page_models.models import KpiOutline, TeamPage
from improvement_board.page_models.plan_page import standing_of

GROUPS = {
    "worse": "Worse",
    "moved": "Moved",
    "better": "Better",
    "no real change": "No real change",
    "too few to say": "Too few to say",
    "": "Not judged",
}
OPENED = ("worse", "moved", "better")
TOO_FEW = words.TOO_FEW.capitalize()
COLUMNS = ("Indicator", "Trend of the team", "Team", "Service", "Target", "The team of late")


def lede(page: TeamPage) -> str:
    """Which service the team belongs to, and when it worked."""
    if page.team is None:
        return "Choose a team to see all its indicators beside the whole service."
    service = f"{page.service}. " if page.service else ""
    if page.is_closed and page.first_period_end and page.last_period_end:
        span = f"{format_month(page.first_period_end)} to {format_month(page.last_period_end)}"
        return f"{service}This team has closed: it was at work from {span}."
    counts = Counter(_group_of(outline) for outline, _ in page.outlines)
    said = ", ".join(f"{counts[kind]} {title.lower()}" for kind, title in GROUPS.items() if counts[kind])
    count = words.counted(len(page.outlines), "indicator", "indicators")
    return f"{service}Of {count} that the team has: {said}." if page.outlines else service


def team_choices(page: TeamPage) -> Markup:
    """The team's figures beside the service's; without a team, the teams there are by service, and those that have
    closed, each with the last month it was at work."""
    links = Links(page.frame.address.parameters())
    if page.team:
        return _beside_service(page, links)
    ordered = sorted(page.teams, key=lambda pair: (pair[1] or "￿", pair[0]))
    services = [
        (service or "Service not recorded", [team for team, _ in group])
        for service, group in groupby(ordered, lambda pair: pair[1])
    ]
    closed = [(team, format_month(end)) for team, end in page.closed]
    return render("team", "choices", services=services, closed=closed, links=links)


def _beside_service(page: TeamPage, links: Links) -> Markup:
    groups = []
    for kind, title in GROUPS.items():
        rows = [_row(outline, service, links) for outline, service in page.outlines if _group_of(outline) == kind]
        if rows:
            caption = f"{title}: {page.team} beside the whole service over the same period, worst first"
            groups.append((title, kind, len(rows), table(caption, COLUMNS, rows, numbers=(2, 3, 4), css_class=STACKED)))
    kinds = [kind for _, kind, _, _ in groups]
    shown = [series for outline, service in page.outlines for series in (outline.series, service)]
    return render(
        "team",
        "beside_service",
        groups=groups,
        opened=[kind for kind in kinds if kind in OPENED] or kinds[:1],
        notes=protection_note(shown) + caveat_list([outline for outline, _ in page.outlines], links),
        without=page.without,
        absent=not_by_team_note(page.not_by_team),
    )


def _group_of(outline: KpiOutline) -> str:
    """What is said of a KPI: of one of too few no more than that, and of one that bears no verdict nothing."""
    if outline.verdict == TOO_FEW:
        return TOO_FEW.lower()
    standing = standing_of(outline.series)
    return standing if standing in GROUPS else ""


def _row(outline: KpiOutline, service: Series, links: Links) -> list[str]:
    own = outline.series
    target = words.latest_target(own)
    return [
        links.to_kpi(own.definition.id, own.definition.title) + caveat_mark(bool(outline.caveats)),
        image(sparkline_svg(recent(own)), words.with_caveats(outline.headline, outline.caveats), "ib-trend"),
        _own_figure(own),
        service_beside(own, service),
        format_value(target, own.unit) if target is not None else "–",
        render("latest", "marks", marks=[(icon(verdict_icon_svg(own.verdict)), outline.verdict)])
        if outline.verdict
        else "Not judged",
    ]


def _own_figure(own: Series) -> str:
    """The team's latest figure or range, with what it is of and its period: the service's beside it is of the same."""
    facts = ", ".join(part for part in (latest_size(own), latest_period(own)) if part)
    return f"{latest_value(own)} ({facts})" if facts else latest_value(own)


def service_beside(own: Series, service: Series) -> str:
    """The service's figure over the period of the team's latest figure; a dash where it is in another unit, there is
    none over just that period, or all of the team's are kept back."""
    index = words.latest_index(own)
    if service.unit != own.unit or (index is None and words.has_hidden(own)):
        return "–"
    if index is None:
        return NO_FIGURE
    end = own.period_ends[index]
    if own.grain == service.grain:
        there = service.period_ends.index(end) if end in service.period_ends else None
        return NO_FIGURE if there is None else words.figure_or_why(service, there)
    value = value_of(service.unit, *parts_of_whole(service, own.grain, end))
    return "–" if value is None else format_value(value, service.unit)


def worse_of_late(page: TeamPage) -> tuple[KpiOutline, ...]:
    """The team's KPIs that are worse of late: those drawn below the table."""
    return tuple(
        each for each, _ in page.outlines if each.series.verdict is not None and each.series.verdict.word == "worse"
    )
