"""One team against the service: all its KPIs in a table, those of concern as charts."""

from __future__ import annotations

from improvement_board import dashboard
from improvement_board.html import team

page = dashboard.look().team()

dashboard.head(page.team or "Teams", page.frame, team.lede(page))
dashboard.html(team.team_choices(page))
for outline in team.of_concern(page):
    dashboard.kpi_chart(outline, page.frame, key=f"team-{outline.series.definition.id}")
