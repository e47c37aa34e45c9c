"""The parts of an indicator's page: its teams, categories, spread and workers."""

from __future__ import annotations

from improvement_board import charts, words
from improvement_board.dashboard.figures import chart, kpi_chart, save_button
from improvement_board.dashboard.shell import html
from improvement_board.document import indicator
from improvement_board.document.control_chart import legend_line
from improvement_board.document.teams import closed_teams_note, team_table, without_teams
from improvement_board.page_models.downloads import categories_download, teams_download, workers_download
from improvement_board.page_models.models import IndicatorPage


def teams(page: IndicatorPage) -> None:
    """The teams as ranked dots with limits that fit their size, or as ranges, and their table; nothing for a viewer who
    sees the service alone."""
    if not page.frame.sees_teams:
        return
    if page.teams is None:
        html(without_teams(page))
        return
    protection = words.teams_protection_words(page.teams)
    html(indicator.section(words.team_comparison_headline(page.teams), "Teams", protection))
    figure = charts.team_chart(page.teams)
    chart(figure, words.team_comparison_alternative_text(page.teams), "teams")
    closed = closed_teams_note(page, page.teams)
    html(legend_line(figure) + closed + team_table(page, page.teams))
    save_button("Download all teams (CSV)", teams_download(page), "download-teams")


def categories(page: IndicatorPage) -> None:
    """The KPI by its own category."""
    if page.breakdown is None:
        return
    protection = words.category_protection_words(page.breakdown)
    kicker = f"{page.breakdown.name}, {indicator.period_of(page.breakdown)}"
    html(indicator.section(words.category_headline(page.breakdown), kicker, protection))
    chart(charts.category_chart(page.breakdown), words.category_alternative_text(page.breakdown), "categories")
    html(indicator.category_table(page, page.breakdown))
    save_button(f"Download by {page.breakdown.name.lower()} (CSV)", categories_download(page), "download-categories")


def distribution(page: IndicatorPage) -> None:
    """How cases spread over workers."""
    if page.distribution is None:
        return
    html(indicator.section(words.distribution_headline(page.distribution), "Workers"))
    alternative = words.distribution_alternative_text(page.distribution)
    figure = charts.distribution_chart(page.distribution)
    chart(figure, alternative, "distribution")
    html(legend_line(figure) + indicator.above_limit_table(page, page.distribution))


def workers(page: IndicatorPage) -> None:
    """The chosen worker's chart and the workers of the chosen team."""
    if page.worker is not None:
        html(indicator.worker_heading(page))
        kpi_chart(page.worker, page.frame, "worker", linked=False)
    if page.workers:
        html(indicator.worker_table(page, page.workers))
        save_button("Download these workers (CSV)", workers_download(page), "download-workers")
