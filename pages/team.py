"""One team against the service: all its KPIs in a table, those of concern as charts."""

from __future__ import annotations

from improvement_board import ui
from improvement_board.html import team

page = ui.board().team(ui.viewer(), ui.address())

ui.head(page.team or "Teams", page.frame, team.lede(page))
ui.html(team.choices(page))
for outline in team.of_concern(page):
    ui.kpi_chart(outline, page.frame, key=f"team-{outline.series.definition.id}")
