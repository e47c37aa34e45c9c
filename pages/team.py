"""One team against the service: all its KPIs."""

from __future__ import annotations

from improvement_board import ui
from improvement_board.html import team

page = ui.board().team(ui.viewer(), ui.address())

ui.head(page.team or "Teams", page.frame, team.lede(page))
ui.html(team.choices(page))
for outline, _ in page.outlines:
    ui.kpi_chart(outline, page.frame, key=f"team-{outline.series.definition.id}")
