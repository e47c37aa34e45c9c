"""One ambition: its statement, its sponsor, its KPIs: some as charts in the plan's order, the others in a table."""

from __future__ import annotations

from improvement_board import dashboard
from improvement_board.document import ambition

look = dashboard.look()
page = look.ambition(look.page, dashboard.charts_choice())

dashboard.head(page.title, page.frame, ambition.lede(page))
dashboard.say(page.notices)
dashboard.html(ambition.which_are_drawn(page))
for outline in page.drawn:
    chart_key, key_under = f"{page.id}-{outline.series.definition.id}", ambition.key_under(page, outline)
    dashboard.kpi_chart(outline, page.frame, chart_key, key_under=key_under)
dashboard.html(ambition.others(page))
dashboard.ambition_figures(page)
dashboard.html(ambition.without_team(page))
dashboard.not_supplied(page.not_supplied)
