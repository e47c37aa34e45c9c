"""The team page in words: which team, against the service, and the others to choose from."""

from __future__ import annotations

from itertools import groupby

from improvement_board import words
from improvement_board.charts.sparkline import sparkline_svg, verdict_icon_svg
from improvement_board.figures.assemble import value_of
from improvement_board.figures.formats import NO_FIGURE, format_month, format_value
from improvement_board.figures.parts import parts_of_whole
from improvement_board.figures.series import Series
from improvement_board.html.cards import latest_period, latest_size, latest_value
from improvement_board.html.caveats import caveat_list, caveat_mark
from improvement_board.html.parts import INDICATOR, STACKED, TEAM, Html, Links, details, image, table, text
from improvement_board.html.protection import not_by_team_note, protection_note
from improvement_board.page_models.models import KpiOutline, TeamPage


def lede(page: TeamPage) -> str:
    """Which service the team belongs to, and when it worked."""
    if page.team is None:
        return "Choose a team to see all its indicators beside the whole service."
    service = f"{page.service}. " if page.service else ""
    if page.is_closed and page.first_period_end and page.last_period_end:
        span = f"{format_month(page.first_period_end)} to {format_month(page.last_period_end)}"
        return f"{service}This team has closed: it was at work from {span}."
    return f"{service}All its indicators beside the whole service."


def team_choices(page: TeamPage) -> str:
    """The team's figures beside the service's; without a team, the teams there are by service."""
    return _beside_service(page) if page.team else _teams(page)


def _teams(page: TeamPage) -> str:
    links = Links(page.frame.address.parameters())
    if not page.teams and not page.closed:
        return '<p class="ib-empty">No team is recorded in this edition.</p>'
    ordered = sorted(page.teams, key=lambda pair: (pair[1] or "￿", pair[0]))
    blocks = []
    for service, group in groupby(ordered, lambda pair: pair[1]):
        items = "".join(f"<li>{links.to(TEAM, team, {'team': team})}</li>" for team, _ in group)
        blocks.append(
            f'<section class="ib-card"><h2>{text(service or "Service not recorded")}</h2><ul>{items}</ul></section>'
        )
    return f'<div class="ib-cards">{"".join(blocks)}</div>{_closed_teams(page, links)}'


def _closed_teams(page: TeamPage, links: Links) -> str:
    """The teams that have closed, folded away, each with the last month it was at work."""
    items = "".join(
        f"<li>{links.to(TEAM, team, {'team': team})} (until {text(format_month(end))})</li>"
        for team, end in page.closed
    )
    return details("Teams that have closed", f"<ul>{items}</ul>") if items else ""


def _beside_service(page: TeamPage) -> str:
    links = Links(page.frame.address.parameters())
    rows = [_row(outline, service, links) for outline, service in page.outlines]
    absent = not_by_team_note(page.not_by_team)
    if page.without:
        absent = f'<p class="ib-note">Not recorded for this team: {text(", ".join(page.without))}.</p>{absent}'
    if not rows:
        return f'<p class="ib-empty">There is no figure for this team in the period chosen.</p>{absent}'
    shown = [series for outline, service in page.outlines for series in (outline.series, service)]
    notes = protection_note(shown) + caveat_list([outline for outline, _ in page.outlines], links)
    caption = f"{page.team} beside the whole service over the same period, worst first"
    columns = ["Indicator", "Trend of the team", "Team", "Service", "Target", "The team of late"]
    return table(caption, columns, rows, numbers=(2, 3, 4), css_class=STACKED) + notes + absent


def _row(outline: KpiOutline, service: Series, links: Links) -> list[str]:
    own = outline.series
    target = words.latest_target(own)
    icon = image(verdict_icon_svg(own.verdict), "", "ib-icon")
    name = links.to(INDICATOR, own.definition.title, {"kpi": own.definition.id})
    return [
        Html(name + caveat_mark(bool(outline.caveats))),
        image(sparkline_svg(own), words.with_caveats(outline.headline, outline.caveats), "ib-trend"),
        _own_figure(own),
        service_beside(own, service),
        format_value(target, own.unit) if target is not None else "–",
        Html(f'<span class="ib-mark">{icon}{text(outline.verdict)}</span>') if outline.verdict else "Not judged",
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
