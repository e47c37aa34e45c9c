"""One KPI in depth: the chart, its teams, categories and workers, its definition, what earlier editions said of it."""

from __future__ import annotations

from improvement_board import ui
from improvement_board.html import indicator

choice = ui.indicator_choice()
page = ui.board().indicator(ui.viewer(), ui.address(), choice)

ui.head(page.definition.title, page.frame, page.definition.question)
ui.say(page.notices)
ui.not_supplied((page.not_supplied,) if page.not_supplied else ())
ui.html(indicator.trail(page))
if page.outline is not None:
    ui.kpi_chart(page.outline, page.frame, key="indicator", linked=False, height=400)
ui.teams(page)
ui.categories(page)
ui.distribution(page)
ui.workers(page)
ui.html(indicator.earlier(page))
ui.html(indicator.definition(page))
