"""One ambition: its statement, its sponsor, its KPIs: some as charts in the plan's order, the others in a table."""

from __future__ import annotations

from improvement_board import ui
from improvement_board.html import ambition

page = ui.board().ambition(ui.viewer(), ui.address(), ui.current_page(), ui.charts_choice())

ui.head(page.title, page.frame, ambition.lede(page))
ui.say(page.notices)
ui.html(ambition.which_are_drawn(page))
for outline in page.drawn:
    ui.kpi_chart(outline, page.frame, key=f"{page.id}-{outline.series.definition.id}")
ui.html(ambition.others(page))
ui.ambition_download(page)
ui.html(ambition.without_team(page))
ui.not_supplied(page.not_supplied)
