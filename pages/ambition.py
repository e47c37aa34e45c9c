"""One ambition: its statement, its sponsor, its KPIs as charts in the plan's order."""

from __future__ import annotations

from improvement_board import ui
from improvement_board.html.ambition import lede, without_team

ambition = ui.current_page()
page = ui.board().ambition(ui.viewer(), ui.address(), ambition)

ui.head(page.title, page.frame, lede(page))
for outline in page.outlines:
    ui.kpi_chart(outline, page.frame, key=f"{page.id}-{outline.series.definition.id}")
ui.html(without_team(page))
ui.not_supplied(page.not_supplied)
