"""One KPI in depth: the chart, its teams, categories and workers, its definition, what earlier editions said of it."""

from __future__ import annotations

from improvement_board import dashboard
from improvement_board.document import indicator

page = dashboard.look().indicator(dashboard.indicator_choice())

dashboard.head(page.definition.title, page.frame, page.definition.question)
dashboard.say(page.notices)
dashboard.not_supplied((page.not_supplied,) if page.not_supplied else ())
dashboard.html(indicator.trail(page))
if page.outline is not None:
    dashboard.kpi_chart(page.outline, page.frame, key="indicator", linked=False, height=400)
    dashboard.html(indicator.rebase_note(page))
dashboard.teams(page)
dashboard.categories(page)
dashboard.distribution(page)
dashboard.workers(page)
dashboard.html(indicator.earlier(page))
dashboard.html(indicator.definition(page))
