"""One team against the service: all its KPIs in a table, those that are worse of late as charts."""

from __future__ import annotations

from improvement_board import dashboard
from improvement_board.document import team

page = dashboard.look().team()

dashboard.head(page.team or "Teams", page.frame, team.lede(page))
dashboard.html(team.team_choices(page))
for outline in team.worse_of_late(page):
    dashboard.kpi_chart(outline, page.frame, key=f"team-{outline.series.definition.id}")
